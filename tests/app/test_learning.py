"""The page to learn from, and the form to look back on a decision."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.consult import consult
from engine.decisions import DeviationKind, Record, deviate, follow
from engine.decisions.later import Effect, Reviewed, Verdict
from engine.words import Decider, Element
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, click, open_case, text
from tests.app.test_decisions import INSTEAD, RULE, VIEW, WEIGHING
from ui import resources, service

PAGE = "ui/pages/leren.py"
HAPPENED = "De cliënt werkt nu drie dagen per week bij deze werkgever."


def fill_record(followed: int, deviated: int, ground: str = "werkgever_wacht") -> None:
    """Keep decisions on one rule, each in a case of its own."""
    knowledge = resources.working_knowledge()
    with Record.open() as record:
        model = record.load_case(MUCH_KNOWN, knowledge).case
        for number in range(followed + deviated):
            case = replace(model, id=f"c-leren-{number}")
            record.open_case(case, title="Proef", story="", actor="iemand")
            decide(record, case, ground if number >= followed else "")


def decide(record: Record, case: Case, ground: str) -> None:
    knowledge = resources.working_knowledge()
    seen, today = consult(knowledge, case), date(2026, 11, 1)
    if not ground:
        record.decide(follow(seen, RULE, decided_on=today), seen, actor="iemand")
        return
    made = deviate(
        seen,
        RULE,
        decided_on=today,
        kind=DeviationKind.NORM_WEIGHED,
        ground=ground,
        elements={Element.WEIGHING: WEIGHING, Element.CLIENT_VIEW: VIEW},
        instead=INSTEAD,
        decided_by=Decider.PROFESSIONAL,
    )
    record.decide(made, seen, actor="iemand")


def learning(at: AppTest) -> AppTest:
    at.switch_page(PAGE).run()
    assert not at.exception
    return at


def test_an_empty_record_says_that_there_is_nothing_yet(start: Start) -> None:
    at = learning(start())
    assert "nog te weinig besluiten" in text(at)
    assert not at.get("plotly_chart")


def test_figures_show_with_pictures_and_as_text(start: Start) -> None:
    at = start()
    fill_record(8, 12)
    learning(at)
    said = text(at)
    assert "Dezelfde uitleg komt vaak terug" in said
    assert "Geadviseerd in 20 casussen" in said
    assert len(at.get("plotly_chart")) == 3
    at.session_state["als_tekst_keuzes"] = True
    at.run()
    told = text(at)
    assert "Afgeweken:** 12 van de 20 keer (60 %; waarschijnlijk tussen 39 % en 78 %)" in told
    assert "iemand" not in told
    assert "c-leren" not in told


def test_few_decisions_are_not_shown(start: Start) -> None:
    at = start()
    fill_record(20, 2)
    learning(at)
    told = text(at)
    assert "- Afgeweken: te weinig om te tonen" in told
    assert "- Gevolgd: te weinig om te tonen" in told
    assert not at.get("plotly_chart")
    assert "20 van" not in told


def test_a_few_decisions_in_all_are_counted_as_too_few(start: Start) -> None:
    at = start()
    fill_record(3, 1)
    assert "nog te weinig besluiten" in text(learning(at))


@pytest.fixture
def due(start: Start) -> tuple[AppTest, int]:
    """A case with a decision of four months ago, and the place of that decision."""
    at = start()
    knowledge = resources.working_knowledge()
    with Record.open() as record:
        case = record.load_case(MUCH_KNOWN, knowledge).case
        seen = consult(knowledge, case)
        on = service.today() - timedelta(days=125)
        record.decide(follow(seen, "proef.besluit", decided_on=on), seen, actor="iemand")
        seq = record.history(MUCH_KNOWN)[-1].seq
    at.session_state[f"terugblik_{seq}"] = True
    return open_case(at, MUCH_KNOWN), seq


def reviews() -> list[Reviewed]:
    with Record.open() as record:
        bodies = [event.body for event in record.history(MUCH_KNOWN)]
    return [body for body in bodies if isinstance(body, Reviewed)]


def test_a_look_back_is_asked_once_it_is_due_and_kept(due: tuple[AppTest, int]) -> None:
    at, seq = due
    assert "Terugblik: wat kwam hiervan?" in text(at)
    click(at, f"terugblik_vastleggen_{seq}")
    for missing in ("Schrijf wat er sindsdien", "Kies of het doel", "Kies wat er nu gebeurt."):
        assert missing in text(at)
    at.text_area(key=f"terugblik_happened_{seq}").set_value(HAPPENED)
    at.radio(key=f"terugblik_effect_{seq}").set_value(Effect.PARTLY)
    at.radio(key=f"terugblik_verdict_{seq}").set_value(Verdict.KEEP)
    click(at, f"terugblik_vastleggen_{seq}")
    (kept,) = reviews()
    assert (kept.happened, kept.effect, kept.verdict) == (HAPPENED, Effect.PARTLY, Verdict.KEEP)
    assert "Terugblik: wat kwam hiervan?" not in text(at)
    assert "De terugblik is vastgelegd." in text(at)


def test_a_look_back_passes_the_guard(due: tuple[AppTest, int]) -> None:
    at, seq = due
    at.radio(key=f"terugblik_effect_{seq}").set_value(Effect.REACHED)
    at.radio(key=f"terugblik_verdict_{seq}").set_value(Verdict.STOP)
    area = at.text_area(key=f"terugblik_happened_{seq}")
    area.set_value("Bel mij op 06-12345678 voor het verloop.")
    click(at, f"terugblik_vastleggen_{seq}")
    assert "Hier staat een telefoonnummer" in text(at)
    assert reviews() == []
    at.text_area(key=f"terugblik_happened_{seq}").set_value(
        "Door een burn-out is gestopt met werk."
    )
    click(at, f"terugblik_vastleggen_{seq}")
    field = f"terugblik_happened_{seq}"
    at.checkbox(key=f"bevestigd_{field}").check()
    at.text_input(key=f"reden_{field}").set_value("De cliënt wil dat dit er zo staat.")
    click(at, f"terugblik_vastleggen_{seq}")
    (kept,) = reviews()
    assert [(one.field, one.said) for one in kept.confirmed] == [("happened", "burn-out")]


def test_nothing_is_asked_before_it_is_due(start: Start) -> None:
    at = click(open_case(start(), MUCH_KNOWN), "volgen_proef.besluit")
    assert "Terugblik: wat kwam hiervan?" not in text(at)
