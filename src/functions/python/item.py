"""Converts items between JSON and the form in which DynamoDB stores them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .decimal_text import decimal
from .json_text import Number, members, parse_json, to_json
from .problem import Problem

if TYPE_CHECKING:
    from typing import Any

    from .shapes import AttributeMap, AttributeValue, ServerOwned, StoredItem

#: Size of an item in bytes that DynamoDB takes.
ITEM_LIMIT = 400 * 1024

#: Unreserved characters of URLs, so that an id is its own path segment; `.` and `..` would be resolved
#: away.
ID_PATTERN = re.compile(r"^(?!\.{1,2}$)[A-Za-z0-9._~:@-]{1,128}$")

SERVER_OWNED: tuple[ServerOwned, ...] = ("id", "version", "createdAt", "updatedAt")


def too_large() -> Problem:
    return Problem("item-too-large", "Send an item of at most 400 KB, names included.")


def parse_item(body: str) -> tuple[str | None, AttributeMap]:
    """
    Reads an item from a request body: its id, if it names one, and the client's attributes.
    Raises the problem that names what is wrong and where.
    """
    # Each comma stands for a byte of the item at least, and a character for a sixth: parsing what is sure
    # to be refused would take more time and memory than a small function has.
    if body.count(",") > ITEM_LIMIT or len(body) > 6 * ITEM_LIMIT:
        raise too_large()
    try:
        item = parse_json(body)
    except RecursionError:
        raise too_deep("the body") from None
    except ValueError:
        raise Problem("invalid-json", "Send one JSON object as the body (RFC 8259).") from None
    if not isinstance(item, dict):
        raise Problem("invalid-item", "Send a JSON object: an item is a set of named attributes.")
    item_id = item.get("id")
    if "id" in item and not (type(item_id) is str and ID_PATTERN.fullmatch(item_id)):
        raise Problem(
            "invalid-item",
            "id must be a string of 1 to 128 characters from A-Z a-z 0-9 . _ ~ : @ -"
            ' other than "." and "..".',
        )
    return item_id, attribute_map({name: item[name] for name in item if name not in SERVER_OWNED}, "", 1)


def render_item(item: StoredItem) -> str:
    """The item as clients see it, as JSON, every number as DynamoDB holds it."""
    own: dict[str, AttributeValue] = {name: item[name] for name in SERVER_OWNED}
    return render({"M": members({**own, **item["attributes"]["M"]})})


def render(value: AttributeValue) -> str:
    [(kind, content)] = value.items()
    if kind == "S":
        return to_json(content)
    if kind == "N":
        # DynamoDB has a notation of its own.
        return decimal(content) or str(content)
    if kind == "M":
        return (
            "{" + ",".join(f"{to_json(name)}:{render(member)}" for name, member in content.items()) + "}"
        )
    if kind == "L":
        return f"[{','.join(map(render, content))}]"
    return to_json(content) if kind == "BOOL" else "null"


def attribute_map(item: dict[str, Any], path: str, level: int) -> AttributeMap:
    attributes = {}
    for name, value in item.items():
        # DynamoDB takes no empty name and none over 65,535 bytes.
        if not name or not is_unicode(name) or len(name.encode()) > 65535:
            where = cut(path, 200) or "the item"
            raise Problem(
                "invalid-item", f"An attribute name in {where} is empty, too long or not valid Unicode."
            )
        attributes[name] = attribute_value(value, f"{path}.{name}" if path else name, level)
    return attributes


def attribute_value(value: Any, path: str, level: int) -> AttributeValue:
    if value is None:
        return {"NULL": True}
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, Number):
        number = decimal(value)
        if number:
            return {"N": number}
        digits = "send at most 38 significant digits between 1E-130 and 9.99E+125, or a string"
        raise invalid(path, f"a number that cannot be kept exactly: {digits}")
    if isinstance(value, str):
        # A lone surrogate has no UTF-8 form: it would come back as another character.
        if is_unicode(value):
            return {"S": value}
        raise invalid(path, "not valid Unicode: it has a lone surrogate")
    # Level 1 is the item's own map; DynamoDB ends at 32 levels, the last of which a scalar must be.
    if level > 30:
        raise too_deep(path)
    if isinstance(value, dict):
        return {"M": attribute_map(value, path, level + 1)}
    return {
        "L": [
            attribute_value(element, f"{path}[{index}]", level + 1) for index, element in enumerate(value)
        ]
    }


def too_deep(path: str) -> Problem:
    return invalid(path, "nested too deep: an item holds 30 levels of objects and arrays")


def invalid(path: str, what: str) -> Problem:
    return Problem("invalid-item", f"{cut(path, 200)} is {what}.")


def is_unicode(text: str) -> bool:
    return not re.search("[\ud800-\udfff]", text)


def cut(text: str, units: int) -> str:
    """
    A beginning for a message, in UTF-16 as the other edition counts: what comes from the client may be
    long.
    """
    return text.encode("utf-16-le", "surrogatepass")[: 2 * units].decode("utf-16-le", "surrogatepass")
