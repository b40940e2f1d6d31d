"""PUT /items/{id}: replaces the attributes of an item with one UpdateItem."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .entity import INDEXES
from .item import parse_item
from .look_up import index_keys, index_name
from .precondition import condition_problem, write_condition
from .problem import Problem
from .respond import Response, item_response, now, operation
from .store import write
from .stored_item import entity_tag, new_write_id

if TYPE_CHECKING:
    from .request import Request


@operation("UpdateItem")
def lambda_handler(request: Request) -> Response:
    item_id = request.path_id()
    body_id, attributes = parse_item(request.body_text())
    if body_id not in (None, item_id):
        raise Problem("invalid-item", f'id must be "{item_id}", as in the path, or be left out.')
    expression, values, repeatable = write_condition(request)
    write_id = new_write_id()
    keys = index_keys(attributes)
    changes = [
        "attributes = :attributes",
        "updatedAt = :now",
        "writeId = :writeId",
        "version = version + :one",
        *[f"{name} = :{name}" for name in keys],
    ]
    removed = [name for name in map(index_name, INDEXES) if name not in keys]
    result = write(
        "UpdateItem",
        {
            "Key": {"id": {"S": item_id}},
            "UpdateExpression": f"SET {','.join(changes)}"
            + (f" REMOVE {','.join(removed)}" if removed else ""),
            "ConditionExpression": expression,
            "ExpressionAttributeValues": {
                **values,
                ":attributes": {"M": attributes},
                ":now": {"S": now()},
                ":writeId": {"S": write_id},
                ":one": {"N": "1"},
                **{f":{name}": value for name, value in keys.items()},
            },
            "ReturnValues": "ALL_NEW",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        request.deadline,
        # Without an entity tag a second attempt could undo what another client did after the first.
        repeatable=repeatable,
    )
    item = result.output.get("item")
    # If the condition failed for an item with this write id, an earlier attempt was applied.
    if item and (not result.condition_failed or entity_tag(item) == f'"{write_id}"'):
        return item_response(200, item)
    raise result.unknown or condition_problem(item_id, item)
