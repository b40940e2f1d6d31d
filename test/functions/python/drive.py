"""
Runs a file of inlined code as Lambda would: each line of standard input is an invocation or a body to read and render, each
line of standard output the answer to one.
"""

from __future__ import annotations

import contextlib
import io
import json
import runpy
import sys
from types import SimpleNamespace
from typing import Any


def invoke(code: dict[str, Any], event: dict[str, Any], remaining: int) -> dict[str, Any]:
    context = SimpleNamespace(aws_request_id="lambda-1", get_remaining_time_in_millis=lambda: remaining)
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        result = code["lambda_handler"](event, context)
    return {"result": result, "log": [json.loads(line) for line in output.getvalue().splitlines()]}


def round_trip(code: dict[str, Any], body: str) -> str:
    try:
        _, attributes = code["parse_item"](body)
    except code["Problem"] as problem:
        return f"{problem.slug}: {problem}"
    time = {"S": "2026-01-01T00:00:00.000Z"}
    item = {"id": {"S": "a"}, "version": {"N": "1"}, "createdAt": time, "updatedAt": time, "attributes": {"M": attributes}}
    for name in ("writeId", "createId"):
        item[name] = {"S": "w"}
    read = str(code["render_item"](code["ItemReader"](json.dumps(item)).item()))
    created = code["render_item"](code["stored_item"](item))
    return read if created == read else f"{created} is read as {read}"


if __name__ == "__main__":
    loaded = runpy.run_path(sys.argv[1])
    for line in sys.stdin:
        request = json.loads(line)
        answer = round_trip(loaded, request["body"]) if "body" in request else invoke(loaded, **request)
        print(json.dumps(answer), flush=True)
