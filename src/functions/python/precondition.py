"""Turns If-Match and If-None-Match (RFC 9110, 13.1) into DynamoDB conditions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .problem import Problem
from .respond import entity_tag, not_found

if TYPE_CHECKING:
    from .respond import Request
    from .shapes import AttributeMap, StoredItem


#: What `*` names: any version.
ANY = ["*"]


def precondition(request: Request) -> tuple[str, AttributeMap, bool]:
    """
    The headers of a request that changes an item, as a condition on the item that must be there: its
    version is one that If-Match names by a strong tag, and none that If-None-Match names. Returns
    DynamoDB's expression, the values it names, and whether it holds for certain versions only, so that it
    cannot hold twice for one request.
    """
    expression = "attribute_exists(id)"
    values: dict[str, dict[str, str]] = {}

    def one_of(versions: list[str] | None) -> str:
        names = []
        # No item is ever at version 0.
        for version in versions or ["0"]:
            names.append(f":v{len(values)}")
            values[names[-1]] = {"N": version}
        return f"version IN ({','.join(names)})"

    match, none_match = named_versions(request, "if-match"), named_versions(request, "if-none-match")
    once = match not in (None, ANY)
    if once:
        expression += f" AND {one_of(match)}"
    if none_match == ANY:
        expression += f" AND {one_of(None)}"
    elif none_match is not None:
        expression += f" AND NOT {one_of(none_match)}"
    return expression, values, once


def may_be_shown(request: Request, item: StoredItem) -> bool:
    """What the same headers say of an item that was read: 412 as a problem, 304 as False."""

    def named(versions: list[str]) -> bool:
        return versions == ANY or item["version"]["N"] in versions

    match = named_versions(request, "if-match")
    if match is not None and not named(match):
        raise condition_problem(item["id"]["S"], item)
    return not named(named_versions(request, "if-none-match") or [])


def condition_problem(item_id: str, item: StoredItem | None) -> Problem:
    """
    The problem behind a failed condition: DynamoDB returned the item it was held against, or there is
    none.
    """
    if not item:
        return not_found(item_id)
    version = item["version"]["N"]
    return Problem(
        "precondition-failed",
        f"The item is at version {version}: read it again and repeat with If-Match: {entity_tag(item)}.",
    )


def named_versions(request: Request, header: str) -> list[str] | None:
    """
    The versions that a header's entity tags name; If-Match compares strongly, so weak ones do not count
    there.
    """
    value = request.headers.get(header)
    if value is None:
        return None
    if value.strip() == "*":
        return ANY
    tags = re.findall(r'(W/)?"([^"]*)"', value)
    if len(tags) > 50:
        raise Problem("invalid-parameter", f"{header} may name at most 50 entity tags.")
    return [
        tag
        for weak, tag in tags
        if re.fullmatch("[1-9][0-9]{0,15}", tag) and not (weak and header == "if-match")
    ]
