"""The guard and the question about texts, as someone meets them in the forms."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import Decided, Record
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, click, open_case, text
from tests.app.test_decisions import RULE, decided, fill

BSN = "Volgens nummer 123.456.782 is er geen recht."
WORD = "Door een depressie lukt een volle dag op deze plek niet."
SAVE = f"afwijking_vastleggen_{RULE}"
BOX, REASON = "bevestigd_afwijking_instead", "reden_afwijking_instead"


@pytest.fixture
def at(start: Start) -> AppTest:
    return click(open_case(start(), MUCH_KNOWN), f"afwijken_{RULE}")


def test_a_number_that_identifies_is_refused_at_its_field(at: AppTest) -> None:
    fill(at, instead=BSN)
    click(at, SAVE)
    said = text(at)
    assert "Hier staat een burgerservicenummer ('12…')" in said
    assert "Het kenmerk van de casus is genoeg." in said
    assert [box.key for box in at.checkbox if str(box.key).startswith("bevestigd")] == []
    assert at.text_area(key=f"afwijking_instead_{RULE}").value == BSN
    assert decided() == []


def test_a_diagnosis_is_asked_about_and_can_be_confirmed_with_a_reason(at: AppTest) -> None:
    fill(at, instead=WORD)
    click(at, SAVE)
    assert "'depressie' lijkt op een diagnose." in text(at)
    assert "Schrijf wat de cliënt wel en niet kan" in text(at)
    at.checkbox(key=BOX).check()
    click(at, SAVE)
    assert decided() == []
    at.text_input(key=REASON).set_value("De cliënt wil dat dit woord er staat.")
    click(at, SAVE)
    assert decided() == ["afwijken"]
    with Record.open() as record:
        bodies = [event.body for event in record.history(MUCH_KNOWN)]
    kept = next(body.confirmed for body in bodies if isinstance(body, Decided))
    assert [(one.field, one.said, one.reason) for one in kept] == [
        ("instead", "depressie", "De cliënt wil dat dit woord er staat.")
    ]


def test_a_reason_without_the_tick_confirms_nothing(at: AppTest) -> None:
    fill(at, instead=WORD)
    click(at, SAVE)
    at.text_input(key=REASON).set_value("De cliënt wil dat dit woord er staat.")
    click(at, SAVE)
    assert decided() == []


def test_the_question_is_gone_once_the_word_is(at: AppTest) -> None:
    fill(at, instead=WORD)
    click(at, SAVE)
    at.text_area(key=f"afwijking_instead_{RULE}").set_value(
        "Vier uur per dag, op een rustige plek."
    )
    click(at, SAVE)
    assert decided() == ["afwijken"]


def test_a_text_that_says_nothing_is_asked_about_and_kept_the_second_time(at: AppTest) -> None:
    fill(at, instead="In overleg besloten, zie dossier.")
    click(at, SAVE)
    assert "weinig dat over deze cliënt gaat" in text(at)
    assert decided() == []
    click(at, SAVE)
    assert decided() == ["afwijken"]


def test_a_text_that_was_used_before_is_asked_about(at: AppTest) -> None:
    fill(at)
    click(at, SAVE)
    assert decided() == ["afwijken"]
    click(at, f"herzien_{RULE}")
    click(at, f"afwijken_{RULE}")
    fill(at)
    click(at, SAVE)
    assert "Deze uitleg stond al eerder bij casus" in text(at)
    assert "past die hier precies?" in text(at)
    assert decided() == ["afwijken"]
    at.text_area(key=f"afwijking_instead_{RULE}").set_value("Nu twee maanden proefplaatsing samen.")
    click(at, SAVE)
    assert decided() == ["afwijken", "afwijken"]


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script> en <img src=x onerror=alert(1)> hier",
        "[klik](javascript:alert(1)) ![x](https://voorbeeld.invalid/x.png) :material/home:",
        "'; DROP TABLE events; -- en dan verder met werken",
        "| a | b |\n|---|---|\n$x^2$ ~~weg~~ `code` # kop",
        '=HYPERLINK("https://voorbeeld.invalid";"klik") en meer tekst',
    ],
)
def test_markup_and_sql_in_a_text_are_shown_as_typed(at: AppTest, attack: str) -> None:
    fill(at, instead=attack)
    click(at, SAVE)
    if not decided():
        click(at, SAVE)
    assert decided() == ["afwijken"]
    with Record.open() as record:
        (kept,) = record.decisions(MUCH_KNOWN)
    assert kept.decision.model_dump()["instead"] == attack.strip()
    shown = [str(item.value) for item in at.markdown]
    whole = "\n".join(shown)
    for live in (
        "<script>",
        "<img",
        "](javascript",
        "![x](",
        "$x^2$",
        "~~weg~~",
        " :material/home:",
    ):
        if live in attack:
            assert live not in whole
