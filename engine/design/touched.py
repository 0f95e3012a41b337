"""What a change of the knowledge touches: the rest is what it was, and needs no second look.

What a question to the solver finds hangs on conditions, thresholds and which answers there are.
Words only make how it is said, so what found nothing stands when a label is changed. It errs on
the safe side: what can't be told apart cheaply counts as touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

from engine.design.web import resting_on
from engine.design.workbench import Workbench
from engine.knowledge import Fact, ParameterValue
from engine.library import BoundProtocol, Knowledge
from engine.program import effect_of
from engine.wording import threshold

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Touched:
    """What is not as it was.

    Attributes:
        meaning: the facts, thresholds, notions, rules and effects that can be otherwise for
            someone; ``None`` when it can be anything.
        saying: the same with all of which it can be said otherwise, or another client can be
            shown; ``None`` when it can be anything.
    """

    meaning: frozenset[str] | None
    saying: frozenset[str] | None

    def spares(self, about: Iterable[str], *, found: bool) -> bool:
        """Whether what was found about some rules or notions would be found again.

        Args:
            about: the rules and notions.
            found: whether there was anything to say.
        """
        these = self.saying if found else self.meaning
        return these is not None and not any(
            name in these or effect_of(name) in these for name in about
        )


def touched(before: Workbench, now: Workbench) -> Touched:
    """Return what is not as it was, and all that rests on it.

    Args:
        before: the knowledge as it was.
        now: the knowledge as it is.
    """
    if _frame(before) != _frame(now):
        return Touched(None, None)
    old, new = before.knowledge, now.knowledge
    webs = before.web, now.web
    limits = {threshold(name) for name in otherwise(_limits(old), _limits(new))}
    other = {name for name, _ in otherwise(_conditions(old), _conditions(new))}
    other |= otherwise(_users(before), _users(now))
    changed = limits | other | otherwise(answers(old), answers(new))
    if before.days != now.days:
        # Everything else comes to the same on any day with the same versions and thresholds.
        changed |= {*before.turning_days, *now.turning_days}
    meaning = resting_on(changed, *webs) | changed
    if before.days != now.days or _words(old) != _words(new):
        return Touched(meaning, None)
    # A condition that is otherwise can tell other answers to its questions apart.
    other |= {name for web in webs for name, needs in web.needs.items() if limits & needs}
    asked = chain.from_iterable(web.needs.get(name, ()) for web in webs for name in other)
    questions = [name for name in asked if name in old.facts or name in new.facts]
    return Touched(meaning, meaning | resting_on(questions, *webs))


def otherwise(old: Mapping[K, object], new: Mapping[K, object]) -> set[K]:
    """Return the names that are new, gone or have something else behind them."""
    return {name for name in {*old, *new} if name not in new or old.get(name) != new[name]}


def answers(knowledge: Knowledge) -> Mapping[str, object]:
    """Return which answers every question takes."""
    return {name: _answers(fact) for name, fact in knowledge.facts.items()}


def _answers(fact: Fact) -> object:
    return fact.kind, [option.id for option in fact.options], fact.minimum, fact.maximum


def _frame(bench: Workbench) -> object:
    """Return what all findings share: who there are, and which versions they can be asked of."""
    knowledge = bench.knowledge
    versions = [
        (one.file, one.protocol.valid_from, one.protocol.valid_until)
        for versions in knowledge.protocols.values()
        for one in versions
    ]
    looked_at = {(one.authority, one.day): _files(one.versions) for one in bench.settings}
    everyone = [(authority, day) for authority in knowledge.authorities for day in bench.days]
    return (
        versions,
        knowledge.authorities,
        list(dict.fromkeys((who, files) for (who, _), files in looked_at.items())),
        [pair for pair in everyone if pair not in looked_at],
    )


def _conditions(knowledge: Knowledge) -> Mapping[tuple[str, str], object]:
    """Return what notions and rules ask, by name and for a rule its file."""
    notions = {(name, ""): (one.branches, one.is_table) for name, one in knowledge.notions.items()}
    return notions | {
        (bound.rule.id, version.file): (bound.condition, bound.rule.exception_to)
        for versions in knowledge.protocols.values()
        for version in versions
        for bound in version.rules
    }


def _users(bench: Workbench) -> Mapping[str, set[object]]:
    """Return for each notion the versions that use it together."""
    found: dict[str, set[object]] = {}
    for setting in bench.settings:
        for name in setting.notions:
            found.setdefault(name, set()).add(_files(setting.versions))
    return found


def _limits(knowledge: Knowledge) -> Mapping[str, object]:
    """Return the values of every threshold, for whom and since when."""
    own: dict[str, list[object]] = {name: [] for name in knowledge.parameters}
    for authority, group in knowledge.overrides.items():
        for name, values in group.items():
            own[name].append((authority, _spans(values)))
    return {
        name: (own[name], _spans(parameter.values))
        for name, parameter in knowledge.parameters.items()
    }


def _spans(values: Iterable[ParameterValue]) -> list[object]:
    return [(one.since, one.until, one.applies_to, one.value) for one in values]


def _words(knowledge: Knowledge) -> object:
    """Return the words that findings are put in."""
    units = {name: one.unit for name, one in knowledge.parameters.items()}
    titles = {name: one.title for name, one in knowledge.actions.items()}
    return knowledge.lexicon, units, titles


def _files(versions: Iterable[BoundProtocol]) -> tuple[str, ...]:
    return tuple(version.file for version in versions)
