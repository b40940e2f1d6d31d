"""PUT /items/{id}: replaces the attributes of an item with one UpdateItem."""

from __future__ import annotations

from .item import parse_item
from .precondition import condition_problem, precondition
from .problem import Problem
from .respond import Answer, Request, item_answer, now, operation
from .store import call


@operation("UpdateItem")
def lambda_handler(request: Request) -> Answer:
    item_id = request.path_id()
    body_id, attributes = parse_item(request.body_text())
    if body_id not in (None, item_id):
        raise Problem(
            "invalid-item",
            f'id must be "{item_id}", as in the path, or be left out: an item keeps its id.',
        )
    expression, values, once = precondition(request)
    condition_failed, output = call(
        "UpdateItem",
        {
            "Key": {"id": {"S": item_id}},
            "UpdateExpression": "SET attributes = :attributes, updatedAt = :now,"
            " updateRequest = :request,"
            " version = version + :one",
            "ConditionExpression": f"{expression} AND updateRequest <> :request",
            "ExpressionAttributeValues": {
                **values,
                ":attributes": {"M": attributes},
                ":now": {"S": now()},
                ":request": {"S": request.id},
                ":one": {"N": "1"},
            },
            "ReturnValues": "ALL_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        request.deadline,
        # Without a version, what another client did since would be overwritten.
        repeatable=once,
    )
    if not condition_failed:
        return item_answer(200, output["Attributes"])
    # Still a success if the item shows this request: an earlier attempt did it and its answer got lost.
    item = output.get("Item")
    if item and item.get("updateRequest") == {"S": request.id}:
        return item_answer(200, item)
    raise condition_problem(item_id, item)
