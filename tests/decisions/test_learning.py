"""What a team learns, and that nothing about few people can be seen or worked out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.decisions import Decided, Event, follow, learn
from engine.decisions.due import moment_of
from engine.decisions.events import CaseOpened
from engine.decisions.later import Effect, Reviewed, Verdict
from engine.decisions.learning import Choice, Learned, Sign, signs
from engine.small_numbers import FEWEST, Share, Shown, protect, wilson
from engine.words import Element
from tests.decisions import world

RULE = "proef.werkwijze"
NAMESPACE = UUID(int=7)
COUNTS = st.dictionaries(st.sampled_from("abcde"), st.integers(0, 30), max_size=5)
OWN = (
    "De werkgever wacht niet langer dan deze week {}.",
    "De reistijd naar school is anderhalf uur {}.",
)


class Log:
    """Events as a record would give them back, made without one."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.at = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def add(self, case: str, body: Any) -> Event:
        self.at += timedelta(seconds=60)
        seq = len(self.events) + 1
        event = Event(seq, uuid5(NAMESPACE, str(seq)), case, self.at, "an", body)
        self.events.append(event)
        return event

    def opened(self, case: str, *, example: bool = False) -> None:
        facts = {"wil": "ja"}
        self.add(
            case,
            CaseOpened(
                title="Proef",
                story="",
                authority="uwv",
                protocols=("proef",),
                reference_date=world.TODAY,
                example=example,
                facts=facts,
            ),
        )

    def follows(self, case: str, at_once: bool | None = None) -> Event:
        seen = world.consulted(case)
        made = follow(seen, RULE, decided_on=world.TODAY)
        return self.add(case, Decided(decision=made, receipt={}, at_once=at_once))

    def deviates(self, case: str, text: str = "", ground: str = "veiligheid") -> Event:
        seen = world.consulted(case)
        words = text or OWN[0].format(f"kenmerk {case}")
        elements = {
            Element.WEIGHING: words,
            Element.CLIENT_VIEW: OWN[1].format(case),
        }
        parts = {"elements": elements, "instead": f"Samen zoeken in {case}.", "ground": ground}
        made = world.deviation(seen, RULE, parts)
        return self.add(case, Decided(decision=made, receipt={}))

    def reviews(self, decision: Event, effect: Effect, on: date) -> None:
        body = Reviewed(
            decision=decision.id,
            happened="De cliënt werkt nu drie dagen per week.",
            effect=effect,
            verdict=Verdict.KEEP,
            reviewed_on=on,
        )
        self.add(decision.case_id, body)

    def learned(self) -> Learned:
        return learn(self.events)


def a_log(followed: int, deviated: int, **deviations: Any) -> Log:
    log = Log()
    for number in range(followed):
        log.opened(f"v-{number}")
        log.follows(f"v-{number}")
    for number in range(deviated):
        log.opened(f"a-{number}")
        log.deviates(f"a-{number}", **deviations)
    return log


def signs_in(log: Log) -> set[Sign]:
    return {signal.sign for signal in log.learned().signals}


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # R.G. Newcombe, "Two-sided confidence intervals for the single proportion: comparison of
        # seven methods", Statistics in Medicine 17 (1998), 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # By hand, from the formula.
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_the_interval_is_that_of_wilson(count: int, total: int, low: float, high: float) -> None:
    assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_turns_around(pair: tuple[int, int]) -> None:
    count, total = pair
    low, high = wilson(count, total)
    assert 0 <= low <= count / total <= high <= 1
    assert wilson(total - count, total) == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("count", "total"), [(1, 0), (-1, 4), (5, 4)])
def test_a_share_of_nothing_is_refused(count: int, total: int) -> None:
    with pytest.raises(ValueError, match="within a total"):
        wilson(count, total)


@given(COUNTS)
def test_no_cell_under_five_is_shown(counts: Mapping[str, int]) -> None:
    shown = protect(counts)
    assert shown.total is None or shown.total >= FEWEST
    for name, share in shown.parts.items():
        assert share is None or (share.count == counts[name] and share.count >= FEWEST)
    occurred = {name for name, count in counts.items() if count}
    assert set(shown.parts) == (occurred if shown.total else set())


def displays(
    cells: int, most: int, show: Callable[[dict[str, int]], Iterable[Hashable]]
) -> dict[Hashable, list[tuple[int, ...]]]:
    """Everything that can be seen, with all counts of so many cells that look like that."""
    found: dict[Hashable, list[tuple[int, ...]]] = defaultdict(list)
    for counts in product(range(most + 1), repeat=cells):
        if sum(counts) <= most:
            for seen in show(dict(zip("abcdef", counts, strict=False))):
                found[seen].append(counts)
    return found


def told(found: Mapping[Hashable, list[tuple[int, ...]]]) -> list[tuple[int, ...]]:
    """The counts of which a cell under five can be worked out: it is the same in all that fit."""
    return [
        alike[0]
        for alike in found.values()
        for cell in zip(*alike, strict=True)
        if len(set(cell)) == 1 and 0 < cell[0] < FEWEST
    ]


def seen_of(shown: Shown[Any]) -> Hashable:
    return shown.total, tuple(shown.parts.items())


@pytest.mark.parametrize("total_known", [False, True], ids=["alone", "total shown elsewhere"])
@pytest.mark.parametrize(("cells", "most"), [(2, 60), (3, 32), (4, 24), (5, 15), (6, 12)])
def test_what_is_hidden_cannot_be_worked_out(cells: int, most: int, total_known: bool) -> None:
    """Not even by someone who knows how it is hidden, and what can be: all counts are tried."""

    def show(counts: dict[str, int]) -> Iterable[Hashable]:
        whole = sum(counts.values())
        yield seen_of(protect(counts)), whole if total_known and whole >= FEWEST else None

    assert told(displays(cells, most, show)) == []


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        # Three of four that sum to twelve are all fours, so the five goes as well.
        ({"a": 4, "b": 4, "c": 4, "d": 5}, (17, set())),
        ({"a": 4, "b": 4, "c": 30}, (38, set())),
        ({"a": 3, "b": 4, "c": 5}, (12, {"c"})),
        ({"a": 2, "b": 2, "c": 2, "d": 9}, (15, {"d"})),
        # Of two that are as large as each other, one can't be taken and the other left.
        ({"a": 5, "b": 5, "c": 4}, (14, set())),
        ({"a": 1, "b": 5, "c": 6}, (12, {"c"})),
        # Five cases on five grounds are one on each; so not even the grounds are named.
        ({"a": 1, "b": 1, "c": 1, "d": 1, "e": 1}, (None, set())),
        ({"a": 5, "b": 6}, (11, {"a", "b"})),
    ],
)
def test_cells_that_give_each_other_away_are_hidden_together(
    counts: Mapping[str, int], shown: tuple[int | None, set[str]]
) -> None:
    found = protect(counts)
    assert (found.total, {name for name, share in found.parts.items() if share}) == shown


def test_signs_do_not_tell_what_is_hidden_either() -> None:
    """Someone sees all figures of a rule and all signs about it at once."""
    names = (Choice.FOLLOWED, Choice.DEVIATED, Choice.UNDECIDED)

    def show(given: dict[str, int]) -> Iterable[Hashable]:
        counts = dict(zip(names, given.values(), strict=True))
        figures = seen_of(protect(counts))
        for hasty, copied in product((0, counts[names[0]]), (0, counts[names[1]])):
            found = signs(counts, at_once=hasty, timed=counts[names[0]], copied=copied)
            yield figures, frozenset(found)

    assert told(displays(3, 42, show)) == []


def test_followed_and_deviated_are_counted_once_for_a_case() -> None:
    log = a_log(8, 6)
    log.deviates("v-0")
    log.follows("v-0")
    (figures,) = log.learned().rules
    assert figures.title == "Proefregel werkwijze"
    assert figures.choices.total == 14
    assert figures.choices.part(Choice.FOLLOWED) == Share.of(8, 14)
    assert figures.choices.part(Choice.DEVIATED) == Share.of(6, 14)
    assert figures.grounds is not None
    assert figures.grounds.part("veiligheid") == Share.of(6, 6)


def test_made_up_cases_do_not_count() -> None:
    log = Log()
    for number in range(9):
        log.opened(f"x-{number}", example=True)
        log.follows(f"x-{number}")
    assert log.learned() == Learned((), 0, ())


def test_few_decisions_are_not_shown() -> None:
    learned = a_log(3, 1).learned()
    assert (learned.rules, learned.too_few) == ((), 1)
    (figures,) = a_log(20, 2).learned().rules
    assert figures.choices.total == 22
    assert set(figures.choices.parts.values()) == {None}
    assert figures.grounds is None


def test_what_came_of_it_is_told_by_moment() -> None:
    log = a_log(6, 0)
    for event in [one for one in log.events if isinstance(one.body, Decided)]:
        log.reviews(event, Effect.NOT_REACHED, date(2027, 2, 20))
        log.reviews(event, Effect.REACHED, date(2027, 5, 22))
    (figures,) = log.learned().rules
    found = {(one.months, effect) for one in figures.results for effect in one.effects.parts}
    assert found == {(3, Effect.NOT_REACHED), (6, Effect.REACHED)}


def test_results_are_shown_only_below_a_figure_that_is() -> None:
    log = a_log(6, 2)
    for event in [one for one in log.events if isinstance(one.body, Decided)]:
        log.reviews(event, Effect.REACHED, date(2027, 2, 20))
    (figures,) = log.learned().rules
    assert figures.results == ()


@pytest.mark.parametrize(
    ("days", "moment"),
    [
        (0, None),
        (45, None),
        (46, 3),
        (91, 3),
        (180, 6),
        (260, 6),
        (300, 12),
        (547, 12),
        (549, None),
    ],
)
def test_a_review_belongs_to_the_nearest_moment_if_it_is_near(
    days: int, moment: int | None
) -> None:
    assert moment_of(world.TODAY, world.TODAY + timedelta(days=days)) == moment


def test_a_rule_that_is_mostly_deviated_from_is_a_sign() -> None:
    learned = a_log(5, 25).learned()
    (signal,) = [one for one in learned.signals if one.sign is Sign.MOSTLY_DEVIATED]
    assert signal.share == Share.of(25, 30)
    assert Sign.MOSTLY_DEVIATED not in signs_in(a_log(10, 12))


def test_a_rule_that_is_always_followed_is_a_sign_without_a_figure() -> None:
    (signal,) = a_log(33, 2).learned().signals
    assert (signal.sign, signal.share) == (Sign.UNIFORM, None)
    assert signs_in(a_log(20, 0)) == set()
    assert signs_in(a_log(40, 6)) == set()


def test_reasons_that_are_used_in_case_after_case_are_a_sign() -> None:
    same = a_log(10, 12, text="De werkgever wacht niet langer dan deze week.")
    assert Sign.COPIED in signs_in(same)
    assert Sign.COPIED not in signs_in(a_log(10, 12))


def followed(cases: int, at_once: bool | None, times: int = 1) -> Log:
    log = Log()
    for number in range(cases):
        log.opened(f"v-{number}")
        for _ in range(times):
            log.follows(f"v-{number}", at_once)
    return log


def test_advice_that_is_followed_within_seconds_is_a_sign() -> None:
    assert Sign.AT_ONCE in signs_in(followed(12, True))
    assert Sign.AT_ONCE not in signs_in(followed(12, False))


def test_where_it_is_not_known_how_fast_someone_decided_it_does_not_count() -> None:
    assert Sign.AT_ONCE not in signs_in(followed(12, None))


def test_what_happens_often_in_one_case_is_no_sign() -> None:
    assert signs_in(followed(4, True, times=9)) == set()
    log = followed(12, True)
    for number in range(12):
        log.follows(f"v-{number}", at_once=False)
    assert signs_in(log) == set()


def test_nobody_is_named() -> None:
    said = repr(a_log(33, 12).learned())
    assert "an'" not in said
    assert "v-0" not in said
