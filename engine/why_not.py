"""Why a step is not advised: the rules that could advise it, and what stands in their way.

For any action in the catalogue, in the protocols that the case is about and in the others that
are in force on its day. Those are consulted on the same facts, so that the answer never stops at
the border of what happened to be chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from engine.case import Case
from engine.conditions import Value
from engine.consult import Advice, Consultation, consult
from engine.knowledge import Action, Rule
from engine.library import Knowledge, NotCoveredError
from engine.obstacles import Obstacle, Obstacles, leaves_of
from engine.productions import BoundsError
from engine.prose import what_is_advised
from engine.reasons import Reason, reasons_for
from engine.wording import date_in_words
from engine.words import Direction, Respondent, Status

_OTHER_WAY = {Direction.DO: Direction.DO_NOT, Direction.DO_NOT: Direction.DO}


@dataclass(frozen=True, slots=True)
class Ask:
    """An open question, and who can answer it.

    Attributes:
        fact: the id of the fact.
        disputed: the parties differ on it.
        asked: it was asked before and not known.
    """

    fact: str
    question: str
    respondents: tuple[Respondent, ...]
    disputed: bool = False
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Exit:
    """An exception that goes before a rule, or that still can.

    Attributes:
        because: why the exception is there, as its rule says.
        reasons: why it applies here; empty while that is open.
    """

    rule: str
    title: str
    because: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A rule that could advise the step, or that advises against it.

    Attributes:
        protocol: the id of its protocol.
        protocol_title: how users know that protocol.
        included: the case is about that protocol.
        status: ``None`` when the advice is withheld.
        withheld: why no advice can be given; empty otherwise.
        obstacles: the conditions that fail or are open; all of them must become true.
        defeated_by: exceptions that go before it here.
        open_exceptions: exceptions that still can.
        asks: the open questions behind its conditions and exceptions, in reading order.
    """

    rule: Rule
    protocol: str
    protocol_title: str
    included: bool
    status: Status | None
    withheld: str = ""
    obstacles: tuple[Obstacle, ...] = ()
    defeated_by: tuple[Exit, ...] = ()
    open_exceptions: tuple[Exit, ...] = ()
    asks: tuple[Ask, ...] = ()

    @property
    def advised(self) -> bool:
        """Whether the rule does advise it, perhaps provisionally."""
        return self.status is not None and self.status.is_given

    @property
    def failing(self) -> tuple[Obstacle, ...]:
        """The single conditions that fail."""
        return tuple(item for item in leaves_of(self.obstacles) if item.truth is False)

    @property
    def open(self) -> tuple[Obstacle, ...]:
        """The single conditions that can't be said yet."""
        return tuple(item for item in leaves_of(self.obstacles) if item.truth is None)

    @property
    def elsewhere(self) -> bool:
        """Whether the rule is one for another authority than that of the case."""
        return any(item.elsewhere for item in self.obstacles)

    @property
    def distance(self) -> tuple[int, int]:
        """How many things fail on the nearest way to this advice, and how many are open."""
        fails = sum(item.distance[0] for item in self.obstacles) + len(self.defeated_by)
        waits = sum(item.distance[1] for item in self.obstacles) + len(self.open_exceptions)
        return fails, waits


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A protocol with rules on this step that says nothing on the day of the case, and why."""

    protocol: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Everything that the protocols say about one step in one case.

    Attributes:
        step: the step as a phrase, in the direction that was asked for.
        rules: the rules that could advise it, nearest to holding first.
        opposed: the rules that advise the opposite here, perhaps provisionally.
        uncovered: protocols that could not be asked.
    """

    action: Action
    direction: Direction
    step: str
    rules: tuple[Candidate, ...]
    opposed: tuple[Candidate, ...]
    uncovered: tuple[Uncovered, ...]

    @property
    def advised(self) -> tuple[Candidate, ...]:
        """The rules that do advise it after all."""
        return tuple(rule for rule in self.rules if rule.advised)

    @property
    def nearest(self) -> Candidate | None:
        """The rule that is nearest to holding, of those of which that can be said."""
        return next((rule for rule in self.rules if rule.status is not None), None)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one answer is about."""

    action: str
    case: Case
    knowledge: Knowledge


def why_not(
    consultation: Consultation,
    knowledge: Knowledge,
    action: str,
    direction: Direction = Direction.DO,
) -> WhyNot:
    """Say for a step which rules could advise it and what stands in their way.

    Args:
        consultation: the case, as consulted.
        knowledge: the knowledge that it was consulted with.
        action: the id of any action in the catalogue.
        direction: whether one had in mind to take the step or to refrain from it.

    Raises:
        KeyError: there is no such action.
    """
    step = knowledge.actions[action]
    asked = _Asked(action, consultation.case, knowledge)
    sides: dict[Direction, list[Candidate]] = {Direction.DO: [], Direction.DO_NOT: []}
    uncovered: list[Uncovered] = []
    for protocol in _protocols_about(knowledge, action):
        found = _ask(consultation, knowledge, protocol)
        if isinstance(found, Uncovered):
            uncovered.append(found)
            continue
        for candidate in _candidates(found, asked, protocol):
            sides[candidate.rule.advice.direction].append(candidate)
    against = sides[_OTHER_WAY[direction]]
    return WhyNot(
        action=step,
        direction=direction,
        step=what_is_advised(step, direction),
        rules=tuple(sorted(sides[direction], key=_nearness)),
        opposed=tuple(sorted((item for item in against if item.advised), key=_nearness)),
        uncovered=tuple(uncovered),
    )


def _nearness(candidate: Candidate) -> tuple[bool, bool, bool, tuple[int, int], bool]:
    """Order: what is advised, then by what fails and what is open.

    What only another authority could make true comes after that, and what is withheld last.
    """
    return (
        candidate.status is None,
        not candidate.advised,
        candidate.elsewhere,
        candidate.distance,
        not candidate.included,
    )


def _protocols_about(knowledge: Knowledge, action: str) -> list[str]:
    """Return the protocols of which some version has a rule on an action, as users know them."""
    return [name for name in knowledge.protocol_titles if action in _actions(knowledge)[name]]


@lru_cache(maxsize=4)
def _actions(knowledge: Knowledge) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(bound.rule.advice.action for version in versions for bound in version.rules)
        for name, versions in knowledge.protocols.items()
    }


def _ask(
    consultation: Consultation, knowledge: Knowledge, protocol: str
) -> Consultation | Uncovered:
    """Return the consultation that a protocol's rules are found in, or why there is none."""
    case = consultation.case
    if protocol in case.protocols:
        return consultation
    title = knowledge.protocol_titles[protocol]
    if all(version.protocol.id != protocol for version in knowledge.in_force(case.reference_date)):
        on = date_in_words(case.reference_date)
        return Uncovered(protocol, title, f"Dit protocol geldt niet op {on}.")
    try:
        known = frozenset(case.known.items())
        return _consulted(knowledge, protocol, case.authority, case.reference_date, known)
    except (NotCoveredError, BoundsError) as error:
        return Uncovered(protocol, title, str(error))


@lru_cache(maxsize=64)
def _consulted(
    knowledge: Knowledge,
    protocol: str,
    authority: str,
    on: date,
    known: frozenset[tuple[str, Value]],
) -> Consultation:
    """Consult one more protocol on the facts of a case, once for as long as they stay the same.

    What was asked and not known, or is disputed, is unknown either way.
    """
    return consult(knowledge, Case("", on, authority, (protocol,), dict(known)))


def _candidates(found: Consultation, asked: _Asked, protocol: str) -> Iterator[Candidate]:
    """Yield the rules of one protocol on an action, whichever way they advise."""
    title = asked.knowledge.protocol_titles[protocol]
    included = protocol in asked.case.protocols
    own = {
        bound.rule.id
        for version in found.program.protocols
        for bound in version.rules
        if version.protocol.id == protocol and bound.rule.advice.action == asked.action
    }
    in_the_way = Obstacles(found, asked.knowledge)
    for advice in found.advices:
        if advice.rule.id in own:
            blank = Candidate(advice.rule, protocol, title, included, advice.status)
            yield _with_obstacles(blank, advice, found, asked, in_the_way)
    for withheld in found.withheld:
        if withheld.rule.id in own:
            yield Candidate(withheld.rule, protocol, title, included, None, withheld.reason)


def _with_obstacles(
    candidate: Candidate,
    advice: Advice,
    found: Consultation,
    asked: _Asked,
    in_the_way: Obstacles,
) -> Candidate:
    effects = found.program.effects[advice.rule.id]
    values = {other: found.conclusions[name].value for other, name in effects}
    obstacles = in_the_way.of(advice.proof)
    missing = [name for item in leaves_of(obstacles) for name in item.missing]
    # An exception goes before a rule also while the rule's own condition is not true.
    holding = [name for name, value in values.items() if value == "ja"]
    waiting = [name for name, value in values.items() if value is None]
    return replace(
        candidate,
        obstacles=obstacles,
        defeated_by=_exits(holding, found, asked.knowledge),
        open_exceptions=_exits(waiting, found, asked.knowledge),
        asks=_asks([*missing, *advice.missing], asked),
    )


def _exits(rules: Iterable[str], found: Consultation, knowledge: Knowledge) -> tuple[Exit, ...]:
    exits = []
    for name in rules:
        rule = found.program.rules[name].rule
        proof = found.conclusions[name].proofs[0]
        reasons = reasons_for(proof, found, knowledge)
        exits.append(Exit(name, rule.title, rule.because, reasons))
    return tuple(exits)


def _asks(names: Iterable[str], asked: _Asked) -> tuple[Ask, ...]:
    case, facts = asked.case, asked.knowledge.facts
    return tuple(
        Ask(
            name,
            facts[name].question,
            facts[name].respondents,
            disputed=name in case.disputed,
            asked=name in case.unknown,
        )
        for name in dict.fromkeys(names)
    )
