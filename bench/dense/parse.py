"""The least that a function can do with JSON: parse it."""

import json


def parse(event, _context):
    json.loads(event["body"])
    return {"statusCode": 200}
