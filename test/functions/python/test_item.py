from __future__ import annotations

import json
import unittest
from typing import Any

from functions.python.contract import ID_PATTERN, ITEM_LIMIT, VALUE_LIMIT
from functions.python.item import parse_item
from functions.python.json_text import to_json
from functions.python.problem import Problem, cut
from functions.python.stored_item import ItemReader, entity_tag, new_write_id, render_item


def stored(**extra: Any) -> dict[str, Any]:
    return {
        "id": {"S": "a"},
        "version": {"N": "1"},
        "createdAt": {"S": "c"},
        "updatedAt": {"S": "u"},
        "attributes": {"M": {}},
        "writeId": {"S": "w"},
        "createId": {"S": "c"},
        **extra,
    }


def rendered(item: dict[str, Any]) -> str:
    return render_item(ItemReader(json.dumps(item)).item())


def round_trip(body: str) -> str:
    _, attributes = parse_item(body)
    return rendered(stored(attributes={"M": attributes}))


def rejection(body: str) -> str:
    try:
        parse_item(body)
    except Problem as problem:
        return f"{problem.slug}: {problem}"
    return "accepted"


def list_of(count: float, value: str) -> str:
    return f'{{"a":[{",".join([value] * int(count))}]}}'


class Items(unittest.TestCase):
    def test_come_back_as_they_were_sent(self) -> None:
        sent: dict[str, object] = {
            "text": 'é\u2028"\\\n\x00\x7f😀',
            "list": [None, True, False, {}, [], ""],
            "__proto__": {"a.b": 1.5},
        }
        item = json.loads(round_trip(json.dumps(sent)))
        self.assertEqual({name: item[name] for name in sent}, sent)
        self.assertEqual(list(item)[:4], ["id", "version", "createdAt", "updatedAt"])

    def test_keep_numbers_that_a_float_would_round(self) -> None:
        text = "12345678901234567890.123456789012345678"
        self.assertIn(f'"n":{text},"list":[{text}]', round_trip(f'{{"n":{text},"list":[{text}]}}'))

    def test_leave_what_the_server_owns_to_the_server(self) -> None:
        body = '{"id":"x","version":9,"createdAt":"then","updatedAt":"now","name":"n"}'
        self.assertEqual(parse_item(body), ("x", {"name": {"S": "n"}}))

    def test_take_the_last_of_members_of_one_name(self) -> None:
        self.assertEqual(parse_item('{"a":1,"b":2,"\\u0061":{"c":3}}')[1], {"a": {"M": {"c": {"N": "3"}}}, "b": {"N": "2"}})

    def test_are_rejected_where_nesting_exhausts_the_parser(self) -> None:
        for body in ('{"a":' + "[" * 100_000 + "]" * 100_000 + "}", '{"a":' * 100_000 + "1" + "}" * 100_000):
            self.assertRegex(rejection(body), "^invalid-item: The item is nested too deep")

    def test_are_rejected_by_name(self) -> None:
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
            '{"id":"a:b"}': "invalid-item: id must be a string of 1 to 128 characters from A-Z",
            '{"":1}': "invalid-item: An attribute name in the item",
            '{"a":{"":1}}': "invalid-item: An attribute name in a ",
            '{"a":["\\ud800"]}': "invalid-item: a[0] is not valid Unicode: it has a lone surrogate.",
            '{"a":{"b":' + "1" * 39 + "}}": "invalid-item: a.b is a number that cannot be kept exactly: send at most",
            '{"a":[1,{"b":2,"c":{}},"x"],"d":[{"e":1},{"f":[0,1e999]}]}': "invalid-item: d[1].f[1] is a number",
            '{"a":[[1],[2]],"b":{"c":[]},"d":"\\ud800"}': "invalid-item: d is not valid Unicode",
        }.items():
            with self.subTest(body):
                self.assertTrue(rejection(body).startswith(expected), rejection(body))

    def test_hold_as_much_as_dynamodb_takes(self) -> None:
        # {"attributes":{"a":…}} takes a byte for the name, one for the member and three for the list.
        for fits, exceeds in (
            (list_of(VALUE_LIMIT - 1, '""'), list_of(VALUE_LIMIT, '""')),
            (list_of(VALUE_LIMIT - 1, "{}"), list_of(VALUE_LIMIT, "{}")),
            (list_of(ITEM_LIMIT // 10 - 1, '"123456789"'), list_of(ITEM_LIMIT // 10, '"123456789"')),
            (list_of(ITEM_LIMIT // 20 - 1, '{"abcdefghijklmn":1}'), list_of(ITEM_LIMIT // 20, '{"abcdefghijklmn":null}')),
            (f'{{"a":"{"é" * ((ITEM_LIMIT - 2) // 2)}"}}', f'{{"a":"{"é" * (ITEM_LIMIT // 2)}"}}'),
            (f'{{"a":"{"x" * (ITEM_LIMIT - 2)}"}}', f'{{"a":"{"x" * (ITEM_LIMIT - 1)}"}}'),
        ):
            self.assertEqual(rejection(fits), "accepted")
            self.assertRegex(rejection(exceeds), "^item-too-large")
        for surely in ('{"a":' + "[" * ITEM_LIMIT, "x" * (6 * ITEM_LIMIT + 1)):
            self.assertRegex(rejection(surely), "^item-too-large")

    def test_have_ids_that_have_one_spelling_in_a_path(self) -> None:
        for text, fits in {
            "a": True,
            "...": True,
            "A~z_0.9-": True,
            ".": False,
            "..": False,
            "a/b": False,
            "a:b": False,
            "a@b": False,
            "a\n": False,
            "..\n": False,
        }.items():
            with self.subTest(text):
                self.assertEqual(bool(ID_PATTERN.fullmatch(text)), fits)

    def test_are_cut_by_utf_16_units(self) -> None:
        self.assertEqual(cut("a😀b", 3), "a😀")
        self.assertEqual(cut("a😀b", 2), "a\ud83d")


class StoredItems(unittest.TestCase):
    def test_are_json_whatever_their_names_are(self) -> None:
        attributes = {
            "text": {"S": 'é"\\\x01\u2028😀'},
            "number": {"N": "-0.50"},
            "large": {"N": "1E+30"},
            "list": {"L": [{"NULL": True}, {"BOOL": True}, {"BOOL": False}, {"L": []}, {"M": {}}]},
            "a\\": {"M": {"S": {"S": ""}, "M": {"M": {"L": {"L": [{"N": "1"}]}}}, "N": {"N": "0"}}},
            "S": {"M": {"S": {"S": "x"}}},
            "NULL": {"M": {"NULL": {"NULL": True}}},
        }
        self.assertEqual(
            rendered(stored(attributes={"M": attributes})),
            '{"id":"a","version":1,"createdAt":"c","updatedAt":"u",'
            '"text":"é\\"\\\\\\u0001\u2028😀","number":-0.5,"large":1e30,"list":[null,true,false,[],{}],'
            '"a\\\\":{"S":"","M":{"L":[1]},"N":0},"S":{"S":"x"},"NULL":{"NULL":null}}',
        )

    def test_are_none_without_what_every_item_has(self) -> None:
        for name in stored():
            item = stored()
            del item[name]
            with self.assertRaisesRegex(ValueError, name):
                rendered(item)

    def test_have_their_write_id_as_entity_tag(self) -> None:
        self.assertEqual(entity_tag(ItemReader(to_json(stored())).item()), '"w"')
        ids = {new_write_id() for _ in range(100)}
        self.assertEqual(len(ids), 100)
        for write_id in ids:
            self.assertRegex(write_id, r"\A[A-Za-z0-9_-]{22}\Z")
