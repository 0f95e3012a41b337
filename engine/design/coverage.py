"""What the cases show of each part of each condition: true, false, open, and whether it matters.

A part is judged by its own truth for the facts of a case, also where another part settled the
condition already. That alone says little: in "a and b" a case can make b true and false while a is
false in both, and then nobody notices what b says. So of each part there is a fourth question:
whether a case shows that it matters. A case does when the part is true or false in it, and the
condition would be something else (true, false or open) if this part alone were the other way round.

The idea is that of masking MC/DC, with a truth that can be open: J. Chilenski and S. Miller,
"Applicability of modified condition/decision coverage to software testing", Software Engineering
Journal 9 (5), 1994; NASA/TM-2001-210876.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from engine.case import Case
from engine.conditions import Condition, Constant, Facts, evaluate, resolve
from engine.design.places import Part, Place, parts_of_condition, rule_place, with_part
from engine.design.workbench import Workbench
from engine.explain import AMBIGUOUS, Prover, conclude
from engine.kleene import Truth
from engine.knowledge import AUTHORITY
from engine.library import BoundNotion, BoundProtocol, Knowledge
from engine.program import Program, build_program, notions_under
from engine.wording import Lexicon, heading, say
from engine.words import Word


class Aim(Word):
    """What cases are to show of a part."""

    TRUE = "waar"
    FALSE = "onwaar"
    OPEN = "onbekend"
    MATTERS = "doorslag"


_SHOWN: Mapping[Truth, Aim] = {True: Aim.TRUE, False: Aim.FALSE, None: Aim.OPEN}


@dataclass(frozen=True, slots=True)
class Subject:
    """A condition as written: of a rule, of a notion, or of a row of a decision table.

    Attributes:
        name: the id of the rule or notion.
        row: the value that the row gives; empty where it isn't a row.
        place: where it stands.
        condition: the condition as written.
        parts: it and its parts, each before its own parts. Of the last row of a table only the
            row itself: it is what the others leave.
        protocols: those of which a rule is, or rests on, this one; at least one.
    """

    name: str
    row: str
    place: Place
    condition: Condition
    parts: tuple[Part, ...]
    protocols: tuple[str, ...]

    @property
    def is_rule(self) -> bool:
        """Whether it is the condition of a rule."""
        return "." in self.name

    def in_words(self, part: Part, lexicon: Lexicon) -> str:
        """Say one of the parts as a line in a list: of a group only how its parts go together."""
        if self.place.path[-1] == "anders":
            return "wat de andere rijen overlaten"
        return heading(part.condition) or say(part.condition, lexicon)


class Gap(NamedTuple):
    """Something about a part that no case shows."""

    place: Place
    way: tuple[int, ...]
    aim: Aim


@dataclass(frozen=True, slots=True)
class PartCoverage:
    """The cases that show something of one part.

    Attributes:
        part: the part as written.
        shown: the ids of the cases by what they show. That the whole condition matters to itself
            is no question, so then that one is not in it.
    """

    part: Part
    shown: Mapping[Aim, tuple[str, ...]]

    @property
    def gaps(self) -> tuple[Aim, ...]:
        """What no case shows."""
        return tuple(aim for aim, cases in self.shown.items() if not cases)


@dataclass(frozen=True, slots=True)
class ConditionCoverage:
    """What the cases show of one condition and of each of its parts."""

    subject: Subject
    parts: tuple[PartCoverage, ...]

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What no case shows, part by part."""
        place = self.subject.place
        return tuple(Gap(place, one.part.way, aim) for one in self.parts for aim in one.gaps)


def subjects(knowledge: Knowledge, protocols: Collection[str] = ()) -> tuple[Subject, ...]:
    """Return the rules of the latest versions, and the notions that they rest on.

    Args:
        knowledge: where they stand.
        protocols: whose rules; none for all.
    """
    latest = [
        versions[-1]
        for name, versions in knowledge.protocols.items()
        if not protocols or name in protocols
    ]
    found = [one for version in latest for one in _rules(version)]
    users: dict[str, list[str]] = {name: [] for name in knowledge.notions}
    for version in latest:
        for name in notions_under(knowledge, (bound.condition for bound in version.rules)):
            users[name].append(version.protocol.id)
    for name, used_in in users.items():
        if used_in:
            found += _rows(name, knowledge.notions[name], tuple(used_in))
    return tuple(found)


def cover(bench: Workbench, about: Sequence[Subject]) -> tuple[ConditionCoverage, ...]:
    """Say what the cases show of each part of some conditions.

    A case counts for a rule if its protocols are consulted with the rule as it is in the latest
    version, and for a notion if a rule that is consulted rests on it.
    """
    reader = Reader(bench.knowledge, about)
    shown: dict[Gap, list[str]] = {
        Gap(one.place, part.way, aim): []
        for one in about
        for part in one.parts
        for aim in Aim
        if aim is not Aim.MATTERS or part.parent is not None
    }
    for case in bench.cases:
        for gap in reader.shown_by(case.case):
            shown[gap].append(case.case.id)
    return tuple(ConditionCoverage(one, tuple(_parts(one, shown))) for one in about)


def _parts(one: Subject, shown: Mapping[Gap, list[str]]) -> Iterator[PartCoverage]:
    for part in one.parts:
        asked = [gap for aim in Aim if (gap := Gap(one.place, part.way, aim)) in shown]
        yield PartCoverage(part, {gap.aim: tuple(shown[gap]) for gap in asked})


class Reader:
    """Reads off what a case shows of each part of some conditions."""

    def __init__(self, knowledge: Knowledge, about: Sequence[Subject]) -> None:
        """Take the conditions.

        Args:
            knowledge: in which they stand.
            about: the conditions.
        """
        self._knowledge = knowledge
        self._about = about
        self._settings: dict[object, tuple[Program, tuple[_Laid, ...]]] = {}

    def shown_by(self, case: Case) -> Iterator[Gap]:
        """Yield what a case shows, part by part.

        Raises:
            NotCoveredError: no protocol version, parameter value or authority covers the case.
        """
        program, conditions = self._setting(case)
        facts = {**case.known, AUTHORITY: program.authority.kind.value}
        values = {
            name: one.value
            for name, one in conclude(program, facts, case.reference_date).items()
            if one.value is not None and one.value != AMBIGUOUS
        }
        known = {**facts, **values}
        prover = Prover(known, case.reference_date)
        for laid in conditions:
            truths = tuple([prover.truth(part) for part in laid.parts])
            matters = laid.matters.get(truths)
            if matters is None:
                # It depends on the truths of the parts alone, which recur in case after case.
                matters = laid.matters[truths] = tuple(
                    truth is not None and _matters(laid, part, known, case)
                    for part, truth in zip(laid.subject.parts, truths, strict=True)
                )
            place = laid.subject.place
            for part, truth, is_so in zip(laid.subject.parts, truths, matters, strict=True):
                yield Gap(place, part.way, _SHOWN[truth])
                if is_so:
                    yield Gap(place, part.way, Aim.MATTERS)

    def _setting(self, case: Case) -> tuple[Program, tuple[_Laid, ...]]:
        day = self._knowledge.same_since(case.reference_date)
        key = (case.protocols, case.authority, day)
        if key not in self._settings:
            program = build_program(self._knowledge, *key)
            self._settings[key] = program, tuple(self._lay_out(program))
        return self._settings[key]

    def _lay_out(self, program: Program) -> Iterator[_Laid]:
        asked = {bound.rule.id: bound.condition for one in program.protocols for bound in one.rules}
        values = {name: value.value for name, value in program.parameters.items()}
        for one in self._about:
            if one.is_rule:
                used = asked.get(one.name) == one.condition
            else:
                used = one.name in program.derivations
            if used:
                whole = resolve(one.condition, values)
                parts = [part.condition for part in parts_of_condition(whole, ())]
                yield _Laid(one, whole, tuple(parts[: len(one.parts)]), {})


class _Laid(NamedTuple):
    """A condition with its thresholds filled in, and what was found out about its parts."""

    subject: Subject
    whole: Condition
    parts: tuple[Condition, ...]
    matters: dict[tuple[Truth, ...], tuple[bool, ...]]


def _matters(laid: _Laid, part: Part, known: Facts, case: Case) -> bool:
    """Whether the condition is something else when one part is the other way round."""
    if part.parent is None:
        return False
    one, other = (
        evaluate(instead, known, case.reference_date) for instead in both_ways(laid.whole, part)
    )
    return one is not other


def both_ways(whole: Condition, part: Part) -> tuple[Condition, Condition]:
    """Return a condition with one part always true, and with that part always false."""
    true, false = (with_part(whole, part.way, Constant(truth)) for truth in (True, False))
    return true, false


def _rules(version: BoundProtocol) -> Iterator[Subject]:
    for bound in version.rules:
        place = rule_place(version, bound.rule.id, "als")
        parts = tuple(parts_of_condition(bound.condition, ()))
        protocols = (version.protocol.id,)
        yield Subject(bound.rule.id, "", place, bound.condition, parts, protocols)


def _rows(name: str, notion: BoundNotion, protocols: tuple[str, ...]) -> Iterator[Subject]:
    place = Place("begrippen", name)
    last = len(notion.branches) - 1
    for index, (value, condition) in enumerate(notion.branches):
        parts = tuple(parts_of_condition(condition, ()))
        if not notion.is_table:
            yield Subject(name, "", place.at("als"), condition, parts, protocols)
        elif index < last:
            where = place.at("tabel", index, "als")
            yield Subject(name, value, where, condition, parts, protocols)
        else:
            yield Subject(name, value, place.at("anders"), condition, parts[:1], protocols)
