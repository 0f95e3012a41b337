"""A meeting on the small case of these tests, and the browsers of those who are in it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from streamlit.testing.v1 import AppTest

from engine.decisions import (
    LOCAL_ID,
    Access,
    Actor,
    Login,
    Record,
    ReviewedText,
    Role,
    Step,
    TextChoice,
    guest_id,
)
from engine.library import Knowledge
from engine.loading import load
from engine.paths import knowledge_folder
from engine.words import Direction, Stage, Sureness
from tests.app.conftest import APP, NAME
from tests.app.helpers import MUCH_KNOWN, click

DECIDE = Step(action="besluit_nemen", direction=Direction.DO)
COURSE = Step(action="cursus_inzetten", direction=Direction.DO)
QUESTION = "Zou u nu al een besluit nemen?"


def knowledge() -> Knowledge:
    return load(knowledge_folder())


def facilitator(record: Record) -> Access:
    """Whoever owns the machine of these tests."""
    record.people.meet(LOCAL_ID, NAME)
    actor = Actor(LOCAL_ID, NAME, frozenset(Role), login=Login.LOCAL)
    return Access(record, actor, uuid4())


def guest(record: Record, token: str) -> Access:
    """A participant, straight at the record and past every page."""
    actor = Actor(guest_id(token), "Gast", frozenset(), login=Login.GUEST)
    return Access(record, actor, uuid4())


def prepared(*, names: bool = False, options: Sequence[Step] = (DECIDE, COURSE)) -> tuple[str, str]:
    """Make the example ready for a group; return the meeting and its code."""
    with Record.open() as record:
        own = facilitator(record)
        copy = own.meetings.copy(MUCH_KNOWN, knowledge())
        meeting = own.meetings.prepare(
            copy,
            knowledge(),
            texts=[
                ReviewedText(field=field, choice=TextChoice.KEPT, text=text)
                for field, text in copy.texts.items()
            ],
            question=QUESTION,
            asked=["belastbaar"],
            options=options,
            script="incident",
            names=names,
        )
        return meeting, own.meetings.view(meeting, knowledge()).code


def reveal(meeting: str, *stages: Stage) -> None:
    with Record.open() as record:
        own = facilitator(record)
        for stage in stages:
            own.meetings.reveal(meeting, stage)


def others(code: str, *steps: Step, why: str = "Geheime reden.", reading: str = "nee") -> None:
    """Have others take part and answer, each in their own browser."""
    with Record.open() as record:
        for number, step in enumerate(steps):
            own = guest(record, f"een-ander-met-een-plek-{number}")
            meeting = own.meetings.join(code, names=True)
            record.people.meet(own.actor.id, f"Ander {number}")
            own.meetings.answer(
                meeting,
                knowledge(),
                readings={"belastbaar": reading},
                step=step,
                why=why,
                sure=Sureness.DOUBT,
            )


def visit(**address: str) -> AppTest:
    """Open the page in a new browser."""
    at = AppTest.from_file(APP, default_timeout=30)
    at.switch_page("ui/pages/intervisie.py")
    for name, value in address.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    return at


def come_in(code: str, name: str = "Anna", *, names: bool = False) -> AppTest:
    """Take part, by the link."""
    at = visit(sessie=code)
    at.text_input(key="meedoen_naam").set_value(name)
    if names:
        at.checkbox(key="meedoen_namen").check()
    return click(at, "meedoen")


def address(at: AppTest) -> dict[str, str]:
    """What stands in the address now."""
    return {
        name: value if isinstance(value, str) else value[-1]
        for name, value in at.query_params.items()
    }


def fill_in(
    at: AppTest, meeting: str, *, step: int | str = 0, why: str = "Het is zorgvuldig."
) -> AppTest:
    at.radio(key=f"groep_belastbaar_{meeting}").set_value("ja")
    at.radio(key=f"groep_step_{meeting}").set_value(step).run()
    at.text_area(key=f"groep_why_{meeting}").set_value(why)
    at.radio(key=f"groep_sure_{meeting}").set_value(Sureness.SURE)
    return click(at, "groepsantwoord_versturen")
