"""No two figures on agreement, and no two of one figure over time, tell of few meetings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decisions import (
    Meeting,
    MeetingAnswered,
    MeetingPrepared,
    Participant,
    ReviewedText,
    Step,
    TextChoice,
)
from engine.decisions.agreement import agreement
from engine.words import Stage, Sureness
from tests.decisions import world
from tests.decisions.group import DO, DO_NOT, QUESTION, WHY

KNOWLEDGE = world.knowledge()
FEW = 5
RULES = ("proef.een", "proef.twee", "proef.drie")
Held = tuple[tuple[Step, ...], tuple[str, ...], int]
"""What everyone chose, the rules that it was about, and how many years ago."""


def participant(number: int, step: Step) -> Participant:
    answer = MeetingAnswered(readings={"ziek": "ja"}, step=step, why=WHY, sure=Sureness.FAIRLY)
    return Participant(f"p-{number}", names=False, knows=False, late=False, answer=answer)


def meeting(number: int, held: Held) -> Meeting:
    """A meeting that was held, each one a day after the one before."""
    steps, about, years = held
    prepared = MeetingPrepared(
        origin="c-proef",
        origin_seq=1,
        decision=None,
        authority="uwv",
        protocols=("proef",),
        reference_date=date(2026, 11, 22),
        facts={},
        texts=(ReviewedText(field="title", choice=TextChoice.KEPT, text="Een casus"),),
        question=QUESTION,
        code="b" * 8,
        salt="0" * 64,
        names=False,
        asked=("ziek",),
        options=(DO, DO_NOT),
        about=about,
        script="incident",
        colleague=None,
    )
    at = datetime(2026 - years, 6, 1, tzinfo=UTC) + timedelta(days=number)
    people = tuple(participant(place, step) for place, step in enumerate(steps))
    return Meeting(f"i-{number}", prepared, "p-0", at, people, revealed=tuple(Stage), shown_at=at)


def first(meetings: Sequence[Meeting]) -> frozenset[str]:
    """Those that count of these: the ones held first, five at a time."""
    ordered = sorted(meetings, key=lambda one: str(one.shown_at))
    return frozenset(one.id for one in ordered[: len(ordered) // FEW * FEW])


_STEPS = st.lists(st.sampled_from([DO, DO_NOT]), min_size=5, max_size=6).map(tuple)
_HELD = st.tuples(
    _STEPS, st.lists(st.sampled_from(RULES), unique=True).map(tuple), st.integers(0, 2)
)


@settings(max_examples=12, deadline=None)
@given(st.lists(_HELD, max_size=24))
def test_what_is_left_of_a_larger_figure_is_nothing_or_enough(held: list[Held]) -> None:
    meetings = [meeting(number, one) for number, one in enumerate(held)]
    found = agreement(meetings, KNOWLEDGE)
    sets = {"": first(meetings)} if found.step else {}
    for figure in found.by_rule:
        sets[figure.name] = first([one for one in meetings if figure.name in one.prepared.about])
    years = [
        first([one for one in meetings if str(one.prepared_at.year) == figure.name])
        for figure in found.by_year
    ]
    assert all(len(one) >= FEW for one in (*sets.values(), *years))
    for larger, smaller in permutations((*sets.values(), *years), 2):
        assert not larger > smaller or len(larger - smaller) >= FEW
    inside = [one for one in years if one <= sets[""]]
    left = sets[""].difference(*inside) if inside else frozenset()
    assert not left or len(left) >= FEW


@settings(max_examples=8, deadline=None)
@given(st.lists(_STEPS, min_size=1, max_size=12))
def test_a_figure_changes_by_five_meetings_or_not_at_all(chosen: list[tuple[Step, ...]]) -> None:
    meetings = [meeting(number, (steps, RULES[:1], 0)) for number, steps in enumerate(chosen)]
    before = agreement(meetings[:-1], KNOWLEDGE)
    after = agreement(meetings, KNOWLEDGE)
    if len(chosen) % FEW:
        assert (after.step, after.by_rule, after.by_fact, after.by_year) == (
            before.step,
            before.by_rule,
            before.by_fact,
            before.by_year,
        )
    else:
        assert after.step is not None
        assert after.step.meetings == len(chosen)
