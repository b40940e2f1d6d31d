"""The descriptor over which the twin hands out invocations and takes their results.

lambda/runtime-channel.ts is its other end, processes/messages.ts defines the form of the messages.
"""

import json
import os

CHANNEL = 4


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
    """Waits for an invocation. Returns its description and its event."""
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
