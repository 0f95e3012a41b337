"""Finds the Chromium the tests use; `python -m tests.browser` fetches one if there is none."""

import functools
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

HOW_TO_GET = (
    "Geen werkende Chromium gevonden voor de tests. Debian: sudo apt install chromium. "
    "Ubuntu en macOS: .venv/bin/playwright install chromium. Fedora: sudo dnf install chromium. "
    "Staat er al een? Zet dan LEIDRAAD_CHROMIUM=/pad/naar/chromium."
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
APT_LIMIT = 600
PLAYWRIGHT_LIMIT = 300


class BrowserMissingError(Exception):
    """There is no Chromium that works; the message says how to get one."""


@functools.cache
def chromium_path() -> Path:
    """The Chromium to test with. Never fetches one: parallel tests would do so all at once."""
    if chosen := os.environ.get("LEIDRAAD_CHROMIUM"):
        if works(Path(chosen)):
            return Path(chosen)
        raise BrowserMissingError(f"LEIDRAAD_CHROMIUM wijst geen werkende Chromium aan: {chosen}")
    for name in NAMES:
        if (found := shutil.which(name)) and works(Path(found)):
            return Path(found)
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    if works(downloaded):
        return downloaded
    raise BrowserMissingError(HOW_TO_GET)


def launch_arguments() -> list[str]:
    """Arguments that keep Chromium quiet and off the network, apart from the page under test."""
    arguments = [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-gpu",
        "--disable-quic",
        "--disable-sync",
        "--no-first-run",
        # Whatever a page asks for elsewhere is not found.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ]
    if os.geteuid() == 0:
        # Chromium's sandbox refuses to run as root, which is what containers often are.
        arguments.append("--no-sandbox")
    return arguments


def works(path: Path) -> bool:
    """Starts it, because Ubuntu's chromium-browser may be a stub and libraries may be missing."""
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def fetch() -> Path:
    """Installs a Chromium: with apt-get where that is allowed, else with Playwright."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("Chromium wordt opgehaald met apt-get.", file=sys.stderr)
        install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
        if succeeds(["apt-get", "update"], APT_LIMIT) and succeeds(install, APT_LIMIT):
            try:
                return chromium_path()
            except BrowserMissingError:
                pass  # On Ubuntu the package only points at a snap. Playwright may still work.
    print("Chromium wordt opgehaald met Playwright.", file=sys.stderr)
    succeeds([sys.executable, "-m", "playwright", "install", "chromium"], PLAYWRIGHT_LIMIT)
    return chromium_path()


def succeeds(command: list[str], limit: float) -> bool:
    """Runs a command without its output, and stops it and its children after `limit` seconds."""
    process = subprocess.Popen(
        command,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(limit) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def main() -> int:
    """Prints the path of a working Chromium, fetching one unless a person chose which to use."""
    try:
        try:
            path = chromium_path()
        except BrowserMissingError:
            if os.environ.get("LEIDRAAD_CHROMIUM"):
                raise
            path = fetch()
    except BrowserMissingError as missing:
        print(missing, file=sys.stderr)
        return 2
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
