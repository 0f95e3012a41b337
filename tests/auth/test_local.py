"""Working alone: a name once, on this machine only, and never where people log in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.runtime.context import StreamlitHeaders
from streamlit.testing.v1 import AppTest

from engine.decisions import LOCAL_ID, Record, Role
from tests.app.conftest import APP, own_folders
from tests.app.helpers import OPEN_QUESTION, click, keys, open_case, text
from ui import loopback
from ui.loopback import is_loopback

__all__ = ["own_folders"]


@pytest.fixture(autouse=True)
def _nothing_set(own_folders: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("LEIDRAAD_GEBRUIKER", raising=False)
    address, files = config.get_option("server.address"), config.get_option("secrets.files")
    yield
    config.set_option("server.address", address)
    config.set_option("secrets.files", files)


def start(**secrets: Any) -> AppTest:
    st.cache_resource.clear()
    at = AppTest.from_file(APP, default_timeout=30)
    at.secrets.update(secrets)
    at.run()
    assert not at.exception
    return at


def shut(at: AppTest, says: str) -> None:
    """Nobody came in, and one line says why."""
    assert says in text(at)
    assert "Leidraad start niet" in text(at)
    assert len(at.error) == 1
    assert not at.button
    assert not at.title


def test_the_name_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at = start()
    assert "Wie bent u?" in text(at)
    assert [key for key in keys(at) if key.startswith("open_")] == []
    at.text_input(key="uw_naam").input("  ")
    click(at, "naam_bewaren")
    assert "Vul een naam in" in text(at)
    at.text_input(key="uw_naam").input(" Sam  Proef ")
    click(at, "naam_bewaren")
    assert "Sam Proef · alleen op deze computer, met alle rollen" in text(at).replace("**", "")
    assert f"open_{OPEN_QUESTION}" in keys(at)
    assert "Wie bent u?" not in text(start())


def test_the_name_can_be_given_beforehand_and_changes_with_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("Sam Proef", "Sam de Wit"):
        monkeypatch.setenv("LEIDRAAD_GEBRUIKER", name)
        assert name in text(start())
    monkeypatch.delenv("LEIDRAAD_GEBRUIKER")
    assert "Sam de Wit" in text(start())
    with Record.open() as record:
        assert record.names() == {LOCAL_ID: "Sam de Wit"}


def test_the_name_can_be_changed_and_what_was_recorded_stays_yours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = start()
    at.text_input(key="uw_naam").input("Sam")
    click(at, "naam_bewaren")
    at.switch_page("ui/pages/over.py").run()
    at.text_input(key="uw_naam").input("Sam de Wit")
    click(at, "naam_bewaren")
    assert "als **Sam de Wit**" in text(at)


def test_who_works_alone_has_no_one_to_share_with() -> None:
    with Record.open() as record:
        record.people.meet(LOCAL_ID, "Sam")
    at = open_case(start(), OPEN_QUESTION)
    assert not [key for key in keys(at) if "deel" in key]
    with Record.open() as record:
        assert "case_read" not in [event.kind for event in record.history(OPEN_QUESTION)]


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.7", "leidraad.nl"])  # noqa: S104
def test_an_app_that_others_can_reach_does_not_start(address: str | None) -> None:
    config.set_option("server.address", address)
    shut(start(), "alleen op deze computer zelf (127.0.0.1)")


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "leidraad.example.nl"},
        {"Host": "192.168.1.7:8501"},
        {"Host": "127.0.0.1.example.nl"},
        {"Host": "127.0.0.1:8501", "Origin": "https://leidraad.example.nl"},
        {"Host": "127.0.0.1:8501", "Origin": "null"},
        {"Host": "127.0.0.1:8501", "X-Forwarded-For": "10.0.0.7"},
        {"Host": "127.0.0.1:8501", "Forwarded": "for=10.0.0.7"},
        {"Host": "127.0.0.1:8501", "X-Real-IP": "10.0.0.7"},
        {"Host": "[::1"},
    ],
)
def test_a_browser_elsewhere_does_not_get_in(
    headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        type(st.context), "headers", property(lambda _: StreamlitHeaders(headers.items()))
    )
    shut(start(), "alleen op deze computer zelf (127.0.0.1)")


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "[::1]:8501", "localhost"])
def test_a_browser_on_this_machine_gets_in(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    headers = {"Host": host, "Origin": f"http://{host}"}
    monkeypatch.setattr(
        type(st.context), "headers", property(lambda _: StreamlitHeaders(headers.items()))
    )
    assert loopback.only_this_machine()


def test_a_record_of_a_team_is_not_opened_without_logging_in() -> None:
    with Record.open() as record:
        record.people.meet("p-an", "An")
        record.people.give_role("p-an", Role.PROFESSIONAL, by="toets")
        record.people.take_role("p-an", Role.PROFESSIONAL, by="toets")
    shut(start(), "aanmelden is hier niet ingesteld")


def test_settings_that_can_not_be_read_open_no_door(tmp_path: Path) -> None:
    broken = tmp_path / "secrets.toml"
    broken.write_text("[auth\nredirect_uri =", encoding="utf-8")
    config.set_option("secrets.files", [str(broken)])
    shut(start(), "kan niet worden gelezen")


def test_settings_without_login_leave_you_alone() -> None:
    assert "Wie bent u?" in text(start(iets="anders"))


def test_settings_with_login_ask_to_log_in() -> None:
    at = start(auth={"client_id": "leidraad"})
    assert "Meld u aan" in text(at)
    assert "Wie bent u?" not in text(at)


@pytest.mark.parametrize(
    ("address", "only_here"),
    [("127.0.0.1", True), ("127.8.8.8", True), ("localhost", True), ("::1", True), ("[::1]", True)]
    + [(address, False) for address in ("", None, "0.0.0.0", "::", "10.0.0.1", "x")],  # noqa: S104
)
def test_what_counts_as_this_machine(address: str | None, only_here: bool) -> None:
    assert is_loopback(address) is only_here
