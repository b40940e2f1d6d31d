from __future__ import annotations

import json
import unittest
from typing import TYPE_CHECKING

from functions.python.item import ID_PATTERN, cut, parse_item, render_item
from functions.python.problem import Problem

if TYPE_CHECKING:
    from functions.python.shapes import StoredItem


def stored(body: str) -> StoredItem:
    _, attributes = parse_item(body)
    return {
        "id": {"S": "a"},
        "version": {"N": "1"},
        "createdAt": {"S": "c"},
        "updatedAt": {"S": "u"},
        "attributes": {"M": attributes},
    }


def refusal(body: str) -> str:
    try:
        parse_item(body)
    except Problem as problem:
        return f"{problem.slug}: {problem}"
    return "accepted"


class Items(unittest.TestCase):
    def test_come_back_as_they_were_sent(self) -> None:
        sent: dict[str, object] = {
            "text": 'é\u2028"\\\n\x00\x7f😀',
            "list": [None, True, False, {}, [], ""],
            "__proto__": {"a.b": 1.5},
        }
        item = json.loads(render_item(stored(json.dumps(sent))))
        self.assertEqual(item, {"id": "a", "version": 1, "createdAt": "c", "updatedAt": "u", **sent})

    def test_are_one_line_without_escapes_that_need_not_be(self) -> None:
        text = '{"id":"a","version":1,"createdAt":"c","updatedAt":"u","é":"\u2028\u007f/"}'
        self.assertEqual(render_item(stored('{ "\\u00e9" : "\\u2028\\u007f\\/" }')), text)

    def test_have_array_indices_first(self) -> None:
        text = render_item(stored('{"b":1,"10":1,"9":1,"4294967295":1,"4294967294":1,"01":1,"0":{"b":1,"1":1}}'))
        order = '{"0":{"1":1,"b":1},"9":1,"10":1,"4294967294":1,"id":"a","version":1,"createdAt":"c","updatedAt":"u",'
        self.assertEqual(text, order + '"b":1,"4294967295":1,"01":1}')

    def test_keep_numbers_that_a_float_would_round(self) -> None:
        text = "12345678901234567890.123456789012345678"
        self.assertIn(f'"n":{text},"list":[{text}]', render_item(stored(f'{{"n":{text},"list":[{text}]}}')))

    def test_leave_what_the_server_owns_to_the_server(self) -> None:
        body = '{"id":"x","version":9,"createdAt":"then","updatedAt":"now","name":"n"}'
        self.assertEqual(parse_item(body), ("x", {"name": {"S": "n"}}))

    def test_take_the_last_of_members_of_one_name(self) -> None:
        self.assertEqual(parse_item('{"a":1,"b":2,"a":{"c":3}}')[1], {"a": {"M": {"c": {"N": "3"}}}, "b": {"N": "2"}})

    def test_are_refused_where_nesting_exhausts_the_parser(self) -> None:
        for body in ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", '{"a":' * 100_000 + "1" + "}" * 100_000):
            self.assertRegex(refusal(body), "^invalid-item: .* is nested too deep")

    def test_are_refused_by_name(self) -> None:
        for body, expected in {
            "": "invalid-json",
            '{"a":': "invalid-json",
            "{} {}": "invalid-json",
            '{"a":NaN}': "invalid-json",
            '{"a":-Infinity}': "invalid-json",
            "\ufeff{}": "invalid-json",
            "[]": "invalid-item: Send a JSON object",
            "1": "invalid-item: Send a JSON object",
            '{"id":1}': "invalid-item: id must be",
            '{"id":null}': "invalid-item: id must be",
            '{"id":"a\\n"}': "invalid-item: id must be",
            '{"":1}': "invalid-item: An attribute name in the item",
            '{"a":{"":1}}': "invalid-item: An attribute name in a ",
            '{"a":["\\ud800"]}': "invalid-item: a[0] is not valid Unicode: it has a lone surrogate.",
            '{"a":{"b":' + "1" * 39 + "}}": "invalid-item: a.b is a number that cannot be kept exactly: send at most",
        }.items():
            with self.subTest(body):
                self.assertTrue(refusal(body).startswith(expected), refusal(body))

    def test_have_ids_that_are_path_segments(self) -> None:
        for text, fits in {
            "a": True,
            "...": True,
            ".": False,
            "..": False,
            "a/b": False,
            "a\n": False,
            "..\n": False,
        }.items():
            with self.subTest(text):
                self.assertEqual(bool(ID_PATTERN.fullmatch(text)), fits)

    def test_are_cut_by_utf_16_units(self) -> None:
        self.assertEqual(cut("a😀b", 3), "a😀")
        self.assertEqual(cut("a😀b", 2), "a\ud83d")
