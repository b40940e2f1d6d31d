"""Defines what the table holds of an item, and reads items from DynamoDB's JSON."""

from __future__ import annotations

import json
import secrets
from typing import TYPE_CHECKING

from .decimal_text import decimal
from .json_text import to_json

if TYPE_CHECKING:
    from typing import Any

    from .shapes import AttributeMap, AttributeValue, NewItem, StoredItem

#: The names that every item has.
ITEM_NAMES = ("id", "version", "createdAt", "updatedAt", "attributes", "writeId", "createId")


def new_write_id() -> str:
    """
    A new write id: 128 random bits, so that none comes twice, in characters that an entity tag may have.
    """
    return secrets.token_urlsafe(16)


def entity_tag(item: StoredItem) -> str:
    """The strong entity tag of an item: its write id in quotes."""
    return item["writeId"]


def render_item(item: StoredItem) -> str:
    """The item as clients see it."""
    own = (
        f'"id":{item["id"]},"version":{item["version"]},'
        f'"createdAt":{item["createdAt"]},"updatedAt":{item["updatedAt"]}'
    )
    attributes = item["attributes"]
    return f"{{{own}}}" if attributes == "{}" else f"{{{own},{attributes[1:]}"


def stored_item(item: NewItem) -> StoredItem:
    """A new item as it will be read."""
    return {
        "id": to_json(item["id"]["S"]),
        "version": item["version"]["N"],
        "createdAt": to_json(item["createdAt"]["S"]),
        "updatedAt": to_json(item["updatedAt"]["S"]),
        "attributes": render_map(item["attributes"]["M"]),
        "writeId": to_json(item["writeId"]["S"]),
        "createId": to_json(item["createId"]["S"]),
    }


def render_map(attributes: AttributeMap) -> str:
    members = [f"{to_json(name)}:{render_value(value)}" for name, value in attributes.items()]
    return f"{{{','.join(members)}}}"


def render_value(value: AttributeValue) -> str:
    [(kind, content)] = value.items()
    if kind == "S":
        return to_json(content)
    if kind == "N":
        return str(content)
    if kind == "M":
        return render_map(content)
    if kind == "L":
        return f"[{','.join(map(render_value, content))}]"
    return to_json(content) if kind == "BOOL" else "null"


class ItemReader:
    """
    Reads DynamoDB's JSON. Values become JSON text at once, in bytes: a page of 1 MB can have a million
    values, and an object for each takes more memory than a function has. Nothing else is read as bytes.
    Any other object becomes a tuple of its members.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        #: The values that were read, those in lists and maps included.
        self.values = 0
        self.decoder = json.JSONDecoder(object_pairs_hook=self.read_object)

    def item(self) -> StoredItem:
        """Reads an item. Raises ValueError unless it is one of this API."""
        item = self.attributes()
        for name in ITEM_NAMES:
            if name not in item:
                raise ValueError(f"The item has no {name}")
        return item  # type: ignore[return-value]

    def attributes(self) -> dict[str, str]:
        """Reads attributes by name, such as an item or a key."""
        return {name: value.decode() for name, value in self.value()}

    def value(self) -> Any:
        """Reads any value of JSON."""
        self.skip_space()
        value, self.at = self.decoder.raw_decode(self.text, self.at)
        return value

    def take(self, token: str) -> None:
        """Reads a token such as `{`. Raises ValueError if the text has something else there."""
        if not self.takes(token):
            raise ValueError(f"Unexpected JSON at position {self.at}")

    def takes(self, token: str) -> bool:
        """Reads a token if it comes next, and tells if it did."""
        self.skip_space()
        if not self.text.startswith(token, self.at):
            return False
        self.at += len(token)
        return True

    def end(self) -> None:
        """Reads the end of the text."""
        self.skip_space()
        if self.at < len(self.text):
            raise ValueError(f"Unexpected JSON at position {self.at}")

    def skip_space(self) -> None:
        while self.text[self.at : self.at + 1] in (" ", "\n", "\r", "\t"):
            self.at += 1

    def read_object(self, pairs: list[tuple[str, Any]]) -> Any:
        """Makes JSON text of a value, such as `{"S":"text"}`, and a tuple of any other object."""
        if len(pairs) == 1:
            kind, content = pairs[0]
            text = content_of(kind, content)
            if text is not None:
                self.values += 1
                return text
        return tuple(pairs)


def content_of(kind: str, content: Any) -> bytes | None:
    """The content of a value as JSON text, or None if it is not the content of a value."""
    content_type = type(content)
    if content_type is str:
        if kind == "S":
            return to_json(content).encode() if content else b'""'
        if kind == "N":
            # DynamoDB has a notation of its own.
            number = decimal(content)
            if number is None:
                raise ValueError("A number is not one of DynamoDB")
            return number.encode()
    elif content_type is list:
        if kind == "L":
            return b"[%b]" % b",".join(content)
    elif content_type is tuple:
        if kind == "M":
            members = [to_json(name).encode() + b":" + value for name, value in content]
            return b"{%b}" % b",".join(members)
    elif content_type is bool:
        if kind == "NULL":
            return b"null"
        if kind == "BOOL":
            return b"true" if content else b"false"
    return None
