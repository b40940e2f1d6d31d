"""Handlers like AWS's own Python samples, with boto3's table resource."""

import json
import os
import uuid
from decimal import Decimal

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE_NAME"])


def CreateItem(event, _context):
    item = json.loads(event["body"], parse_float=Decimal)
    item.setdefault("id", str(uuid.uuid4()))
    table.put_item(Item=item)
    return respond(201, item)


def GetItem(event, _context):
    item = table.get_item(Key={"id": event["pathParameters"]["id"]}).get("Item")
    return respond(200, item) if item else respond(404, {"message": "Not found"})


def respond(status, body):
    headers = {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"}
    return {"statusCode": status, "headers": headers, "body": json.dumps(body, default=str)}
