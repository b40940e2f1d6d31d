"""Turns If-Match and If-None-Match (RFC 9110, 13.1) into conditions of DynamoDB."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .contract import ENTITY_TAG_LIMIT, ENTITY_TAGS_PATTERN, ENTITY_TAGS_RULE
from .problem import Problem
from .respond import not_found
from .stored_item import entity_tag

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .request import Request
    from .shapes import AttributeMap, StoredItem

#: The write ids that `*` names: any.
ANY = ["*"]


def write_condition(request: Request) -> tuple[str, AttributeMap, bool]:
    """
    Returns the condition of a write: the item exists, and its write id is one of If-Match and none of
    If-None-Match. It is DynamoDB's expression, the values that it names, and whether it holds for
    certain write ids only. A write changes the write id, so such a condition cannot hold again
    after it, whatever other clients do: the write can be repeated.
    """
    expression = "attribute_exists(id)"
    values: dict[str, dict[str, str]] = {}

    def one_of(write_ids: Sequence[str]) -> str:
        names = []
        # IN takes no empty list, and no item has the write id "none".
        for write_id in write_ids or ["none"]:
            names.append(f":writeId{len(values)}")
            values[names[-1]] = {"S": write_id}
        return f"writeId IN ({','.join(names)})"

    match = named_write_ids(request.headers, "if-match")
    none_match = named_write_ids(request.headers, "if-none-match")
    if match is not None and match != ANY:
        expression += f" AND {one_of(match)}"
    if none_match == ANY:
        expression += f" AND {one_of([])}"
    elif none_match is not None:
        expression += f" AND NOT {one_of(none_match)}"
    return expression, values, match not in (None, ANY)


def evaluate_read_preconditions(request: Request, item_id: str, item: StoredItem) -> bool:
    """
    Evaluates the same headers for an item that was read. Returns False for 304: the client has the item.
    Raises `precondition-failed` for 412.
    """

    def names(write_ids: Sequence[str] | None) -> bool:
        return write_ids == ANY or entity_tag(item) in [f'"{write_id}"' for write_id in write_ids or []]

    match = named_write_ids(request.headers, "if-match")
    if match is not None and not names(match):
        raise condition_problem(item_id, item)
    return not names(named_write_ids(request.headers, "if-none-match"))


def condition_problem(item_id: str, item: StoredItem | None) -> Problem:
    """The problem of a condition that failed for this item, or because there is none."""
    if item is None:
        return not_found(item_id)
    tag = entity_tag(item)
    return Problem(
        "precondition-failed",
        f"The item has version {item['version']} and the entity tag {tag}. "
        f"Read it again and repeat the request with If-Match: {tag}.",
    )


def named_write_ids(headers: Mapping[str, str], name: str) -> list[str] | None:
    """
    The write ids in the entity tags of a header. If-Match compares strongly, so weak tags do not count in
    it. Tags that this API does not make match no item.
    """
    value = headers.get(name)
    if value is None:
        return None
    if not ENTITY_TAGS_PATTERN.fullmatch(value):
        raise Problem("invalid-parameter", f"{name} must be {ENTITY_TAGS_RULE}.")
    if value.strip() == "*":
        return ANY
    tags = re.findall(r'(W/)?"([^"]*)"', value)
    if len(tags) > ENTITY_TAG_LIMIT:
        raise Problem("invalid-parameter", f"{name} can have at most {ENTITY_TAG_LIMIT} entity tags.")
    return [
        tag
        for weak, tag in tags
        if re.fullmatch("[A-Za-z0-9_-]{22}", tag) and not (weak and name == "if-match")
    ]
