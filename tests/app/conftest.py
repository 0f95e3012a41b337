"""The app under test: its own record, its own small knowledge, and nothing cached from before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

HERE = Path(__file__).parent
APP = HERE.parents[1] / "app.py"

NAME = "Sam Proef"

Start = Callable[[], AppTest]


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a record of its own, and knowledge that it may spoil."""
    copytree(HERE / "kennis", tmp_path / "kennis")
    copytree(HERE / "casussen", tmp_path / "casussen")
    monkeypatch.delenv("LEIDRAAD_DATABASE_URL", raising=False)
    monkeypatch.setenv("LEIDRAAD_GEBRUIKER", NAME)
    monkeypatch.setenv("LEIDRAAD_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("LEIDRAAD_KENNIS", str(tmp_path / "kennis"))
    monkeypatch.setenv("LEIDRAAD_CASUSSEN", str(tmp_path / "casussen"))


@pytest.fixture
def start() -> Start:
    """Start the app as after a restart of the server: nothing cached, no session."""

    def begin() -> AppTest:
        st.cache_resource.clear()
        return AppTest.from_file(APP, default_timeout=30).run()

    return begin
