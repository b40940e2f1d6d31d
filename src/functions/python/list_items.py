"""GET /items: reads one page of items with one Scan."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING

from .contract import DEFAULT_PAGE_SIZE, ID_PATTERN, PAGE_SIZE_LIMIT
from .problem import Problem
from .respond import Response, operation
from .store import read
from .stored_item import render_item

if TYPE_CHECKING:
    from .request import Request

#: The most bytes of a page. Lambda returns 6 MB at most, in which each quote and backslash of the page is
#: escaped once more.
PAGE_LIMIT = 2_800_000


@operation("ListItems")
def lambda_handler(request: Request) -> Response:
    request.collection_path()
    query = request.event.get("queryStringParameters") or {}
    limit = query.get("limit", str(DEFAULT_PAGE_SIZE))
    if not re.fullmatch("[1-9][0-9]{0,2}", limit) or int(limit) > PAGE_SIZE_LIMIT:
        raise Problem("invalid-parameter", f"limit must be a whole number from 1 to {PAGE_SIZE_LIMIT}.")
    # Consistent reads, so that clients read what they wrote.
    parameters: dict[str, object] = {"Limit": int(limit), "ConsistentRead": True}
    if "cursor" in query:
        parameters["ExclusiveStartKey"] = {"id": {"S": id_of(query["cursor"])}}
    output = read("Scan", parameters, request.deadline)
    items = output.get("items", [])
    # The first item is returned however large it is: a page must not be empty.
    texts: list[str] = []
    size = 0
    for item in items:
        text = render_item(item)
        size += len(text.encode())
        if texts and size > PAGE_LIMIT:
            break
        texts.append(text)
    last = items[len(texts) - 1]["id"] if len(texts) < len(items) else output.get("last_id")
    cursor = f',"nextCursor":"{cursor_of(json.loads(last))}"' if last else ""
    return Response(200, {"Content-Type": "application/json"}, f'{{"items":[{",".join(texts)}]{cursor}}}')


def cursor_of(item_id: str) -> str:
    """A cursor names the id after which its page begins."""
    return base64.urlsafe_b64encode(item_id.encode()).decode().rstrip("=")


def id_of(cursor: str) -> str:
    try:
        item_id = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except ValueError:
        item_id = ""
    if ID_PATTERN.fullmatch(item_id) and cursor_of(item_id) == cursor:
        return item_id
    raise Problem("invalid-parameter", "cursor must be the nextCursor of an earlier page, unchanged.")
