"""Holds what all handlers share: requests, responses, CORS and the log line."""

from __future__ import annotations

import base64
import os
import re
import time
import traceback
from datetime import datetime, timezone
from typing import TYPE_CHECKING
from urllib.parse import unquote

from .item import ID_PATTERN, cut, render_item
from .json_text import to_json
from .problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .shapes import Context, Event, Result, StoredItem


class Request:
    """What a handler is asked."""

    def __init__(self, event: Event, remaining: float) -> None:
        """`remaining` is the time in seconds until Lambda gives up."""
        self.event = event
        #: API Gateway's request id, a UUID.
        self.id = event["requestContext"]["requestId"]
        #: Headers by lower-case name. Lines of one name are one list (RFC 9110, 5.3).
        self.headers = {
            name.lower(): ", ".join(values)
            for name, values in (event.get("multiValueHeaders") or {}).items()
        }
        #: Until when the store may be tried, on the monotonic clock: before the gateway and Lambda give
        #: up.
        self.deadline = time.monotonic() + min(10, remaining - 1)

    def path_id(self) -> str:
        """The id in the path. One that no item can have is not found without asking the store."""
        # The gateway leaves path parameters percent-encoded. Ids are ASCII, so a code is a character.
        item_id = unquote((self.event.get("pathParameters") or {}).get("id", ""), "latin-1")
        if ID_PATTERN.fullmatch(item_id):
            return item_id
        raise not_found(item_id)

    def body_text(self) -> str:
        """
        The JSON text of the body. Raises `unsupported-media-type` for any other type, and for none:
        browsers send a body without one to other origins without asking first.
        """
        media_type = self.headers.get("content-type", "untyped")
        if not re.match(r"application/([\w.+-]+\+)?json *(;|\Z)", media_type, re.ASCII | re.IGNORECASE):
            raise Problem(
                "unsupported-media-type",
                f"Send the body as application/json, not as {cut(media_type, 100)}.",
            )
        body = self.event.get("body") or ""
        return (
            base64.b64decode(body).decode(errors="replace") if self.event.get("isBase64Encoded") else body
        )


class Answer:
    """What a handler answers. The body is JSON text, or empty."""

    def __init__(self, status: int, headers: Mapping[str, str] = {}, body: str = "") -> None:
        self.status = status
        self.headers = headers
        self.body = body


cold_start = True


def operation(name: str) -> Callable[[Callable[[Request], Answer]], Callable[[Event, Context], Result]]:
    """
    Makes the Lambda handler of an operation from a function that decides. Whatever that raises which is
    not a Problem is a bare 500, its cause in the log only.
    """

    def decorate(decide: Callable[[Request], Answer]) -> Callable[[Event, Context], Result]:
        def lambda_handler(event: Event, context: Context) -> Result:
            started = time.monotonic()
            request = Request(event, context.get_remaining_time_in_millis() / 1000)
            error: Exception | None = None
            try:
                answer = decide(request)
            except Exception as raised:
                error = raised
                fault = Problem("internal-error", "Quote the request id in a report.")
                answer = failure(raised if isinstance(raised, Problem) else fault, request)
            log(name, request, context, answer.status, time.monotonic() - started, error)
            headers = {**cors_headers(request.headers.get("origin")), **answer.headers}
            return {"statusCode": answer.status, "headers": headers, "body": answer.body}

        return lambda_handler

    return decorate


def item_answer(status: int, item: StoredItem, headers: Mapping[str, str] = {}) -> Answer:
    """An answer that carries an item."""
    own = {"Content-Type": "application/json", "ETag": entity_tag(item)}
    return Answer(status, {**own, **headers}, render_item(item))


def entity_tag(item: StoredItem) -> str:
    """The strong entity tag of an item: its version in quotes."""
    return f'"{item["version"]["N"]}"'


def not_found(item_id: str) -> Problem:
    return Problem("item-not-found", f'There is no item with the id "{item_id}".')


def failure(problem: Problem, request: Request) -> Answer:
    headers = {"Content-Type": "application/problem+json"}
    if problem.status == 503:
        headers["Retry-After"] = "1"
    return Answer(problem.status, headers, to_json(problem.members(request.id)))


def now() -> str:
    """The time in UTC to the millisecond (RFC 3339)."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def log(
    operation: str,
    request: Request,
    context: Context,
    status: int,
    duration: float,
    error: Exception | None,
) -> None:
    """
    Writes one line in Lambda's JSON format, in the shape of the other edition's. It goes out at once:
    Lambda freezes the function with what it has not written.
    """
    global cold_start
    correlation_id = request.headers.get("x-correlation-id", "")
    message: dict[str, Any] = {
        "operation": operation,
        "caller": caller(request.event["requestContext"]),
        "status": status,
        "durationMs": round(duration * 1000),
        "coldStart": cold_start,
        "apiRequestId": request.id,
        "correlationId": correlation_id
        if re.fullmatch(r"[\w.-]{1,128}", correlation_id, re.ASCII)
        else request.id,
    }
    cold_start = False
    if status >= 500 and error:
        message["error"] = {
            "errorType": type(error).__name__,
            "errorMessage": str(error),
            "stackTrace": traceback.format_tb(error.__traceback__),
        }
        if error.__cause__:
            message["cause"] = str(error.__cause__)
    elif isinstance(error, Problem):
        message["problem"] = error.slug
    level = "INFO" if status < 500 else "ERROR"
    line = {"timestamp": now(), "level": level, "requestId": context.aws_request_id, "message": message}
    print(to_json(line), flush=True)


def caller(context: Mapping[str, Any]) -> Any:
    """
    Who asks, as far as the gateway knows: an IAM principal, a user of the pool, the owner of a key, or an
    address.
    """
    identity, claims = context["identity"], (context.get("authorizer") or {}).get("claims", {})
    return (
        identity.get("userArn")
        or claims.get("sub")
        or identity.get("apiKeyId")
        or identity.get("sourceIp")
    )


def cors_headers(origin: str | None) -> dict[str, str]:
    # With a list of origins the answer depends on who asks, so caches must tell them apart even where
    # none is allowed.
    allowed = (os.environ.get("ALLOWED_ORIGINS") or "*").split(",")
    headers = {"Access-Control-Allow-Origin": "*"} if "*" in allowed else {"Vary": "Origin"}
    if "*" not in allowed and origin in allowed:
        headers["Access-Control-Allow-Origin"] = origin
    return {
        **headers,
        "Access-Control-Expose-Headers": "ETag,Location,Idempotency-Replayed,Retry-After,"
        "x-amzn-RequestId",
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
