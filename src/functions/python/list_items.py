"""GET /items: reads one page of items with one Scan."""

from __future__ import annotations

import base64
import re

from .item import ID_PATTERN, render_item
from .problem import Problem
from .respond import Answer, Request, operation
from .store import call

#: Lambda answers with 6 MB at most, in which every quote and backslash of the body is escaped once more.
PAGE_LIMIT = 2_800_000


@operation("ListItems")
def lambda_handler(request: Request) -> Answer:
    query = request.event.get("queryStringParameters") or {}
    limit = query.get("limit", "25")
    if not re.fullmatch("[1-9][0-9]?|100", limit):
        raise Problem("invalid-parameter", "limit must be a whole number from 1 to 100.")
    parameters: dict[str, object] = {"Limit": int(limit), "ConsistentRead": True}
    if "cursor" in query:
        parameters["ExclusiveStartKey"] = {"id": {"S": after(query["cursor"])}}
    _, output = call("Scan", parameters, request.deadline, repeatable=True)

    items = output.get("Items", [])
    last_key = output.get("LastEvaluatedKey")
    texts: list[str] = []
    size = 0
    for item in items:
        text = render_item(item)
        size += len(text.encode())
        if texts and size > PAGE_LIMIT:
            last_key = items[len(texts) - 1]
            break
        texts.append(text)
    cursor = f',"nextCursor":"{cursor_of(last_key["id"]["S"])}"' if last_key else ""
    return Answer(200, {"Content-Type": "application/json"}, f'{{"items":[{",".join(texts)}]{cursor}}}')


def after(cursor: str) -> str:
    """The id that a cursor stands for. Raises `invalid-parameter` unless the functions made it."""
    try:
        item_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        item_id = ""
    if ID_PATTERN.fullmatch(item_id) and cursor_of(item_id) == cursor:
        return item_id
    raise Problem("invalid-parameter", "cursor must be the nextCursor of an earlier page, unchanged.")


def cursor_of(item_id: str) -> str:
    return base64.urlsafe_b64encode(item_id.encode()).decode().rstrip("=")
