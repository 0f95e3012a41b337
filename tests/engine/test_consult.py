"""What a consultation says of one case: statuses, reasons, questions, conflicts, receipt."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from engine.consult import Advice, consult
from engine.inference import infer
from engine.library import NotCoveredError
from engine.reasons import reasons_of, step, thresholds_of
from engine.report import as_json, as_text
from engine.words import Status
from tests.engine.worlds import PROTOCOL, case, edited, files, knowledge, knowledge_with

ALL_WELL: dict[str, Any] = {"richting": "zorg", "gemotiveerd": "ja", "duur": 10, "kosten": 900}


def advice(rule: str, **answers: Any) -> Advice:
    return consult(knowledge(), case(**answers)).advice(f"proef.{rule}")


@pytest.mark.parametrize(
    ("answers", "status"),
    [
        (ALL_WELL, Status.HOLDS),
        (ALL_WELL | {"kosten": "onbekend"}, Status.PROVISIONAL),
        (ALL_WELL | {"kosten": 2501}, Status.DEFEATED),
        (ALL_WELL | {"gemotiveerd": "onbekend"}, Status.OPEN),
        (ALL_WELL | {"gemotiveerd": "betwist"}, Status.OPEN),
        (ALL_WELL | {"gemotiveerd": "nee"}, Status.DOES_NOT_HOLD),
        (ALL_WELL | {"gemotiveerd": "nee", "kosten": 9999}, Status.DOES_NOT_HOLD),
        ({"kosten": 2501}, Status.DEFEATED),
        ({}, Status.OPEN),
    ],
)
def test_status(answers: dict[str, Any], status: Status) -> None:
    assert advice("inzetten", **answers).status is status


def test_a_defeated_advice_names_what_goes_first_and_asks_nothing() -> None:
    found = advice("inzetten", kosten=2501)
    assert found.defeated_by == ("proef.te-duur",)
    assert found.missing == ()


def test_a_provisional_advice_names_the_open_exception_and_what_it_waits_for() -> None:
    found = advice("inzetten", **ALL_WELL | {"kosten": "onbekend"})
    assert (found.open_exceptions, found.missing) == (("proef.te-duur",), ("kosten",))


def test_facts_that_cannot_matter_are_not_asked() -> None:
    assert advice("inzetten", gemotiveerd="nee").missing == ()
    assert "richting" not in advice("inzetten", richting="techniek").missing


def test_questions_that_settle_most_come_first_and_what_was_asked_comes_last() -> None:
    fresh = consult(knowledge(), case())
    assert fresh.questions[0].fact.id == "kosten"
    asked = consult(knowledge(), case(kosten="onbekend"))
    assert asked.questions[-1].fact.id == "kosten"
    assert asked.questions[-1].asked


def test_everything_settled_leaves_no_question() -> None:
    answers: dict[str, Any] = {**ALL_WELL, "laatste_cursus": date(2020, 1, 1)}
    assert consult(knowledge(), case(**answers)).questions == ()


def test_a_conflict_is_shown_and_not_settled() -> None:
    without = edited(PROTOCOL, "    uitzondering_op: [proef.inzetten]\n", "")
    found = consult(knowledge_with(without), case(**ALL_WELL | {"kosten": 2501}))
    (conflict,) = found.conflicts
    assert (conflict.do, conflict.do_not) == (("proef.inzetten",), ("proef.te-duur",))
    assert "TEGENSTRIJDIG" in as_text(found, knowledge())
    assert consult(knowledge(), case(**ALL_WELL | {"kosten": 2501})).conflicts == ()


@pytest.mark.parametrize(
    ("authority", "on", "limit"),
    [
        ("uwv", date(2026, 11, 22), 2500),
        ("proefdorp", date(2026, 11, 22), 3000),
        ("proefdorp", date(2026, 5, 31), None),
    ],
)
def test_a_threshold_follows_date_and_authority(
    authority: str, on: date, limit: int | None
) -> None:
    found = consult(knowledge(), case(authority, on, kosten=2700))
    assert found.receipt.parameters["kosten_grens"] == limit
    holds = limit is not None and limit < 2700
    assert (found.advice("proef.te-duur").status is Status.HOLDS) is holds


@pytest.mark.parametrize(
    ("authority", "on", "said"),
    [
        ("uwv", date(2025, 12, 31), "geen versie voor 31 december 2025"),
        ("nergenshuizen", date(2026, 11, 22), "'nergenshuizen' is niet bekend"),
    ],
)
def test_what_the_knowledge_does_not_cover_is_an_error(authority: str, on: date, said: str) -> None:
    with pytest.raises(NotCoveredError, match=said):
        consult(knowledge(), case(authority, on))


def test_a_parameter_without_a_value_for_the_day_is_an_error() -> None:
    late = edited("parameters/proef.yaml", "2020-01-01, waarde: 12", "2026-12-01, waarde: 12")
    with pytest.raises(NotCoveredError, match="heeft geen waarde voor UWV op 22 november 2026"):
        consult(knowledge_with(late), case())


def test_reasons_are_the_facts_that_decided() -> None:
    answers = ALL_WELL | {"kosten": 2501}
    found = consult(knowledge(), case(**answers))
    (reason,) = reasons_of(found.advice("proef.te-duur"), found, knowledge())
    assert reason.text == "de opleiding kost 2.501 euro (meer dan 2.500 euro)"
    texts = [item.text for item in reasons_of(found.advice("proef.inzetten"), found, knowledge())]
    assert texts == [
        "de opleiding geeft kans op werk",
        "de cliënt wil de opleiding",
        "de opleiding is kort",
    ]


def test_an_advice_names_the_thresholds_that_decided_and_their_source() -> None:
    answers = ALL_WELL | {"kosten": 2501}
    found = consult(knowledge(), case(**answers))
    (limit,) = thresholds_of(found.advice("proef.te-duur"), found, knowledge())
    assert limit.startswith("de grens voor de kosten: 2.500 euro, volgens Proefwet, artikel 4")
    (length,) = thresholds_of(found.advice("proef.inzetten"), found, knowledge())
    assert length.startswith("de langste duur zonder uitleg: 12 maanden")


def test_two_thresholds_with_one_value_are_not_taken_for_each_other() -> None:
    limits = files()["parameters/proef.yaml"]
    other = (
        "  - id: duur_anders\n    naam: een andere grens\n"
        + limits.split("uitleg\n")[1].split("  - id: kosten")[0]
    )
    twice = {"parameters/proef.yaml": limits + other} | edited(
        PROTOCOL,
        "      kosten: {meer_dan: kosten_grens}",
        "      alle: [kosten: {meer_dan: kosten_grens}, duur: {meer_dan: duur_anders}]",
    )
    known = knowledge_with(twice)
    found = consult(known, case(**ALL_WELL | {"duur": 13, "kosten": 9999}))
    limits_said = thresholds_of(found.advice("proef.te-duur"), found, known)
    assert limits_said[1].startswith("een andere grens: 12 maanden")


def test_a_notion_explains_itself_by_the_facts_under_it() -> None:
    found = consult(knowledge(), case(**ALL_WELL))
    first = reasons_of(found.advice("proef.inzetten"), found, knowledge())[0]
    assert [deeper.text for deeper in first.because] == ["de opleiding is in de richting zorg"]


def test_the_step_is_said_as_doing_or_refraining() -> None:
    assert step(advice("inzetten"), knowledge()) == "Zet de scholing in"
    assert step(advice("te-duur"), knowledge()) == "Zet de scholing niet in"


def test_the_receipt_is_stable_and_changes_with_every_fact() -> None:
    one = consult(knowledge(), case(**ALL_WELL)).receipt
    same = consult(knowledge(), case(**dict(reversed(ALL_WELL.items())))).receipt
    other = consult(knowledge(), case(**ALL_WELL | {"kosten": 901})).receipt
    assert one.digest == same.digest != other.digest
    assert set(one.files) == set(knowledge().files)
    assert all(len(digest) == 64 for digest in one.files.values())


def test_json_says_the_same_as_the_consultation() -> None:
    found = consult(knowledge(), case(**ALL_WELL))
    told = as_json(found, knowledge())
    assert {item["regel"]: item["status"] for item in told["adviezen"]} == {
        item.rule.id: item.status.value for item in found.advices
    }
    assert told["bewijs"]["digest"] == found.receipt.digest


def test_where_the_readers_differ_the_advice_and_what_rests_on_it_are_withheld(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def lying(*arguments: Any) -> dict[str, str]:
        return infer(*arguments) | {"kansrijk": "nee", "proef.inzetten": "nee"}

    monkeypatch.setattr("engine.consult.infer", lying)
    found = consult(knowledge(), case(**ALL_WELL))
    assert [item.rule.id for item in found.withheld] == ["proef.inzetten"]
    assert {item.rule.id for item in found.advices} == {"proef.te-duur", "proef.kosten-bespreken"}
    assert "GEEN ADVIES" in as_text(found, knowledge())


def test_a_table_with_two_true_rows_withholds_what_rests_on_it() -> None:
    double = edited("begrippen/proef.yaml", "duur: {meer_dan: 24}", "duur: {meer_dan: 6}")
    found = consult(knowledge_with(double), case(**ALL_WELL))
    assert [item.rule.id for item in found.withheld] == ["proef.inzetten"]
    assert "twee antwoorden tegelijk op: de omvang" in found.withheld[0].reason
    assert found.advice("proef.te-duur").status is Status.DOES_NOT_HOLD


def test_an_exception_counts_also_when_its_own_protocol_is_not_consulted() -> None:
    text = edited(PROTOCOL, "protocol: proef\n", "protocol: proef\n")[PROTOCOL]
    rule = text.split("  - id: proef.te-duur")[1].split("  - id: proef.kosten")[0]
    other = text.split("regels:")[0].replace("protocol: proef", "protocol: geld")
    changes = {
        PROTOCOL: text.replace("  - id: proef.te-duur" + rule, ""),
        "protocollen/geld/2026-01-01.yaml": f"{other}regels:\n  - id: geld.te-duur{rule}",
    }
    found = consult(knowledge_with(changes), case(**ALL_WELL | {"kosten": 2501}))
    assert found.advice("proef.inzetten").defeated_by == ("geld.te-duur",)
    assert "geld.te-duur" not in {item.rule.id for item in found.advices}


def test_the_consultation_cannot_be_changed() -> None:
    found = consult(knowledge(), case())
    with pytest.raises(AttributeError):
        found.advices[0].status = Status.HOLDS  # type: ignore[misc]
