"""A whole file of clients in a browser: from a file to one client, and leaving nothing behind."""

import os
import re
import time
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from tests.e2e.access import inspect, violations
from tests.e2e.conftest import PHONE, WIDE, Picture, Server, settled
from tests.e2e.steps import button, keyed, press, unroll, visit
from tests.e2e.test_look import check

pytestmark = pytest.mark.browser

WORK = 120_000
"""Milliseconds that a file may take on a slow machine."""

SCRIPT = "<img src=x onerror=alert(1)>"
HEAD = "dossier;team;werk_uren;traject_loopt;<b>kop</b>;laatste_contact\n"
CSV = HEAD + "".join(
    f"{name};{'Noord' if n % 2 else SCRIPT};{n % 40};{'ja' if n % 3 else 'nee'};x;01-03-2026\n"
    for n, name in enumerate(["=cmd()", SCRIPT, *(f"k{number}" for number in range(40))])
)
PARTS = ("Wie bekijken", "Wie valt waar af", "Wat eerst vragen", "Groepen", "Stil", "Meenemen")


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    place = tmp_path / "tijdelijk"
    place.mkdir()
    return place


@pytest.fixture
def server(tmp_path: Path, temporary: Path) -> Iterator[Server]:
    """Start the app with temporary files where the test can see them."""
    server = Server(tmp_path / "data", TMPDIR=str(temporary))
    server.start()
    yield server
    server.stop()
    assert not [line for line in server.said if "Traceback" in line], "".join(server.said)


def made_up(page: Page, server: Server, size: str) -> None:
    """Have a file made up and read."""
    visit(page, f"{server.url}/doorlichten")
    press(page.get_by_role("radio", name=size))
    press(button(page, "doorlichten_verzin"))
    press(button(page, "doorlichten_lees"))
    expect(page.get_by_role("heading", name="Welke regels?")).to_be_visible(timeout=WORK)
    settled(page)


def gone(place: Path, pattern: str) -> None:
    """Wait until nothing of that name is there any more."""
    until = time.monotonic() + WORK / 1000
    while left := [one for one in inside(place) if fnmatch(one, pattern)]:
        assert time.monotonic() < until, left
        time.sleep(0.1)


def inside(place: Path) -> list[str]:
    """The names of all files and folders in a folder from which they may vanish meanwhile."""
    return [name for _, folders, files in os.walk(place) for name in (*folders, *files)]


def part(page: Page, name: str) -> None:
    press(page.get_by_role("tab", name=name))
    settled(page)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=lambda size: str(size[0]))
def test_a_file_becomes_a_list_with_reasons_and_one_client(
    page: Page, server: Server, picture: Picture, tmp_path: Path, size: tuple[int, int]
) -> None:
    alerts: list[str] = []

    def alerted(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", alerted)
    place = tmp_path / "team noord.csv"
    place.write_text(CSV, encoding="utf-8")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, f"{server.url}/doorlichten")
    check(page)
    page.locator('input[type="file"]').set_input_files(place)
    expect(page.get_by_role("heading", name="Wat staat er in de kolommen?")).to_be_visible()
    settled(page)
    check(page)
    picture(page, "70-doorlichten-kolommen")
    press(button(page, "doorlichten_lees"))
    expect(page.get_by_text("42 cliënten om te bekijken, 0 rijen opzij gezet.")).to_be_visible()
    press(page.get_by_text("Oude WGA-dossiers doorlichten"))
    unroll(page.get_by_role("combobox", name="Wie behandelt deze cliënten?"))
    press(page.get_by_role("option", name="UWV"))
    check(page)
    press(button(page, "doorlichten_begin"))
    expect(page.get_by_role("tab", name="Wie bekijken")).to_be_visible(timeout=WORK)
    for name in PARTS:
        part(page, name)
        check(page)
        picture(page, f"71-doorlichten-{name.lower().replace(' ', '-')}")
    part(page, "Wie bekijken")
    press(
        page.get_by_role("radio", name="Nog te bepalen")
        .or_(page.get_by_role("button", name="Nog te bepalen"))
        .first
    )
    expect(page.get_by_text(SCRIPT).first).to_be_visible()
    press(page.get_by_role("button", name="Bekijk deze cliënt").first)
    expect(page.get_by_role("heading", name="Cliënt =cmd()")).to_be_visible()
    check(page)
    assert violations(page) == []
    picture(page, "72-doorlichten-client")
    assert alerts == []


def test_every_step_is_there_for_who_hears_it(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/doorlichten")
    inspect(page, "file")
    press(button(page, "doorlichten_verzin"))
    for key in ("zelf", "zelfde", "koppeling_nu", "koppeling_bestand"):
        press(keyed(page, f"doorlichten_{key}").locator("summary").first)
    inspect(page, "columns")
    press(button(page, "doorlichten_lees"))
    inspect(page, "report")
    press(button(page, "doorlichten_begin"))
    expect(page.get_by_role("tab", name="Wie bekijken")).to_be_visible(timeout=WORK)
    for name in PARTS:
        part(page, name)
        for fold in page.get_by_text("Als tekst").all():
            if fold.is_visible():
                press(fold)
        inspect(page, name)
    part(page, "Wie bekijken")
    press(page.get_by_role("button", name="Bekijk deze cliënt").first)
    inspect(page, "client")


def test_what_is_taken_along_opens_and_runs_nothing(
    page: Page, server: Server, tmp_path: Path
) -> None:
    made_up(page, server, "500")
    press(button(page, "doorlichten_begin"))
    part(page, "Meenemen")
    kept: dict[str, Path] = {}
    for key in ("statussen_csv", "adviezen_excel", "statussen_parquet", "samenvatting"):
        with page.expect_download() as download:
            button(page, f"doorlichten_{key}").click()
        kept[key] = tmp_path / download.value.suggested_filename
        download.value.save_as(kept[key])
    rows = kept["statussen_csv"].read_text(encoding="utf-8-sig").splitlines()
    assert len(rows) == 501
    sheet = openpyxl.load_workbook(kept["adviezen_excel"], read_only=True).active
    assert sheet is not None
    first = next(sheet.iter_rows(values_only=True))
    assert {"dossier", "team", "adviesregel", "status", "beslissend", "ontbreekt"} <= set(first)
    assert kept["statussen_parquet"].read_bytes().startswith(b"PAR1")
    assert "Wie u kunt bekijken, en waarom" in kept["samenvatting"].read_text(encoding="utf-8")


def test_a_run_says_how_far_it_is_stops_and_others_work_on(
    page: Page, server: Server, temporary: Path, browser: Browser
) -> None:
    made_up(page, server, "25.000")
    # The app reads all the knowledge for the first page of anyone.
    other = browser.new_page(locale="nl-NL")
    visit(other, server.url)
    press(page.get_by_text("Alles wat nu speelt"))
    button(page, "doorlichten_begin").click()
    expect(page.get_by_text(re.compile(r"cliënten bekeken, \d+ procent"))).to_be_visible(
        timeout=WORK
    )
    expect(page.get_by_role("heading", name="Welke regels?")).to_have_count(0)
    press(button(other, "open_scholing-02-wga-eerste-gesprek"))
    expect(button(other, "alle_casussen")).to_be_visible()
    other.close()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_role("heading", name="Welke regels?")).to_be_visible(timeout=WORK)
    settled(page)
    # It goes on up to where it next tells how far it is.
    gone(temporary, "statussen*")
    assert not list(temporary.rglob("adviezen*"))
    expect(page.get_by_role("tab", name="Wie bekijken")).to_have_count(0)


def test_a_window_that_closes_leaves_nothing(page: Page, server: Server, temporary: Path) -> None:
    made_up(page, server, "500")
    assert list(temporary.rglob("dossiers.parquet"))
    page.close()
    gone(temporary, "*")
