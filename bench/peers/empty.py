"""The floor of any handler: it answers and does nothing."""


def CreateItem(_event, _context):
    return {"statusCode": 201, "body": ""}


def GetItem(_event, _context):
    return {"statusCode": 200, "body": ""}
