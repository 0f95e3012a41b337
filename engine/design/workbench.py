"""What the checks share: the knowledge, its clients on every day that matters, and the files."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import TYPE_CHECKING

from engine.answers import turning_days
from engine.case import Case
from engine.case_file import ReadCase
from engine.conditions import Compare, Condition, Facts, Leaf, Older, leaves, resolve
from engine.design.claims import SECONDS, UndecidedError
from engine.design.places import Place, Places, rule_place
from engine.design.web import Web
from engine.design.witness import Witness, in_words
from engine.diagnostics import Diagnostic, Severity
from engine.knowledge import Fact
from engine.library import BoundProtocol, BoundRule, Knowledge
from engine.program import Program, build_program, covered, effect_of, scope_of, values_needed
from engine.reader import Document

if TYPE_CHECKING:
    from engine.design.clients import Clients


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about the knowledge that its designer should know.

    Attributes:
        diagnostic: what, where and how to mend it.
        witness: a client who shows it; ``None`` where it isn't about clients.
        place: the part of the knowledge that it is about; ``None`` for what the reader found.
        on_key: whether it is about the key of that part.
    """

    diagnostic: Diagnostic
    witness: Witness | None = None
    place: Place | None = None
    on_key: bool = False

    def told(self, knowledge: Knowledge) -> str:
        """Say what was found, and who shows it, as text of one or more lines."""
        lines = in_words(self.witness, knowledge) if self.witness else []
        return "\n".join((str(self.diagnostic), *(f"    {line}" for line in lines)))


Check = Callable[["Workbench"], Iterator[Finding]]
"""Looks at one theme."""

Question = partial[Iterator[Finding]]
"""What takes the solver, ready to be called."""

Memory = dict[tuple[str, Place, tuple[str, ...]], tuple[Finding, ...]]
"""What was found before: by the question, where it was asked, and what it is about."""


@dataclass(frozen=True, eq=False)
class Setting:
    """All protocols as one authority consults them on one day, and every client it can meet.

    Attributes:
        versions: the versions in force that can still be changed.
        notions: the notions that they use.
        like: the first day with the same rules and thresholds for the authority; ``None`` for
            that day itself.
        by_day: what rests on a date that is held against a day and, elsewhere, against an age.
        by_age: the same for the age; from the first day only what rests on both can differ.
    """

    authority: str
    day: date
    knowledge: Knowledge
    versions: tuple[BoundProtocol, ...]
    notions: frozenset[str]
    seconds: float
    like: Setting | None
    by_day: frozenset[str]
    by_age: frozenset[str]

    @property
    def facts(self) -> Mapping[str, Fact]:
        """The questions by name."""
        return self.knowledge.facts

    @cached_property
    def program(self) -> Program:
        """What is concluded of a client; built when someone first asks for it."""
        if self.like is not None:
            return self.like.program
        names = tuple(version.protocol.id for version in self.versions)
        return build_program(self.knowledge, names, self.authority, self.day)

    @cached_property
    def clients(self) -> Clients:
        """The clients; laid out when someone first asks for them."""
        from engine.design.clients import Clients  # z3 is slow to import

        return Clients(self.program, self.facts, self.day, self.seconds)

    def has(self, rule: Written) -> bool:
        """Whether a rule is in force."""
        return any(version is rule.version for version in self.versions)

    def can_differ(self, *derivations: str) -> bool:
        """Whether what becomes of rules or a notion can be otherwise than on an earlier day."""
        if self.like is None:
            return True
        names = {*derivations, *map(effect_of, derivations)}
        return not (self.by_day.isdisjoint(names) or self.by_age.isdisjoint(names))

    def filled_in(self, condition: Condition) -> Condition:
        """Return a condition as written with the thresholds of this setting in it."""
        values = {name: value.value for name, value in self.program.parameters.items()}
        return resolve(condition, values)

    def witness(self, facts: Facts, shows: str, rules: Iterable[str] = ()) -> Witness:
        """Make a witness who consults the protocols of some rules, or all protocols.

        Args:
            facts: what is known of the client.
            shows: what there is to see, one Dutch sentence.
            rules: the rules that it is about; empty when it is about what all may share.
        """
        about = {rule.partition(".")[0] for rule in rules}
        everything = [version.protocol.id for version in self.versions]
        protocols = tuple(name for name in everything if not about or name in about)
        return Witness(Case("getuige", self.day, self.authority, protocols, dict(facts)), shows)


@dataclass(frozen=True, slots=True)
class Written:
    """A rule of the latest version of a protocol: the only ones that can still be changed."""

    bound: BoundRule
    version: BoundProtocol

    @property
    def id(self) -> str:
        """The id of the rule."""
        return self.bound.rule.id

    def place(self, *path: str | int) -> Place:
        """Return the place of a part of the rule."""
        return rule_place(self.version, self.id, *path)


class Workbench:
    """One knowledge base, ready to be checked."""

    def __init__(
        self,
        knowledge: Knowledge,
        cases: Sequence[ReadCase],
        seconds: float = SECONDS,
        memory: Memory | None = None,
        read: Mapping[str, Document] | None = None,
    ) -> None:
        """Take what is checked.

        Args:
            knowledge: what was read.
            cases: the cases that go with it.
            seconds: how long one question to the solver may take.
            memory: what was found before and would be found again; grows with what is asked.
            read: the files by name, as far as they were read already.
        """
        self.knowledge = knowledge
        self.cases = cases
        self.places = Places(knowledge, read)
        self._seconds = seconds
        self._memory = {} if memory is None else memory

    def with_cases(self, cases: Sequence[ReadCase]) -> Workbench:
        """Return the same workbench with other cases; what is laid out stays so."""
        other = copy(self)
        other.cases = cases
        return other

    @cached_property
    def rules(self) -> tuple[Written, ...]:
        """The rules of the latest version of every protocol."""
        latest = [versions[-1] for versions in self.knowledge.protocols.values()]
        return tuple(Written(bound, version) for version in latest for bound in version.rules)

    @cached_property
    def web(self) -> Web:
        """What in the knowledge rests on what."""
        return Web(self.knowledge)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days on which something changes for the latest version of some protocol."""
        begins = [one[-1].protocol.valid_from for one in self.knowledge.protocols.values()]
        if not begins:
            return ()
        days = {*self.knowledge.days_of_change}.union(*self.turning_days.values())
        return tuple(sorted({min(begins), *(day for day in days if day > min(begins))}))

    @cached_property
    def settings(self) -> tuple[Setting, ...]:
        """Every authority on every day on which something changes for the latest versions.

        A protocol of which a threshold has no value is left out of a setting: nobody can be
        advised by it there, and that is a finding already.
        """
        return tuple(self._settings())

    def settings_of(self, *rules: Written) -> list[Setting]:
        """Return the settings in which rules are in force, as far as one differs from another."""
        there = [one for one in self.settings if all(one.has(rule) for rule in rules)]
        return [one for one in there if one.can_differ(*(rule.id for rule in rules))]

    def settings_with(self, notion: str) -> list[Setting]:
        """Return the settings in which a notion is used, as far as one differs from another."""
        there = [one for one in self.settings if notion in one.notions]
        return [one for one in there if one.can_differ(notion)]

    def report(
        self,
        place: Place,
        code: str,
        what: str,
        hint: str = "",
        witness: Witness | None = None,
        *,
        severity: Severity = Severity.WARNING,
        key: bool = False,
    ) -> Finding:
        """Make a finding about the part (or the key) at a place."""
        found = Finding(
            Diagnostic("", 0, 0, code, what, hint, severity=severity), witness, place, key
        )
        return self._placed(found)

    def ask(self, place: Place, question: Question, *about: str) -> Iterator[Finding]:
        """Yield what a question to the solver finds, or that there was no time to find out.

        Args:
            place: what is looked at.
            question: yields findings.
            about: the rules or the notion that the answer rests on, with all that is under them.
        """
        key = (f"{question.func.__module__}.{question.func.__name__}", place, about)
        if key not in self._memory:
            self._memory[key] = tuple(self._asked(place, question))
            yield from self._memory[key]
        else:
            yield from map(self._placed, self._memory[key])

    def _asked(self, place: Place, question: Question) -> Iterator[Finding]:
        try:
            yield from question()
        except UndecidedError:
            limit = f"{self._seconds:g}".replace(".", ",")
            what = f"Dit is niet nagegaan: de controle duurde langer dan {limit} seconden."
            hint = "Maak de voorwaarde eenvoudiger, of maak van een deel een begrip."
            yield self.report(place, "niet-beslist", what, hint)

    def _placed(self, finding: Finding) -> Finding:
        """Return a finding with the line where its part stands now."""
        if finding.place is None:
            return finding
        file, line, column = self.places.find(finding.place, key=finding.on_key)
        here = replace(finding.diagnostic, file=file, line=line, column=column)
        return replace(finding, diagnostic=here)

    def _settings(self) -> Iterator[Setting]:
        latest = [versions[-1] for versions in self.knowledge.protocols.values()]
        first: dict[object, Setting] = {}
        by_day, by_age = self._resting_on(_by_day), self._resting_on(_by_age)
        for day in self.days:
            in_force = self.knowledge.in_force(day)
            ours = [one for one in in_force if any(one is other for other in latest)]
            for authority in self.knowledge.authorities:
                asked = tuple(one.protocol.id for one in ours)
                names = covered(self.knowledge, asked, authority, day)
                if not names:
                    continue
                values = values_needed(self.knowledge, names, authority, day)
                numbers = tuple((name, one.value) for name, one in values.items())
                same = (authority, names, *(one.file for one in in_force), *numbers)
                found = Setting(
                    authority,
                    day,
                    self.knowledge,
                    tuple(one for one in ours if one.protocol.id in names),
                    frozenset(scope_of(self.knowledge, names, day).notions),
                    self._seconds,
                    first.get(same),
                    by_day,
                    by_age,
                )
                first.setdefault(same, found)
                yield found

    @cached_property
    def turning_days(self) -> Mapping[str, frozenset[date]]:
        """The dates that conditions hold against a day and against an age, with what that turns."""
        told = (leaf for _, condition in self._conditions() for leaf in leaves(condition))
        return turning_days(filled for leaf in told for filled in self._filled_in(leaf))

    def _resting_on(self, date_of: Callable[[Leaf], str]) -> frozenset[str]:
        """Return all that rests on a leaf about one of those dates."""
        seeds = [
            name
            for name, condition in self._conditions()
            if any(date_of(leaf) in self.turning_days for leaf in leaves(condition))
        ]
        return self.web.resting_on(seeds).union(seeds)

    def _conditions(self) -> Iterator[tuple[str, Condition]]:
        """Yield what each rule and each notion asks."""
        for rule in self.rules:
            yield rule.id, rule.bound.condition
        for name, notion in self.knowledge.notions.items():
            yield from ((name, part) for _, part in notion.branches)

    def _filled_in(self, leaf: Leaf) -> Iterator[Leaf]:
        """Yield a leaf with every value that its age ever has, for whomever."""
        if not isinstance(leaf, Older) or isinstance(leaf.amount, int):
            yield leaf
            return
        name = leaf.amount.name
        values = [*self.knowledge.parameters[name].values]
        for own in self.knowledge.overrides.values():
            values += own.get(name, ())
        for value in values:
            if value.value is not None:
                yield replace(leaf, amount=value.value)


def _by_day(leaf: Leaf) -> str:
    """Return the date that a leaf holds against a day; empty for any other."""
    return leaf.name if isinstance(leaf, Compare) and isinstance(leaf.bound, date) else ""


def _by_age(leaf: Leaf) -> str:
    """Return the date that a leaf holds against an age; empty for any other."""
    return leaf.name if isinstance(leaf, Older) else ""
