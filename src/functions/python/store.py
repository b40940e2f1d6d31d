"""Calls DynamoDB, and repeats a call where that can do no harm."""

from __future__ import annotations

import os
import random
import time
from typing import TYPE_CHECKING

from .connection import NotSent, connection, exchange
from .contract import VALUE_LIMIT
from .item import too_large
from .json_text import to_json
from .problem import Problem
from .stored_item import ItemReader

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .shapes import Output, StoredItem

#: Exceptions after which DynamoDB has changed nothing and a retry may succeed.
TEMPORARY = (
    "ThrottlingException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    # Another client's transaction, or a write in another Region, has the item.
    "TransactionConflictException",
    "ReplicatedWriteConflictException",
)

#: The most seconds of one attempt.
ATTEMPT_LIMIT = 3


class WriteResult:
    """Result of a write."""

    def __init__(self, condition_failed: bool, output: Output, unknown: Problem | None) -> None:
        #: True if the condition did not hold. Then `output` has the item, unless there is none.
        self.condition_failed = condition_failed
        self.output = output
        #: Present if an earlier attempt may have been applied. If the condition failed then, this may be
        #: the reason, and it is the problem to raise.
        self.unknown = unknown


class Attempt:
    """
    Result of one attempt: `success`, `condition failed`, `rejected`, or a failure that may pass, which
    is `not applied` or `unknown`.
    """

    def __init__(self, kind: str, cause: str, output: Output | None = None) -> None:
        self.kind = kind
        self.cause = cause
        self.output: Output = output or {}


def read(action: str, parameters: Mapping[str, object], deadline: float) -> Output:
    """
    Reads. After any failure the call is repeated until the deadline, as a read changes nothing.
    Raises `store-unavailable` in the end.
    """
    return repeat(action, parameters, deadline, is_write=False, repeatable=True).output


def write(
    action: str, parameters: Mapping[str, object], deadline: float, repeatable: bool
) -> WriteResult:
    """
    Writes. The call is repeated if it was certainly not applied: DynamoDB rejected it temporarily, or
    nothing was sent. After any other failure it may have been applied. Then it is repeated only if it is
    `repeatable`, which means that it cannot be applied twice; otherwise `store-unavailable` says that the
    outcome is not known.
    """
    return repeat(action, parameters, deadline, is_write=True, repeatable=repeatable)


def repeat(
    action: str, parameters: Mapping[str, object], deadline: float, is_write: bool, repeatable: bool
) -> WriteResult:
    body = to_json({"TableName": os.environ["TABLE_NAME"], **parameters})
    unknown: Problem | None = None
    backoff = 0.05
    while True:
        attempt = attempt_once(action, body, deadline, is_write)
        if attempt.kind in ("success", "condition failed"):
            return WriteResult(attempt.kind == "condition failed", attempt.output, unknown)
        if attempt.kind == "unknown" and is_write:
            unknown = Problem(
                "store-unavailable",
                "The write may or may not have been applied. Read the item before retrying.",
            )
            unknown.__cause__ = RuntimeError(attempt.cause)
            if not repeatable:
                raise unknown
        if attempt.kind == "rejected":
            raise unknown or rejection(attempt.cause)
        # Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
        wait = random.random() * backoff
        backoff = min(2, 2 * backoff)
        if time.monotonic() + wait >= deadline:
            if unknown:
                raise unknown
            raise Problem("store-unavailable", "Try again later.") from RuntimeError(attempt.cause)
        time.sleep(wait)


def attempt_once(action: str, body: str, deadline: float, is_write: bool) -> Attempt:
    timeout = min(ATTEMPT_LIMIT, deadline - time.monotonic())
    if timeout <= 0:
        return Attempt("not applied", f"There is no time left for {action}")
    try:
        status, text = exchange(action, body, timeout, is_write)
        output: Output = read_output(text) if status < 500 else {}
    # Whatever goes wrong in reading, a write may have been applied.
    except Exception as error:
        # After an error, further data on this connection cannot be trusted.
        connection.close()
        kind = "not applied" if isinstance(error, NotSent) else "unknown"
        return Attempt(kind, f"DynamoDB did not answer {action}: {error!r}")
    kind = output.get("type", str(status))
    cause = f"DynamoDB answered {action} with {kind}: {output.get('message', text[:1000])}"
    if status == 200 and is_complete(action, output):
        return Attempt("success", cause, output)
    # Only an exception of DynamoDB proves that nothing was written.
    if "type" not in output or not 400 <= status < 500:
        return Attempt("unknown", cause)
    if kind == "ConditionalCheckFailedException":
        return Attempt("condition failed", cause, output)
    return Attempt("not applied" if kind in TEMPORARY else "rejected", cause)


def rejection(cause: str) -> Exception:
    """
    A client can have sent an item that is too large. Anything else that DynamoDB rejects is our fault.
    """
    return too_large() if "Item size" in cause else RuntimeError(cause)


def is_complete(action: str, output: Output) -> bool:
    """
    Returns true if a response has the members that functions need. Every response of DynamoDB has them.
    """
    if "type" in output:
        return False
    if action == "UpdateItem":
        return "item" in output
    return action not in ("Scan", "Query") or "items" in output


def read_output(text: str) -> Output:
    output: Output = {}
    reader = ItemReader(text)
    reader.take("{")
    is_last = reader.takes("}")
    while not is_last:
        name = reader.value()
        reader.take(":")
        if name == "Items" and not read_page(reader, output):
            return output
        if name in ("Item", "Attributes"):
            output["item"] = reader.item()
        elif name == "LastEvaluatedKey":
            output["last_id"] = reader.attributes()["id"]
        elif name == "__type":
            output["type"] = reader.value().rpartition("#")[2]
        elif name in ("message", "Message"):
            output["message"] = str(reader.value())
        elif name != "Items":
            reader.value()
        is_last = not reader.takes(",")
        if is_last:
            reader.take("}")
    reader.end()
    return output


def read_page(reader: ItemReader, output: Output) -> bool:
    """Reads the items of a page. Returns False if they are too dense to read them all."""
    items: list[StoredItem] = []
    output["items"] = items
    reader.take("[")
    is_last = reader.takes("]")
    while not is_last:
        items.append(reader.item())
        if reader.values >= VALUE_LIMIT:
            # The list goes on behind the last item that was read.
            output["last_id"] = items[-1]["id"]
            return False
        is_last = not reader.takes(",")
        if is_last:
            reader.take("]")
    return True
