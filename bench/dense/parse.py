"""Parses JSON, which is the minimum for a function that reads JSON."""

import json


def parse(event, _context):
    json.loads(event["body"])
    return {"statusCode": 200}
