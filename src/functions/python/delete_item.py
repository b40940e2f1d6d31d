"""DELETE /items/{id}: deletes an item with one DeleteItem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .precondition import condition_problem, write_condition
from .respond import Response, operation
from .store import write

if TYPE_CHECKING:
    from .request import Request


@operation("DeleteItem")
def lambda_handler(request: Request) -> Response:
    item_id = request.path_id()
    expression, values, repeatable = write_condition(request)
    parameters = {
        "Key": {"id": {"S": item_id}},
        "ConditionExpression": expression,
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }
    # DynamoDB rejects an empty map of values.
    if values:
        parameters["ExpressionAttributeValues"] = values
    # Without an entity tag a second attempt could delete what another client created after the first.
    result = write("DeleteItem", parameters, request.deadline, repeatable=repeatable)
    if not result.condition_failed:
        return Response(204)
    raise result.unknown or condition_problem(item_id, result.output.get("item"))
