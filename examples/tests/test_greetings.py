"""A test of a template with pytest: npm install --save-dev items-api && pip install pytest && pytest"""

from __future__ import annotations

import json
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

folder = Path(__file__).parent


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Yields the URL of the first stage. The twin is ready when it prints the first line."""
    # npx is not used: its shell would receive the signal and not forward it.
    items_api = folder / "node_modules" / ".bin" / "items-api"
    command = [items_api, "local", "--template", folder / "template.yaml", "--memory", "--port", "0", "--log", "json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as twin:
        assert twin.stdout is not None
        ready = json.loads(twin.stdout.readline())
        yield ready["stages"][0]["url"]
        twin.send_signal(signal.SIGINT)


def test_greets_whoever_is_named(url: str) -> None:
    with urllib.request.urlopen(f"{url}/greetings?name=Ada") as response:
        assert response.status == 200
        assert json.load(response) == {"text": "Hello, Ada"}
