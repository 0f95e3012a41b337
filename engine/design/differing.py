"""For which client two versions of the knowledge differ: the smallest one, or the proof of none.

Cases show what someone thought of. Here a solver looks at every client (:mod:`.clients`): both
versions are put side by side in one program, under names of their own, over the same facts. A rule
under which everything is the same in both needs no solver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import product, zip_longest
from time import thread_time
from typing import TYPE_CHECKING

from engine.answers import turning_days
from engine.case import Case
from engine.compare import Change, Comparison, compare
from engine.conditions import AnyOf, Condition, Constant, Facts, Leaf, OneOf, map_leaves, names
from engine.consult import consult
from engine.design.claims import SECONDS, Claim, UndecidedError
from engine.design.comparing import Progress, is_nothing, silent
from engine.knowledge import Fact
from engine.library import Knowledge
from engine.program import YES, Derivation, Program, build_program, covered
from engine.situation import leaves_under
from engine.words import Status, Turn

if TYPE_CHECKING:
    from engine.design.clients import Clients

_OLD, _NEW = "oud ", "nieuw "
"""Before the names of what each version derives; no name in the knowledge has a space."""

BUDGET = 15.0
"""For how many seconds clients are sought; a board may wait for its report, but not for long.
Of the processor: what is found does not hang on what else the machine does."""


@dataclass(frozen=True, slots=True)
class AnyClient:
    """A client of whom an advice differs, with as few known facts as can be.

    Attributes:
        change: how the advice of one rule differs.
        comparison: everything that differs for this client.
    """

    change: Change
    comparison: Comparison

    @property
    def facts(self) -> Facts:
        """What is known of the client, also what only one of the versions asks."""
        return {**self.comparison.before.case.known, **self.comparison.after.case.known}

    @property
    def authority(self) -> str:
        """Who advises the client."""
        return self.comparison.after.case.authority

    @property
    def day(self) -> date:
        """When the client is advised: as soon as the difference can be there."""
        return self.comparison.after.case.reference_date


@dataclass(frozen=True, slots=True)
class EveryClient:
    """What differs over all clients that there can be.

    Of a question that has other answers in both versions, only those count that both take.

    Attributes:
        found: for each rule the smallest client for each way in which its advice differs; what
            has no effect on the steps comes last.
        same: how many rules advise the same to every client, whatever is known of them.
        undecided: the rules of which it could not be found out, by id.
    """

    found: tuple[AnyClient, ...]
    same: int
    undecided: tuple[str, ...]

    @property
    def is_proof(self) -> bool:
        """Whether no client can tell the two versions apart."""
        return not self.found and not self.undecided


def compare_clients(
    old: Knowledge,
    new: Knowledge,
    on: date,
    *,
    seconds: float = SECONDS,
    budget: float = BUDGET,
    progress: Progress = silent,
) -> EveryClient:
    """Find for each rule the smallest client for whom it advises otherwise.

    Args:
        old: the version that is in force.
        new: the version that may come.
        on: the day from which on the clients are advised.
        seconds: how long one question to the solver may take.
        budget: after how many seconds of the processor no rule is looked at any more.
        progress: is told for how many authorities it is done.
    """
    end = thread_time() + budget
    found: dict[tuple[str, Turn], AnyClient] = {}
    rules: set[str] = set()
    undecided: set[str] = set()
    seen: defaultdict[tuple[str, date], list[object]] = defaultdict(list)
    authorities = [name for name in new.authorities if name in old.authorities]
    for done, authority in enumerate(authorities):
        progress(done, len(authorities))
        now = SideBySide(old, new, authority, on, seconds)
        rules |= now.rules
        for day, some in now.on_later_days(now.different()):
            both = now if day == on else SideBySide(old, new, authority, day, seconds)
            for rule in some:
                # Municipalities mostly share their rules: what one was asked, all were.
                if (stake := both.at_stake(rule)) in seen[rule, day]:
                    continue
                seen[rule, day].append(stake)
                try:
                    if thread_time() > end:
                        raise UndecidedError
                    for client in both.differences(rule):
                        key = rule, client.change.turn
                        found[key] = min(found.get(key, client), client, key=_size)
                except UndecidedError:
                    undecided.add(rule)
    touched = {rule for rule, _ in found}
    return EveryClient(
        tuple(sorted(found.values(), key=_weight)),
        len(rules - touched - undecided),
        tuple(sorted(undecided)),
    )


def _size(client: AnyClient) -> int:
    return len(client.facts)


def _weight(client: AnyClient) -> tuple[int, int, str]:
    """Put steps that come, go or become others first, and what has no effect on them last."""
    change = client.change
    rank = {Turn.PROVISIONAL: 1, Turn.FIRM: 1, Turn.OTHER: 2}.get(change.turn, 0)
    return rank, _size(client), change.rule.id


class SideBySide:
    """Two versions side by side, as one authority consults them."""

    def __init__(
        self, old: Knowledge, new: Knowledge, authority: str, on: date, seconds: float = SECONDS
    ) -> None:
        """Take the two versions.

        Args:
            old: the version that is in force.
            new: the version that may come.
            authority: who advises the clients.
            on: the day on which.
            seconds: how long one question to the solver may take.
        """
        self._old, self._new = old, new
        self._authority, self._on, self._seconds = authority, on, seconds
        self._before = _program(old, authority, on)
        self._after = _program(new, authority, on)
        self._sides = self._before, self._after

    @property
    def rules(self) -> frozenset[str]:
        """The rules that one of the versions has for this authority."""
        there = [one for one in self._sides if one]
        return frozenset(bound.rule.id for one in there for bound in one.asked_rules())

    def different(self) -> list[str]:
        """Return the rules that rest on something else; all others advise the same to anyone."""
        return [
            rule
            for rule in sorted(self.rules)
            if _resting(self._before, rule) != _resting(self._after, rule)
        ]

    def at_stake(self, rule: str) -> object:
        """Return all that a difference in the advice of a rule can hang on, whoever advises."""
        both = [one and (one.authority.kind, _resting(one, rule)) for one in self._sides]
        return self._can_be_asked(rule), both

    def on_later_days(self, rules: Sequence[str]) -> Iterator[tuple[date, Sequence[str]]]:
        """Yield the days on which rules can become different, with those rules; this day first."""
        yield self._on, rules
        there = [one for one in self._sides if one]
        turning = turning_days(leaf for one in there for leaf in leaves_under(one, one.derivations))
        for day in sorted({day for days in turning.values() for day in days if day > self._on}):
            names = {name for name, days in turning.items() if day in days}
            some = [rule for rule in rules if any(names & _asked(one, rule) for one in there)]
            if some:
                yield day, some

    def differences(self, rule: str) -> Iterator[AnyClient]:
        """Yield the smallest client for each way in which a status differs.

        Raises:
            UndecidedError: the time is up, or the two versions can't be asked about one client.
        """
        if not self._before or not self._after or not self._can_be_asked(rule):
            raise UndecidedError
        old = self._statuses(self._before, _OLD, rule)
        new = self._statuses(self._after, _NEW, rule)
        for (then, first), (now, second) in product(old, new):
            if self._is_same(rule, then, now) or is_nothing(then, now):
                continue
            facts = self._clients.smallest(*first, *second)
            if facts is not None:
                yield self._shown(rule, facts)

    def _can_be_asked(self, rule: str) -> bool:
        """Whether both versions can be asked about the protocol of a rule, as far as they have it.

        Without a value for one of its thresholds a protocol advises nobody, and says so.
        """
        name = rule.partition(".")[0]
        asked = ((self._old, self._before), (self._new, self._after))
        return all(
            name not in knowledge.protocols_on(self._on)
            or (program is not None and name in {one.protocol.id for one in program.protocols})
            for knowledge, program in asked
        )

    def _is_same(self, rule: str, then: Status | None, now: Status | None) -> bool:
        """Whether a status and the step with it are the same in both."""
        if then is not now:
            return False
        steps = {one.rules[rule].rule.advice for one in self._sides if one}
        return len(steps) == 1 or then is None or not then.is_given

    @cached_property
    def _clients(self) -> Clients:
        """The clients, laid out when there is something to ask.

        Raises:
            UndecidedError: a question is of another kind in both.
        """
        from engine.design.clients import Clients  # z3 is slow to import

        if not self._before or not self._after:
            raise UndecidedError
        program = _side_by_side(self._before, self._after)
        used = {
            name
            for derivation in program.derivations.values()
            for _, condition in derivation.branches
            for name in names(condition)
        }
        facts = _facts(self._old, self._new, used)
        return Clients(program, facts, self._on, self._seconds)

    def _statuses(
        self, program: Program, side: str, rule: str
    ) -> list[tuple[Status | None, list[Claim]]]:
        """Return every status that a rule can have, with what must be so of a client for it."""
        if rule not in program.rules:
            return [(None, [])]
        ask = self._clients
        own = OneOf(f"{side}{rule}", YES)
        effects = tuple(OneOf(f"{side}{name}", YES) for _, name in program.effects[rule])
        if not effects:
            return [
                (Status.HOLDS, [ask.true(own)]),
                (Status.OPEN, [ask.open(own)]),
                (Status.DOES_NOT_HOLD, [ask.false(own)]),
            ]
        over: Condition = AnyOf(effects)
        return [
            (Status.HOLDS, [ask.true(own), ask.false(over)]),
            (Status.PROVISIONAL, [ask.true(own), ask.open(over)]),
            (Status.DEFEATED, [ask.true(own), ask.true(over)]),
            (Status.DEFEATED, [ask.open(own), ask.true(over)]),
            (Status.OPEN, [ask.open(own), ask.false(over)]),
            (Status.OPEN, [ask.open(own), ask.open(over)]),
            (Status.DOES_NOT_HOLD, [ask.false(own)]),
        ]

    def _shown(self, rule: str, facts: Facts) -> AnyClient:
        """Consult both versions about a client, as anyone would, and see that it is so.

        Raises:
            UndecidedError: it isn't, so nothing may be said of this rule.
        """
        before, after = (
            consult(known, self._case(known, rule.partition(".")[0], facts))
            for known in (self._old, self._new)
        )
        found = compare(before, after, self._new, self._old)
        for change in found.changes:
            if change.rule.id == rule:
                return AnyClient(change, found)
        raise UndecidedError

    def _case(self, knowledge: Knowledge, protocol: str, facts: Facts) -> Case:
        there = {name: value for name, value in facts.items() if name in knowledge.facts}
        asked = (protocol,) if protocol in knowledge.protocols else ()
        return Case("getuige", self._on, self._authority, asked, there)


def _program(knowledge: Knowledge, authority: str, on: date) -> Program | None:
    """Build what one authority can consult; none if that is nothing of all that there is."""
    asked = knowledge.protocols_on(on)
    there = covered(knowledge, asked, authority, on)
    return None if asked and not there else build_program(knowledge, there, authority, on)


def _resting(program: Program | None, rule: str) -> object:
    """Return all that the advice of a rule rests on; the same means the same advice to anyone."""
    if program is None or rule not in program.rules:
        return None
    bound = program.rules[rule].rule
    found: dict[str, Derivation] = {}
    waiting = _derived_for(program, rule)
    while waiting:
        name = waiting.pop()
        derivation = program.derivations.get(name)
        if derivation is not None and name not in found:
            found[name] = derivation
            waiting |= {part for _, one in derivation.branches for part in names(one)}
    branches = {name: (one.branches, one.is_table) for name, one in found.items()}
    return bound.advice, frozenset(name for _, name in program.effects[rule]), branches


def _derived_for(program: Program, rule: str) -> set[str]:
    """Return the derivations that the status of a rule is read from."""
    return {rule, *(name for _, name in program.effects[rule])}


def _asked(program: Program, rule: str) -> set[str]:
    """Return the questions that the status of a rule can depend on."""
    if rule not in program.rules:
        return set()
    return {leaf.name for leaf in leaves_under(program, _derived_for(program, rule))}


def _side_by_side(old: Program, new: Program) -> Program:
    """Put two programs into one, that derives everything of both from the same facts."""
    layers = zip_longest(_renamed(old, _OLD), _renamed(new, _NEW), fillvalue=())
    return replace(new, rules={}, layers=tuple((*one, *other) for one, other in layers))


def _renamed(program: Program, side: str) -> Iterator[tuple[Derivation, ...]]:
    """Give everything that a program derives a name of its own."""

    def other(leaf: Leaf) -> Condition:
        if isinstance(leaf, Constant) or leaf.name not in program.derivations:
            return leaf
        return replace(leaf, name=f"{side}{leaf.name}")

    for layer in program.layers:
        yield tuple(
            replace(
                item,
                name=f"{side}{item.name}",
                branches=tuple((value, map_leaves(part, other)) for value, part in item.branches),
            )
            for item in layer
        )


def _facts(old: Knowledge, new: Knowledge, used: Collection[str]) -> Mapping[str, Fact]:
    """Return the questions; of one that was changed only the answers that both versions take.

    Raises:
        UndecidedError: a question is of another kind in both.
    """
    all_ = {**old.facts, **new.facts}
    return {
        name: _shared(old.facts.get(name, fact), fact)
        for name, fact in all_.items()
        if name in used
    }


def _shared(old: Fact, new: Fact) -> Fact:
    if old.kind is not new.kind:
        raise UndecidedError
    known = {option.id for option in old.options}
    return new.model_copy(
        update={
            "options": tuple(option for option in new.options if option.id in known),
            "minimum": max(old.minimum, new.minimum),
            "maximum": min(old.maximum, new.maximum),
        }
    )
