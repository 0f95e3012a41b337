"""The real app in a real browser, with a record of its own for each test."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Protocol

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect, sync_playwright

from tests.browser import chromium_path, launch_arguments
from tests.e2e.pictures import make_smaller

ROOT = Path(__file__).parents[2]
PICTURES = Path(os.environ.get("LEIDRAAD_BEELD") or Path(__file__).parent / "beeld")
MARGIN = 12
# What unfolds slides open, and what is pressed in it meanwhile slides away from under the pointer.
UNFOLDED = """() => !document.getAnimations().some(
    one => one.playState === 'running' && one.effect?.target?.tagName === 'DETAILS')"""
START_LIMIT = 60
HERE = ("http://127.0.0.1:", "data:", "blob:")
WIDE, TABLET, PHONE = (1440, 900), (768, 1024), (360, 740)


class Picture(Protocol):
    """Keeps a picture of the page, or of a part of it."""

    def __call__(
        self,
        page: Page,
        name: str,
        part: Locator | None = None,
        *,
        until: Locator | None = None,
        at_most: int | None = None,
    ) -> None:
        """Take it; the file is called after the name and the width of the window.

        Args:
            page: what to take it of.
            name: the name of the file, without the width.
            part: the only part to show; ``None`` shows the whole page.
            until: what comes right after the part, when that is more than one element.
            at_most: the height in pixels where the picture ends; ``None`` shows all.
        """


class Server:
    """The app as ``make app`` starts it, on a free port; it can be stopped and started again.

    It keeps its port, so that a page that is open finds the app again, as it would for a user.

    Args:
        data: where the record is.
        *options: more for the command that starts it.
        **environment: what is different from a plain start, such as the folder with knowledge.
    """

    def __init__(self, data: Path, *options: str, **environment: str) -> None:
        self._data = data
        self._options = options
        self._environment = environment
        self._process: subprocess.Popen[str] | None = None
        self._port = 0
        self.url = ""
        self.said: list[str] = []

    def start(self) -> None:
        """Start the app and wait until it says that it is there."""
        self._port = self._port or free_port()
        self.url = f"http://127.0.0.1:{self._port}"
        options = ["--server.port", str(self._port), "--server.headless", "true"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", *options, *self._options],
            cwd=ROOT,
            env={
                **os.environ,
                "LEIDRAAD_GEBRUIKER": "Sam Proef",
                "LEIDRAAD_DATA": str(self._data),
                "LEIDRAAD_DATABASE_URL": "",
                **self._environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        ready = Event()
        # The thread goes on reading, because a full pipe would stop the app.
        Thread(target=_listen, args=(self._process, ready, self.said), daemon=True).start()
        assert ready.wait(START_LIMIT), "".join(self.said)

    @property
    def pid(self) -> int:
        """The process that the app is."""
        assert self._process is not None
        return self._process.pid

    def stop(self) -> None:
        """Stop the app the way someone stops it at the end of the day."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(START_LIMIT)
            self._process = None

    def crash(self) -> None:
        """End the app without a chance to do anything more, as ``kill -9`` does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(START_LIMIT)
            self._process = None


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _listen(process: subprocess.Popen[str], ready: Event, said: list[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        said.append(line)
        if re.search(r"URL: http", line):
            ready.set()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Start the app with an empty record."""
    server = Server(tmp_path / "data")
    server.start()
    yield server
    server.stop()
    # What fails becomes a message on the page; the log says what it was.
    assert "Traceback" not in "".join(server.said), "".join(server.said)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Open one browser for all tests of a file."""
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=launch_arguments()
        )
        yield browser
        browser.close()


@pytest.fixture
def asked_by_others() -> frozenset[str]:
    """What pages that are not of Leidraad ask for elsewhere, and don't get."""
    return frozenset()


@pytest.fixture
def page(browser: Browser, asked_by_others: frozenset[str]) -> Iterator[Page]:
    """Open an empty page, as wide as a desk."""
    page = browser.new_page(
        viewport={"width": WIDE[0], "height": WIDE[1]}, locale="nl-NL", reduced_motion="reduce"
    )
    page.set_default_timeout(20_000)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page
    page.close()
    # Nothing is fetched from elsewhere, not even an icon.
    elsewhere = {url for url in asked if not url.startswith(HERE)}
    assert elsewhere <= asked_by_others


@pytest.fixture
def picture() -> Picture:
    """Keep a picture of the page as an artefact."""

    def take(
        page: Page,
        name: str,
        part: Locator | None = None,
        *,
        until: Locator | None = None,
        at_most: int | None = None,
    ) -> None:
        PICTURES.mkdir(parents=True, exist_ok=True)
        settled(page)
        size = page.viewport_size
        assert size is not None
        # The page scrolls inside a box, so the window is made as high as all of it.
        height = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(size["height"], height)})
        settled(page)
        path = PICTURES / f"{name}-{size['width']}.png"
        box = _box(part, size["width"]) if part else _box_of_all(page)
        if until:
            box["height"] = _box(until, size["width"])["y"] - box["y"]
        if at_most:
            box["height"] = min(box["height"], at_most)
        page.screenshot(path=path, animations="disabled", clip=box)
        make_smaller(path)
        page.set_viewport_size({"width": size["width"], "height": size["height"]})

    return take


def _box_of_all(page: Page) -> FloatRect:
    """Return the place of the whole page, without the empty space that comes after it."""
    size = page.viewport_size
    assert size is not None
    low = page.get_by_test_id("stMainBlockContainer").evaluate(
        "all => Math.max(...[...all.children].map(one => one.getBoundingClientRect().bottom))"
    )
    return {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], low + 2 * MARGIN)}


def _box(part: Locator, width: int) -> FloatRect:
    """Return the place of a part with some of the page around it, as far as there is any."""
    # What was just opened still unfolds.
    part.element_handle().wait_for_element_state("stable")
    box = part.bounding_box()
    assert box is not None
    left, top = max(0, box["x"] - MARGIN), max(0, box["y"] - MARGIN)
    right = min(width, box["x"] + box["width"] + MARGIN)
    below = box["y"] + box["height"] + MARGIN
    return {"x": left, "y": top, "width": right - left, "height": below - top}


def settled(page: Page) -> None:
    """Wait until the app has drawn everything."""
    app = page.get_by_test_id("stApp")
    expect(app).to_have_attribute("data-test-script-state", "notRunning")
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    page.wait_for_function(UNFOLDED)
