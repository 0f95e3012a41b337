"""Who notices a slip in the knowledge: a case of which a status differs, or any client at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import date

from engine.case_file import ReadCase
from engine.conditions import Facts, names
from engine.design.case_tests import run_cases
from engine.design.claims import UndecidedError
from engine.design.differing import AnyClient, SideBySide, compare_clients
from engine.design.touched import otherwise
from engine.diagnostics import Diagnostic
from engine.explain import conclude
from engine.knowledge import AUTHORITY
from engine.library import Knowledge
from engine.program import Program, build_program, effect_of


class Notice:
    """The cases and all clients, held against one version of the knowledge after another."""

    def __init__(self, knowledge: Knowledge, cases: Sequence[ReadCase]) -> None:
        self._knowledge = knowledge
        self._groups: dict[tuple[str, date], list[ReadCase]] = defaultdict(list)
        for case in cases:
            day = knowledge.same_since(case.case.reference_date)
            self._groups[case.case.authority, day].append(case)
        begin = min(one[0].protocol.valid_from for one in knowledge.protocols.values())
        self._days = [day for day in knowledge.days_of_change if day >= begin]
        self._concluded: dict[str, Facts] = {}

    def case(self, new: Knowledge) -> Diagnostic | None:
        """Return what the first case says that notices a slip; ``None`` if no case does.

        Running a case takes long. So one is run only when something else is concluded in it about
        a rule of which it expects a status; and only what rests on the slip is concluded anew.
        """
        for (authority, day), group in self._groups.items():
            old, program = (_program(one, authority, day) for one in (self._knowledge, new))
            changed = otherwise(old.derivations, program.derivations)
            touched = changed | _resting_on(old, changed) | _resting_on(program, changed)
            layers = ([one for one in layer if one.name in touched] for layer in program.layers)
            part = replace(program, layers=tuple(tuple(layer) for layer in layers if layer))
            for case in group if touched else ():
                before = self._before(case, old)
                rest = {name: value for name, value in before.items() if name not in touched}
                after = _values(part, rest, case)
                if _standing(before, case) != _standing(after, case):
                    for found in run_cases(new, [case]).findings:
                        return found
        return None

    def client(self, new: Knowledge) -> AnyClient | None:
        """Return a client whom both versions advise otherwise; ``None`` if none was found."""
        for day in self._days:
            for authority in self._knowledge.authorities:
                now = SideBySide(self._knowledge, new, authority, day)
                for later, rules in now.on_later_days(now.different()):
                    both = SideBySide(self._knowledge, new, authority, later)
                    for rule in rules:
                        try:
                            for client in both.differences(rule):
                                return client
                        except UndecidedError:
                            continue
        return None

    def nobody(self, new: Knowledge) -> bool:
        """Whether it is proved that no client, on any day, can tell the two versions apart."""
        return all(
            compare_clients(self._knowledge, new, day, budget=600).is_proof for day in self._days
        )

    def _before(self, case: ReadCase, program: Program) -> Facts:
        """Return what is known in a case and all that is concluded from it without a slip."""
        if case.name not in self._concluded:
            known = {**case.case.known, AUTHORITY: program.authority.kind.value}
            self._concluded[case.name] = _values(program, known, case)
        return self._concluded[case.name]


def _program(knowledge: Knowledge, authority: str, day: date) -> Program:
    return build_program(knowledge, knowledge.protocols_on(day), authority, day)


def _resting_on(program: Program, these: Container[str]) -> set[str]:
    """Return the derivations that rest on some of these names, directly or through others."""
    found = set[str]()
    for layer in program.layers:
        found |= {
            item.name
            for item in layer
            for _, condition in item.branches
            if any(name in these or name in found for name in names(condition))
        }
    return found


def _values(program: Program, facts: Facts, case: ReadCase) -> Facts:
    """Return the facts and all that a program concludes from them."""
    found = conclude(program, facts, case.case.reference_date)
    concluded = {name: one.value for name, one in found.items() if one.value is not None}
    return {**facts, **concluded}


def _standing(values: Facts, case: ReadCase) -> Mapping[str, object]:
    """Return what the statuses rest on that a case expects: if rules hold, and have effect."""
    return {
        rule: (values.get(rule), values.get(effect_of(rule), values.get(rule)))
        for rule in case.expected
    }
