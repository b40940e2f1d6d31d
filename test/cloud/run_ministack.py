"""
Runs ministack on a free port, which it prints, until standard input ends: so it ends with whoever started it, however that
ends.
"""

import os
import runpy
import signal
import socket
import sys
import threading


def end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


# ministack wants the number of its port before it listens. Until then this socket keeps others from getting it.
reservation = socket.socket()
reservation.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
reservation.bind(("127.0.0.1", 0))
port = reservation.getsockname()[1]
os.environ["GATEWAY_PORT"] = str(port)
# It gives functions the endpoint for all services only. Ours look at the one for DynamoDB.
os.environ["AWS_ENDPOINT_URL_DYNAMODB"] = f"http://127.0.0.1:{port}"

threading.Thread(target=end_with_parent, daemon=True).start()
runpy.run_module("ministack", run_name="__main__", alter_sys=True)
