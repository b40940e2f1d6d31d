"""GET /items: reads one page of items with one Scan, or with one Query of an index."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from .contract import DEFAULT_PAGE_SIZE, PAGE_SIZE_LIMIT
from .look_up import cursor_of, id_of, look_up_of, query_input, start_key
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
    look_up = look_up_of(request)
    parameters: dict[str, object] = {"Limit": int(limit)}
    # A Scan can be consistent, so that clients read what they wrote. An index cannot.
    parameters.update(query_input(look_up) if look_up else {"ConsistentRead": True})
    if "cursor" in query:
        parameters["ExclusiveStartKey"] = start_key(id_of(query["cursor"], look_up), look_up)
    output = read("Query" if look_up else "Scan", parameters, request.deadline)
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
    cursor = f',"nextCursor":"{cursor_of(json.loads(last), look_up)}"' if last else ""
    return Response(200, {"Content-Type": "application/json"}, f'{{"items":[{",".join(texts)}]{cursor}}}')
