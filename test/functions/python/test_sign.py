from __future__ import annotations

import json
import unittest
from datetime import datetime
from pathlib import Path

from functions.python.sign import sha256, signed_headers

VECTORS = json.loads((Path(__file__).parent.parent / "signing-vectors.json").read_text(encoding="utf-8"))


class Sign(unittest.TestCase):
    def test_hashes_as_published(self) -> None:
        for vector in VECTORS["sha256"]:
            with self.subTest(vector["text"]):
                self.assertEqual(sha256(vector["text"]), vector["digest"])

    def test_signs_as_an_independent_signer_did(self) -> None:
        for vector in VECTORS["signatures"]:
            with self.subTest(vector["name"]):
                date = datetime.fromisoformat(vector["date"].replace("Z", "+00:00"))
                credentials = vector["accessKeyId"], vector["secretAccessKey"], vector.get("sessionToken")
                headers = signed_headers(
                    vector["host"], vector["target"], vector["body"], vector["region"], credentials, date
                )
                self.assertEqual(headers["authorization"], vector["authorization"])
                self.assertEqual(headers["host"], vector["host"])
                self.assertEqual(headers.get("x-amz-security-token"), vector.get("sessionToken"))
