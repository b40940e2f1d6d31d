"""Sends requests to DynamoDB over one connection that is kept alive."""

from __future__ import annotations

import contextlib
import io
import os
import select
import socket
import ssl
import time
from datetime import datetime, timezone
from http.client import HTTPException, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from .sign import signed_headers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

#: A write does not use a connection that was idle for longer, in seconds: if DynamoDB closes it at the
#: same time, it is unknown whether the write was applied. Common servers close connections that were
#: idle for 5 seconds or more, and DynamoDB has been seen to after 20 to 90 seconds
#: (https://github.com/feast-dev/feast/pull/5167). With a write each second a function keeps its
#: connection.
IDLE_LIMIT = 3

#: The most bytes of a response. A page of 1 MB has less than 10 MB of JSON.
RESPONSE_LIMIT = 16 * 1024 * 1024


class NotSent(OSError):
    """
    An error from before the first byte of the request was sent: DynamoDB cannot have carried it out.
    """


env = os.environ
# Looking up a name has no deadline in Python, and the C library tries for 20 seconds. This makes it 2.
env.setdefault("RES_OPTIONS", "timeout:1 attempts:1")
region = env.get("AWS_REGION", "us-east-1")
endpoint = urlsplit(
    env.get("AWS_ENDPOINT_URL_DYNAMODB")
    or f"https://dynamodb.{region}.{env.get('URL_SUFFIX', 'amazonaws.com')}"
)
tls = None if endpoint.scheme == "http" else ssl.create_default_context()


class DeadlineReader(io.RawIOBase):
    """
    Reads from a socket until a deadline. The timeout of a socket alone would begin again with every byte.
    """

    def __init__(self, sock: socket.socket, deadline: float) -> None:
        self.sock = sock
        self.deadline = deadline
        self.raw = sock.makefile("rb", buffering=0)

    def makefile(self, *_: object) -> io.BufferedReader:
        """The part of a socket that HTTPResponse calls."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self.sock.settimeout(seconds_until(self.deadline))
        return self.raw.readinto(buffer)

    def close(self) -> None:
        self.raw.close()
        super().close()


class Connection:
    """The connection to DynamoDB. Lambda hands a function one request at a time."""

    def __init__(self) -> None:
        self.sock: socket.socket | None = None
        self.used_monotonic = self.used_wall = 0.0

    def send(
        self, method: str, headers: Mapping[str, str], body: bytes, timeout: float
    ) -> tuple[int, str]:
        """
        Sends a request and returns status and text of the response, which has `timeout` seconds in all.
        """
        deadline = time.monotonic() + timeout
        sent = False
        try:
            sock = self.sock or self.open(deadline)
            sent = True
            lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
            head = f"{method} / HTTP/1.1\r\n{lines}content-length: {len(body)}\r\n\r\n"
            unsent = memoryview(head.encode() + body)
            # With TLS, sendall() would have the whole timeout again for every 16 KB.
            while unsent:
                sock.settimeout(seconds_until(deadline))
                unsent = unsent[sock.send(unsent) :]
            reader: Any = DeadlineReader(sock, deadline)
            with HTTPResponse(reader, method=method) as response:
                response.begin()
                content = response.read(RESPONSE_LIMIT)
                if not response.isclosed():
                    raise HTTPException("the response has no end")
                text = content.decode()
        except (OSError, HTTPException, ValueError) as error:
            self.close()
            if sent:
                raise
            raise NotSent(repr(error)) from error
        if response.will_close:
            self.close()
        self.used_monotonic, self.used_wall = time.monotonic(), time.time()
        return response.status, text

    def open(self, deadline: float) -> socket.socket:
        host, port = endpoint.hostname, endpoint.port or (443 if tls else 80)
        self.sock = socket.create_connection((host, port), seconds_until(deadline))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            self.sock.settimeout(seconds_until(deadline))
            self.sock = tls.wrap_socket(self.sock, server_hostname=host)
        return self.sock

    def close(self) -> None:
        if self.sock:
            self.sock.close()
        self.sock = None

    def is_usable(self, write: bool) -> bool:
        """Returns True if a request may be sent over the open connection."""
        # There is something to read before a request: the end, or a response that nobody asked for.
        if self.sock and select.select([self.sock], [], [], 0)[0]:
            return False
        # The wall clock can be set, and nothing says that the monotonic clock goes on while Lambda
        # freezes a function.
        idle = max(time.monotonic() - self.used_monotonic, time.time() - self.used_wall)
        return not (write and idle > IDLE_LIMIT)


connection = Connection()


def exchange(action: str, body: str, timeout: float, write: bool) -> tuple[int, str]:
    """
    Sends a request for an action and returns the status and text of the response. Raises NotSent, or
    another OSError, HTTPException or ValueError if DynamoDB may have carried it out: also for a
    connection that was closed without a byte of a response, as DynamoDB may have written before.
    """
    if not connection.is_usable(write):
        connection.close()
    return connection.send("POST", sign(action, body), body.encode(), timeout)


def sign(action: str, body: str) -> dict[str, str]:
    return signed_headers(
        endpoint.netloc,
        f"DynamoDB_20120810.{action}",
        body,
        region,
        (
            env.get("AWS_ACCESS_KEY_ID", ""),
            env.get("AWS_SECRET_ACCESS_KEY", ""),
            env.get("AWS_SESSION_TOKEN"),
        ),
        datetime.now(timezone.utc),
    )


def seconds_until(deadline: float) -> float:
    """The time that is left, as a timeout: never 0, which means something else for a socket."""
    return max(deadline - time.monotonic(), 0.001)


# INIT opens the connection, because Lambda gives INIT a whole CPU and an invocation only a share of one.
# DynamoDB responds to an unsigned GET / with "healthy". If this fails, the first call opens a connection.
with contextlib.suppress(OSError, HTTPException, ValueError):
    connection.send("GET", {"host": endpoint.netloc}, b"", 1)
