"""Makes Lambda handlers: problems, CORS headers and the log line."""

from __future__ import annotations

import os
import time
import traceback
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from .caller import logged_caller
from .contract import CORRELATION_ID_PATTERN, EXPOSED_HEADERS, RETRY_AFTER
from .entity import QUERY_PARAMETERS
from .json_text import to_json
from .problem import Problem
from .request import Request
from .stored_item import entity_tag, render_item

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from .shapes import Context, Event, Result, StoredItem

#: The most seconds for calls of DynamoDB: API Gateway waits for 29 seconds.
CALL_LIMIT = 10

#: The seconds that a function needs for its response when the calls are over.
RESPONSE_TIME = 1


class Response:
    """A response; the body is JSON text, or empty."""

    def __init__(self, status: int, headers: Mapping[str, str] = {}, body: str = "") -> None:
        self.status = status
        self.headers = headers
        self.body = body


cold_start = True


def operation(name: str) -> Callable[[Callable[[Request], Response]], Callable[[Event, Context], Result]]:
    """
    Makes the Lambda handler of an operation. A Problem that the function raises becomes the response. Any
    other error becomes a 500 that says nothing about it: the log does.
    """
    known = QUERY_PARAMETERS[name]

    def decorate(respond: Callable[[Request], Response]) -> Callable[[Event, Context], Result]:
        def lambda_handler(event: Event, context: Context) -> Result:
            # The wall clock can be set while a request is served.
            started = time.monotonic()
            remaining = min(CALL_LIMIT, context.get_remaining_time_in_millis() / 1000 - RESPONSE_TIME)
            request = Request(event, started + remaining)
            error: Exception | None = None
            try:
                request.check_query(known)
                response = respond(request)
            except Exception as raised:
                error = raised
                internal = Problem("internal-error", "Quote the request id in a report.")
                response = problem_response(
                    raised if isinstance(raised, Problem) else internal, request.id
                )
            log(name, request, context, response.status, time.monotonic() - started, error)
            return {
                "statusCode": response.status,
                "headers": {**cors_headers(request.headers.get("origin")), **response.headers},
                "body": response.body,
            }

        return lambda_handler

    return decorate


def item_response(status: int, item: StoredItem, headers: Mapping[str, str] = {}) -> Response:
    """A response with an item."""
    own = {"Content-Type": "application/json", "ETag": entity_tag(item)}
    return Response(status, {**own, **headers}, render_item(item))


def not_found(item_id: str) -> Problem:
    return Problem("item-not-found", f'There is no item with the id "{item_id}".')


def problem_response(problem: Problem, request_id: str) -> Response:
    headers = {"Content-Type": "application/problem+json"}
    if problem.status == 503:
        headers["Retry-After"] = str(RETRY_AFTER)
    return Response(problem.status, headers, to_json(problem.members(request_id)))


def now() -> str:
    """The time in UTC to the millisecond (RFC 3339)."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def log(
    name: str,
    request: Request,
    context: Context,
    status: int,
    duration: float,
    error: Exception | None,
) -> None:
    """
    Writes one line in Lambda's JSON format, in the shape that console.info has in Node.js. It holds
    nothing of the body and no secret. It is written at once: Lambda freezes the function with what it has
    not written.
    """
    global cold_start
    correlation_id = request.headers.get("x-correlation-id", "")
    message: dict[str, Any] = {
        "operation": name,
        "caller": logged_caller(request.event),
        "status": status,
        "durationMs": round(duration * 1000),
        "coldStart": cold_start,
        "apiRequestId": request.id,
        "correlationId": correlation_id
        if CORRELATION_ID_PATTERN.fullmatch(correlation_id)
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


def cors_headers(origin: str | None) -> dict[str, str]:
    # With a list of origins the response depends on the origin, so caches must keep one for each, even
    # where none is allowed.
    allowed = (os.environ.get("ALLOWED_ORIGINS") or "*").split(",")
    headers = {"Access-Control-Allow-Origin": "*"} if "*" in allowed else {"Vary": "Origin"}
    if "*" not in allowed and origin in allowed:
        headers["Access-Control-Allow-Origin"] = origin
    return {
        **headers,
        "Access-Control-Expose-Headers": ",".join(EXPOSED_HEADERS),
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
    }
