"""The Python runtime in an execution environment: loads the handler and runs it for each invocation.

Messages, types and exit codes are those of AWS's client (aws/aws-lambda-python-runtime-interface-client).
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

# Hidden from the function afterwards, because it may have modules with these names.
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from python_channel import next_invocation, send
from python_logs import log_error, set_up_logging, write_log

sys.path.pop(0)
for module in ("python_channel", "python_logs"):
    del sys.modules[module]

env = os.environ
request_id = None


class Fault(Exception):
    """Reason why the runtime cannot run a handler or cannot serialize its return value."""

    def __init__(self, error_type, message, trace=None):
        super().__init__(message)
        self.result = error_result(message, "Runtime." + error_type, trace)


def main():
    # Lines are written at once, even if the environment is frozen directly afterwards.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True, write_through=True)
    set_up_logging(lambda: request_id)
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
    """Lambda's context object of an invocation."""

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
    Finds the packages that Lambda's runtimes have in addition to the standard library, where the interpreter has them installed.
    Other installed packages are hidden, as on Lambda. `site` is loaded only on the first such import.
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
    """Returns the folders of installed packages, of a virtual environment or of the interpreter and its user."""
    import site

    before = list(sys.path)
    # The interpreter does the same at a start without -S. It also finds a virtual environment.
    site.main()
    added = [folder for folder in sys.path if folder not in before]
    sys.path[:] = before
    return added if sys.prefix != sys.base_prefix else [*added, site.getusersitepackages()]


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
    """Returns JSON; bytes are returned unchanged."""
    if isinstance(value, bytes):
        return value
    # Newer runtimes do not escape non-ASCII characters.
    ascii_only = env.get("AWS_EXECUTION_ENV", "") in {f"AWS_Lambda_python3.{minor}" for minor in range(9, 12)}
    try:
        text = json.dumps(plain(value), ensure_ascii=ascii_only)
    except Exception as error:
        raise Fault("MarshalError", f"Unable to marshal response: {error}") from None
    return re.sub(f'"{decimal_mark}([^"]+)"', r"\1", text)


def plain(value, within=frozenset()):
    """
    Converts a value to JSON types, by the rules of simplejson, which AWS's client uses: bytes become text, named tuples become
    objects. A decimal gets a mark that `marshal` removes, because the encoder cannot write the text of a number.
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
    """Returns an exception in the format for the caller of the function. The frames begin in the function's own code."""
    frames = traceback.extract_tb(trace)
    own = next((index for index, frame in enumerate(frames) if frame.filename != __file__), 0)
    # Without columns, because Python would print a line of marks for them.
    lines = [(frame.filename, frame.lineno, frame.name, frame.line) for frame in frames[own:]]
    return error_result(str(value), error_type.__name__, traceback.format_list(lines))


main()
