"""Copies indexed attributes to keys of their own, and looks items up by them."""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from .contract import ID_PATTERN
from .entity import INDEXES
from .json_text import to_json
from .problem import Problem

if TYPE_CHECKING:
    from .request import Request
    from .shapes import AttributeMap, AttributeValue

    #: An attribute with the value that a list is to have only.
    LookUp = tuple[str, str]

#: The most bytes that the sort key of an index can have; the partition key can have more.
KEY_LIMIT = 1024

KEY_RULE = "a string of 1 to 1,024 bytes"


def index_name(attribute: str) -> str:
    """The name of the index of an attribute, and of the key in it."""
    return f"index_{attribute}"


def index_keys(attributes: AttributeMap) -> dict[str, AttributeValue]:
    """The keys of an item in the indexes. It is in those of the attributes that it has."""
    keys = {}
    for name in INDEXES:
        if name not in attributes:
            continue
        value = attributes[name]
        if not is_key(value.get("S", "")):
            raise Problem("invalid-item", f"{name} must be {KEY_RULE}: lists can be looked up by it.")
        keys[index_name(name)] = value
    return keys


def look_up_of(request: Request) -> LookUp | None:
    """Reads the attribute by which a list is looked up; None if it is to have all items."""
    query = request.event.get("queryStringParameters") or {}
    asked = [name for name in INDEXES if name in query]
    if not asked:
        return None
    attribute = asked[0]
    if len(asked) > 1:
        raise Problem("invalid-parameter", f"Look the list up by {attribute} or {asked[1]}, not by both.")
    value = query[attribute]
    if not is_key(value):
        raise Problem("invalid-parameter", f"{attribute} must be {KEY_RULE}.")
    return attribute, value


def query_input(look_up: LookUp) -> dict[str, object]:
    """The parts of a Query that a look-up needs."""
    attribute, value = look_up
    return {
        "IndexName": index_name(attribute),
        "KeyConditionExpression": f"{index_name(attribute)} = :value",
        "ExpressionAttributeValues": {":value": {"S": value}},
    }


def start_key(item_id: str, look_up: LookUp | None) -> dict[str, object]:
    """The key after which a page begins."""
    key: dict[str, object] = {"id": {"S": item_id}}
    if look_up:
        attribute, value = look_up
        key[index_name(attribute)] = {"S": value}
    return key


def cursor_of(item_id: str, look_up: LookUp | None) -> str:
    """
    A cursor names the id after which its page begins, and what is looked up: it serves no other list.
    """
    content = to_json([*look_up, item_id]) if look_up else item_id
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def id_of(cursor: str, look_up: LookUp | None) -> str:
    """The id in a cursor. Raises `invalid-parameter` for a cursor that this list cannot have made."""
    try:
        item_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        item_id = ""
    if look_up:
        found = re.search(r'"([^"]*)"\]\Z', item_id)
        item_id = found[1] if found else ""
    if ID_PATTERN.fullmatch(item_id) and cursor_of(item_id, look_up) == cursor:
        return item_id
    raise Problem(
        "invalid-parameter",
        "cursor must be the nextCursor of an earlier page of the same list, unchanged.",
    )


def is_key(value: str) -> bool:
    return 0 < len(value.encode(errors="surrogatepass")) <= KEY_LIMIT
