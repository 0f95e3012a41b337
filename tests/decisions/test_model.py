from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from engine.consult import Consultation
from engine.decisions import (
    Advised,
    DecisionError,
    Deviation,
    DeviationKind,
    Follow,
    Skip,
    check_against,
    deviate,
    draft,
    follow,
    read_decision,
    skip,
)
from engine.words import Decider, Element, Norm, Status
from tests.decisions.world import SENTENCE, TODAY, consulted, deviation, sound_parts

DEVIABLE = ["wet", "regeling", "verordening", "beleidsregel", "werkwijze", "strenger", "bijzonder"]
FIELDS = ["kind", "ground", "instead", "decided_by"]
HOLLOW = ["", "   ", "te kort", "..........", "xxxxxxxxxxxx", "n.v.t. n.v.t.", "\u200b" * 20]


def fields(error: DecisionError) -> set[str]:
    return {finding.field for finding in error.findings}


@pytest.mark.parametrize("name", DEVIABLE)
def test_a_complete_deviation_survives_json(consultation: Consultation, name: str) -> None:
    made = deviation(consultation, f"proef.{name}")
    assert read_decision(made.model_dump_json()) == made
    assert Deviation.model_validate(dict(made)) == made
    check_against(made, consultation)


@pytest.mark.parametrize("name", DEVIABLE)
def test_everything_that_is_missing_is_said_at_once(consultation: Consultation, name: str) -> None:
    rule = f"proef.{name}"
    required = {f"elements.{element}" for element in sound_parts(consultation, rule)["elements"]}
    with pytest.raises(DecisionError) as caught:
        deviate(consultation, rule, decided_on=TODAY)
    assert fields(caught.value) == {*FIELDS, *required}


def test_an_import_hears_everything_at_once_too(consultation: Consultation) -> None:
    made = json.loads(deviation(consultation, "proef.werkwijze").model_dump_json())
    del made["kind"]
    made |= {"instead": " ", "elements": {"weging": SENTENCE}, "teveel": 1}
    with pytest.raises(DecisionError) as caught:
        read_decision(json.dumps(made))
    assert fields(caught.value) == {"kind", "instead", "elements.visie_client", "teveel"}


def test_the_message_says_what_to_fill_in(consultation: Consultation) -> None:
    with pytest.raises(DecisionError, match=r"Vul in: 'Wat vindt de cliënt ervan\?'"):
        deviation(consultation, "proef.werkwijze", {"elements": {Element.WEIGHING: SENTENCE}})


@settings(max_examples=300, deadline=None)
@given(name=st.sampled_from(DEVIABLE), data=st.data())
def test_no_incomplete_deviation_can_be_made(name: str, data: st.DataObject) -> None:
    consultation = consulted()
    made = deviation(consultation, f"proef.{name}")
    parts = [*FIELDS, "review_on", "decided_on", "contract", "advised"]
    parts += [f"elements.{element}" for element in made.contract.required]
    gone = data.draw(st.sets(st.sampled_from(parts), min_size=1))
    hollow = data.draw(st.sampled_from([None, *HOLLOW]))
    plain = _without(json.loads(made.model_dump_json()), gone, hollow)
    with pytest.raises(DecisionError):
        read_decision(json.dumps(plain))
    with pytest.raises((DecisionError, ValidationError)):
        Deviation.model_validate_json(json.dumps(plain))
    for left in (plain, _without(dict(made), gone, hollow)):
        with pytest.raises((DecisionError, ValidationError)):
            Deviation.model_validate(left)
        with pytest.raises((DecisionError, ValidationError)):
            Deviation(**left)


def _without(parts: dict[str, Any], gone: set[str], hollow: str | None) -> dict[str, Any]:
    """Take parts away, or empty the texts among them."""
    left = {**parts, "elements": dict(parts["elements"])}
    for part in gone:
        where, _, name = part.rpartition(".")
        target = left[where] if where else left
        if hollow is not None and (where or part == "instead"):
            target[name] = hollow
        else:
            del target[name]
    return left


@pytest.mark.parametrize("text", HOLLOW)
def test_an_extra_element_says_something_as_well(consultation: Consultation, text: str) -> None:
    made = deviation(consultation, "proef.werkwijze")
    extra = {**made.elements, Element.EVIDENCE: text}
    with pytest.raises(DecisionError, match="Welk stuk"):
        made.model_copy(update={"elements": extra})


def test_an_empty_box_that_need_not_be_filled_in_is_left_out(consultation: Consultation) -> None:
    elements = {**sound_parts(consultation, "proef.werkwijze")["elements"], Element.EVIDENCE: " "}
    made = deviation(consultation, "proef.werkwijze", {"elements": elements})
    assert set(made.elements) == {Element.WEIGHING, Element.CLIENT_VIEW}


@pytest.mark.parametrize(
    ("rule", "change", "field"),
    [
        ("proef.werkwijze", {"ground": "wens_client"}, "ground"),
        ("proef.wet", {"kind": DeviationKind.RULE_MISFITS}, "kind"),
        ("proef.wet", {"decided_by": Decider.PROFESSIONAL}, "decided_by"),
        ("proef.strenger", {"decided_by": Decider.MANAGER}, "decided_by"),
        ("proef.werkwijze", {"review_on": date(2026, 11, 21)}, "review_on"),
        ("proef.werkwijze", {"review_on": date(2027, 2, 23)}, "review_on"),
        ("proef.werkwijze", {"instead": "x" * 5000}, "instead"),
        ("proef.werkwijze", {"instead": "abcde " * 1000}, "instead"),
    ],
)
def test_a_part_that_the_rule_does_not_admit_is_refused(
    consultation: Consultation, rule: str, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(DecisionError) as caught:
        deviation(consultation, rule, change)
    assert fields(caught.value) == {field}
    made = deviation(consultation, rule)
    with pytest.raises(DecisionError):
        made.model_copy(update=change)


def test_the_review_is_planned_when_no_day_is_chosen(consultation: Consultation) -> None:
    made = deviation(consultation, "proef.werkwijze", {"review_on": None})
    assert made.review_on == date(2027, 2, 22)
    later = deviate(
        consultation,
        "proef.werkwijze",
        decided_on=date(2027, 6, 1),
        **sound_parts(consultation, "proef.werkwijze") | {"review_on": None},
    )
    assert later.review_on == date(2027, 9, 1)


def test_the_review_counts_from_the_decision_not_from_a_later_reference_date(
    consultation: Consultation,
) -> None:
    early = date(2026, 9, 1)
    parts = sound_parts(consultation, "proef.werkwijze")
    assert consultation.receipt.reference_date > early
    for chosen, review in ((None, date(2026, 12, 1)), (date(2026, 12, 1), date(2026, 12, 1))):
        made = deviate(
            consultation,
            "proef.werkwijze",
            decided_on=early,
            **parts | {"review_on": chosen},
        )
        assert made.review_on == review
    with pytest.raises(DecisionError, match="uiterlijk op 01-12-2026"):
        deviate(
            consultation,
            "proef.werkwijze",
            decided_on=early,
            **parts | {"review_on": date(2026, 12, 2)},
        )


def test_a_wrong_type_is_said_in_dutch(consultation: Consultation) -> None:
    made = json.loads(deviation(consultation, "proef.werkwijze").model_dump_json())
    for change, place in (
        ({"instead": 3}, "instead"),
        ({"verzonnen": "x"}, "verzonnen"),
        ({"elements": {"verzonnen": SENTENCE}}, "elements"),
        ({"decided_on": "gisteren"}, "decided_on"),
    ):
        with pytest.raises(DecisionError) as caught:
            read_decision(json.dumps({**made, **change}))
        assert place in str(caught.value)
    for text in ("{", "[]", "null", '{"outcome": "misschien"}', b"\xff", '"\\ud800"'):
        with pytest.raises(DecisionError):
            read_decision(text)
    with pytest.raises(DecisionError):
        draft(consultation, "proef.werkwijze", decided_on=TODAY, kind="verzonnen")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answers", "rule", "status"),
    [
        ({"wil": "nee"}, "proef.werkwijze", "geldt niet"),
        ({"wil": "onbekend"}, "proef.werkwijze", "te bepalen"),
        ({"wil": "betwist"}, "proef.werkwijze", "te bepalen"),
        ({"ziek": "ja"}, "proef.tijdelijk", "vervalt"),
        ({}, "proef.verzonnen", "geen advies"),
    ],
)
def test_only_an_advice_that_stands_can_be_decided_on(
    answers: dict[str, str], rule: str, status: str
) -> None:
    consultation = consulted(**answers)
    for make in (follow, skip, deviate, draft):
        with pytest.raises(DecisionError, match=status):
            make(consultation, rule, decided_on=TODAY)


def test_a_provisional_advice_keeps_which_exceptions_were_open() -> None:
    made = follow(consulted(), "proef.tijdelijk", decided_on=TODAY)
    assert made.advised.status is Status.PROVISIONAL
    assert made.advised.open_exceptions == ("proef.ziekte",)
    settled = follow(consulted(ziek="nee"), "proef.tijdelijk", decided_on=TODAY)
    assert settled.advised.status is Status.HOLDS
    for change in ({"status": Status.HOLDS}, {"open_exceptions": ()}):
        with pytest.raises(ValidationError):
            made.advised.model_copy(update=change)
    with pytest.raises(DecisionError):
        made.advised.model_copy(update={"status": Status.DEFEATED})


def test_what_was_advised_is_taken_down(consultation: Consultation) -> None:
    advised = Advised.of(consultation, "proef.wet")
    assert (advised.case, advised.protocol, advised.version) == (
        "c-proef",
        "proef",
        date(2026, 1, 1),
    )
    assert (advised.action, advised.direction, advised.norm) == ("stap", "doen", Norm.ACT)
    assert advised.receipt == consultation.receipt.digest


def test_only_a_bare_consideration_can_be_skipped(consultation: Consultation) -> None:
    skipped = skip(consultation, "proef.overweging", decided_on=TODAY)
    assert read_decision(skipped.model_dump_json()) == skipped
    for rule in ("proef.werkwijze", "proef.wet", "proef.bijzonder"):
        with pytest.raises(DecisionError, match="reden"):
            skip(consultation, rule, decided_on=TODAY)
    with pytest.raises(DecisionError, match="overslaan"):
        deviate(consultation, "proef.overweging", decided_on=TODAY)
    with pytest.raises(DecisionError):
        Skip(advised=Advised.of(consultation, "proef.werkwijze"), decided_on=TODAY)


def test_a_decision_is_held_to_the_consultation_it_came_from(consultation: Consultation) -> None:
    made = deviation(consultation, "proef.strenger")
    for other in (consulted("c-ander"), consulted(ziek="nee"), consulted(maanden=3)):
        with pytest.raises(DecisionError, match="ander advies"):
            check_against(made, other)
    milder = made.contract.model_copy(
        update={"required": (Element.WEIGHING, Element.CLIENT_VIEW), "decider": "professional"}
    )
    with pytest.raises(DecisionError, match="iets anders"):
        check_against(made.model_copy(update={"contract": milder}), consultation)
    forged = made.advised.model_copy(update={"norm": Norm.CONSIDERATION})
    with pytest.raises(ValidationError):
        made.model_copy(update={"advised": forged})
    with pytest.raises(DecisionError):
        check_against(Skip(advised=forged, decided_on=TODAY), consultation)
    bare = Advised.of(consultation, "proef.bijzonder")
    with pytest.raises(DecisionError, match="vraagt een reden"):
        check_against(Skip(advised=bare, decided_on=TODAY), consultation)


def test_there_is_no_way_around_the_checks(consultation: Consultation) -> None:
    made = deviation(consultation, "proef.werkwijze")
    with pytest.raises(TypeError):
        Deviation.model_construct()
    with pytest.raises(ValidationError):
        made.ground = "anders"
    with pytest.raises(TypeError):
        made.elements[Element.WEIGHING] = ""  # type: ignore[index]
    assert isinstance(follow(consultation, "proef.wet", decided_on=TODAY), Follow)
