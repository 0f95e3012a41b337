"""A text that was used before or says nothing is noticed, and only asked about."""

from __future__ import annotations

import pytest

from engine.decisions import Deviation, Record, StoredDecision, boilerplate
from engine.decisions.boilerplate import same_words, says_nothing
from engine.words import Element
from tests.decisions import world

RULE = "proef.werkwijze"
WEIGHING = "De werkgever wacht niet langer dan deze week op de stage."
VIEW = "De cliënt wil eerst werken en daarna pas leren."
INSTEAD = "Eerst een proefplaatsing van een maand bij deze werkgever."


def made(weighing: str = WEIGHING, view: str = VIEW, instead: str = INSTEAD) -> Deviation:
    elements = {Element.WEIGHING: weighing, Element.CLIENT_VIEW: view}
    parts = {"elements": elements, "instead": instead}
    return world.deviation(world.consulted(), RULE, parts)


@pytest.fixture
def earlier(sqlite_url: str) -> tuple[StoredDecision, ...]:
    with Record.open(sqlite_url, clock=world.clock) as record:
        record.open_case(world.a_case("c-eerder", wil="ja"), title="Eerder", story="", actor="an")
        seen = world.consulted("c-eerder")
        elements = {Element.WEIGHING: WEIGHING, Element.CLIENT_VIEW: VIEW}
        decision = world.deviation(seen, RULE, {"elements": elements, "instead": INSTEAD})
        record.decide(decision, seen, actor="an")
        assert record.deviations_by("bo") == ()
        return record.deviations_by("an")


def test_a_text_of_one_s_own_is_not_asked_about(earlier: tuple[StoredDecision, ...]) -> None:
    new = made(
        "De reistijd is te lang met kinderen op school.",
        "De cliënt zoekt liever werk in de eigen wijk.",
        "Samen drie bedrijven in de buurt bellen.",
    )
    assert boilerplate(new, earlier) == ()
    assert boilerplate(made(), ()) == ()


@pytest.mark.parametrize(
    "text",
    [WEIGHING, WEIGHING.upper(), f"  {WEIGHING.replace(' ', '  ')}!!", WEIGHING.replace("e", "é")],
)
def test_a_text_that_was_used_before_is_noticed_however_it_is_typed(
    earlier: tuple[StoredDecision, ...], text: str
) -> None:
    new = made(text, "De cliënt zoekt liever in de eigen wijk.", "Drie bedrijven bellen, samen.")
    (found,) = boilerplate(new, earlier)
    assert found.field == "elements.weging"
    assert found.message == (
        "Deze uitleg stond al eerder bij casus c-eerder (22 november 2026); past die hier precies?"
    )


def test_a_text_in_two_fields_is_noticed() -> None:
    found = boilerplate(made(instead=WEIGHING), ())
    assert [one.field for one in found] == ["instead"]
    assert "staat hierboven ook al" in found[0].message


@pytest.mark.parametrize(
    "text",
    [
        "Zie dossier voor de onderbouwing.",
        "In overleg met de cliënt besloten.",
        "Professionele inschatting van de situatie.",
        "Maatwerk, zoals besproken in het gesprek.",
        "Niet van toepassing, zie hierboven.",
        "nvt nvt nvt nvt anders",
    ],
)
def test_a_text_that_says_nothing_is_noticed(text: str) -> None:
    assert says_nothing(text)
    (found,) = boilerplate(made(text), ())
    assert "weinig dat over deze cliënt gaat" in found.message


@pytest.mark.parametrize("text", [WEIGHING, VIEW, INSTEAD, "Kinderopvang stopt om vijf uur."])
def test_a_text_that_says_something_is_left_alone(text: str) -> None:
    assert not says_nothing(text)


def test_the_same_words_are_the_same() -> None:
    assert same_words(" Hij  wíl, NIET. ") == same_words("hij wil niet") == "hij wil niet"
