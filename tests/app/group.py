"""A meeting in the app: the user of the test leads it, and others take part through the record."""

from __future__ import annotations

from uuid import uuid4

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from engine.decisions import (
    Access,
    Actor,
    Login,
    MeetingView,
    Record,
    Role,
    Step,
    TextChoice,
)
from engine.words import Direction, Sureness
from tests.app.helpers import MUCH_KNOWN, click
from ui import resources

COURSE = Step(action="cursus_inzetten", direction=Direction.DO)
NO_COURSE = Step(action="cursus_inzetten", direction=Direction.DO_NOT)
WHY = "Zo komt de cliënt het snelst aan het werk."


def member(record: Record, number: int) -> Access:
    """Someone who takes part."""
    roles = frozenset({Role.PROFESSIONAL})
    who = Actor(f"p-lid-{number}", f"Lid {number}", roles, frozenset(), Login.VALID)
    return Access(record, who, uuid4())


def meeting_of(at: AppTest) -> str:
    """Return the meeting that is open."""
    return str(at.session_state["sessie"])


def code_of(meeting: str) -> str:
    with Record.open() as record:
        return record.meetings.of(meeting).prepared.code


def join(meeting: str, *numbers: int, names: bool = True) -> None:
    """Let others come in."""
    with Record.open() as record:
        for number in numbers:
            member(record, number).meetings.join(code_of(meeting), names=names)


def answer(meeting: str, steps: dict[int, Step], reading: str = "ja") -> None:
    """Let others answer, each their own step."""
    knowledge = resources.working_knowledge()
    with Record.open() as record:
        asked = record.meetings.of(meeting).prepared.asked
        for number, step in steps.items():
            member(record, number).meetings.answer(
                meeting,
                knowledge,
                readings={name: reading if name == "belastbaar" else "onbekend" for name in asked},
                step=step,
                why=f"{WHY} Dat vind ik, nummer {number}.",
                sure=Sureness.FAIRLY,
            )


def add(meeting: str, number: int, text: str, *, minority: bool = False) -> None:
    """Let someone add something."""
    with Record.open() as record:
        member(record, number).meetings.add(meeting, text, minority=minority)


def to_intervisie(at: AppTest) -> AppTest:
    """Go to the page."""
    at.switch_page("ui/pages/intervisie.py").run()
    assert not at.exception
    return at


def choose_case(at: AppTest, case: str = MUCH_KNOWN) -> AppTest:
    """Choose the case to make ready."""
    click(at, "nieuwe_bijeenkomst")
    at.selectbox(key="bijeenkomst_casus").set_value(case).run()
    return click(at, "kies_andere_casus")


def keep_texts(at: AppTest) -> AppTest:
    """Leave every text as it is, one after the other as they appear."""
    while open_ones := [one for one in texts_of(at) if one.value is None]:
        open_ones[0].set_value(TextChoice.KEPT).run()
        assert not at.exception
    return at


def texts_of(at: AppTest) -> list[Radio[TextChoice]]:
    """Return the choices of what becomes of each text that is on the page."""
    return [one for one in at.radio if str(one.key).startswith("tekst_")]


def prepared(at: AppTest, case: str = MUCH_KNOWN, *, names: bool = False) -> AppTest:
    """Make a case ready, with what is suggested."""
    keep_texts(choose_case(to_intervisie(at), case))
    if names:
        (box,) = [one for one in at.checkbox if str(one.key).startswith("bijeenkomst_namen")]
        box.check()
    return click(at, "bijeenkomst_klaarzetten")


def begun(at: AppTest, *, names: bool = False) -> AppTest:
    """Let three people answer, and begin the talk."""
    meeting = meeting_of(prepared(at, names=names))
    join(meeting, 1, 2, 3)
    answer(meeting, {1: COURSE, 2: COURSE, 3: NO_COURSE})
    at.run()
    return click(at, "bijeenkomst_begin")


def all_shown(at: AppTest) -> AppTest:
    """Go through the whole script, to the step of the verdict."""
    begun(at)
    click(at, "bijeenkomst_verder")
    click(at, "bijeenkomst_toon_advies")
    return click(at, "bijeenkomst_verder")


def seen_by(meeting: str, number: int) -> MeetingView:
    """Return what someone who takes part may see."""
    with Record.open() as record:
        return member(record, number).meetings.view(meeting, resources.working_knowledge())
