"""Runs instead of the runtime (../runtime/python.py): measures, step by step, our handler until its first response."""

import json
import os
import sys
import time
from types import ModuleType, SimpleNamespace

env = os.environ
steps = {}
at = float(sys.argv[1])


def done(name):
    global at
    now = time.time() * 1000
    steps[name] = now - at
    at = now


event = json.loads(sys.argv[2])
file, _, name = env["_HANDLER"].partition("#")
done("start of Python")
import ssl
from http.client import HTTPSConnection

done("loading ssl and http.client")
with open(os.path.join(env["LAMBDA_TASK_ROOT"], file), encoding="utf-8") as source:
    code = compile(source.read(), file, "exec")
done("compiling the code, which Lambda does at each start: nothing can be written beside inline code")
module = ModuleType("index")
sys.modules["index"] = module
exec(code, vars(module))
done("running it, with INIT: certificates, connection, and an answer that DynamoDB is healthy")
context = SimpleNamespace(aws_request_id="6f2d0c0e-3f43-4a3c-9b1e-2a7a4f1f3c55", get_remaining_time_in_millis=lambda: 30_000)
getattr(module, name)(event, context)
done("the first request")
os.write(3, json.dumps(steps).encode() + b"\n")
