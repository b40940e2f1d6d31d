"""Describes the entity. "npm run synth" writes it from src/contract/entities.ts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .shapes import AttributeMap

#: The path of the collection.
COLLECTION = "/items"

#: The query parameters of each operation.
QUERY_PARAMETERS = {
    "CreateItem": (),
    "ListItems": ("limit", "cursor"),
    "GetItem": (),
    "UpdateItem": (),
    "DeleteItem": (),
}

#: The attributes by which the list can be looked up.
INDEXES: tuple[str, ...] = ()


def check_attributes(attributes: AttributeMap) -> None:
    """Accepts any attributes: the entity has no schema."""
