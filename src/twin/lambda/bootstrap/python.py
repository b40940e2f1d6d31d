"""The Python runtime inside an execution environment: loads the handler and runs it for each invocation.

Messages, types and exit codes are those of AWS's own client (aws/aws-lambda-python-runtime-interface-client).
"""

import decimal
import importlib
import importlib.machinery
import json
import logging
import math
import os
import re
import sys
import time
import traceback
import types

env = os.environ
JSON_LOGS = env.get("AWS_LAMBDA_LOG_FORMAT", "").upper() == "JSON"
# Over it the twin hands out invocations and takes what comes of them; lambda/runtime-channel.ts is its other end,
# messages.ts has the form of the messages.
CHANNEL = 4
request_id = None


class Fault(Exception):
    """Reason why the runtime cannot run a handler, or cannot pass on its return value."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.result = error_result(message, "Runtime." + error_type, trace)


def main():
    # Lines show as they are written, also when the environment is frozen right after.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, write_through=True)
    set_up_logging()
    try:
        handler = load_handler(env["_HANDLER"])
    except Fault as fault:
        fail_init(fault.result)
    except Exception:
        fail_init(failure(*sys.exc_info()))
    while True:
        serve_one(handler)


def serve_one(handler):
    global request_id
    description, event = next_invocation()
    request_id = description["requestId"]
    env["_X_AMZN_TRACE_ID"] = description["traceId"]
    try:
        result = marshal(handler(unmarshal(event), Context(description)))
    except Fault as fault:
        error = {**fault.result, "requestId": request_id}
    except Exception:
        error = {**failure(*sys.exc_info()), "requestId": request_id}
    else:
        send("response", result)
        return
    log_error(error)
    send("error", marshal(error))


class Context:
    """Data of Lambda about the invocation, for a handler."""

    def __init__(self, description):
        self.aws_request_id = request_id
        self.log_group_name = env.get("AWS_LAMBDA_LOG_GROUP_NAME")
        self.log_stream_name = env.get("AWS_LAMBDA_LOG_STREAM_NAME")
        self.function_name = env.get("AWS_LAMBDA_FUNCTION_NAME")
        self.memory_limit_in_mb = env.get("AWS_LAMBDA_FUNCTION_MEMORY_SIZE")
        self.function_version = env.get("AWS_LAMBDA_FUNCTION_VERSION")
        self.invoked_function_arn = description["functionArn"]
        self.tenant_id = None
        self.client_context = None
        self.identity = types.SimpleNamespace(cognito_identity_id=None, cognito_identity_pool_id=None)
        self._deadline = description["deadline"]

    def get_remaining_time_in_millis(self):
        return max(self._deadline - int(time.time() * 1000), 0)

    def log(self, message):
        write_log(str(message), logging.NOTSET)


def load_handler(name):
    module_name, dot, function_name = name.rpartition(".")
    if not dot:
        reason = "not enough values to unpack (expected 2, got 1)"
        raise Fault("MalformedHandlerName", f"Bad handler '{name}': {reason}")
    if module_name.split(".")[0] in sys.builtin_module_names:
        raise Fault("BuiltInModuleConflict", f"Cannot use built-in module {module_name} as a handler module")
    sys.path.insert(0, env["LAMBDA_TASK_ROOT"])
    sys.meta_path.append(SdkFinder)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as error:
        raise Fault("ImportModuleError", f"Unable to import module '{module_name}': {error}") from None
    except SyntaxError as error:
        trace = [f'  File "{error.filename}" Line {error.lineno}\n    {error.text}']
        raise Fault("UserCodeSyntaxError", f"Syntax error in module '{module_name}': {error}", trace) from None
    if not hasattr(module, function_name):
        raise Fault("HandlerNotFound", f"Handler '{function_name}' missing on module '{module_name}'")
    return getattr(module, function_name)


class SdkFinder:
    """
    Finds what Lambda's runtimes have beside the standard library, where the interpreter has it installed. Nothing else that is
    installed there is in Lambda. `site` is loaded on the first of such imports only.
    """

    names = {"boto3", "botocore", "s3transfer", "jmespath", "dateutil", "six", "urllib3", "simplejson"}
    folders = None

    @classmethod
    def find_spec(cls, name, path=None, target=None):
        if path is not None or name not in cls.names:
            return None
        if cls.folders is None:
            cls.folders = site_packages()
        return importlib.machinery.PathFinder.find_spec(name, cls.folders, target)


def site_packages():
    """Folders of installed packages, of a virtual environment or of the interpreter and its user."""
    import site

    before = list(sys.path)
    # The interpreter does this itself when it starts without -S: it finds a virtual environment, too.
    site.main()
    added = [folder for folder in sys.path if folder not in before]
    sys.path[:] = before
    return added if sys.prefix != sys.base_prefix else [*added, site.getusersitepackages()]


def send(kind, payload=b""):
    """
    Tells the twin how an invocation or INIT ended, or that the next one may come. If the twin is gone, the environment ends with it.
    Text that has no UTF-8 form, as one with a lone surrogate, is an error that nobody catches: the process ends, as AWS's does.
    """
    if isinstance(payload, str):
        payload = payload.encode()
    head = b'{"kind":"%s"}' % kind.encode()
    message = memoryview(len(head).to_bytes(4, "big") + len(payload).to_bytes(4, "big") + head + payload)
    try:
        while message:
            message = message[os.write(CHANNEL, message) :]
    except OSError:
        os._exit(1)


def next_invocation():
    """Waits for an invocation: what describes it, and its event."""
    send("next")
    lengths = receive(8)
    description = receive(int.from_bytes(lengths[:4], "big"))
    return json.loads(description), receive(int.from_bytes(lengths[4:], "big"))


def receive(size):
    message = bytearray()
    while len(message) < size:
        try:
            part = os.read(CHANNEL, size - len(message))
        except OSError:
            part = b""
        if not part:
            os._exit(1)
        message += part
    return message


def fail_init(result):
    log_error(result)
    send("initError", marshal(result))
    sys.exit(1)


def unmarshal(body):
    try:
        return json.loads(body)
    except Exception as error:
        raise Fault("UnmarshalError", f"Unable to unmarshal input: {error}") from None


def marshal(value):
    """JSON, or the bytes that stand for themselves."""
    if isinstance(value, bytes):
        return value
    # Newer runtimes leave characters as they are.
    ascii_only = env.get("AWS_EXECUTION_ENV", "") in {f"AWS_Lambda_python3.{minor}" for minor in range(9, 12)}
    try:
        text = json.dumps(plain(value), ensure_ascii=ascii_only)
    except Exception as error:
        raise Fault("MarshalError", f"Unable to marshal response: {error}") from None
    return re.sub(f'"{decimal_mark}([^"]+)"', r"\1", text)


def plain(value, within=frozenset()):
    """
    The value in types of JSON, by the rules of simplejson, with which AWS's client encodes: bytes are text, named tuples are
    objects. A decimal gets a mark that `marshal` takes away: the encoder has no way to write a number's own text.
    """
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, decimal.Decimal):
        return math.nan if value.is_nan() else f"{decimal_mark}{value}"
    if isinstance(value, (str, int, float, type(None))):
        return value
    inner = within | {id(value)}
    if id(value) in within:
        raise ValueError("Circular reference detected")
    members = getattr(value, "_asdict", None)
    if callable(members) and not isinstance(value, list):
        value = members()
    if isinstance(value, dict):
        return {name.decode() if isinstance(name, bytes) else name: plain(value[name], inner) for name in value}
    return [plain(element, inner) for element in value] if isinstance(value, (list, tuple)) else value


decimal_mark = f"decimal {os.urandom(16).hex()} "


def error_result(message, error_type, trace):
    return {"errorMessage": message, "errorType": error_type, "requestId": "", "stackTrace": trace or []}


def failure(error_type, value, trace):
    """Returns an exception as the invoker of the function sees it: the frames begin in its own code."""
    frames = traceback.extract_tb(trace)
    own = next((index for index, frame in enumerate(frames) if frame.filename != __file__), 0)
    # Without columns, for which Python would print a line of marks.
    lines = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames[own:]]
    return error_result(str(value), error_type.__name__, traceback.format_list(lines))


def log_error(result):
    if JSON_LOGS:
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        text = json.dumps({"timestamp": now, "level": "ERROR", **result}, ensure_ascii=False)
    else:
        trace = "".join(result["stackTrace"]).splitlines()
        # Leading blanks are no-break ones, so that consoles keep the indentation.
        lines = [re.sub("^ +", lambda blanks: "\u00a0" * len(blanks[0]), line) for line in trace]
        head = f"[ERROR] {result['errorType']}" + (result["errorMessage"] and f": {result['errorMessage']}")
        text = "\n".join([head, "Traceback (most recent call last):", *lines])
    write_log(text, logging.ERROR)


log_descriptor = int(env.pop("_LAMBDA_TELEMETRY_LOG_FD"))


def write_log(text, level):
    """One frame, so that a message of several lines stays one event: type and level, length, microseconds, message."""
    message = text.encode()
    frame_type = (0xA55A0002 if JSON_LOGS else 0xA55A0003) | (level // 10 + 1 << 2 if level else 0)
    frame = frame_type.to_bytes(4, "big") + len(message).to_bytes(4, "big")
    frame += (time.time_ns() // 1000).to_bytes(8, "big") + message
    while frame:
        frame = frame[os.write(log_descriptor, frame) :]


def level_of(record):
    """The known level that a record's own comes down to."""
    return min(50, max(0, record.levelno)) // 10 * 10


class LogHandler(logging.Handler):
    def emit(self, record):
        record.aws_request_id = request_id or ""
        write_log(self.format(record), level_of(record))


class JsonFormatter(logging.Formatter):
    """A record as one JSON object; what was passed as `extra` joins it, but takes no place."""

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


def set_up_logging():
    text = logging.Formatter("[%(levelname)s]\t%(asctime)s.%(msecs)03dZ\t%(aws_request_id)s\t%(message)s", "%Y-%m-%dT%H:%M:%S")
    text.converter = time.gmtime
    handler = LogHandler()
    handler.setFormatter(JsonFormatter() if JSON_LOGS else text)
    root = logging.getLogger()
    root.addHandler(handler)
    level = {"TRACE": "DEBUG"}.get(env.get("AWS_LAMBDA_LOG_LEVEL", ""), env.get("AWS_LAMBDA_LOG_LEVEL", ""))
    if level in ("DEBUG", "INFO", "WARN", "ERROR", "FATAL"):
        root.setLevel(level)


main()
