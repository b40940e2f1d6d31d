"""GET /items/{id}: reads an item with one consistent GetItem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .precondition import evaluate_read_preconditions
from .respond import Response, item_response, not_found, operation
from .store import read
from .stored_item import entity_tag

if TYPE_CHECKING:
    from .request import Request


@operation("GetItem")
def lambda_handler(request: Request) -> Response:
    item_id = request.path_id()
    # A consistent read, so that clients read what they wrote.
    parameters = {"Key": {"id": {"S": item_id}}, "ConsistentRead": True}
    item = read("GetItem", parameters, request.deadline).get("item")
    if item is None:
        raise not_found(item_id)
    if evaluate_read_preconditions(request, item_id, item):
        return item_response(200, item)
    return Response(304, {"ETag": entity_tag(item)})
