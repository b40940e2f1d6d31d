"""POST /items: creates an item with one PutItem that never replaces another."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from .caller import key_owner
from .contract import IDEMPOTENCY_KEY_PATTERN, IDEMPOTENCY_KEY_RULE
from .item import parse_item
from .json_text import to_json
from .look_up import index_keys
from .problem import Problem
from .respond import Response, item_response, now, operation
from .sign import sha256
from .store import write
from .stored_item import new_write_id, stored_item

if TYPE_CHECKING:
    from .request import Request
    from .shapes import NewItem


@operation("CreateItem")
def lambda_handler(request: Request) -> Response:
    path = request.collection_path()
    body = request.body_text()
    chosen_id, attributes = parse_item(body)
    key = idempotency_key(request)
    item_id = chosen_id or (uuid_of(key) if key else str(uuid.uuid4()))
    created_at = now()
    write_id = new_write_id()
    item: NewItem = {
        "id": {"S": item_id},
        "version": {"N": "1"},
        "createdAt": {"S": created_at},
        "updatedAt": {"S": created_at},
        "attributes": {"M": attributes},
        "writeId": {"S": write_id},
        "createId": {"S": write_id},
    }
    if key:
        item["idempotencyKey"] = {"S": key}
        item["requestBody"] = {"S": sha256(body)}
    keys = index_keys(attributes)
    result = write(
        "PutItem",
        {
            "Item": {**item, **keys},
            "ConditionExpression": "attribute_not_exists(id)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        request.deadline,
        # If the item is gone, another client may have deleted it, or it may never have been created.
        repeatable=False,
    )
    created = stored_item(item)
    headers = {"Location": f"{path}/{item_id}"}
    if not result.condition_failed:
        return item_response(201, created, headers)

    existing = result.output.get("item")
    if not existing or not key or existing.get("idempotencyKey") != f'"{key}"':
        raise Problem(
            "id-taken",
            f'There is an item with the id "{item_id}" already. '
            "Choose another id, or change that item with PUT.",
        )
    if existing.get("requestBody") != f'"{sha256(body)}"':
        raise Problem("idempotency-key-reused", "Send each new item with an Idempotency-Key of its own.")
    # The same request created the item. Repeat its response, with the time and the write id of that
    # creation.
    created["createdAt"] = created["updatedAt"] = existing["createdAt"]
    created["writeId"] = existing["createId"]
    return item_response(201, created, {**headers, "Idempotency-Replayed": "true"})


def idempotency_key(request: Request) -> str | None:
    """A hash of the request's Idempotency-Key that another caller cannot have; None without a key."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return None
    if not IDEMPOTENCY_KEY_PATTERN.fullmatch(key):
        raise Problem("invalid-parameter", f"Idempotency-Key must be {IDEMPOTENCY_KEY_RULE}.")
    return sha256(to_json([*key_owner(request.event), key]))


def uuid_of(digest: str) -> str:
    """A UUID of version 8 (RFC 9562, 5.8) from the first 128 bits of a hash."""
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"
