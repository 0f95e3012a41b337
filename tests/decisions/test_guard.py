"""Nothing with a name, a number or a diagnosis gets into the record, by whichever way it comes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from engine.decisions import (
    Confirmed,
    Decided,
    DecisionError,
    PrivacyError,
    Record,
    RecordError,
)
from engine.decisions.guard import MAX_FREE_TEXT, texts_of
from engine.words import Element
from tests.decisions import world

RULE = "proef.werkwijze"
ASKED = "De cliënt heeft een depressie en kan vier uur per dag werken."
BLOCKED = "De cliënt heeft nummer 1234.56.782 opgegeven."
REASON = "De cliënt noemt dit woord zelf in de aanvraag."

Write = Callable[[Record, str, tuple[Confirmed, ...]], object]


@pytest.fixture
def opened(record: Record) -> Record:
    """A record on each of the databases, with one case."""
    record.open_case(world.a_case(wil="ja"), title="Proef", story="", actor="p")
    return record


def _open(record: Record, text: str, confirmed: tuple[Confirmed, ...]) -> object:
    case = world.a_case("c-nieuw", wil="ja")
    return record.open_case(case, title="Proef", story=text, actor="p", confirmed=confirmed)


def _answer(record: Record, text: str, confirmed: tuple[Confirmed, ...]) -> object:
    before = world.a_case(wil="ja")
    after = before.answer(world.knowledge(), "nota", text)
    return record.save_facts(before, after, actor="p", confirmed=confirmed)


def _judge(record: Record, text: str, confirmed: tuple[Confirmed, ...]) -> object:
    seen = world.consulted()
    return record.judge(seen, actions=[], other="Iets", why=text, actor="p", confirmed=confirmed)


def _deviate(record: Record, text: str, confirmed: tuple[Confirmed, ...]) -> object:
    seen = world.consulted()
    made = world.deviation(seen, RULE, {"instead": text})
    return record.decide(made, seen, actor="p", confirmed=confirmed)


WAYS: dict[str, tuple[Write, str]] = {
    "open_case": (_open, "story"),
    "save_facts": (_answer, "nota"),
    "judge": (_judge, "why"),
    "decide": (_deviate, "instead"),
}
each_way = pytest.mark.parametrize("way", WAYS)


def events(record: Record) -> int:
    return sum(len(record.history(case.id)) for case in record.cases())


@each_way
def test_a_number_that_identifies_is_refused_and_nothing_is_kept(opened: Record, way: str) -> None:
    write, field = WAYS[way]
    before = events(opened)
    confirmed = (Confirmed(field=field, said="1234.56.782", reason=REASON),)
    for given in ((), confirmed):
        with pytest.raises(PrivacyError) as caught:
            write(opened, BLOCKED, given)
        assert (field, True) in {(one.field, one.concern.blocked) for one in caught.value.raised}
        assert caught.value.findings[0].field == field
        assert "1234.56.782" not in str(caught.value)
    assert events(opened) == before


@each_way
def test_a_word_is_asked_about_and_kept_with_the_reason(opened: Record, way: str) -> None:
    write, field = WAYS[way]
    before = events(opened)
    with pytest.raises(PrivacyError, match="depressie"):
        write(opened, ASKED, ())
    assert events(opened) == before
    confirmed = Confirmed(field=field, said="depressie", reason=REASON)
    write(opened, ASKED, (confirmed,))
    kept = [
        getattr(event.body, "confirmed", ())
        for case in opened.cases()
        for event in opened.history(case.id)
    ]
    assert (confirmed,) in kept


@pytest.mark.parametrize(
    "confirmed",
    [
        Confirmed(field="story", said="depressie", reason=REASON),
        Confirmed(field="instead", said="kanker", reason=REASON),
        Confirmed(field="instead", said="depressie", reason="x"),
        Confirmed(field="instead", said="depressie", reason="Bel 06-12345678 maar even."),
        Confirmed(field="instead", said="depressie", reason="Mevrouw Jansen zegt het zelf."),
        Confirmed(field="instead", said="depressie 123456782", reason=REASON),
    ],
    ids=["other field", "other word", "says nothing", "number", "name", "number as the word"],
)
def test_a_confirmation_that_is_none_does_not_help(opened: Record, confirmed: Confirmed) -> None:
    with pytest.raises(DecisionError):
        _deviate(opened, ASKED, (confirmed,))
    assert events(opened) == 1


def test_a_confirmation_has_a_reason() -> None:
    with pytest.raises(ValidationError):
        Confirmed(field="instead", said="depressie", reason="  ")


def test_every_text_of_a_deviation_is_looked_at(opened: Record) -> None:
    seen = world.consulted()
    made = world.deviation(seen, RULE)
    for element in made.elements:
        spoiled = dict(made.elements) | {element: BLOCKED}
        with pytest.raises(PrivacyError) as caught:
            opened.decide(world.deviation(seen, RULE, {"elements": spoiled}), seen, actor="p")
        assert [one.field for one in caught.value.raised] == [f"elements.{element.value}"]
    assert {Element.WEIGHING, Element.CLIENT_VIEW} <= set(made.elements)


def test_what_a_party_says_of_a_disputed_text_is_looked_at(opened: Record) -> None:
    before = world.a_case(wil="ja")
    raw: Any = {"betwist": {"client": BLOCKED, "professional": "Iets anders."}}
    after = before.answer(world.knowledge(), "nota", raw)
    with pytest.raises(PrivacyError):
        opened.save_facts(before, after, actor="p")


@each_way
def test_a_huge_text_is_refused(opened: Record, way: str) -> None:
    write, _ = WAYS[way]
    with pytest.raises((DecisionError, RecordError), match="hoogstens"):
        write(opened, "goed " * MAX_FREE_TEXT, ())
    assert events(opened) == 1


def test_whoever_follows_types_nothing() -> None:
    seen = world.consulted()
    body = Decided(decision=world.deviation(seen, RULE), receipt=seen.receipt.as_json())
    assert {field for field, _ in texts_of(body)} == {
        "elements.weging",
        "elements.visie_client",
        "instead",
    }
