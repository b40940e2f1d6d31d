"""
An execution environment of Python, the same for all contenders, with as little code as possible. It loads the handler
that `_HANDLER` in `LAMBDA_TASK_ROOT` names, reports that, and responds to requests on descriptor 3, each a line of JSON
(see environment.ts).
"""

import importlib
import json
import os
import resource
import sys
import time
from types import SimpleNamespace

channel = os.fdopen(3, "r+b", buffering=0)
env = os.environ


def main():
    started = time.perf_counter()
    sys.path.insert(0, env["LAMBDA_TASK_ROOT"])
    module, _, name = env["_HANDLER"].partition(".py#")
    handler = getattr(importlib.import_module(module), name)
    tell({"loadMs": (time.perf_counter() - started) * 1000})
    context = SimpleNamespace(
        aws_request_id="6f2d0c0e-3f43-4a3c-9b1e-2a7a4f1f3c55", get_remaining_time_in_millis=lambda: 30_000
    )
    for line in iter(read_line, b""):
        tell(answer(handler, context, **json.loads(line)))


def answer(handler, context, event, calls=None, parallel=1):
    if calls is not None:
        return repeat(handler, context, event, calls)
    before, asked = cpu(), time.perf_counter()
    result = handler(event, context)
    response = (time.perf_counter() - asked) * 1000
    computed = cpu()
    return {
        "result": result,
        "responseMs": response,
        "responseCpuMs": computed - before,
        "cpuMs": computed,
        "peakMemoryMb": peak_memory(),
    }


def repeat(handler, context, event, calls):
    """Calls the handler `calls` times, one call after the other: Python runs one at a time."""
    before, latencies = cpu(), []
    for _ in range(calls):
        asked = time.perf_counter()
        status = handler(event, context)["statusCode"]
        latencies.append((time.perf_counter() - asked) * 1000)
        # A rejected request takes less time, and must not count.
        if int(status) >= 300:
            raise RuntimeError(f"{env['_HANDLER']} answered with {status}")
    return {"latencies": latencies, "cpuMs": cpu() - before}


def tell(message):
    channel.write(json.dumps(message).encode() + b"\n")


def read_line():
    line = b""
    while not line.endswith(b"\n"):
        part = channel.read(65536)
        if not part:
            return b""
        line += part
    return line


def cpu():
    """Returns the CPU time of the process in milliseconds."""
    return time.process_time() * 1000


def peak_memory():
    """Returns the peak memory of this program in MB. getrusage reports at least the memory of the process that started it.
    """
    try:
        with open("/proc/self/status", encoding="latin-1") as status:
            return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024
    except OSError:
        # Kilobytes on Linux, bytes on macOS.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


main()
