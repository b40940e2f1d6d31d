"""Calls DynamoDB's JSON protocol over one connection that is kept alive."""

from __future__ import annotations

import contextlib
import os
import random
import re
import ssl
import time
from datetime import datetime, timezone
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .item import too_large
from .json_text import parse_json, to_json
from .problem import Problem
from .sign import signed_headers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .shapes import Output


class NotSent(OSError):
    """A request that cannot have got to DynamoDB."""


env = os.environ
region = env.get("AWS_REGION", "us-east-1")
endpoint = urlsplit(
    env.get("AWS_ENDPOINT_URL_DYNAMODB")
    or f"https://dynamodb.{region}.{env.get('URL_SUFFIX', 'amazonaws.com')}"
)
connection = (HTTPConnection if endpoint.scheme == "http" else HTTPSConnection)(endpoint.netloc)


def call(
    action: str, parameters: Mapping[str, object], deadline: float, repeatable: bool
) -> tuple[bool, Output]:
    """
    Calls a DynamoDB action on the table. Returns whether the condition failed, and what DynamoDB
    answered: if it failed, `Item` is what it was held against, absent if there is none.

    What did not happen is tried again with full jitter until `deadline` (seconds of the monotonic clock):
    it was throttled, or there was no connection, or one that was kept alive was closed, in all likelihood
    before the request. After a 5xx or a lost answer it may have happened; then only what is `repeatable`
    is tried again. In the end it raises `store-unavailable`. An item that is too large raises
    `item-too-large`. Any other refusal is a fault of ours and raises RuntimeError.
    """
    body = to_json({"TableName": env["TABLE_NAME"], **parameters})
    backoff = 0.05
    while True:
        certain = False
        try:
            status, content = post(action, body, min(3, deadline - time.monotonic()))
            text = content.decode()
            output: Output = parse_json(text) if status < 500 else {}
        except (OSError, HTTPException, ValueError) as error:
            cause = f"DynamoDB did not answer {action}: {error!r}"
            certain = isinstance(error, NotSent)
        else:
            if status == 200:
                return False, output
            kind = str(output.get("__type", status)).rpartition("#")[2]
            if kind == "ConditionalCheckFailedException":
                return True, output
            reason = output.get("message", output.get("Message", text))
            cause = f"DynamoDB answered {action} with {kind}: {reason}"
            if "Item size" in cause:
                raise too_large()
            certain = status < 500
            if certain and not re.search("Throttl|Throughput|LimitExceeded", kind):
                raise RuntimeError(cause)
        wait = random.random() * backoff
        backoff = min(2, 2 * backoff)
        if not (certain or repeatable):
            detail = "It is not known whether this happened: look before you repeat it."
            raise Problem("store-unavailable", detail) from RuntimeError(cause)
        if time.monotonic() + wait >= deadline:
            raise Problem("store-unavailable", "Try again later.") from RuntimeError(cause)
        time.sleep(wait)


def post(action: str, body: str, timeout: float) -> tuple[int, bytes]:
    credentials = (
        env.get("AWS_ACCESS_KEY_ID", ""),
        env.get("AWS_SECRET_ACCESS_KEY", ""),
        env.get("AWS_SESSION_TOKEN"),
    )
    target, date = f"DynamoDB_20120810.{action}", datetime.now(timezone.utc)
    headers = signed_headers(endpoint.netloc, target, body, region, credentials, date)
    return exchange("POST", body.encode(), headers, timeout)


def exchange(
    method: str, body: bytes | None, headers: Mapping[str, str], timeout: float
) -> tuple[int, bytes]:
    """
    One request and its answer, which has to be here in `timeout` seconds from when there is a connection.
    """
    kept_alive = connection.sock is not None
    connection.timeout = max(timeout, 0.001)
    sent = answered = False
    try:
        if not kept_alive:
            connection.connect()
        sent = True
        socket, end = connection.sock, time.monotonic() + timeout
        socket.settimeout(connection.timeout)
        connection.request(method, "/", body, headers)
        response = connection.getresponse()
        answered = True
        content = b""
        # A timeout is of the wait for the next bytes, however few.
        while response.length and not response.isclosed():
            socket.settimeout(max(end - time.monotonic(), 0.001))
            content += response.read1(65536)
        return response.status, content + response.read()
    except (OSError, HTTPException) as error:
        connection.close()
        # DynamoDB closes connections that are idle, and a function that was frozen learns of it with its
        # next request.
        closed = kept_alive and not answered and isinstance(error, (ConnectionError, ssl.SSLEOFError))
        if closed or not sent:
            raise NotSent(repr(error)) from error
        raise


# DynamoDB tells anyone that it is healthy. What is asked in INIT opens the connection before a client
# waits for it; if that fails, the first call opens one.
with contextlib.suppress(OSError, HTTPException):
    exchange("GET", None, {}, 1)
