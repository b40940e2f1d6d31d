"""POST /items: creates an item with one PutItem that never replaces another."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

from .item import parse_item
from .problem import Problem
from .respond import Answer, Request, item_answer, now, operation
from .sign import sha256
from .store import call

if TYPE_CHECKING:
    from .shapes import StoredItem


@operation("CreateItem")
def lambda_handler(request: Request) -> Answer:
    text = request.body_text()
    chosen_id, attributes = parse_item(text)
    key = request.headers.get("idempotency-key")
    if key is not None and not re.fullmatch(r"[\x21-\x7e]{1,255}", key):
        raise Problem(
            "invalid-parameter",
            "Idempotency-Key must be 1 to 255 visible ASCII characters, such as a UUID.",
        )
    key_hash = sha256(key) if key else None
    item_id = chosen_id or (uuid_of(key_hash) if key_hash else str(uuid.uuid4()))
    created_at = now()
    item: StoredItem = {
        "id": {"S": item_id},
        "version": {"N": "1"},
        "createdAt": {"S": created_at},
        "updatedAt": {"S": created_at},
        "attributes": {"M": attributes},
        "createRequest": {"S": f"{key_hash}:{sha256(text)}" if key_hash else request.id},
    }
    condition_failed, output = call(
        "PutItem",
        {
            "Item": item,
            "ConditionExpression": "attribute_not_exists(id)",
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        },
        request.deadline,
        repeatable=True,
    )
    headers = {"Location": f"{request.event['requestContext']['path'].removesuffix('/')}/{item_id}"}
    if not condition_failed:
        return item_answer(201, item, headers)

    first = output.get("Item")
    creator = first.get("createRequest", {"S": ""})["S"] if first else ""
    if first and creator == item["createRequest"]["S"]:
        # The same request made the item before. What it was answered then follows from the request and
        # the time.
        item["createdAt"] = item["updatedAt"] = first["createdAt"]
        if key:
            headers["Idempotency-Replayed"] = "true"
        return item_answer(201, item, headers)
    if key_hash and creator.startswith(key_hash):
        raise Problem("idempotency-key-reused", "Send each new item with an Idempotency-Key of its own.")
    raise Problem(
        "id-taken",
        f'There is an item with the id "{item_id}" already: choose another, or change that one with PUT.',
    )


def uuid_of(digest: str) -> str:
    """A UUID of version 8 (RFC 9562, 5.8) from the first 128 bits of a hash."""
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-a{digest[17:20]}-{digest[20:32]}"
