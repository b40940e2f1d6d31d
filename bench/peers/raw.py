"""The minimum of a handler that calls DynamoDB: it signs one request and sends it on a keep-alive connection."""

import hashlib
import hmac
import json
import os
import time
from http.client import HTTPSConnection

env = os.environ
host = env["AWS_ENDPOINT_URL_DYNAMODB"].partition("://")[2].rstrip("/")
token = env["AWS_SESSION_TOKEN"]
connection = HTTPSConnection(host)


def CreateItem(event, _context):
    body = event["body"]
    item_id = json.loads(body).get("id") or os.urandom(16).hex()
    send("PutItem", {"TableName": env["TABLE_NAME"], "Item": {"id": {"S": item_id}, "body": {"S": body}}})
    return {"statusCode": 201, "body": body}


def GetItem(event, _context):
    key = {"id": {"S": event["pathParameters"]["id"]}}
    text = send("GetItem", {"TableName": env["TABLE_NAME"], "Key": key, "ConsistentRead": True})
    return {"statusCode": 200, "body": text}


def send(action, parameters):
    body = json.dumps(parameters)
    connection.request("POST", "/", body, signed(action, body))
    response = connection.getresponse()
    text = response.read().decode()
    if response.status != 200:
        raise RuntimeError(text)
    return text


def signed(action, body):
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
    scope = f"{date[:8]}/{env['AWS_REGION']}/dynamodb/aws4_request"
    target = f"DynamoDB_20120810.{action}"
    names = "host;x-amz-date;x-amz-security-token;x-amz-target"
    lines = f"host:{host}\nx-amz-date:{date}\nx-amz-security-token:{token}\nx-amz-target:{target}\n"
    to_sign = f"AWS4-HMAC-SHA256\n{date}\n{scope}\n" + sha256(f"POST\n/\n\n{lines}\n{names}\n{sha256(body)}")
    key = f"AWS4{env['AWS_SECRET_ACCESS_KEY']}".encode()
    for part in scope.split("/"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.digest(key, to_sign.encode(), "sha256").hex()
    credential = f"Credential={env['AWS_ACCESS_KEY_ID']}/{scope}"
    return {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-date": date,
        "x-amz-security-token": token,
        "x-amz-target": target,
        "authorization": f"AWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}",
    }


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()
