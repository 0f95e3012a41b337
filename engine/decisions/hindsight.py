"""What decisions of the past would have been under another version of the knowledge.

Every decision that stands is looked at with what was known of the case when it was made. Of what
was decided only the step counts: was it taken or not. What someone did instead is a text, and says
nothing here. A consideration that was skipped needs no reason, so it is no deviation either.

Figures leave this module only as they may be seen (:mod:`engine.small_numbers`). Nothing
is ever counted per person; made-up cases are counted apart.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Any

from engine.case import Case
from engine.consult import Consultation, consult
from engine.decisions.events import CaseOpened, Decided, Event, FactsRecorded, ProtocolsChosen
from engine.decisions.facts import apply
from engine.decisions.judging import Stance, stance_on
from engine.decisions.later import Erased
from engine.decisions.model import Decision, Skip
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.small_numbers import Shown, protect, protect_above
from engine.words import Direction, Word

Progress = Callable[[int, int], None]
"""Told how many situations were looked at, and out of how many."""


class Shift(Word):
    """What a version of the knowledge makes of a decision, beside another version."""

    SAME = "blijft_gelijk"
    FOLLOWS = "afwijken_wordt_volgen"
    DEVIATES = "volgen_wordt_afwijken"
    UNDECIDED = "wordt_onbeslist"
    DECIDED = "wordt_beslist"
    SILENT = "verliest_advies"
    ADVISED = "krijgt_advies"
    MIXED = "verschillend"
    UNREAD = "niet_te_vergelijken"


class _Held(Enum):
    """A decision held against the advice about its step."""

    FOLLOWS = auto()
    DEVIATES = auto()
    UNDECIDED = auto()
    SILENT = auto()
    UNREAD = auto()


@dataclass(frozen=True, slots=True)
class Division:
    """What may be shown of the decisions on one rule, or within one protocol.

    Attributes:
        name: the id of the rule or the protocol.
        title: the title of the rule as it was last decided on; of a protocol its id.
        shifts: how many cases shifted how; a case counts once.
    """

    name: str
    title: str
    shifts: Shown[Shift]


_Counted = tuple[Counter[Shift], Division]
"""What was counted, and what may be shown of it."""


@dataclass(frozen=True, slots=True)
class Hindsight:
    """The decisions of the past under two versions of the knowledge.

    Attributes:
        shifts: how many cases shifted how, over all; a case counts once, and as
            :attr:`Shift.MIXED` if its decisions shift in more than one way.
        protocols: the same for each protocol of which something may be shown.
        unseen: how many other protocols were decided on: too seldom to show, or the whole would
            tell what is hidden of a rule.
        rules: the same for each rule, those that shift most first.
        too_few: how many other rules were decided on, too seldom to show.
        examples: how many made-up cases shifted how.
    """

    shifts: Shown[Shift]
    protocols: tuple[Division, ...]
    unseen: int
    rules: tuple[Division, ...]
    too_few: int
    examples: Mapping[Shift, int]


@dataclass(frozen=True, slots=True)
class _Situation:
    """What was known of a case at some moment, and the decisions of then that still stand."""

    empty: Case
    example: bool
    facts: Mapping[str, Any]
    decisions: list[Decision] = field(default_factory=list)


def hindsight(
    events: Iterable[Event], old: Knowledge, new: Knowledge, progress: Progress | None = None
) -> Hindsight:
    """Hold every decision that stands against the advice of two versions of the knowledge.

    Args:
        events: everything that was recorded in all cases, oldest first.
        old: the version that is in force.
        new: the version that may come.
        progress: is told how far it is, for who waits.
    """
    situations = _situations(events)
    real: dict[str, dict[str, Shift]] = defaultdict(dict)
    examples: dict[str, list[Shift]] = defaultdict(list)
    titles: dict[str, str] = {}
    for done, one in enumerate(situations, start=1):
        before, after = _consulted(old, one), _consulted(new, one)
        for decision in one.decisions:
            shift = _shift(_held(decision, before), _held(decision, after))
            if one.example:
                examples[one.empty.id].append(shift)
            else:
                real[decision.advised.rule][one.empty.id] = shift
                titles[decision.advised.rule] = decision.advised.title
        if progress is not None:
            progress(done, len(situations))
    return _shown(real, titles, Counter(_together(shifts) for shifts in examples.values()))


def _situations(events: Iterable[Event]) -> list[_Situation]:
    """Return what was known when each decision that stands was made; none of erased cases."""
    now: dict[str, _Situation] = {}
    last: dict[str, dict[str, tuple[_Situation, Decision]]] = defaultdict(dict)
    for event in events:
        case = event.case_id
        match event.body:
            case CaseOpened() as body:
                empty = Case(case, body.reference_date, body.authority, body.protocols)
                now[case] = _Situation(empty, body.example, body.facts)
            case FactsRecorded(facts=facts) if case in now:
                one = now[case]
                now[case] = _Situation(one.empty, one.example, {**one.facts, **facts})
            case ProtocolsChosen(protocols=protocols) if case in now:
                one = now[case]
                empty = replace(one.empty, protocols=protocols)
                now[case] = _Situation(empty, one.example, one.facts)
            case Decided(decision=decision) if case in now:
                last[case][decision.advised.rule] = now[case], decision
            case Erased():
                now.pop(case, None)
                last.pop(case, None)
    found: dict[int, _Situation] = {}
    for situation, decision in (one for rules in last.values() for one in rules.values()):
        if not isinstance(decision, Skip):
            situation.decisions.append(decision)
            found[id(situation)] = situation
    # Those that share their rules after one another: those are then made ready once.
    return sorted(found.values(), key=lambda one: _setting(one.empty))


def _setting(case: Case) -> tuple[object, ...]:
    return case.protocols, case.authority, case.reference_date


def _consulted(knowledge: Knowledge, situation: _Situation) -> Consultation | _Held:
    """Consult the protocols that a version still has; without any there is no advice."""
    empty = situation.empty
    there = tuple(name for name in empty.protocols if name in knowledge.protocols)
    if not there:
        return _Held.SILENT
    facts = {name: raw for name, raw in situation.facts.items() if raw is not None}
    try:
        return consult(knowledge, apply(replace(empty, protocols=there), knowledge, facts)[0])
    except (NotCoveredError, BoundsError):
        return _Held.UNREAD


def _held(decision: Decision, found: Consultation | _Held) -> _Held:
    """Hold a decision against the advice about its step, as far as there is one."""
    if isinstance(found, _Held):
        return found
    advised = decision.advised
    match stance_on(advised.action, found):
        case Stance.SILENT:
            return _Held.SILENT
        case Stance.DO | Stance.DO_NOT as stance:
            same = (stance is Stance.DO) is (advised.direction is Direction.DO)
            return _Held.FOLLOWS if same is (decision.outcome == "volgen") else _Held.DEVIATES
        case _:
            return _Held.UNDECIDED


def _shift(then: _Held, now: _Held) -> Shift:
    """Say what the difference between two versions comes down to; it is mirrored both ways."""
    if _Held.UNREAD in (then, now):
        return Shift.UNREAD
    if then is now:
        return Shift.SAME
    match then, now:
        case _, _Held.SILENT:
            return Shift.SILENT
        case _Held.SILENT, _:
            return Shift.ADVISED
        case _, _Held.UNDECIDED:
            return Shift.UNDECIDED
        case _Held.UNDECIDED, _:
            return Shift.DECIDED
        case _, _Held.FOLLOWS:
            return Shift.FOLLOWS
        case _:
            return Shift.DEVIATES


def _together(shifts: Iterable[Shift]) -> Shift:
    """Say of one case how its decisions shift, so that it counts once."""
    kinds = set(shifts) - {Shift.SAME}
    return Shift.MIXED if len(kinds) > 1 else next(iter(kinds), Shift.SAME)


def _shown(
    by_rule: Mapping[str, Mapping[str, Shift]], titles: Mapping[str, str], examples: Counter[Shift]
) -> Hindsight:
    """Keep of what was counted what may be seen."""
    by_protocol: dict[str, dict[str, list[Shift]]] = defaultdict(lambda: defaultdict(list))
    everyone: dict[str, list[Shift]] = defaultdict(list)
    rules: dict[str, list[_Counted]] = defaultdict(list)
    for rule, cases in sorted(by_rule.items()):
        protocol = rule.split(".")[0]
        counts = Counter(cases.values())
        rules[protocol].append((counts, Division(rule, titles[rule], protect(counts))))
        for case, shift in cases.items():
            by_protocol[protocol][case].append(shift)
            everyone[case].append(shift)
    protocols: list[_Counted] = []
    for name, within in sorted(by_protocol.items()):
        counts = _count(within)
        protocols.append((counts, Division(name, name, _above(counts, rules[name]))))
    every_rule = [one for group in rules.values() for _, one in group]
    seen = [one for one in every_rule if one.shifts.total is not None]
    return Hindsight(
        shifts=_above(_count(everyone), protocols),
        protocols=tuple(one for _, one in protocols if one.shifts.total is not None),
        unseen=sum(one.shifts.total is None for _, one in protocols),
        rules=tuple(sorted(seen, key=_most_shifted)),
        too_few=len(every_rule) - len(seen),
        examples=examples,
    )


def _above(counts: Counter[Shift], below: Iterable[_Counted]) -> Shown[Shift]:
    return protect_above(counts, ((counted, one.shifts) for counted, one in below))


def _count(cases: Mapping[str, Iterable[Shift]]) -> Counter[Shift]:
    return Counter(_together(shifts) for shifts in cases.values())


def _most_shifted(division: Division) -> tuple[float, str]:
    # By what is shown only: an order by hidden figures would tell them.
    same = division.shifts.part(Shift.SAME)
    return (same.count / same.total if same else 0.0, division.name)
