"""DELETE /items/{id}: deletes an item with one DeleteItem."""

from __future__ import annotations

from .precondition import condition_problem, precondition
from .respond import Answer, Request, operation
from .store import call


@operation("DeleteItem")
def lambda_handler(request: Request) -> Answer:
    item_id = request.path_id()
    expression, values, _ = precondition(request)
    parameters = {
        "Key": {"id": {"S": item_id}},
        "ConditionExpression": expression,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    # DynamoDB refuses an empty map of values.
    if values:
        parameters["ExpressionAttributeValues"] = values
    # Another client may have made an item of this id anew since, so it is not repeated.
    condition_failed, output = call("DeleteItem", parameters, request.deadline, repeatable=False)
    if condition_failed:
        raise condition_problem(item_id, output.get("Item"))
    return Answer(204)
