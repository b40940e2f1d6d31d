"""
Checks bodies against schemas: each line of standard input is a list of pairs of a schema and a body,
each line of standard output the list of what is wrong with them, or null.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from functions.python.item import parse_item
from functions.python.problem import Problem
from functions.python.schema import check_map


def fault_of(schema: dict[str, Any], body: str) -> str | None:
    try:
        check_map(parse_item(body)[1], schema)
    except Problem as problem:
        return str(problem)
    return None


for line in sys.stdin:
    print(json.dumps([fault_of(schema, body) for schema, body in json.loads(line)]), flush=True)
