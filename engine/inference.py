"""Draws the inferences for one case with durable-rules, inside its measured bounds.

Layers are separate rulesets; the conclusions of a layer are facts of the next. This module calls
the compiled core of durable-rules, as the library's own ``Host`` does, and leaves out what the
``Host`` adds: background threads, Python callbacks whose errors get lost, and three quarters of
the time (``docs/decisions/0005``). The bounds that it keeps: one fact per state, one lock for the
process, a fresh state for every match, and that state deleted (unless the engine failed so early
that deleting it would crash).
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import count
from typing import Any

import durable_rules_engine as core

from engine.conditions import Facts
from engine.explain import AMBIGUOUS
from engine.productions import ALWAYS, HEARTBEAT, Compiled, Production, Ruleset, age, attribute

_FIRED = re.compile(r'\{\s*"p(-?\d+)"')
"""The start of an action: the name of the production that matched."""


class InferenceError(Exception):
    """The rule engine failed; no conclusion of this consultation may be used."""


@dataclass
class _Engine:
    """The rulesets of this process; the core is not safe for threads, so one lock guards all."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    handles: dict[str, int] = field(default_factory=dict)
    sids: Iterator[int] = field(default_factory=count)

    def build(self, ruleset: Ruleset) -> int:
        """Return the handle of a ruleset, registered on first use; the caller holds the lock."""
        handle = self.handles.get(ruleset.name)
        if handle is None:
            definition = {
                f"p{index}": {"all": [{"m": written}]}
                for index, written in ruleset.patterns.items()
            }
            handle = core.create_ruleset(ruleset.name, json.dumps(definition))
            self.handles[ruleset.name] = handle
        return handle

    def match(self, ruleset: Ruleset, fact: Mapping[str, Any]) -> list[Production]:
        """Return the productions that match one wide fact; the caller holds the lock.

        Raises:
            InferenceError: the engine failed or lost the fact.
        """
        handle = self.build(ruleset)
        sid = str(next(self.sids))
        try:
            code, state = core.assert_fact(handle, json.dumps({"id": sid, "sid": sid, **fact}))
            started = core.start_action_for_state(handle, state) if code == 0 else None
            if not started:
                # The state stays behind: deleting one in which no action was started crashes.
                raise InferenceError("De regelmachine heeft de feiten niet gezien.")
            try:
                fired = list(self._fired(handle, state, started[1]))
            finally:
                core.delete_state(handle, sid)
        except core.error as error:
            raise InferenceError("De regelmachine gaf een fout.") from error
        if HEARTBEAT not in fired:
            raise InferenceError("De regelmachine heeft niet alle regels bekeken.")
        return [ruleset.productions[index] for index in fired if index != HEARTBEAT]

    def _fired(self, handle: int, state: int, action: str | None) -> Iterator[int]:
        """Yield the index of every production that matched, from the first action on."""
        while action:
            name = _FIRED.match(action)
            if name is None:
                raise InferenceError("De regelmachine gaf een onleesbaar antwoord.")
            yield int(name[1])
            action = core.complete_and_start_action(handle, state)


@cache
def _engine() -> _Engine:
    return _Engine()


def build(compiled: Compiled) -> None:
    """Register all rulesets at once, before the first consultation needs them."""
    engine = _engine()
    with engine.lock:
        for layer in compiled.layers:
            for ruleset in layer:
                engine.build(ruleset)


def infer(compiled: Compiled, facts: Facts, reference: date) -> dict[str, str]:
    """Return the value of every derivation that can be given one; the others are unknown.

    A derivation that gets two values at once has the value :data:`AMBIGUOUS`, and counts as
    unknown for whatever rests on it.

    Args:
        compiled: the rulesets; built when they are not yet.
        facts: known facts only.
        reference: the reference date of the case.

    Raises:
        InferenceError: the engine failed.
    """
    engine = _engine()
    values: dict[str, Any] = {ALWAYS: 1}
    for name, value in facts.items():
        values[name] = value.isoformat() if isinstance(value, date) else value
    conclusions: dict[str, str] = {}
    with engine.lock:
        for layer in compiled.layers:
            drawn: dict[str, str] = {}
            for ruleset in layer:
                for item in engine.match(ruleset, _wide_fact(ruleset, values, facts, reference)):
                    if drawn.setdefault(item.name, item.value) != item.value:
                        drawn[item.name] = AMBIGUOUS
            conclusions |= drawn
            values |= {name: said for name, said in drawn.items() if said != AMBIGUOUS}
    return conclusions


def _wide_fact(
    ruleset: Ruleset, values: Mapping[str, Any], facts: Facts, reference: date
) -> dict[str, Any]:
    """Gather what is known by now of the attributes that a ruleset looks at."""
    fact = {short: values[name] for name, short in ruleset.attributes.items() if name in values}
    for leaf in ruleset.ages:
        value = facts.get(leaf.name)
        if isinstance(value, date):
            fact[ruleset.attributes[attribute(leaf)]] = age(value, reference, leaf.unit)
    return fact
