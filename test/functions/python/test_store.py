"""The store against a server that stands where DynamoDB stands and replies as told."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import socketserver
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler
from typing import Any

from functions.python.problem import Problem

#: Status and body of a reply; None breaks the connection, a number is of seconds in which nothing is said, a function says
#: what it wants.
Reply = Any


class Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    replies: list[Reply]
    received: list[tuple[str, str]]
    connections = 0
    health = b"healthy"

    def setup(self) -> None:
        Endpoint.connections += 1
        super().setup()

    def do_GET(self) -> None:
        Endpoint.received.append(("GET", ""))
        self.reply(200, Endpoint.health)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        Endpoint.received.append((self.headers["x-amz-target"], body))
        # The last reply stands for all that follow.
        reply = Endpoint.replies.pop(0) if len(Endpoint.replies) > 1 else Endpoint.replies[0]
        if reply is None:
            self.close_connection = True
        elif callable(reply):
            reply(self)
        elif isinstance(reply, float):
            released.wait(reply)
            self.close_connection = True
        else:
            self.reply(*reply)

    def reply(self, status: int, body: object, close: bool = False) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        if close:
            self.send_header("connection", "close")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: object) -> None:
        pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


released = threading.Event()
Endpoint.received = []
server = Server(("127.0.0.1", 0), Endpoint)
threading.Thread(target=server.serve_forever, daemon=True).start()
os.environ.update(
    AWS_ENDPOINT_URL_DYNAMODB=f"http://127.0.0.1:{server.server_address[1]}",
    AWS_REGION="eu-central-1",
    AWS_ACCESS_KEY_ID="AKIAEXAMPLE",
    AWS_SECRET_ACCESS_KEY="secret",
    TABLE_NAME="items",
)

# It opens its connection when it is imported.
from functions.python import store  # noqa: E402

OK = (200, {"Item": {"id": {"S": "a"}}})
KEPT = list(Endpoint.received), Endpoint.connections


def error(kind: str, status: int = 400, **extra: object) -> Reply:
    return status, {"__type": f"com.amazonaws.dynamodb.v20120810#{kind}", "message": f"{kind} happened", **extra}


def drip(endpoint: Endpoint) -> None:
    """An answer that takes for ever, though never long for its next byte."""
    endpoint.send_response(200)
    endpoint.send_header("content-length", "1000")
    endpoint.end_headers()
    endpoint.close_connection = True
    with contextlib.suppress(OSError):
        for _ in range(1000):
            released.wait(0.02)
            endpoint.wfile.write(b" ")


def cut_off(endpoint: Endpoint) -> None:
    endpoint.send_response(200)
    endpoint.send_header("content-length", "1000")
    endpoint.end_headers()
    endpoint.wfile.write(b'{"Item":')
    endpoint.close_connection = True


def chunked(endpoint: Endpoint) -> None:
    endpoint.send_response(200)
    endpoint.send_header("transfer-encoding", "chunked")
    endpoint.end_headers()
    for part in (b'{"Item":{"id":', b'{"S":"a"}}}'):
        endpoint.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
    endpoint.wfile.write(b"0\r\n\r\n")


def tearDownModule() -> None:
    released.set()
    store.connection.close()
    server.shutdown()
    server.server_close()


class Call(unittest.TestCase):
    def will(self, *replies: Reply) -> None:
        Endpoint.replies = list(replies)
        Endpoint.received = []

    def call(self, repeatable: bool = True, within: float = 5) -> tuple[bool, Any]:
        return store.call("GetItem", {"Key": {}}, time.monotonic() + within, repeatable)

    def use_new_connection(self) -> None:
        self.will((*OK, True))
        self.call()

    def test_has_its_connection_from_init(self) -> None:
        self.assertEqual(KEPT, ([("GET", "")], 1))

    def test_is_one_request_to_the_table(self) -> None:
        self.will(OK)
        self.assertEqual(self.call(), (False, OK[1]))
        self.assertEqual(Endpoint.received, [("DynamoDB_20120810.GetItem", '{"TableName":"items","Key":{}}')])

    def test_keeps_its_connection(self) -> None:
        self.will(OK)
        self.call()
        before = Endpoint.connections
        for _ in range(20):
            self.call()
        self.assertEqual(Endpoint.connections, before)

    def test_returns_what_a_failed_condition_was_held_against(self) -> None:
        self.will(error("ConditionalCheckFailedException", Item={"id": {"S": "a"}}))
        condition_failed, output = self.call()
        self.assertTrue(condition_failed)
        self.assertEqual(output["Item"], {"id": {"S": "a"}})

    def test_is_tried_again_after_throttling(self) -> None:
        for kind in ("ThrottlingException", "ProvisionedThroughputExceededException", "RequestLimitExceeded"):
            with self.subTest(kind):
                self.will(error(kind), error(kind), OK)
                self.assertEqual(self.call(repeatable=False), (False, OK[1]))
                self.assertEqual(len(Endpoint.received), 3)

    def test_is_tried_again_after_what_may_have_happened_only_if_it_is_repeatable(self) -> None:
        for reply in (error("InternalServerError", 500), None):
            with self.subTest(reply):
                self.use_new_connection()
                self.will(reply, OK)
                self.assertEqual(self.call(), (False, OK[1]))
                self.use_new_connection()
                self.will(reply, OK)
                with self.assertRaisesRegex(Problem, "not known whether this happened") as raised:
                    self.call(repeatable=False)
                self.assertEqual(raised.exception.slug, "store-unavailable")
                self.assertEqual(len(Endpoint.received), 1)

    def test_is_tried_again_when_a_connection_that_was_kept_turns_out_to_be_closed(self) -> None:
        self.will(OK)
        self.call()
        self.will(None, OK)
        self.assertEqual(self.call(repeatable=False), (False, OK[1]))

    def test_does_not_wait_for_ever(self) -> None:
        self.will(5.0)
        started = time.monotonic()
        with self.assertRaisesRegex(Problem, "Try again later"):
            self.call(within=0.2)
        self.assertLess(time.monotonic() - started, 2)

    def test_does_not_read_for_ever(self) -> None:
        self.will(drip)
        started = time.monotonic()
        with self.assertRaisesRegex(Problem, "Try again later"):
            self.call(within=0.3)
        self.assertLess(time.monotonic() - started, 2)

    def test_reads_answers_in_parts_and_keeps_the_connection(self) -> None:
        long = (200, {"Item": {"id": {"S": "a" * 3_000_000}}})
        for reply, expected in ((chunked, OK[1]), (long, long[1]), ((*long, True), long[1])):
            self.will(reply)
            self.assertEqual(self.call(repeatable=False), (False, expected))
            self.assertEqual(self.call(repeatable=False), (False, expected))

    def test_takes_no_part_of_an_answer_for_the_whole(self) -> None:
        for reply in (cut_off, (200, b"\xff")):
            with self.subTest(reply):
                self.will(reply, OK)
                self.assertEqual(self.call(), (False, OK[1]))
                self.will(reply, OK)
                with self.assertRaisesRegex(Problem, "not known whether this happened"):
                    self.call(repeatable=False)

    def test_needs_no_particular_answer_in_init(self) -> None:
        store.connection.close()
        self.addCleanup(setattr, Endpoint, "health", Endpoint.health)
        for health in (b"\xff", b""):
            Endpoint.health = health
            importlib.reload(store)
            before = Endpoint.connections
            self.will(OK)
            self.assertEqual(self.call(), (False, OK[1]))
            self.assertEqual(Endpoint.connections, before)
            store.connection.close()

    def test_ends_at_the_deadline_with_the_cause(self) -> None:
        self.will(error("ThrottlingException"))
        started = time.monotonic()
        with self.assertRaises(Problem) as raised:
            self.call(within=0.3)
        # The deadline itself, and what a machine that is busy needs for the last attempt.
        self.assertLess(time.monotonic() - started, 2)
        cause = "DynamoDB answered GetItem with ThrottlingException: ThrottlingException happened"
        self.assertEqual(str(raised.exception.__cause__), cause)
        self.assertGreater(len(Endpoint.received), 1)

    def test_says_that_an_item_is_too_large(self) -> None:
        self.will(error("ValidationException", message="Item size to update has exceeded the maximum allowed size"))
        with self.assertRaises(Problem) as raised:
            self.call()
        self.assertEqual(raised.exception.slug, "item-too-large")

    def test_does_not_try_again_what_is_our_own_fault(self) -> None:
        for kind in ("AccessDeniedException", "ResourceNotFoundException", "ValidationException"):
            with self.subTest(kind):
                self.will(error(kind))
                with self.assertRaisesRegex(RuntimeError, f"^DynamoDB answered GetItem with {kind}: {kind} happened$"):
                    self.call()
                self.assertEqual(len(Endpoint.received), 1)
