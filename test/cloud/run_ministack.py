"""Runs ministack until standard input ends, so that it ends with whoever started it, however that ends."""

import os
import runpy
import signal
import sys
import threading


def end_with_parent() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


threading.Thread(target=end_with_parent, daemon=True).start()
runpy.run_module("ministack", run_name="__main__", alter_sys=True)
