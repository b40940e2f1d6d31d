"""Checks attributes against the schema of their entity."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .problem import Problem, cut
from .stored_item import render_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from .shapes import AttributeMap, AttributeValue

    #: A schema: keywords of JSON Schema, with types in a tuple, decimals in their canonical text, and the
    #: values of `enum` as JSON text.
    Schema = Mapping[str, Any]


def check_map(attributes: AttributeMap, schema: Schema, path: str = "") -> None:
    """Raises `invalid-item` for the first violation of the schema."""
    properties = schema.get("properties", {})
    # Of a long name, copies would take time.
    below = f"{cut(path, 200)}." if path else ""
    for name in schema.get("required", ()):
        if name not in attributes:
            raise violation(below + name, "is missing")
    for name, value in attributes.items():
        own = properties.get(name, schema.get("additionalProperties", True))
        if own is False:
            raise violation(below + name, f"is not one of the attributes: {listed(properties)}")
        if own is not True:
            check_value(value, own, below + name)


def check_value(value: AttributeValue, schema: Schema, path: str) -> None:
    types = schema.get("type")
    if types and not any(is_of_type(value, name) for name in types):
        raise violation(path, f"must be {' or '.join(map(name_of_type, types))}")
    allowed = schema.get("enum")
    if allowed and render_value(value) not in allowed:
        raise violation(path, f"must be one of {listed(allowed)}")
    [(kind, content)] = value.items()
    if kind == "S":
        check_size(len(content), schema.get("minLength"), schema.get("maxLength"), "character", path)
    elif kind == "N":
        minimum, maximum = schema.get("minimum"), schema.get("maximum")
        if minimum is not None and compare_decimals(content, minimum) < 0:
            raise violation(path, f"must be at least {minimum}")
        if maximum is not None and compare_decimals(content, maximum) > 0:
            raise violation(path, f"must be at most {maximum}")
    elif kind == "L":
        check_size(len(content), schema.get("minItems"), schema.get("maxItems"), "element", path)
        if "items" in schema:
            start = cut(path, 200)
            for index, element in enumerate(content):
                check_value(element, schema["items"], f"{start}[{index}]")
    elif kind == "M":
        check_map(content, schema, path)


def check_size(size: int, least: int | None, most: int | None, unit: str, path: str) -> None:
    if least is not None and size < least:
        raise violation(path, f"must have at least {counted(least, unit)}")
    if most is not None and size > most:
        raise violation(path, f"must have at most {counted(most, unit)}")


def counted(count: int, unit: str) -> str:
    return f"{count} {unit}{'' if count == 1 else 's'}"


def is_of_type(value: AttributeValue, name: str) -> bool:
    [(kind, content)] = value.items()
    if name == "integer":
        # Numbers in their canonical text: only integers have a positive exponent.
        return kind == "N" and re.search(r"^-?[0-9]+$|e[0-9]", content) is not None
    return kind == KIND_OF_TYPE[name]


#: The key of DynamoDB's JSON for each type.
KIND_OF_TYPE = {
    "string": "S",
    "number": "N",
    "boolean": "BOOL",
    "null": "NULL",
    "array": "L",
    "object": "M",
}


def name_of_type(name: str) -> str:
    if name == "boolean":
        return "true or false"
    if name == "null":
        return name
    return f"an {name}" if name[0] in "aio" else f"a {name}"


def listed(names: Iterable[str]) -> str:
    return cut(", ".join(names), 200)


def violation(path: str, fault: str) -> Problem:
    """Names come from the client and may be long."""
    return Problem("invalid-item", f"{cut(path, 200)} {fault}.")


def compare_decimals(one: str, other: str) -> int:
    """
    Compares two numbers in their canonical text, exactly: negative if the first is less, 0 if they are
    equal.
    """
    a, b = parts_of(one), parts_of(other)
    if a[0] != b[0]:
        return a[0] - b[0]
    if a[1] != b[1]:
        return a[0] * (a[1] - b[1])
    if a[2] == b[2]:
        return 0
    return -a[0] if a[2] < b[2] else a[0]


def parts_of(text: str) -> tuple[int, int, str]:
    """Sign, power of ten of the first significant digit, and all significant digits."""
    number, _, exponent = text.lstrip("-").partition("e")
    whole, _, fraction = number.partition(".")
    digits = (whole + fraction).lstrip("0")
    sign = 0 if not digits else -1 if text[0] == "-" else 1
    return sign, len(digits) - len(fraction) - 1 + int(exponent or 0), digits.rstrip("0")
