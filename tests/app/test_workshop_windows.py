"""The workshop in two windows at once: nothing is lost, and nothing is written over unseen."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from tests.app.conftest import APP, Start
from tests.app.helpers import click, keys, text
from tests.app.test_workshop import PAGE, VERSION, field, go_to, typed, workshop

FIRST, SECOND = "# uit het eerste venster\n", "# uit het tweede venster\n"
HERE, THERE = "werkplaats_venster_dit", "werkplaats_venster_ander"
FORM = "werkplaats_regel_proef_0_0"


def another(part: str = "Bewerken") -> AppTest:
    """Open the same in a second window, of the same person."""
    at = AppTest.from_file(APP, default_timeout=30).run()
    at.switch_page(PAGE).run()
    click(at, "werkplaats_open_proef")
    return go_to(at, part)


def to_form(at: AppTest) -> AppTest:
    at.session_state["werkplaats_manier_proef"] = "formulier"
    at.run()
    return at


def draft() -> str:
    """What a window that is opened now shows."""
    found: str = field(another())["text"]
    return found


def test_what_is_typed_elsewhere_comes_along(start: Start) -> None:
    one, other = workshop(start, "Bewerken"), another()
    typed(one, field(one)["text"] + FIRST)
    other.run()
    assert field(other)["text"].endswith(FIRST)
    typed(other, field(other)["text"] + SECOND, "werkplaats_tekst_proef_0_1")
    assert draft().endswith(FIRST + SECOND)


def test_two_texts_are_laid_side_by_side(start: Start) -> None:
    one, other = workshop(start, "Bewerken"), another()
    begun = field(one)["text"]
    typed(one, begun + FIRST)
    typed(other, begun + SECOND)
    assert "ook in een ander venster veranderd" in text(other)
    assert f"-{FIRST}" in other.code[0].value + "\n"
    assert field(other)["summary"] == "Nog niet nagekeken."
    # Nothing changes until someone chooses.
    assert draft().endswith(FIRST)
    click(other, THERE)
    assert field(other)["text"].endswith(FIRST)
    assert HERE not in keys(other)


def test_the_text_of_this_window_can_go_on(start: Start) -> None:
    one, other = workshop(start, "Bewerken"), another()
    begun = field(one)["text"]
    typed(one, begun + FIRST)
    typed(other, begun + SECOND)
    click(other, HERE)
    assert draft() == begun + SECOND
    # The first window typed nothing since, so it takes over what there is.
    one.run()
    assert field(one)["text"] == begun + SECOND
    assert HERE not in keys(one)


def test_a_form_does_not_undo_what_was_typed_elsewhere(start: Start) -> None:
    one, other = workshop(start, "Bewerken"), to_form(another())
    typed(one, field(one)["text"].replace("norm: wet", "norm: regeling") + FIRST)
    other.text_input(key=f"{FORM}_titel").set_value("Een besluit op tijd")
    click(other, f"{FORM}_opslaan")
    assert "ook in een ander venster veranderd" in text(other)
    assert "Een besluit op tijd" not in draft()
    # What was filled in is still there, and counts once someone says so.
    assert other.text_input(key=f"{FORM}_titel").value == "Een besluit op tijd"
    click(other, f"{FORM}_opslaan")
    made = draft()
    assert "titel: Een besluit op tijd" in made
    assert made.endswith(FIRST)


def test_a_form_changes_its_own_rule_only(start: Start) -> None:
    one, other = workshop(start, "Bewerken"), to_form(another())
    before = "Een gewilde cursus inzetten"
    typed(one, field(one)["text"].replace(before, "Een cursus inzetten die iemand wil"))
    other.text_input(key=f"{FORM}_titel").set_value("Een besluit op tijd")
    click(other, f"{FORM}_opslaan")
    made = draft()
    assert "titel: Een besluit op tijd" in made
    assert "titel: Een cursus inzetten die iemand wil" in made


def test_a_form_whose_rule_moved_writes_nothing(start: Start) -> None:
    one, other = workshop(start, "Bewerken"), to_form(another())
    lines = field(one)["text"].splitlines(keepends=True)
    begin, second, *_ = (i for i, line in enumerate(lines) if line.startswith("  - id:"))
    moved = "".join(lines[:begin] + lines[second:])
    typed(one, moved)
    other.text_input(key=f"{FORM}_titel").set_value("Een besluit op tijd")
    click(other, f"{FORM}_opslaan")
    assert "Kies de regel opnieuw." in text(other)
    assert draft() == moved


def test_the_same_text_in_both_windows_is_no_choice(start: Start) -> None:
    one, other = workshop(start, "Bewerken"), another()
    same = field(one)["text"] + FIRST
    typed(one, same)
    typed(other, same, VERSION)
    assert HERE not in keys(other)
