"""GET /items/{id}: reads an item with one consistent GetItem."""

from __future__ import annotations

from .precondition import may_be_shown
from .respond import Answer, Request, entity_tag, item_answer, not_found, operation
from .store import call


@operation("GetItem")
def lambda_handler(request: Request) -> Answer:
    item_id = request.path_id()
    parameters = {"Key": {"id": {"S": item_id}}, "ConsistentRead": True}
    _, output = call("GetItem", parameters, request.deadline, repeatable=True)
    item = output.get("Item")
    if not item:
        raise not_found(item_id)
    return (
        item_answer(200, item) if may_be_shown(request, item) else Answer(304, {"ETag": entity_tag(item)})
    )
