"""What a team can learn from its decisions: per rule how often, on which grounds, with what result.

Figures leave this module only as they may be seen (:mod:`engine.small_numbers`), so no
page, chart or file can show more. Nothing is ever counted per person. Made-up cases don't count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from engine.decisions.boilerplate import same_words, texts_in
from engine.decisions.draft import MIN_TEXT
from engine.decisions.due import MOMENTS, moment_of
from engine.decisions.events import CaseOpened, Decided, Event
from engine.decisions.later import Consulted, Effect, Reviewed
from engine.decisions.model import Deviation
from engine.decisions.views import StoredDecision
from engine.small_numbers import FEWEST, Share, Shown, protect, wilson
from engine.words import Word

UNIFORM_FROM = 30
"""Advices from which it says something that hardly anyone decides otherwise."""

MOSTLY_FROM = 10
"""Decisions from which 'mostly' says something."""

HIDDEN_FROM = 2 * MOSTLY_FROM + FEWEST
"""Cases that aren't shown from which a sign about one such part tells nothing about a small one.

A sign says that its part is at least ten. With two of those among fewer cases, what is left for
the others would be too little to guess at.
"""


class Choice(Word):
    """What became of an advice."""

    FOLLOWED = "gevolgd"
    DEVIATED = "afgeweken"
    SKIPPED = "overgeslagen"
    UNDECIDED = "niet_besloten"


_CHOICES: Mapping[str, Choice] = {
    "volgen": Choice.FOLLOWED,
    "afwijken": Choice.DEVIATED,
    "overslaan": Choice.SKIPPED,
}
"""By the outcome of a decision."""


class Sign(Word):
    """Something for a team to talk about."""

    MOSTLY_DEVIATED = "meestal_afgeweken"
    UNIFORM = "vrijwel_altijd_gevolgd"
    COPIED = "uitleg_overgenomen"
    AT_ONCE = "meteen_gevolgd"


@dataclass(frozen=True, slots=True)
class Signal:
    """A sign with the rule that it is about.

    Attributes:
        share: how often out of how often, where that may be shown.
    """

    sign: Sign
    rule: str
    title: str
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of the decisions on a rule, some months later.

    Attributes:
        choice: whether the advice was followed or deviated from.
        months: 3, 6 or 12.
        effects: how it turned out.
    """

    choice: Choice
    months: int
    effects: Shown[Effect]


@dataclass(frozen=True, slots=True)
class RuleFigures:
    """What may be shown of the decisions on one rule.

    Attributes:
        title: the title of the rule as it was last decided on, or its id.
        choices: what became of the advice; one case counts once.
        grounds: why it was deviated from; ``None`` if the deviations aren't shown.
        results: what came of it, where enough was looked at again.
    """

    rule: str
    title: str
    choices: Shown[Choice]
    grounds: Shown[str] | None
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class Learned:
    """What a team can learn.

    Attributes:
        rules: the rules of which something may be shown, those most deviated from first.
        too_few: how many other rules were advised, too seldom to show.
        signals: what to talk about.
    """

    rules: tuple[RuleFigures, ...]
    too_few: int
    signals: tuple[Signal, ...]


@dataclass(slots=True)
class _Tally:
    """All that was recorded about one rule; stays in this module."""

    title: str
    cases: set[str] = field(default_factory=set)
    last: dict[str, StoredDecision] = field(default_factory=dict)
    timed: set[str] = field(default_factory=set)
    at_once: set[str] = field(default_factory=set)
    copied: set[str] = field(default_factory=set)

    def choices(self) -> Counter[Choice]:
        found = Counter(_CHOICES[kept.decision.outcome] for kept in self.last.values())
        found[Choice.UNDECIDED] = len(self.cases - self.last.keys())
        return found


def learn(events: Iterable[Event]) -> Learned:
    """Work out what a team can learn.

    Args:
        events: everything that was recorded in all cases, oldest first.
    """
    tallies, reviews = _tally(events)
    figures = [_figures(rule, tally, reviews) for rule, tally in sorted(tallies.items())]
    signals = [
        signal for rule, tally in sorted(tallies.items()) for signal in _signals(rule, tally)
    ]
    shown = [one for one in figures if one.choices.total is not None]
    return Learned(
        rules=tuple(sorted(shown, key=_most_deviated)),
        too_few=len(figures) - len(shown),
        signals=tuple(sorted(signals, key=lambda one: (list(Sign).index(one.sign), one.rule))),
    )


def _most_deviated(figures: RuleFigures) -> tuple[float, str]:
    # By what is shown only: an order by hidden figures would tell them.
    share = figures.choices.part(Choice.DEVIATED)
    return (-share.count / share.total if share else 0.0, figures.rule)


def _tally(events: Iterable[Event]) -> tuple[dict[str, _Tally], dict[UUID, list[Reviewed]]]:
    tallies: dict[str, _Tally] = {}
    reviews: dict[UUID, list[Reviewed]] = defaultdict(list)
    examples: set[str] = set()
    texts: dict[str, str] = {}
    for event in events:
        match event.body:
            case CaseOpened(example=True):
                examples.add(event.case_id)
            case Decided() as body if event.case_id not in examples:
                rule = body.decision.advised.rule
                tally = tallies.setdefault(rule, _Tally(rule))
                tally.title = body.decision.advised.title
                tally.cases.add(event.case_id)
                tally.last[event.case_id] = StoredDecision.of(event, body)
                _note_ways(tally, event.case_id, body, texts)
            case Consulted() as body if event.case_id not in examples:
                for rule, status in body.advices.items():
                    if status.is_given:
                        tallies.setdefault(rule, _Tally(rule)).cases.add(event.case_id)
            case Reviewed() as body:
                reviews[body.decision].append(body)
    return tallies, reviews


def _note_ways(tally: _Tally, case: str, body: Decided, texts: dict[str, str]) -> None:
    """Note whether what was decided last in a case was decided at once, or with a used text."""
    for cases in (tally.timed, tally.at_once, tally.copied):
        cases.discard(case)
    if isinstance(body.decision, Deviation):
        used = {same_words(text) for _, text in texts_in(body.decision)}
        used = {words for words in used if len(words) >= MIN_TEXT}
        if any(texts.get(words, case) != case for words in used):
            tally.copied.add(case)
        for words in used:
            texts.setdefault(words, case)
    elif body.decision.outcome == "volgen" and body.at_once is not None:
        tally.timed.add(case)
        if body.at_once:
            tally.at_once.add(case)


def _figures(rule: str, tally: _Tally, reviews: Mapping[UUID, list[Reviewed]]) -> RuleFigures:
    choices = protect(tally.choices())
    # Only below a figure that is shown: what lies under a hidden one would tell it.
    grounds = None
    if choices.part(Choice.DEVIATED):
        grounds = protect(
            Counter(
                kept.decision.ground
                for kept in tally.last.values()
                if isinstance(kept.decision, Deviation)
            )
        )
    results = [
        Result(choice, months, effects)
        for choice in (Choice.FOLLOWED, Choice.DEVIATED)
        if choices.part(choice)
        for months in MOMENTS
        if (effects := protect(_effects(tally, reviews, choice, months))).total is not None
    ]
    return RuleFigures(rule, tally.title, choices, grounds, tuple(results))


def _effects(
    tally: _Tally, reviews: Mapping[UUID, list[Reviewed]], choice: Choice, months: int
) -> Counter[Effect]:
    """Count how the standing decisions turned out; of each the last review at that moment."""
    found: Counter[Effect] = Counter()
    for kept in tally.last.values():
        if _CHOICES[kept.decision.outcome] is not choice:
            continue
        then = [
            one
            for one in reviews.get(kept.id, ())
            if moment_of(kept.decision.decided_on, one.reviewed_on) == months
        ]
        if then:
            found[then[-1].effect] += 1
    return found


def _signals(rule: str, tally: _Tally) -> Iterable[Signal]:
    counts = tally.choices()
    shown = protect(counts)
    for sign in signs(
        counts, at_once=len(tally.at_once), timed=len(tally.timed), copied=len(tally.copied)
    ):
        share = shown.part(Choice.DEVIATED) if sign is Sign.MOSTLY_DEVIATED else None
        yield Signal(sign, rule, tally.title, share)


def signs(counts: Mapping[Choice, int], *, at_once: int, timed: int, copied: int) -> Iterator[Sign]:
    """Find what to talk about, as far as it says nothing about few cases.

    Args:
        counts: what became of the advice, by case.
        at_once: how many of those that followed did so within seconds.
        timed: of how many that is known.
        copied: how many of those that deviated used a text of another case.
    """
    shown = protect(counts)
    deviated = shown.part(Choice.DEVIATED)
    if deviated and deviated.total >= MOSTLY_FROM and deviated.low > 0.5:
        yield Sign.MOSTLY_DEVIATED
    if _uniform(counts, shown):
        yield Sign.UNIFORM
    enough = shown.hidden >= HIDDEN_FROM
    if _often(copied, counts.get(Choice.DEVIATED, 0)) and (enough or deviated):
        yield Sign.COPIED
    if _often(at_once, timed) and (enough or shown.part(Choice.FOLLOWED)):
        yield Sign.AT_ONCE


def _uniform(counts: Mapping[Choice, int], shown: Shown[Choice]) -> bool:
    """Whether hardly anyone decides otherwise.

    That the others are under five says no more than that they are hidden. But where what is open
    is hidden along with them, either answer would tell the two apart: then their sum counts.
    """
    others = counts.get(Choice.DEVIATED, 0) + counts.get(Choice.SKIPPED, 0)
    followed = shown.part(Choice.FOLLOWED)
    if followed is None:
        return shown.hidden >= UNIFORM_FROM and others < FEWEST
    if shown.parts.get(Choice.UNDECIDED, followed) is None:
        return followed.count >= UNIFORM_FROM and shown.hidden < 2 * FEWEST
    return followed.count >= UNIFORM_FROM and others < FEWEST


def _often(count: int, total: int) -> bool:
    """Whether something is likely to happen in over a quarter, of enough to say so."""
    return total >= MOSTLY_FROM and count >= FEWEST and wilson(count, total)[0] > 0.25
