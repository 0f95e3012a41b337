"""What the tests of looking through a file share: files, and the way through the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.app.conftest import Start
from tests.app.helpers import click

PAGE = "ui/pages/doorlichten.py"
HEAD = "dossier;team;aanvraag;motivatie;duur;laatste_gesprek\n"
ROW = "{};{};ja;wil_graag;{};01-10-2026\n"
MANY = HEAD + "".join(ROW.format(f"c{n}", "Noord" if n % 3 else "Zuid", 3 + n) for n in range(30))
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Have temporary files where a test can see them."""
    place = tmp_path / "tijdelijk"
    place.mkdir()
    monkeypatch.setattr("ui.screening.room.gettempdir", lambda: str(place))
    yield place
    st.cache_resource.clear()


@pytest.fixture
def at(start: Start, places: Path) -> AppTest:
    opened = start()
    opened.switch_page(PAGE).run()
    assert not opened.exception
    return opened


def upload(at: AppTest, content: str | bytes, name: str = "team.csv") -> AppTest:
    data = content.encode() if isinstance(content, str) else content
    at.file_uploader(key="doorlichten_bestand").upload(name, data, "text/csv").run()
    assert not at.exception
    return at


def read(at: AppTest, content: str | bytes = MANY) -> AppTest:
    return click(upload(at, content), "doorlichten_lees")


def screened(at: AppTest, content: str | bytes = MANY, protocol: str = "proef") -> AppTest:
    read(at, content)
    at.checkbox(key=f"doorlichten_protocollen:{protocol}").check()
    at.selectbox(key="doorlichten_instantie").set_value("proefdorp")
    return click(at, "doorlichten_begin")


def go_to(at: AppTest, part: str) -> AppTest:
    at.session_state["doorlichten_deel"] = part
    at.run()
    assert not at.exception
    return at


def files(place: Path) -> list[Path]:
    return [one for one in place.rglob("*") if one.is_file() and ".bezig" not in one.name]
