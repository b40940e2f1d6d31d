from __future__ import annotations

import random
import unittest
from decimal import Decimal, localcontext

from functions.python.decimal_text import decimal


class DecimalText(unittest.TestCase):
    def test_is_one_canonical_text(self) -> None:
        for text, expected in {
            "0": "0",
            "-0": "0",
            "0.000e500": "0",
            "1.0": "1",
            "1E2": "100",
            "-1.50e+1": "-15",
            "12e-4": "0.0012",
            "1e20": "100000000000000000000",
            "1e125": "1e125",
            "-120e40": "-1.2e42",
            "9.9999999999999999999999999999999999999E+125": "9.9999999999999999999999999999999999999e125",
            "1e-7": "0.0000001",
            "0.00000001": "1e-8",
            "1e-130": "1e-130",
            "12345678901234567890123456789012345678": "12345678901234567890123456789012345678",
            "0.10000000000000000000000000000000000000000": "0.1",
        }.items():
            with self.subTest(text):
                self.assertEqual(decimal(text), expected)

    def test_keeps_the_value_of_every_number_in_range(self) -> None:
        chance = random.Random(7)
        for _ in range(2000):
            digits = str(chance.randrange(10 ** chance.randint(1, 38)))
            point = chance.randint(0, len(digits))
            text = f"{digits[:point] or '0'}.{digits[point:]}0e{chance.randint(-80, 80)}"
            result = decimal(text)
            with self.subTest(text), localcontext() as context:
                context.prec = 100
                self.assertIsNotNone(result)
                self.assertEqual(Decimal(result or ""), Decimal(text))
                self.assertEqual(decimal(result or ""), result)

    def test_rejects_what_dynamodb_could_not_hold_exactly(self) -> None:
        for text in ("1" * 39, "1." + "0" * 37 + "1", "1e126", "1e-131", "1e" + "9" * 300, "1" + "0" * 500, "٣", "1\n"):
            with self.subTest(text):
                self.assertIsNone(decimal(text))
