"""Compares the functions' signatures with those of botocore, for requests of all kinds that they send."""

from __future__ import annotations

import datetime as time
import random
import sys
import unittest.mock

import botocore.auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from functions.python.sign import signed_headers

COUNT = 2000


def text(chance: random.Random, alphabet: str, longest: int) -> str:
    return "".join(chance.choices(alphabet, k=chance.randint(1, longest)))


def differs(chance: random.Random) -> str | None:
    base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
    key, secret = text(chance, base64, 40), text(chance, base64, 40)
    token = chance.choice([None, text(chance, base64, 400)])
    host = chance.choice(["dynamodb.eu-central-1.amazonaws.com", "dynamodb.cn-north-1.amazonaws.com.cn", "127.0.0.1:8000"])
    target = f"DynamoDB_20120810.{chance.choice(['GetItem', 'PutItem', 'Scan'])}"
    body = text(chance, '{"}: aé漢😀\u2028\n', 60)
    region = chance.choice(["eu-central-1", "us-gov-west-1", "cn-north-1"])
    date = time.datetime.fromtimestamp(chance.randrange(4_000_000_000), time.timezone.utc)

    ours = signed_headers(host, target, body, region, (key, secret, token), date)
    headers = {"content-type": "application/x-amz-json-1.0", "x-amz-target": target}
    request = AWSRequest("POST", f"https://{host}/", headers, body.encode())
    with unittest.mock.patch("botocore.auth.get_current_datetime", lambda **_: date.replace(tzinfo=None)):
        botocore.auth.SigV4Auth(Credentials(key, secret, token), "dynamodb", region).add_auth(request)
    theirs = request.headers["Authorization"]
    return None if ours["authorization"] == theirs else f"ours:   {ours['authorization']}\ntheirs: {theirs}"


if __name__ == "__main__":
    generator = random.Random(20120810)
    for number in range(COUNT):
        difference = differs(generator)
        if difference:
            sys.exit(f"Signature {number} is not botocore's.\n{difference}")
    print(f"{COUNT} signatures are botocore's")
