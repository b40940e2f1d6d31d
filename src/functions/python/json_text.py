"""Reads and writes JSON as the functions in TypeScript do, without rounding a number."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any


class JsonNumber(str):
    """A number as it is written: a float would round it."""

    __slots__ = ()


def to_json(value: object) -> str:
    """JSON in one line. A lone surrogate, which UTF-8 cannot carry, is escaped."""
    text = encode(value)
    # Most texts are ASCII, which a string knows about itself.
    return (
        text
        if text.isascii()
        else re.sub("[\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text)
    )


def members(pairs: Mapping[str, Any] | Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """
    The members of an object in JavaScript's order: array indices by value, then all others as they came.
    """
    found = dict(pairs)
    if any(name[:1].isdigit() for name in found):
        return {name: found[name] for name in sorted(found, key=array_index)}
    return found


def array_index(name: str) -> int:
    no_index = 2**32 - 1
    return min(int(name), no_index) if re.fullmatch("0|[1-9][0-9]{0,9}", name) else no_index


#: Parses JSON (RFC 8259), numbers as `JsonNumber`. Raises ValueError, or RecursionError where nesting
#: exhausts the stack. JSON has no NaN and no Infinity, nor has int.
parse_json: Callable[[str], Any] = json.JSONDecoder(
    object_pairs_hook=members, parse_float=JsonNumber, parse_int=JsonNumber, parse_constant=int
).decode
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
