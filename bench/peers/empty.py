"""The minimum of any handler: it responds and does nothing else."""


def CreateItem(_event, _context):
    return {"statusCode": 201, "body": ""}


def GetItem(_event, _context):
    return {"statusCode": 200, "body": ""}
