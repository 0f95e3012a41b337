"""The map over the real knowledge: what is on it, in which columns, and never too much."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.layered import arrange
from engine.reasoning_map import COLUMNS, MOST, EdgeKind, NodeKind, ReasoningMap, reasoning_map
from engine.reasons import step
from engine.words import Status
from tests.counts import examples as number
from tests.ui.worlds import cases, consultation, examples, knowledge

IDENTIFIER = re.compile(r"[a-z]_[a-z]|[a-z]\.[a-z]|[≠{}\[\]]")
EXCEPTED = "diagnose-11-werkgever-wacht"
CONFLICTING = "diagnose-35-route-gekozen-beeld-ontbreekt"
LARGE = "samenhang-07-lang-niets-gehoord"
real_cases = st.sampled_from(sorted(cases()))


def mapped(case: str, rule: str | None = None, most: int = MOST) -> ReasoningMap:
    return reasoning_map(consultation(case), knowledge(), rule, most)


def columns(drawn: ReasoningMap) -> dict[str, int]:
    return {
        name: column
        for column, names in enumerate(drawn.arrangement.columns)
        for name in names
        if name in drawn.nodes
    }


def check(drawn: ReasoningMap) -> None:
    column = columns(drawn)
    assert set(column) == set(drawn.nodes)
    assert len(drawn.nodes) <= MOST
    assert len(drawn.headings) == len(drawn.arrangement.columns) <= COLUMNS
    for name, node in drawn.nodes.items():
        assert node.id == name
        assert node.kind is drawn.headings[column[name]]
        assert node.label.strip()
        assert not IDENTIFIER.search(f"{node.label} {node.word}")
    for edge in drawn.edges:
        assert column[edge.source] < column[edge.target]
    order = [list(NodeKind).index(kind) for kind in drawn.headings]
    assert order == sorted(order)


@pytest.mark.parametrize("case", examples())
def test_every_example_has_a_map_that_can_be_read(case: str) -> None:
    drawn = mapped(case)
    check(drawn)
    mapped_ones = {Status.HOLDS, Status.PROVISIONAL, Status.DEFEATED}
    assert bool(drawn.nodes) is any(
        advice.status in mapped_ones for advice in consultation(case).advices
    )


@settings(max_examples=number(400, 40), deadline=None)
@given(real_cases, st.data())
def test_every_case_has_a_sound_map_of_all_and_of_each_advice(
    case: str, data: st.DataObject
) -> None:
    check(mapped(case))
    advice = data.draw(st.sampled_from(consultation(case).advices))
    check(mapped(case, advice.rule.id))


@settings(max_examples=number(200, 20), deadline=None)
@given(real_cases, st.integers(1, 12))
def test_a_map_is_narrowed_to_any_number_of_nodes_and_says_so(case: str, most: int) -> None:
    whole, narrow = mapped(case), mapped(case, most=most)
    assert len(narrow.nodes) <= most
    assert set(narrow.nodes) <= set(whole.nodes) or whole.left_out
    if len(narrow.nodes) < len(whole.nodes):
        assert narrow.left_out


def test_the_map_of_one_advice_has_its_rule_its_step_and_what_decided() -> None:
    found = consultation()
    for advice in found.advices:
        if advice.status is Status.HOLDS:
            drawn = mapped(found.case.id, advice.rule.id)
            labels = {
                kind: {n.label for n in drawn.nodes.values() if n.kind is kind} for kind in NodeKind
            }
            assert labels[NodeKind.RULE] == {advice.rule.title}
            assert labels[NodeKind.STEP] == {step(advice, knowledge())}
            assert labels[NodeKind.FACT]


def test_only_advices_that_count_are_on_the_map() -> None:
    found = consultation()
    shown = {node.label for node in mapped(found.case.id).nodes.values()}
    for advice in found.advices:
        counts = advice.status in (Status.HOLDS, Status.PROVISIONAL, Status.DEFEATED)
        assert (advice.rule.title in shown) is counts


def test_an_exception_stands_before_the_rule_that_it_takes_away() -> None:
    drawn = mapped(EXCEPTED)
    defeats = [edge for edge in drawn.edges if edge.kind is EdgeKind.DEFEATS]
    assert defeats
    for edge in defeats:
        assert drawn.nodes[edge.source].kind is NodeKind.EXCEPTION
        assert drawn.nodes[edge.target].status is Status.DEFEATED
        assert not [line for line in drawn.edges if line.source == edge.target]


def test_an_open_exception_makes_a_provisional_step() -> None:
    drawn = mapped("samenhang-82-alleen-naam-en-adres")
    (line,) = [edge for edge in drawn.edges if edge.kind is EdgeKind.MAY_DEFEAT]
    assert drawn.nodes[line.source].word == "Nog te bepalen"
    assert drawn.nodes[line.target].word == "Geldt voorlopig"


def test_both_sides_of_a_contradiction_are_on_the_map_and_say_so() -> None:
    drawn = mapped(CONFLICTING)
    assert [node.word for node in drawn.nodes.values()].count("Tegenstrijdig") == 2


def test_what_is_less_urgent_is_left_out_and_counted() -> None:
    drawn = mapped(LARGE)
    live = [one for one in consultation(LARGE).advices if one.status is Status.HOLDS]
    on_it = [node for node in drawn.nodes.values() if node.kind is NodeKind.RULE]
    assert 0 < len(on_it) < len(live)
    assert f"{len(on_it)} van de {len(live)} adviezen" in drawn.left_out


def test_a_case_without_advice_has_an_empty_map() -> None:
    drawn = mapped("zelfsturing-14-wil-nog-niet-besproken")
    assert drawn.nodes == {}
    assert drawn.edges == ()


def test_a_rule_that_was_not_consulted_has_no_map() -> None:
    with pytest.raises(KeyError):
        mapped(examples()[0], "geen.regel")


def test_ordering_takes_most_crossings_away() -> None:
    before = after = 0
    for case in sorted(cases())[::40]:
        drawn = mapped(case)
        lines = [(edge.source, edge.target) for edge in drawn.edges]
        as_built = {name: columns(drawn)[name] for name in drawn.nodes}
        before += arrange(as_built, lines, sweeps=0).crossings
        after += drawn.arrangement.crossings
    assert after * 3 < before
