"""Reads items from request bodies and checks them against DynamoDB's limits."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from .contract import (
    ID_PATTERN,
    ID_RULE,
    ITEM_LIMIT,
    ITEM_RULE,
    LEVEL_LIMIT,
    NUMBER_RULE,
    SERVER_OWNED,
    VALUE_LIMIT,
)
from .decimal_text import decimal
from .entity import check_attributes
from .json_text import JsonNumber, parse_json
from .problem import Problem, cut

if TYPE_CHECKING:
    from typing import Any

    from .shapes import AttributeMap, AttributeValue


def too_large() -> Problem:
    return Problem("item-too-large", f"Send an item of {ITEM_RULE}.")


def parse_item(body: str) -> tuple[str | None, AttributeMap]:
    """
    Reads an item from a request body: its id, if the body has one, and the client's attributes. What GET
    returned can be sent back, so the server's own attributes are ignored.
    """
    if is_surely_too_large(body):
        raise too_large()
    # Of many new objects Python would search for cycles again and again, and there are none.
    gc.disable()
    try:
        item = parse_object(body)
        item_id = item.get("id")
        if "id" in item and not (type(item_id) is str and ID_PATTERN.fullmatch(item_id)):
            raise Problem("invalid-item", f"id must be a string of {ID_RULE}.")
        return item_id, ItemConverter().attributes(item)
    finally:
        gc.enable()


def is_surely_too_large(body: str) -> bool:
    """
    Returns True if a body is too large. Parsing it would take more time and memory than a small function
    has: six bytes of JSON make one byte of an item at least, as do a comma and an opening bracket.
    """
    if len(body.encode(errors="surrogatepass")) > 6 * ITEM_LIMIT:
        return True
    return sum(body.count(character) for character in ",[{") > ITEM_LIMIT


def parse_object(body: str) -> dict[str, Any]:
    try:
        item = parse_json(body)
    except RecursionError:
        raise too_deep() from None
    except ValueError:
        raise Problem("invalid-json", "Send one JSON object as the body (RFC 8259).") from None
    if isinstance(item, dict):
        return item
    raise Problem("invalid-item", "Send a JSON object: an item is a set of named attributes.")


#: Values that many items have often, so that each stands in memory once.
NULL: AttributeValue = {"NULL": True}
TRUE: AttributeValue = {"BOOL": True}
FALSE: AttributeValue = {"BOOL": False}
EMPTY: AttributeValue = {"S": ""}


class ItemConverter:
    """Converts one item to DynamoDB's JSON and stops at the limits."""

    def __init__(self) -> None:
        #: Bytes of the item so far, as the DynamoDB Developer Guide counts them in "Item sizes and
        #: formats". Where that says "approximately", this is the least: DynamoDB decides what fits.
        self.bytes = 0
        self.values = 0
        #: The name or index at each level, for the message of an error.
        self.path: list[str | int] = [0] * (LEVEL_LIMIT + 1)

    def attributes(self, item: dict[str, Any]) -> AttributeMap:
        own = {name: value for name, value in item.items() if name not in SERVER_OWNED}
        attributes = self.convert_map(own, 0)
        self.check_limits()
        check_attributes(attributes)
        return attributes

    def convert_map(self, item: dict[str, Any], level: int) -> AttributeMap:
        """`level` is the level of the members: 0 for those of the item itself."""
        attributes = {}
        for name, value in item.items():
            # DynamoDB takes no empty name and none over 65,535 bytes.
            size = size_of(name)
            if not name or size is None or size > 65535:
                where = self.where(level) if level else "the item"
                raise Problem(
                    "invalid-item",
                    f"An attribute name in {where} is empty, too long or not valid Unicode.",
                )
            self.bytes += size
            self.path[level] = name
            attributes[name] = self.convert(value, level + 1)
        return attributes

    def convert_list(self, elements: list[Any], level: int) -> list[AttributeValue]:
        values = []
        for index, element in enumerate(elements):
            self.path[level] = index
            values.append(self.convert(element, level + 1))
        return values

    def convert(self, value: Any, level: int) -> AttributeValue:
        """`level` is the level of what the value contains."""
        self.check_limits()
        self.values += 1
        # In a list or map, each value takes a byte beside its own.
        self.bytes += 1
        kind = type(value)
        if kind is str:
            return self.convert_string(value, level)
        if kind is JsonNumber:
            return self.convert_number(value, level)
        if value is None or kind is bool:
            self.bytes += 1
            return NULL if value is None else TRUE if value else FALSE
        if level > LEVEL_LIMIT:
            raise too_deep()
        self.bytes += 3
        if kind is dict:
            return {"M": self.convert_map(value, level)}
        return {"L": self.convert_list(value, level)}

    def convert_string(self, value: str, level: int) -> AttributeValue:
        size = size_of(value)
        if size is None:
            # It has no UTF-8 form and would come back as another character.
            where = self.where(level)
            raise Problem("invalid-item", f"{where} is not valid Unicode: it has a lone surrogate.")
        self.bytes += size
        return {"S": value} if value else EMPTY

    def convert_number(self, value: JsonNumber, level: int) -> AttributeValue:
        number = decimal(value)
        if number is None:
            raise Problem(
                "invalid-item",
                f"{self.where(level)} is a number that cannot be kept exactly: "
                f"send {NUMBER_RULE}, or a string.",
            )
        # It takes up to 21 bytes, for its significant digits.
        self.bytes += 1
        return {"N": number}

    def check_limits(self) -> None:
        if self.bytes > ITEM_LIMIT or self.values > VALUE_LIMIT:
            raise too_large()

    def where(self, level: int) -> str:
        """The path to what is wrong, such as `a.b[0]`. Names come from the client and may be long."""
        name, *rest = self.path[:level]
        parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in rest]
        return cut(f"{name}{''.join(parts)}", 200)


def size_of(text: str) -> int | None:
    """Bytes in UTF-8; None for a text with a lone surrogate, which has no such form."""
    if text.isascii():
        return len(text)
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        return None


def too_deep() -> Problem:
    return Problem(
        "invalid-item",
        f"The item is nested too deep: it can have {LEVEL_LIMIT} levels of objects and arrays.",
    )
