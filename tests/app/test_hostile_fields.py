"""Attacks typed into every text field that there is, and sent: none works, none is lost by a crash.

Which fields there are is read from the code, so that a new one has to be reached here too.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.testing.v1 import AppTest

from engine.consult import consult
from engine.decisions import DeviationKind, Record, follow
from engine.decisions.later import Effect, Verdict
from engine.words import Decider
from tests.app import hostile_meetings, hostile_workshop, screening
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, click, keys, open_case
from tests.app.test_keeping import OLD, choose, keeping
from tests.app.test_keeping import fill as fill_old
from tests.hostile import ATTACKS, WORD
from ui import resources, service

UI = Path(__file__).parents[2] / "ui"
FIELDS = ("text_input", "text_area")
RULE, FOR_LAWYER = "proef.inzetten", "proef.te-lang"

LIVE = (
    *("<script", "<img", "<a href", "<h1", "<style", "](javascript", "![beeld](", "https://kwaad"),
    *("www.kwaad", "***vet***", "`code`", "$x^2$", " :material/home:", " :red[rood]", "\x1b[31m"),
)
"""Parts of the attacks that would work if they were on a page just so."""

TYPED = [
    "woorden over de cliënt " * 40_000,
    "\x00\x01\x02 \ufffe \U000e0041",
    " ".join(ATTACKS),
    " ".join(ATTACKS[:3]) + f" {WORD}",
    *ATTACKS,
]
"""What is refused first, then what is kept: after that the form is done."""


def _deviation(at: AppTest) -> str:
    open_case(at, MUCH_KNOWN)
    click(at, f"afwijken_{RULE}")
    at.radio(key=f"afwijking_kind_{RULE}").set_value(DeviationKind.NORM_WEIGHED)
    at.radio(key=f"afwijking_ground_{RULE}").set_value("werkgever_wacht")
    return f"afwijking_vastleggen_{RULE}"


def _escalation(at: AppTest) -> str:
    open_case(at, MUCH_KNOWN)
    click(click(at, f"afwijken_{FOR_LAWYER}"), f"voorleggen_{FOR_LAWYER}")
    at.radio(key=f"voorleggen_to_{FOR_LAWYER}").set_value(Decider.LAWYER)
    answer_by = service.today() + timedelta(days=7)
    at.date_input(key=f"voorleggen_answer_by_{FOR_LAWYER}").set_value(answer_by)
    return f"voorleggen_vastleggen_{FOR_LAWYER}"


def _judgement(at: AppTest) -> str:
    open_case(at, MUCH_KNOWN)
    at.toggle(key="eerst_zelf_oordelen").set_value(True).run()
    return "oordeel_vastleggen"


def _look_back(at: AppTest) -> str:
    knowledge = resources.working_knowledge()
    with Record.open() as record:
        case = record.load_case(MUCH_KNOWN, knowledge).case
        on = service.today() - timedelta(days=125)
        seen = consult(knowledge, case)
        record.decide(follow(seen, "proef.besluit", decided_on=on), seen, actor="iemand")
        seq = record.history(MUCH_KNOWN)[-1].seq
    at.session_state[f"terugblik_{seq}"] = True
    open_case(at, MUCH_KNOWN)
    at.radio(key=f"terugblik_effect_{seq}").set_value(Effect.REACHED)
    at.radio(key=f"terugblik_verdict_{seq}").set_value(Verdict.KEEP)
    return f"terugblik_vastleggen_{seq}"


def _correction(at: AppTest) -> str:
    at.session_state["verbetering_uitklap"] = True
    open_case(at, MUCH_KNOWN)
    box = next(one for one in at.selectbox if one.label == "Wat klopt er niet?")
    box.select_index(0)
    return "verbetering_vastleggen"


def _said(at: AppTest) -> str:
    at.session_state["herkomst"] = True
    open_case(at, MUCH_KNOWN)
    if "herkomst_bewaren" not in keys(at):
        click(at, "wijzig_motivatie")
    return "herkomst_bewaren"


def _search(at: AppTest) -> str:
    at.switch_page("ui/pages/protocollen.py").run()
    return ""


def _looking_through(at: AppTest) -> str:
    screening.screened(at.switch_page(screening.PAGE).run())
    return ""


def _erasure(at: AppTest) -> str:
    fill_old()
    choose(keeping(at), OLD)
    return "wissen"


def _name(at: AppTest) -> str:
    return "naam_bewaren"


# The name first: once someone said it, it is not asked again.
FORMS: dict[str, Callable[[AppTest], str]] = {
    "name": _name,
    "deviation": _deviation,
    "escalation": _escalation,
    "judgement": _judgement,
    "look back": _look_back,
    "correction": _correction,
    "who says": _said,
    "search": _search,
    "erasure": _erasure,
    "looking through a file": _looking_through,
    "preparing a meeting": hostile_meetings.preparing,
    "coming in": hostile_meetings.taking_part,
    "judging with a group": hostile_meetings.answering,
    "adding": hostile_meetings.adding,
    "noting": hostile_meetings.noting,
    "the verdict of a group": hostile_meetings.concluding,
    "changing a rule": hostile_workshop.rule,
    "a new threshold": hostile_workshop.limit,
    "a proposal": hostile_workshop.proposal,
}


class Met:
    """The fields that were drawn, by the file and function that drew them."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.fields: set[tuple[str, str]] = set()
        # A field is drawn where the page is, or in a part of it that is named: a column.
        for place in (st, DeltaGenerator):
            for name in FIELDS:
                monkeypatch.setattr(place, name, self._noting(getattr(place, name)))

    def _noting(self, draw: Callable[..., Any]) -> Callable[..., Any]:
        def drawn(*args: Any, **kwargs: Any) -> Any:
            frame = inspect.currentframe()
            assert frame is not None
            assert frame.f_back is not None
            code = frame.f_back.f_code
            self.fields.add((Path(code.co_filename).name, code.co_name))
            return draw(*args, **kwargs)

        return drawn


@pytest.fixture
def met(monkeypatch: pytest.MonkeyPatch) -> Met:
    return Met(monkeypatch)


def fields_in_code() -> set[tuple[str, str]]:
    """Every field for text in the code of the pages."""
    found = set()
    for path in UI.rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef):
                found |= {
                    (path.name, function.name)
                    for call in ast.walk(function)
                    if isinstance(call, ast.Attribute) and call.attr in FIELDS
                }
    return found


def begin(start: Start, form: str, monkeypatch: pytest.MonkeyPatch) -> tuple[AppTest, str]:
    if form == "name":
        monkeypatch.delenv("LEIDRAAD_GEBRUIKER")
    at = start()
    return at, FORMS[form](at)


def shown(at: AppTest) -> str:
    """What the browser gets as Markdown, without the characters that stand there as themselves."""
    texts = (at.markdown, at.caption, at.error, at.warning, at.info, at.success)
    labels = (at.checkbox, at.radio, at.expander, at.button, at.text_input, at.text_area)
    parts = [str(one.value) for group in texts for one in group]
    parts += [one.label for group in labels for one in group]
    return re.sub(r"\\.", "", "\n".join(parts))


def type_everywhere(at: AppTest, text: str) -> None:
    for field in (*at.text_area, *at.text_input):
        field.set_value(text)


def send(at: AppTest, button: str) -> None:
    if button and button in keys(at):
        click(at, button)
    else:
        at.run()
    assert not at.exception


def test_every_text_field_is_reached(
    start: Start, met: Met, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in FORMS:
        with monkeypatch.context() as own:
            at, button = begin(start, form, own)
            # A word that is asked about brings the field for the reason.
            type_everywhere(at, f"Door de {WORD} lukt een volle dag niet op deze plek.")
            send(at, button)
    assert met.fields == fields_in_code()


@pytest.mark.parametrize("form", FORMS)
def test_no_attack_in_a_field_works(
    start: Start, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    at, button = begin(start, form, monkeypatch)
    for text in TYPED:
        type_everywhere(at, text)
        send(at, button)
        send(at, button)
        said = shown(at)
        assert [part for part in LIVE if part in said] == []
        assert "Er ging iets mis in Leidraad" not in said
        with Record.open() as record:
            assert record.verify().broken is None
        if button and button not in keys(at):
            break
