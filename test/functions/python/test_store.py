# One file: the tests share an endpoint that stands for DynamoDB.
"""The store and its connection against a server that stands where DynamoDB stands and replies as told."""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import socket
import socketserver
import struct
import threading
import time
import unittest
from http.server import BaseHTTPRequestHandler
from typing import Any
from unittest.mock import patch

from functions.python.problem import Problem

#: Status and body of a reply; None closes the connection, a number is of seconds in which nothing is said, a function says
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
from functions.python import connection as connections  # noqa: E402
from functions.python import store  # noqa: E402

ITEM = {
    "id": {"S": "a"},
    "version": {"N": "3"},
    "createdAt": {"S": "c"},
    "updatedAt": {"S": "u"},
    "attributes": {"M": {}},
    "writeId": {"S": "w"},
    "createId": {"S": "c"},
}
FOUND = (200, {"Item": ITEM})
UPDATED = (200, {"Attributes": ITEM})
READ = {
    "id": '"a"',
    "version": "3",
    "createdAt": '"c"',
    "updatedAt": '"u"',
    "attributes": "{}",
    "writeId": '"w"',
    "createId": '"c"',
}
KEPT = list(Endpoint.received), Endpoint.connections
UNKNOWN = "^The write may or may not have been applied. Read the item before retrying.$"


def error(kind: str, status: int = 400, **extra: object) -> Reply:
    return status, {"__type": f"com.amazonaws.dynamodb.v20120810#{kind}", "message": f"{kind} happened", **extra}


def raw(content: bytes, reset: bool = False) -> Reply:
    """Writes this as it is and closes or resets the connection."""

    def reply(endpoint: Endpoint) -> None:
        endpoint.wfile.write(content)
        if reset:
            # Closing resets the connection.
            endpoint.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(endpoint.connection.detach())
        endpoint.close_connection = True

    return reply


def drip(before: bytes, drop: bytes) -> Reply:
    """A response that takes for ever, though never long for its next byte."""

    def reply(endpoint: Endpoint) -> None:
        endpoint.close_connection = True
        with contextlib.suppress(OSError):
            endpoint.wfile.write(before)
            while not released.wait(0.02):
                endpoint.wfile.write(drop)

    return reply


def chunked(endpoint: Endpoint) -> None:
    endpoint.send_response(200)
    endpoint.send_header("transfer-encoding", "chunked")
    endpoint.end_headers()
    content = json.dumps(FOUND[1]).encode()
    for part in (content[:9], content[9:]):
        endpoint.wfile.write(b"%x\r\n%b\r\n" % (len(part), part))
    endpoint.wfile.write(b"0\r\n\r\n")


HEAD = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n"
CONTENT = json.dumps(UPDATED[1]).encode()

#: What leaves open whether DynamoDB has carried out the request.
FAILURES: dict[str, Reply] = {
    "a 500": error("InternalServerError", 500),
    "a 503": (503, {}),
    "an end without a byte": None,
    "a reset without a byte": raw(b"", reset=True),
    "an end in the response": raw(HEAD % len(CONTENT) + CONTENT[:-9]),
    "a reset in the response": raw(HEAD % len(CONTENT) + CONTENT[:-9], reset=True),
    "an end in the headers": raw(b"HTTP/1.1 200 OK\r\ncontent-le"),
    "text that is no HTTP": raw(b"220 mail.example\r\n"),
    "a switch to another protocol": raw(b"HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
    "JSON that ends early": (200, CONTENT[:-1]),
    "two JSON values": (200, CONTENT + b"{}"),
    "no JSON": (200, b"<p>ok"),
    "nothing": (200, b""),
    "bytes that are not UTF-8": (200, CONTENT.replace(b'"a"', b'"\xff"')),
    "null": (200, None),
    "a list": (200, []),
    "an item that has no write id": (200, {"Attributes": {**ITEM, "writeId": None}}),
    "an item that is null": (200, {"Attributes": None}),
    "a value of no type": (200, {"Attributes": {**ITEM, "attributes": {"M": {"a": {}}}}}),
    "a value of an unknown type": (200, {"Attributes": {**ITEM, "attributes": {"M": {"a": {"X": "1"}}}}}),
    "an exception with 200": (200, {"__type": "ThrottlingException", "Attributes": ITEM}),
    "a redirect": (307, {}),
    "a 403 of another server": (403, {"error": "no"}),
    "a 429 of another server": (429, {}),
}


def tearDownModule() -> None:
    released.set()
    connections.connection.close()
    server.shutdown()
    server.server_close()


class TestCase(unittest.TestCase):
    def will(self, *replies: Reply) -> None:
        Endpoint.replies = list(replies)
        Endpoint.received = []

    def get(self, within: float = 60) -> Any:
        return store.read("GetItem", {"Key": {}}, time.monotonic() + within)

    def put(self, repeatable: bool = False, within: float = 60) -> store.WriteResult:
        return store.write("UpdateItem", {"Key": {}}, time.monotonic() + within, repeatable)

    def ask(self, write: bool) -> tuple[int, str]:
        return connections.exchange("GetItem", "{}", 60, write)


class Call(TestCase):
    def test_is_one_request_to_the_table(self) -> None:
        self.will(FOUND)
        self.assertEqual(self.get(), {"item": READ})
        self.assertEqual(Endpoint.received, [("DynamoDB_20120810.GetItem", '{"TableName":"items","Key":{}}')])

    def test_returns_the_item_for_which_a_condition_failed(self) -> None:
        self.will(error("ConditionalCheckFailedException", Item=ITEM))
        result = self.put()
        self.assertTrue(result.condition_failed)
        self.assertEqual(result.output["item"], READ)

    def test_is_repeated_after_an_exception_that_says_it_did_nothing_yet(self) -> None:
        for kind in (
            "ThrottlingException",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "TransactionConflictException",
            "ReplicatedWriteConflictException",
        ):
            with self.subTest(kind):
                self.will(error(kind), error(kind), UPDATED)
                self.assertFalse(self.put().condition_failed)
                self.assertEqual(len(Endpoint.received), 3)

    def test_ends_at_the_deadline_with_the_cause(self) -> None:
        self.will(error("ThrottlingException"))
        with self.assertRaisesRegex(Problem, "^Try again later.$") as raised:
            self.get(within=0.3)
        cause = "DynamoDB answered GetItem with ThrottlingException: ThrottlingException happened"
        # On a machine that is busy, the last attempt may find no time left.
        self.assertIn(str(raised.exception.__cause__), (cause, "There is no time left for GetItem"))

    def test_says_that_an_item_is_too_large(self) -> None:
        self.will(error("ValidationException", message="Item size to update has exceeded the maximum allowed size"))
        with self.assertRaises(Problem) as raised:
            self.put(repeatable=True)
        self.assertEqual(raised.exception.slug, "item-too-large")

    def test_is_not_repeated_where_it_is_wrong_itself(self) -> None:
        for kind in ("AccessDeniedException", "ResourceNotFoundException", "ValidationException"):
            with self.subTest(kind):
                self.will(error(kind))
                with self.assertRaisesRegex(RuntimeError, f"^DynamoDB answered UpdateItem with {kind}: {kind} happened$"):
                    self.put(repeatable=True)
                self.assertEqual(len(Endpoint.received), 1)

    def test_is_a_failure_without_what_its_response_must_have(self) -> None:
        self.will((200, {}))
        with self.assertRaisesRegex(Problem, UNKNOWN):
            self.put()
        self.will((200, {}), (200, {"Items": None}), (200, {"Items": [], "Count": 0}))
        self.assertEqual(store.read("Scan", {}, time.monotonic() + 60), {"items": []})


class AfterAFailure(TestCase):
    def test_a_read_is_repeated(self) -> None:
        for what, reply in FAILURES.items():
            with self.subTest(what):
                self.will(reply, FOUND)
                self.assertEqual(self.get(), {"item": READ})
                self.assertEqual(len(Endpoint.received), 2)

    def test_a_write_that_cannot_be_applied_twice_is_repeated_and_marked_as_uncertain(self) -> None:
        for what, reply in FAILURES.items():
            with self.subTest(what):
                self.will(reply, error("ConditionalCheckFailedException"))
                result = self.put(repeatable=True)
                self.assertTrue(result.condition_failed)
                self.assertRegex(str(result.unknown), UNKNOWN)
                self.will(reply, UPDATED)
                self.assertFalse(self.put(repeatable=True).condition_failed)

    def test_any_other_write_is_not_repeated_on_any_connection(self) -> None:
        for what, reply in FAILURES.items():
            for close in (True, False):
                with self.subTest(what, close=close):
                    self.will((*FOUND, close))
                    self.get()
                    before = Endpoint.connections
                    self.will(reply, UPDATED)
                    with self.assertRaisesRegex(Problem, UNKNOWN) as raised:
                        self.put()
                    self.assertEqual(raised.exception.slug, "store-unavailable")
                    self.assertRegex(str(raised.exception.__cause__), "^DynamoDB (answered|did not answer) UpdateItem")
                    self.assertEqual(len(Endpoint.received), 1)
                    self.assertEqual(Endpoint.connections - before, int(close))

    def test_nothing_else_says_that_a_write_was_not_applied(self) -> None:
        for what, reply in FAILURES.items():
            with self.subTest(what):
                self.will(reply, error("AccessDeniedException"))
                with self.assertRaisesRegex(Problem, UNKNOWN):
                    self.put(repeatable=True)
        self.will(error("InternalServerError", 500), error("ThrottlingException"))
        with self.assertRaisesRegex(Problem, UNKNOWN):
            self.put(repeatable=True, within=0.3)

    def test_a_write_is_repeated_whatever_it_is_where_nobody_listens(self) -> None:
        connections.connection.close()
        with (
            patch.object(connections, "endpoint", connections.endpoint._replace(netloc="127.0.0.1:9")),
            self.assertRaisesRegex(Problem, "^Try again later.$") as raised,
        ):
            self.put(within=0.3)
        # A busy machine may have no time left for the last attempt.
        self.assertRegex(str(raised.exception.__cause__), "ConnectionRefusedError|There is no time left")


class Connection(TestCase):
    def test_is_open_from_init(self) -> None:
        self.assertEqual(KEPT, ([("GET", "")], 1))

    def test_needs_no_particular_response_in_init(self) -> None:
        self.addCleanup(setattr, Endpoint, "health", Endpoint.health)
        for health, kept in ((b"\xff", False), (b"", True)):
            Endpoint.health = health
            connections.connection.close()
            importlib.reload(connections)
            before = Endpoint.connections
            self.will(FOUND)
            self.ask(write=True)
            self.assertEqual(Endpoint.connections == before, kept)
        # What the store had imported is from before.
        importlib.reload(store)

    def test_is_kept_for_all_requests_a_write_each_second_among_them(self) -> None:
        self.will(FOUND)
        self.ask(write=True)
        before = Endpoint.connections
        for request in range(20):
            with patch("time.time", return_value=time.time() + request):
                self.ask(write=True)
        self.assertEqual(Endpoint.connections, before)

    def test_that_was_idle_for_more_than_three_seconds_is_not_used_for_a_write(self) -> None:
        for clock in ("time", "monotonic"):
            with self.subTest(clock):
                self.will(FOUND)
                self.ask(write=True)
                before, now = Endpoint.connections, getattr(time, clock)()
                with patch(f"time.{clock}", return_value=now + 3.1):
                    self.ask(write=False)
                self.assertEqual(Endpoint.connections, before)
                with patch(f"time.{clock}", return_value=now + 6.2):
                    self.ask(write=True)
                self.assertEqual(Endpoint.connections, before + 1)

    def test_is_not_used_again_once_it_is_closed_or_has_a_response_that_nobody_asked_for(self) -> None:
        content = b'{"n":1}'
        for stray in (b"", HEAD % 9 + b'{"stray":1}'):
            self.will(raw(HEAD % len(content) + content + stray), FOUND)
            self.ask(write=True)
            # It has arrived when there is something to read.
            sock = connections.connection.sock
            if sock:
                sock.settimeout(60)
                sock.recv(1, socket.MSG_PEEK)
            self.assertNotIn("stray", self.ask(write=True)[1])
            self.assertEqual(len(Endpoint.received), 2)


class Response(TestCase):
    def test_that_never_comes_is_not_waited_for(self) -> None:
        self.will(60.0)
        with self.assertRaisesRegex(Problem, "Try again later"):
            self.get(within=0.2)

    def test_has_so_many_seconds_in_all_however_it_trickles_in(self) -> None:
        # Without that the test would not end.
        for before, drop in (
            (b"", b"x"),
            (b"HTTP/1.1 200 OK\r\n", b"a: b\r\n"),
            (b"HTTP/1.1 100 Continue\r\n", b"a: b\r\n"),
            (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
            (HEAD % 1_000_000, b" "),
            (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\n \r\n"),
            (b"HTTP/1.1 200 OK\r\n\r\n", b" "),
        ):
            with self.subTest(before + drop):
                self.will(drip(before, drop))
                with self.assertRaisesRegex(Problem, "Try again later"):
                    self.get(within=0.3)

    def test_is_read_in_parts_and_keeps_the_connection(self) -> None:
        long = (200, {"Item": {**ITEM, "attributes": {"M": {"a": {"S": "a" * 3_000_000}}}}})
        for reply in (chunked, long, (*long, True)):
            self.will(reply)
            for _ in range(2):
                self.assertEqual(self.get()["item"]["id"], '"a"')

    def test_that_has_more_bytes_than_dynamodb_sends_is_not_read_to_its_end(self) -> None:
        def endless(endpoint: Endpoint) -> None:
            endpoint.close_connection = True
            with contextlib.suppress(OSError):
                endpoint.wfile.write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n")
                while not released.is_set():
                    endpoint.wfile.write(b"10000\r\n%b\r\n" % (b"x" * 65536))

        self.will(endless)
        with self.assertRaisesRegex(Exception, "no end"):
            self.ask(write=False)
