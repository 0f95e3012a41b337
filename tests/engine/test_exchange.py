"""Decisions go out as lines and come in again only if they are whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from engine.canonical import digest
from engine.decisions import ErasureGround, Needed, Record, RecordError, follow, skip
from engine.exchange import (
    MOST_CHARACTERS,
    DecisionLine,
    ExchangeError,
    export_lines,
    read_lines,
)
from tests.decisions import world
from tests.golden import check_golden

SCHEMA = Path(__file__).parents[2] / "docs" / "uitwisseling" / "besluit-1.schema.json"
RULE = "proef.werkwijze"
NUMBER = "Zie nummer 123456782 in Suwinet."
ILLNESS = "Mevrouw Jansen heeft een depressie."


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(f"sqlite:///{tmp_path}/een.db", clock=world.clock) as opened:
        case = world.a_case(wil="ja", sinds=world.TODAY, maanden=4, ziek="onbekend", nota="Iets.")
        opened.open_case(case, title="Proef", story="Een verhaal.", actor="An de Boer")
        seen = world.consulted(sinds=world.TODAY, maanden=4, ziek="onbekend", nota="Iets.")
        made = follow(seen, "proef.wet", decided_on=world.TODAY)
        opened.decide(made, seen, actor="An de Boer")
        needed = [Needed(facts=("maanden",), said="het hoogstens 12 maanden duurt")]
        opened.decide(world.deviation(seen, RULE), seen, actor="An de Boer", needed=needed)
        left = skip(seen, "proef.overweging", decided_on=world.TODAY)
        opened.decide(left, seen, actor="An de Boer")
        yield opened


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Record]:
    with Record.open(f"sqlite:///{tmp_path}/ander.db", clock=world.clock) as opened:
        yield opened


def lines_of(record: Record) -> list[str]:
    return list(export_lines(record.everything()))


def take_in(record: Record, lines: list[str]) -> list[bool]:
    found = read_lines(lines, world.knowledge(), world.TODAY)
    return [record.take_in(one.case, one.body, one.id, actor="invoer") for one in found]


def apply_patch(document: dict[str, str], patch: list[dict[str, str]]) -> dict[str, str]:
    """RFC 6902, as far as it occurs: 'replace' needs what it replaces, 'add' doesn't."""
    for step in patch:
        name = step["path"].removeprefix("/")
        assert step["op"] == "add" or name in document
        document = document | {name: step["value"]}
    return document


def test_every_line_has_the_form_of_the_schema(record: Record) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    lines = lines_of(record)
    assert len(lines) == 3
    for line in lines:
        Draft202012Validator(schema).validate(json.loads(line))
        assert "\n" not in line
        assert line.isascii()


def test_the_schema_is_that_of_the_model() -> None:
    schema = DecisionLine.model_json_schema(mode="serialization")
    check_golden(SCHEMA, json.dumps(schema, indent=2, ensure_ascii=False) + "\n")


def test_nobody_and_no_story_goes_out(record: Record) -> None:
    text = "\n".join(lines_of(record))
    assert "An de Boer" not in text
    assert "Een verhaal" not in text


def test_the_difference_leads_from_the_advice_to_the_choice(record: Record) -> None:
    advised = {"action": "stap", "direction": "doen", "outcome": "volgen"}
    followed, deviated, skipped = (json.loads(line) for line in lines_of(record))
    assert followed["difference"] == []
    chosen = apply_patch(advised, deviated["difference"])
    assert chosen == advised | {
        "outcome": "afwijken",
        "kind": "open_norm_gewogen",
        "ground": "veiligheid",
        "instead": deviated["decision"]["instead"],
    }
    assert apply_patch(advised, skipped["difference"])["outcome"] == "overslaan"


def test_what_goes_out_comes_in_whole_and_once(record: Record, other: Record) -> None:
    lines = lines_of(record)
    assert take_in(other, lines) == [True, True, True]
    assert take_in(other, lines) == [False, False, False]
    there = [kept.decision for kept in other.decisions("c-proef")]
    assert there == [kept.decision for kept in record.decisions("c-proef")]
    case = other.load_case("c-proef", world.knowledge()).case
    assert case == record.load_case("c-proef", world.knowledge()).case
    assert other.verify().broken is None
    again = [{**json.loads(line), "recorded_at": 0} for line in lines_of(other)]
    assert again == [{**json.loads(line), "recorded_at": 0} for line in lines]


def test_a_record_takes_its_own_lines_for_known(record: Record) -> None:
    assert take_in(record, lines_of(record)) == [False, False, False]


def test_another_decision_under_the_same_id_is_refused(record: Record, other: Record) -> None:
    followed, deviated, _ = lines_of(record)
    take_in(other, [followed])
    forged = json.dumps(json.loads(deviated) | {"id": json.loads(followed)["id"]})
    with pytest.raises(RecordError, match="met een andere inhoud"):
        take_in(other, [forged])


def test_what_was_erased_does_not_come_back(record: Record) -> None:
    lines = lines_of(record)
    record.erase("c-proef", ErasureGround.REQUEST, actor="An de Boer")
    size = record.size()
    with pytest.raises(RecordError, match="is hier gewist"):
        take_in(record, lines)
    assert record.size() == size


def test_a_made_up_case_does_not_go_out(record: Record) -> None:
    record.open_case(
        world.a_case("c-verzonnen", wil="ja"), title="V", story="", actor="an", example=True
    )
    seen = world.consulted("c-verzonnen")
    record.decide(follow(seen, RULE, decided_on=world.TODAY), seen, actor="an")
    assert len(lines_of(record)) == 3


def _drop(*path: str) -> Callable[[Any], None]:
    def change(line: Any) -> None:
        for key in path[:-1]:
            line = line[key]
        del line[path[-1]]

    return change


def _set(value: Any, *path: str) -> Callable[[Any], None]:
    def change(line: Any) -> None:
        for key in path[:-1]:
            line = line[key]
        line[path[-1]] = value

    return change


REFUSED: dict[str, tuple[Callable[[Any], None], str]] = {
    "no weighing": (_drop("decision", "elements", "weging"), "Wat heeft u afgewogen"),
    "nothing instead": (_set("", "decision", "instead"), "Wat doet u in plaats daarvan?"),
    "no review": (_drop("decision", "review_on"), "wanneer u hier opnieuw naar kijkt"),
    "ground of another": (_set("wens_client", "decision", "ground"), "Deze grond past niet"),
    "a lighter contract": (
        _set(["weging"], "decision", "contract", "required"),
        "vraagt minder dan de soort norm eist",
    ),
    "a contract of one's own": (
        _set("9 maanden", "decision", "contract", "review_after"),
        "de regel vraagt hier iets anders",
    ),
    "a rule that isn't there": (_set("proef.weg", "decision", "advised", "rule"), "staat niet in"),
    "an older version": (
        _set("2020-01-01", "decision", "advised", "version"),
        "versie van het protocol",
    ),
    "another title": (_set("Iets", "decision", "advised", "title"), "advies is een ander"),
    "another case": (_set("c-ander", "case"), "een andere casus"),
    "another receipt": (_set("andere", "receipt", "authority"), "niet de raadpleging"),
    "an answer that can't be": (_set({"wil": "misschien"}, "receipt", "known"), "is hier geen"),
    "no difference": (_set([], "difference"), "verschil tussen het advies"),
    "another form": (_set("leidraad-besluit/9", "form"), "alleen de vorm"),
    "an extra part": (_set("x", "extra"), "extra: dit onderdeel"),
    "no id": (_drop("id"), "id: dit onderdeel"),
    "a BSN": (_set("Zie nummer 123456782 in Suwinet.", "decision", "instead"), "burgerservice"),
    "a diagnosis": (_set("Door een depressie lukt het niet.", "decision", "instead"), "diagnose"),
    "a huge text": (_set("woorden " * 2000, "decision", "instead"), "korter"),
    "a path as the case": (_set("../../etc/passwd", "case"), "case: dit onderdeel"),
    "SQL as the case": (_set("x'; DROP TABLE events; --", "case"), "case: dit onderdeel"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_an_incomplete_or_forged_decision_is_refused(
    record: Record, other: Record, name: str
) -> None:
    change, said = REFUSED[name]
    lines = lines_of(record)
    line = json.loads(lines[1])
    change(line)
    with pytest.raises(ExchangeError) as caught:
        take_in(other, [lines[0], json.dumps(line), lines[2]])
    assert {one.line for one in caught.value.findings} == {2}
    assert said in str(caught.value)
    assert other.cases() == ()


def test_everything_that_is_wrong_is_said_at_once(record: Record) -> None:
    lines = lines_of(record)
    broken = json.loads(lines[1])
    broken["decision"]["instead"] = ""
    del broken["decision"]["review_on"]
    with pytest.raises(ExchangeError) as caught:
        read_lines(
            ["{", json.dumps(broken), "[]", lines[0], lines[0]], world.knowledge(), world.TODAY
        )
    assert [one.line for one in caught.value.findings] == [1, 2, 2, 3, 5]


def test_a_decision_of_tomorrow_is_refused(record: Record, other: Record) -> None:
    line = json.loads(lines_of(record)[0])
    line["decision"]["decided_on"] = "2031-01-01"
    with pytest.raises(ExchangeError, match="ligt na vandaag"):
        take_in(other, [json.dumps(line)])
    assert other.cases() == ()


@pytest.mark.parametrize("text", ["", "\n\n", "null", "[" * 5000, "x" * (MOST_CHARACTERS + 1)])
def test_a_file_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ExchangeError):
        read_lines(text.split("\n"), world.knowledge(), world.TODAY)


@settings(max_examples=60, deadline=None)
@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(
                st.sampled_from(["form", "id", "decision", "receipt", "case", "advised"]), x
            )
        ),
    )
)
def test_no_data_makes_it_stumble(data: Any) -> None:
    if isinstance(data, dict):
        data["form"] = "leidraad-besluit/1"
    with pytest.raises(ExchangeError):
        read_lines([json.dumps(data)], world.knowledge(), world.TODAY)


ODD: tuple[Any, ...] = (
    *(None, 0, -1, True, 1.5, 10**400, float("nan"), "", [], {}, "x", "9999-99-99", "a" * 5000),
    *("\ud800", ["a"], {"a": "b"}, {"betwist": {"client": "ja"}}, NUMBER, ILLNESS, {ILLNESS: "x"}),
)


def places(data: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every part of a line, however deep."""
    parts = data.items() if isinstance(data, dict) else enumerate(data)
    for name, part in parts:
        yield (*place, name)
        if isinstance(part, dict | list):
            yield from places(part, (*place, name))


def spoiled(line: str) -> Iterator[tuple[str, bool]]:
    """The line with one part replaced, added or left out, signed again by whoever did that.

    Yields:
        The line, and whether there is something in it that must never get in.
    """
    for place in places(json.loads(line)):
        for odd in (*ODD, _drop, _set):
            data = json.loads(line)
            inside = data
            for step in place[:-1]:
                inside = inside[step]
            if odd is _drop:
                del inside[place[-1]]
            elif odd is _set and isinstance(inside[place[-1]], dict):
                inside[place[-1]]["extra"] = ILLNESS
            else:
                inside[place[-1]] = None if odd is _set else odd
            if place[0] == "receipt" and len(place) > 1 and odd == odd:
                data["decision"]["advised"]["receipt"] = digest(data["receipt"])
            text = json.dumps(data)
            yield text, NUMBER in text or ILLNESS in text


def test_no_part_of_a_line_can_be_anything_else(record: Record) -> None:
    """Nothing makes it stumble, and there is no part that a number or diagnosis gets in by."""
    tried = refused = 0
    for text, secret in spoiled(lines_of(record)[1]):
        tried += 1
        try:
            read_lines([text], world.knowledge(), world.TODAY)
        except ExchangeError:
            refused += 1
        else:
            assert not secret, text
    assert refused > 0.9 * tried > 900
