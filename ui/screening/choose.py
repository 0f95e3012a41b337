"""The first step: which file, the user's own or one that was made up."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import streamlit as st

from engine.case_file import read_cases
from engine.caseload.drafting import CouplingDraft
from engine.caseload.generate import caseload_schema, generate, write_generated
from engine.caseload.shares import read_shares
from engine.caseload.sheet_source import sheet_names
from engine.caseload.source import SourceError
from engine.caseload.sources import open_source
from engine.caseload.suggest import suggest
from engine.knowledge import TITLE_LENGTH
from engine.library import Knowledge
from engine.paths import cases_folder
from engine.wording import digits
from ui import resources, service, state
from ui.screening.room import KEYS, ONLY_MANAGERS, Desk, Room, begin_anew, own_room
from ui.screening.trouble import told_plainly

UPLOAD = f"{KEYS}bestand"
_SHEET, _WHICH, _SIZE = f"{KEYS}blad", f"{KEYS}verzonnen_soort", f"{KEYS}verzonnen_aantal"
MADE_UP = {
    "wga": "UWV: mensen met een WGA-uitkering",
    "bijstand": "Een gemeente: mensen met bijstand",
}
"""The files that can be made up, by name."""

AUTHORITY = {"wga": "uwv", "bijstand": "waterveen"}
"""Which worked cases a made-up file is made from."""

SIZES = (500, 5_000, 25_000)
MOST_MEGABYTES = 200
_UNSAFE = re.compile(r"[^\w .()-]")
_LONGEST_NAME = 120


def choose(on: Desk) -> None:
    """Draw the choice of a file."""
    own, made_up = st.columns(2, gap="large")
    with own:
        st.header("Uw eigen bestand", anchor=False)
        if not on.record.can_screen:
            st.caption(ONLY_MANAGERS)
        elif on.work.sheets:
            _sheet(on.work.sheets)
        else:
            _upload()
    with made_up:
        st.header("Een verzonnen bestand", anchor=False)
        st.markdown("Om te zien hoe het werkt. De cliënten bestaan niet.")
        st.selectbox("Welke cliënten", list(MADE_UP), format_func=MADE_UP.__getitem__, key=_WHICH)
        st.segmented_control(
            "Hoeveel cliënten",
            SIZES,
            default=SIZES[0],
            format_func=digits,
            required=True,
            key=_SIZE,
        )
        st.button(
            "Verzin een bestand",
            key=f"{KEYS}verzin",
            icon=":material/casino:",
            type="secondary" if on.record.can_screen else "primary",
            on_click=_make_up,
        )


def _upload() -> None:
    st.markdown(
        "Een tabel met één rij per cliënt: CSV, Excel of Parquet. Haal eerst namen, "
        "burgerservicenummers, adressen en geboortedatums weg. Eén kenmerk per cliënt is genoeg."
    )
    st.file_uploader(
        "Kies een bestand",
        key=UPLOAD,
        max_upload_size=MOST_MEGABYTES,
        on_change=_take_upload,
    )
    st.caption(
        "Is uw bestand groter, of een database? Gebruik dan de opdracht `leidraad doorlicht`."
    )


def _sheet(sheets: tuple[str, ...]) -> None:
    st.selectbox("Dit bestand heeft meer bladen. Welk blad?", sheets, key=_SHEET)
    st.button("Kies dit blad", key=f"{KEYS}kies_blad", type="primary", on_click=_take_sheet)


@service.guarded()
def _take_upload() -> None:
    """Put what was handed in in the folder; Streamlit then lets go of its own copy."""
    room, sent = own_room(upload=True), st.session_state.get(UPLOAD)
    if sent is None:
        return
    name = _UNSAFE.sub("_", Path(sent.name).name)[-_LONGEST_NAME:].lstrip(".") or "bestand"
    begin_anew(room)
    place = room.folder / "bron" / name
    with told_plainly():
        place.parent.mkdir(exist_ok=True)
        with place.open("wb") as file:
            shutil.copyfileobj(sent, file)
        sheets = sheet_names(place)
        if len(sheets) > 1:
            room.work.sheets, room.work.waiting = sheets, place
        else:
            _opened(room, place)


@service.guarded()
def _take_sheet() -> None:
    """Go on with the sheet that was chosen."""
    room, chosen = own_room(upload=True), st.session_state.get(_SHEET)
    if room.work.waiting is not None:
        with told_plainly():
            _opened(room, room.work.waiting, chosen)


@service.guarded()
def _make_up() -> None:
    """Make up a file and read it; what is in it is called as Leidraad calls it."""
    room = own_room()
    which, size = st.session_state.get(_WHICH), st.session_state.get(_SIZE)
    if which not in MADE_UP or size not in SIZES:
        state.notify("Kies eerst welke cliënten en hoeveel.", "fout")
        return
    knowledge, on = resources.working_knowledge(), service.today()
    begin_anew(room)
    place = room.folder / "verzonnen.parquet"
    with told_plainly():
        _written(place, which, size, knowledge)
        _opened(room, place)
        room.work.made_up, room.work.on = which, on


def _written(place: Path, which: str, size: int, knowledge: Knowledge) -> None:
    authority = AUTHORITY[which]
    cases = [
        one.case
        for one in read_cases(cases_folder(), knowledge)[0]
        if one.case.authority == authority
    ]
    try:
        tables = generate(knowledge, cases, size, on=service.today(), shares=read_shares(which))
        write_generated(place, tables, caseload_schema(knowledge))
    except ValueError as error:
        raise SourceError(
            "Met deze kennis kan Leidraad geen cliënten verzinnen: de verzonnen aandelen noemen "
            "feiten die er niet zijn."
        ) from error


def _opened(room: Room, place: Path, sheet: str | None = None) -> None:
    """Look what is in a file, and suggest what its columns are."""
    knowledge = resources.working_knowledge()
    source = open_source(place, sheet=sheet)
    found = suggest(source.sample(), knowledge)
    room.work.source, room.work.suggestions = source, found
    room.work.draft = CouplingDraft.of(found, source.name[:TITLE_LENGTH])
    room.work.sheets, room.work.waiting = (), None
    state.go_to_top()
