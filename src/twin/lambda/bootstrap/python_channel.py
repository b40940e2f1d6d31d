"""The file descriptor over which the runtime receives invocations from the twin and sends their results.

The other end is lambda/runtime-channel.ts; processes/messages.ts defines the message format.
"""

import json
import os

CHANNEL = 4


def send(kind, payload=b""):
    """
    Sends the result of an invocation or INIT to the twin, or requests the next invocation. If the twin has ended, the environment
    ends, too. Text that cannot be encoded in UTF-8, such as a lone surrogate, raises an uncaught error: the process ends, as on
    AWS.
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
    """Waits for an invocation and returns its description and its event."""
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
