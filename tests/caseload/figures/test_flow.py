"""The flow: every file goes one way, and the old review gives its published shares."""

from __future__ import annotations

from collections import Counter
from functools import cache
from math import sqrt

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.caseload.figures.counting import GIVEN
from engine.caseload.figures.flow import Flow, Kind, Node, flow, label
from engine.caseload.figures.splits import OTHER, Split, splits_of
from engine.caseload.generate import generate
from engine.caseload.run import embedded
from engine.caseload.translate import CODES
from engine.explain import conclude
from engine.library import BoundProtocol
from engine.program import build_program
from tests.caseload.figures.small import PROTOCOLS, TODAY, program, screened, small
from tests.caseload.world import cases, knowledge
from tests.counts import examples

REVIEW = "bestandsdoorlichting"
SIZE = 8_000


@cache
def review() -> Flow:
    """The flow of a made-up caseload with the published shares."""
    made = pl.from_arrow(pa.concat_tables(generate(knowledge(), cases(), SIZE, seed=1, on=TODAY)))
    assert isinstance(made, pl.DataFrame)
    return flow(program(REVIEW), embedded(made), TODAY, REVIEW)


def box(found: Flow, name: str, value: str) -> Node:
    (one,) = [node for node in found.nodes if (node.name, node.value) == (name, value)]
    return one


@pytest.mark.parametrize(
    ("name", "value", "percent"),
    [
        ("vaste_grond", "ja", 64),
        ("kans_in_dossier", "geen_kansen", 30),
        ("kans_in_dossier", "kansen", 5),
    ],
)
def test_the_old_review_gives_the_published_shares(name: str, value: str, percent: int) -> None:
    # Four standard errors: 1 in 16,000 falls outside. A test of the machinery, not of the world.
    share = percent / 100
    error = sqrt(SIZE * share * (1 - share))
    assert abs(box(review(), name, value).files - share * SIZE) <= 4 * error


def test_the_old_review_parts_first_by_ground_and_then_by_chance() -> None:
    found = review()
    places = {node: place for place, node in enumerate(found.nodes)}
    nothing_fixed = places[box(found, "vaste_grond", "nee")]
    next_to_it = {
        found.nodes[link.target].name for link in found.links if link.source == nothing_fixed
    }
    assert next_to_it == {"kans_in_dossier"}
    fixed = places[box(found, "vaste_grond", "ja")]
    after = [found.nodes[link.target] for link in found.links if link.source == fixed]
    assert {node.kind for node in after} == {Kind.RULE}
    assert f"{REVIEW}.label-medisch" in {node.name for node in after}
    assert f"{REVIEW}.kansen-gezien" not in {node.name for node in after}


def test_every_box_can_be_said_in_dutch() -> None:
    said = [label(node, knowledge(), program(REVIEW)) for node in review().nodes]
    assert said[0] == "Alle cliënten"
    assert "een van de dertien vaste gronden van de doorlichting past" in said
    assert all(said)
    open_ones = (
        Node(Kind.ANSWER, "kans_in_dossier", "", 3, 1),
        Node(Kind.ANSWER, "kans_in_dossier", OTHER, 3, 1),
        Node(Kind.OUTCOME, "te_bepalen", "", 4, 1),
        Node(Kind.OUTCOME, "ingehouden", "", 4, 1),
    )
    assert [label(node, knowledge(), program(REVIEW)) for node in open_ones] == [
        "de eerste indruk van de kansen: onbekend",
        "de eerste indruk van de kansen: iets anders",
        "Nog te bepalen",
        "Ingehouden",
    ]


@settings(max_examples=examples(full=100, quick=8), deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.sampled_from([0, 1, 40]),
    st.sampled_from([0.0, 0.5, 0.95]),
    st.sampled_from(PROTOCOLS),
)
def test_every_file_goes_the_way_that_was_worked_out_by_hand(
    seed: int, size: int, known: float, protocol: str
) -> None:
    asked = program()
    made = small(seed, asked, size, known)
    files = embedded(made.frame)
    found = flow(asked, files, TODAY, protocol)
    first = splits_of(asked, protocol, files.columns, TODAY)
    rules = {
        bound.rule.id: bound.rule.advice
        for bound in asked.asked_rules()
        if bound.rule.id.startswith(f"{protocol}.")
    }
    by_hand: Counter[tuple[object, ...]] = Counter()
    several = 0
    for row, statuses in zip(made.rows, screened(files, asked), strict=True):
        facts = made.facts(row)
        concluded = conclude(asked, facts, TODAY)
        values = {name: item.value for name, item in concluded.items()} | facts
        way: list[tuple[object, ...]] = []
        split: Split | None = first
        while split is not None:
            value = values.get(split.name)
            answer = value if value is None or value in split.answers else OTHER
            way.append((split.name, answer))
            by_hand[(Kind.ANSWER, *way)] += 1
            split = split.under[None if answer is None else str(answer)]
        words = {rule: CODES[statuses[rule]] for rule in rules}
        given_by = [rule for rule, status in words.items() if status in GIVEN]
        several += len(given_by) > 1
        if given_by:
            advice = rules[given_by[0]]
            by_hand[Kind.RULE, given_by[0]] += 1
            by_hand[Kind.STEP, advice.action, advice.direction] += 1
        else:
            last = next(
                (one for one in ("te_bepalen", "vervalt") if one in words.values()), "geldt_niet"
            )
            by_hand[Kind.OUTCOME, last] += 1
    assert found.several == several
    assert found.nodes[0] == Node(Kind.ALL, "", "", 0, size)
    for kind in (Kind.RULE, Kind.OUTCOME, Kind.STEP):
        counted = {
            (kind, node.name, *([node.value] if kind is Kind.STEP else [])): node.files
            for node in found.nodes
            if node.kind is kind
        }
        assert counted == {key: count for key, count in by_hand.items() if key[0] is kind}
    answered = sorted(node.files for node in found.nodes if node.kind is Kind.ANSWER)
    assert answered == sorted(count for key, count in by_hand.items() if key[0] is Kind.ANSWER)
    _nothing_gets_lost(found)


def _nothing_gets_lost(found: Flow) -> None:
    into: Counter[int] = Counter()
    out: Counter[int] = Counter()
    for link in found.links:
        into[link.target] += link.files
        out[link.source] += link.files
        assert found.nodes[link.source].column < found.nodes[link.target].column
    for place, node in enumerate(found.nodes):
        assert into[place] == (node.files if place else 0)
        if node.kind not in (Kind.STEP, Kind.OUTCOME):
            assert out[place] == node.files


@pytest.mark.parametrize("version", knowledge().in_force(TODAY), ids=lambda one: one.protocol.id)
def test_every_protocol_parts_its_files_somewhere(version: BoundProtocol) -> None:
    protocol = version.protocol.id
    asked = build_program(knowledge(), (protocol,), "uwv", TODAY)
    first = splits_of(asked, protocol, list(knowledge().facts), TODAY)
    assert first is not None
    assert first.name in {*knowledge().facts, *knowledge().notions}
    # Without any answers in the files only notions can part them, and they are all unknown.
    bare = splits_of(asked, protocol, (), TODAY)
    assert bare is None or set(bare.everything()) <= set(knowledge().notions)


def test_a_protocol_that_was_not_asked_for_is_refused() -> None:
    with pytest.raises(KeyError):
        flow(program(REVIEW), embedded(small(1, program(REVIEW), 2).frame), TODAY, "scholing")
