"""Clients who show what no case shows yet, or the proof that there is no such client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from time import monotonic

from engine.design.claims import Claim, UndecidedError
from engine.design.coverage import Aim, ConditionCoverage, Gap, Reader, Subject, both_ways
from engine.design.places import Part
from engine.design.witness import Witness
from engine.design.workbench import Finding, Setting, Workbench
from engine.wording import say

_MISSING = {
    Aim.TRUE: "maakt {} waar",
    Aim.FALSE: "maakt {} onwaar",
    Aim.OPEN: "maakt {} onbekend",
    Aim.MATTERS: "laat zien dat {} de doorslag geeft",
}
_SHOWS = {
    Aim.TRUE: "Hier is dit waar.",
    Aim.FALSE: "Hier is dit onwaar.",
    Aim.OPEN: "Hier is dit onbekend.",
    Aim.MATTERS: "Was alleen dit deel andersom, dan kwam de hele voorwaarde anders uit.",
}

SECONDS = 60.0
"""How long looking for clients may take in all; the real knowledge needs a few seconds."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A client who fills gaps.

    Attributes:
        gaps: what the client shows and no case; the first is the one that it was made for.
        subject: the condition with the first gap.
        part: the part of it with the first gap.
        witness: the client.
    """

    gaps: tuple[Gap, ...]
    subject: Subject
    part: Part
    witness: Witness

    def finding(self, bench: Workbench) -> Finding:
        """Say what no case shows, with the client who does."""
        name, row, aim = repr(self.subject.name), self.subject.row, self.gaps[0].aim
        what, rest = f"de rij {row!r} van {name}" if row else name, ""
        if self.part.parent is not None:
            said = say(self.part.condition, bench.knowledge.lexicon)
            what, rest = f"dit deel van {what}", f": «{said}»"
        return bench.report(
            self.subject.place.at(*self.part.path),
            "dekking",
            f"Geen enkele casus {_MISSING[aim].format(what)}{rest}.",
            "Voeg een casus toe.",
            self.witness,
            key=True,
        )


@dataclass(frozen=True, slots=True)
class Filling:
    """What became of every gap: a client, a proof that there is none, or no time.

    Attributes:
        suggestions: the clients; every gap that can be filled is in one of them.
        impossible: the gaps that no client fills.
        undecided: the gaps of which there was no time to find out.
    """

    suggestions: tuple[Suggestion, ...]
    impossible: frozenset[Gap]
    undecided: frozenset[Gap]


def fill(
    bench: Workbench,
    coverage: Sequence[ConditionCoverage],
    *,
    whole_rules: bool = True,
    seconds: float = SECONDS,
) -> Filling:
    """Look for clients who fill the gaps, each the smallest for the first gap that it fills.

    A gap that a client shows who was made for another gets no client of its own.

    Args:
        bench: the knowledge, and how long one question may take.
        coverage: what the cases show.
        whole_rules: whether to fill what cases don't show of the condition of a rule as a whole;
            running the cases finds that already.
        seconds: how long it may take in all; what was not looked at by then is undecided.
    """
    until = monotonic() + seconds
    reader = Reader(bench.knowledge, [one.subject for one in coverage])
    there = {
        Gap(one.subject.place, part.part.way, aim): (one.subject, part.part)
        for one in coverage
        for part in one.parts
        for aim in part.gaps
        if whole_rules or part.part.parent is not None or not one.subject.is_rule
    }
    suggestions: list[Suggestion] = []
    filled, impossible, undecided = set[Gap](), set[Gap](), set[Gap]()
    for gap, (subject, part) in there.items():
        if gap in filled:
            continue
        try:
            if monotonic() >= until:
                raise UndecidedError
            witness = _client(bench, subject, part, gap.aim)
        except UndecidedError:
            undecided.add(gap)
            continue
        if witness is None:
            impossible.add(gap)
            continue
        also = [
            other
            for other in dict.fromkeys(reader.shown_by(witness.case))
            if other in there and other != gap and other not in filled
        ]
        suggestions.append(Suggestion((gap, *also), subject, part, witness))
        filled.update((gap, *also))
    return Filling(tuple(suggestions), frozenset(impossible), frozenset(undecided - filled))


def _client(bench: Workbench, subject: Subject, part: Part, aim: Aim) -> Witness | None:
    """Return the smallest client who shows something of a part; ``None`` if nobody can.

    Raises:
        UndecidedError: there was no time to find out.
    """
    no_time = False
    for setting, protocol in _settings(bench, subject):
        try:
            facts = setting.clients.smallest(*_claims(setting, subject, part, aim))
        except UndecidedError:
            no_time = True
            continue
        if facts is not None:
            return setting.witness(facts, _SHOWS[aim], (protocol,))
    if no_time:
        raise UndecidedError
    return None


def _settings(bench: Workbench, subject: Subject) -> Iterator[tuple[Setting, str]]:
    """Yield where a condition can be met, with a protocol to consult there."""
    if subject.is_rule:
        settings = bench.settings_of(*(one for one in bench.rules if one.id == subject.name))
    else:
        settings = bench.settings_with(subject.name)
    for setting in settings:
        in_force = {version.protocol.id for version in setting.program.protocols}
        protocol = next((name for name in subject.protocols if name in in_force), None)
        if protocol is not None:
            yield setting, protocol


def _claims(setting: Setting, subject: Subject, part: Part, aim: Aim) -> Iterator[Claim]:
    """Yield what is so of a client who shows something of a part."""
    clients, own = setting.clients, setting.filled_in(part.condition)
    match aim:
        case Aim.TRUE:
            yield clients.true(own)
        case Aim.FALSE:
            yield clients.false(own)
        case Aim.OPEN:
            yield clients.open(own)
        case Aim.MATTERS:
            yield clients.settled(own)
            yield clients.different(*both_ways(setting.filled_in(subject.condition), part))
