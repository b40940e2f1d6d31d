"""Runs a command on a terminal, types an answer when a question appears, prints what the terminal showed, exits as it did.

terminal.py QUESTION ANSWER PROGRAM ARGUMENT...; an ANSWER of ^C or ^D is that key, any other is followed by Enter.
"""

import os
import pty
import sys

question, answer, *command = sys.argv[1:]
keys = {"^C": b"\x03", "^D": b"\x04"}.get(answer, answer.encode() + b"\n")

pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)

shown = b""
typed = False
while True:
    try:
        chunk = os.read(terminal, 4096)
    except OSError:  # How Linux tells that the other side is closed.
        break
    if not chunk:
        break
    shown += chunk
    if not typed and question.encode() in shown:
        os.write(terminal, keys)
        typed = True

_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(status))
