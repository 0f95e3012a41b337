"""Every cell of the table on looking through a file in docs/rechten.md, tried for real."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from engine.decisions import Record, Role
from tests.app.conftest import own_folders
from tests.app.helpers import click, keys, text
from tests.auth.test_attacks import BO, Start, record, start
from tests.docs.markdown import page

__all__ = ["own_folders", "record", "start"]

PAGE = "ui/pages/doorlichten.py"
OWN = "een eigen bestand met cliënten doorlichten"
TRY = "zien hoe doorlichten werkt, met een verzonnen bestand"
CSV = b"dossier;aanvraag\na;ja\n"


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    place = tmp_path / "tijdelijk"
    place.mkdir()
    monkeypatch.setattr("ui.screening.room.gettempdir", lambda: str(place))
    yield place
    st.cache_resource.clear()


def table() -> dict[str, set[Role]]:
    """Who may do what, as the page says."""
    lines = page("rechten.md").splitlines()
    first = next(n for n, line in enumerate(lines) if line.startswith("| Bij doorlichten |"))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[first:]]
    roles = [Role(name) for name in rows[0][1:]]
    return {
        row[0]: {role for role, cell in zip(roles, row[1:], strict=True) if cell == "ja"}
        for row in rows[2:4]
    }


def as_role(record: Record, role: Role) -> None:
    record.people.take_role(BO, Role.PROFESSIONAL, by="toets")
    record.people.give_role(BO, role, by="toets")


@pytest.mark.parametrize("role", list(Role))
def test_the_table_holds(start: Start, record: Record, role: Role) -> None:
    assert list(table()) == [OWN, TRY]
    as_role(record, role)
    at = start(sub="bo")
    at.switch_page(PAGE).run()
    assert not at.exception
    assert ("doorlichten_verzin" in keys(at)) is (role in table()[TRY])
    assert ("Deze pagina is voor leidinggevenden" in text(at)) is (role not in table()[TRY])
    assert bool(at.get("file_uploader")) is (role in table()[OWN])


def test_who_loses_the_role_loses_the_file(start: Start, record: Record, places: Path) -> None:
    as_role(record, Role.MANAGER)
    at = start(sub="bo")
    at.switch_page(PAGE).run()
    at.file_uploader(key="doorlichten_bestand").upload("team.csv", CSV, "text/csv").run()
    assert "doorlichten_lees" in keys(at)
    as_role(record, Role.LAWYER)
    record.people.take_role(BO, Role.MANAGER, by="toets")
    # The page was drawn before; the click comes after.
    click(at, "doorlichten_lees")
    assert "Alleen een leidinggevende licht een eigen bestand door" in text(at)
    assert not [one for one in places.rglob("*.csv") if one.is_file()]
    assert "doorlichten_lees" not in keys(at)


def test_someone_else_in_the_same_window_finds_nothing(
    start: Start, record: Record, places: Path
) -> None:
    as_role(record, Role.MANAGER)
    at = start(sub="bo")
    at.switch_page(PAGE).run()
    at.file_uploader(key="doorlichten_bestand").upload("team.csv", CSV, "text/csv").run()
    record.people.give_role(
        next(one.id for one in record.people.everyone() if one.name == "An"),
        Role.MANAGER,
        by="toets",
    )
    at.user = {**at.user, "sub": "an", "name": "An"}
    at.run()
    assert not at.exception
    assert "team.csv" not in text(at)
    assert not [one for one in places.rglob("*.csv") if one.is_file()]


def test_an_ended_login_reads_nothing_more(
    start: Start, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_role(record, Role.MANAGER)
    at = start(sub="bo")
    at.switch_page(PAGE).run()
    at.user = {**at.user, "exp": 1_000_000_000}
    monkeypatch.setattr("ui.auth.GRACE", 10**12)
    at.file_uploader(key="doorlichten_bestand").upload("team.csv", CSV, "text/csv").run()
    assert "verlopen" in text(at)
    assert "doorlichten_lees" not in keys(at)
