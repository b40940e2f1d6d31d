"""Converts JSON numbers to the form in which DynamoDB keeps them."""

from __future__ import annotations

import re

#: A number of JSON: its sign, the digits before and behind the point, and its exponent.
NUMBER_PATTERN = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]+))?")


def decimal(text: str) -> str | None:
    """
    A JSON number in its one canonical text, or None if DynamoDB could not hold it exactly: more than 38
    significant digits, or a magnitude outside 1E-130 to 9.99…E+125. The text is plain, but for numbers
    that would be mostly zeros.
    """
    # 400 characters hold every number in range in plain notation.
    number = NUMBER_PATTERN.fullmatch(text) if len(text) <= 400 else None
    if not number:
        return None
    sign, whole, fraction, exponent = number.groups("")
    # Most numbers are short integers.
    if not fraction and not exponent and whole[0] != "0" and len(whole) < 16:
        return sign + whole
    digits = (whole + fraction).lstrip("0")
    significant = digits.rstrip("0")
    if not significant:
        return "0"
    magnitude = len(digits) - len(fraction) - 1 + int(exponent or 0)
    if len(significant) > 38 or not -130 <= magnitude <= 125:
        return None
    # Written out, an item of 400 KB could become a response of several MB.
    if magnitude - len(significant) > 20 or magnitude < -7:
        point = "." if len(significant) > 1 else ""
        return f"{sign}{significant[0]}{point}{significant[1:]}e{magnitude}"
    if magnitude < 0:
        return f"{sign}0.{significant:0>{len(significant) - magnitude - 1}}"
    integer, rest = significant[: magnitude + 1], significant[magnitude + 1 :]
    return f"{sign}{integer:0<{magnitude + 1}}" + (f".{rest}" if rest else "")
