"""A real identity provider on this machine, and the app that logs in at it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib import resources
from itertools import chain
from pathlib import Path

import pytest

from tests.e2e.conftest import START_LIMIT, Server, browser, free_port, page

__all__ = ["browser", "page"]

PEOPLE = {
    "an": "An de Boer",
    "bo": "Bo Jansen",
    "cas": "Cas Yildiz",
    "leo": "Leo Visser",
}
SECRETS = """
[auth]
redirect_uri = "http://127.0.0.1:{{port}}/oauth2callback"
cookie_secret = "een-geheim-dat-alleen-deze-toets-kent"
client_id = "leidraad"
client_secret = "ook-geheim"
server_metadata_url = "{issuer}/.well-known/openid-configuration"
"""

CLOCK = """
import os, pathlib, time

ahead, real = pathlib.Path(os.environ["TOETS_KLOK"]), time.time
time.time = lambda: real() + float(ahead.read_text())
"""
"""What Python runs at the start of the app: its clock is ahead by what stands in a file."""

Team = Callable[..., Server]


@pytest.fixture
def asked_by_others() -> frozenset[str]:
    """The style sheet of the page on which one logs in; read from there."""
    source = resources.files("oidc_provider_mock") / "templates"
    found = (re.findall(r'href="(https://[^"]+)"', one.read_text()) for one in source.iterdir())
    return frozenset(chain.from_iterable(found))


def put_clock_ahead(folder: Path, seconds: int) -> None:
    """Have the app of the team believe that it is later."""
    new = folder / "klok.nieuw"
    new.write_text(str(seconds))
    new.replace(folder / "klok")


@pytest.fixture
def team(tmp_path: Path) -> Iterator[Team]:
    """Start a provider that gives logins of some seconds, and the app that trusts it."""
    started: list[Callable[[], object]] = []

    def start(seconds: int, **settings: str) -> Server:
        issuer, provider = _provider(seconds)
        started.append(provider.kill)
        secrets = tmp_path / "secrets.toml"
        secrets.write_text(SECRETS.format(issuer=issuer), encoding="utf-8")
        start_up = tmp_path / "begin"
        start_up.mkdir()
        (start_up / "sitecustomize.py").write_text(CLOCK, encoding="utf-8")
        put_clock_ahead(tmp_path, 0)
        clock = {"PYTHONPATH": str(start_up), "TOETS_KLOK": str(tmp_path / "klok")}
        server = Server(tmp_path / "data", "--secrets.files", str(secrets), **clock, **settings)
        started.append(server.stop)
        server.start()
        return server

    yield start
    for stop in reversed(started):
        stop()


def _provider(seconds: int) -> tuple[str, subprocess.Popen[bytes]]:
    """Start the provider as a process of its own."""
    port = free_port()
    people = [
        argument
        for sub, name in PEOPLE.items()
        for argument in (
            "--user-claims",
            json.dumps(
                {
                    "sub": sub,
                    "name": name,
                    "email": f"{sub}@example.org",
                    "email_verified": True,
                }
            ),
        )
    ]
    process = subprocess.Popen(
        [
            *(sys.executable, "-W", "ignore", "-m", "oidc_provider_mock"),
            *("--port", str(port), "--token-max-age", str(seconds), *people),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + START_LIMIT
    while time.monotonic() < until:
        with closing(socket.socket()) as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return f"http://127.0.0.1:{port}", process
        time.sleep(0.1)
    raise TimeoutError("the provider did not start")
