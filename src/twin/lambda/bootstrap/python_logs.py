"""Log lines in Lambda's format, in text or in JSON."""

import json
import logging
import os
import re
import time
import traceback

env = os.environ
JSON_LOGS = env.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"


def log_error(result):
    if JSON_LOGS:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        text = json.dumps({"timestamp": now, "level": "ERROR", **result}, ensure_ascii=False)
    else:
        trace = "".join(result["stackTrace"]).splitlines()
        # Leading spaces become no-break spaces, so that consoles keep the indentation.
        lines = [re.sub("^ +", lambda blanks: "\u00a0" * len(blanks[0]), line) for line in trace]
        head = f"[ERROR] {result['errorType']}" + (result["errorMessage"] and f": {result['errorMessage']}")
        text = "\n".join([head, "Traceback (most recent call last):", *lines])
    write_log(text, logging.ERROR)


log_descriptor = int(env.pop("_LAMBDA_TELEMETRY_LOG_FD"))


def write_log(text, level):
    """Writes one frame, so that a message of several lines is one event: type and level, length, microseconds, message."""
    message = text.encode()
    frame_type = (0xA55A0002 if JSON_LOGS else 0xA55A0003) | (level // 10 + 1 << 2 if level else 0)
    frame = frame_type.to_bytes(4, "big") + len(message).to_bytes(4, "big")
    frame += (time.time_ns() // 1000).to_bytes(8, "big") + message
    while frame:
        frame = frame[os.write(log_descriptor, frame) :]


def level_of(record):
    """Returns the standard level at or below a record's level."""
    return min(50, max(0, record.levelno)) // 10 * 10


class LogHandler(logging.Handler):
    def __init__(self, current_request):
        super().__init__()
        self.current_request = current_request

    def emit(self, record):
        record.aws_request_id = self.current_request() or ""
        write_log(self.format(record), level_of(record))


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object, with those members of `extra` that replace no other member."""

    known = {*logging.makeLogRecord({}).__dict__, "asctime", "aws_request_id"} - {"taskName"}

    def format(self, record):
        error_type, error, trace = record.exc_info or (None, None, None)
        line = {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": logging.getLevelName(level_of(record)),
            "message": record.msg if isinstance(record.msg, dict) and not record.args else record.getMessage(),
            "logger": record.name,
            "stackTrace": traceback.format_tb(trace) if error_type else None,
            "errorType": error_type.__name__ if error_type else None,
            "errorMessage": str(error) if error_type else None,
            "requestId": record.aws_request_id,
            "location": f"{record.pathname}:{record.funcName}:{record.lineno}" if error_type else None,
        }
        known = self.known | line.keys()
        line.update((name, value) for name, value in record.__dict__.items() if name not in known)
        return json.dumps({name: value for name, value in line.items() if value is not None}, ensure_ascii=False, default=str)


def set_up_logging(current_request):
    """Configures the root logger. `current_request` returns the id of the current request, or None."""
    text = logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")
    text.converter = time.gmtime
    handler = LogHandler(current_request)
    handler.setFormatter(JsonFormatter() if JSON_LOGS else text)
    root = logging.getLogger()
    root.addHandler(handler)
    level = {"TRACE": "DEBUG"}.get(env.get("AWS_LAMBDA_LOG_LEVEL", ""), env.get("AWS_LAMBDA_LOG_LEVEL", ""))
    if level in ("DEBUG", "INFO", "WARN", "ERROR", "FATAL"):
        root.setLevel(level)
