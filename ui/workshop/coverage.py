"""What the cases try of one protocol: rule by rule, part by part, with a client for each gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import streamlit as st

from engine.design.coverage import (
    ConditionCoverage,
    Gap,
    PartCoverage,
    Subject,
    cover,
    subjects,
)
from engine.design.filling import Filling, Suggestion, fill
from engine.design.workbench import Finding, Workbench
from engine.library import Knowledge
from ui.text import capital, count, plain
from ui.workshop.desk import Desk
from ui.workshop.findings import about
from ui.workshop.health import Cases
from ui.workshop.kept import keep, take
from ui.workshop.waiting import Progress, asked

_ALL, _WITH_GAPS = "Alles", "Met een gat"


@dataclass(frozen=True, slots=True)
class Tried:
    """What the cases try of one protocol, and who fills the gaps."""

    coverage: tuple[ConditionCoverage, ...]
    filling: Filling
    suggested: tuple[tuple[Suggestion, Finding], ...]

    def gaps(self, one: ConditionCoverage) -> int:
        """Return how many gaps a condition has that may be filled."""
        return sum(gap not in self.filling.impossible for gap in one.gaps)

    def findings(self, subject: Subject) -> list[Finding]:
        """Return the gaps of a condition, each with a client; one client can fill several."""
        return [
            finding
            for suggestion, finding in self.suggested
            if any(gap.place == subject.place for gap in suggestion.gaps)
        ]


def coverage(desk: Desk, there: Cases) -> None:
    """Draw which cases try which part, once someone asks for it."""
    mark = f"{there.mark} {desk.protocol}"
    tried = cast("Tried | None", take("dekking", mark))
    if tried is None:
        _look(desk, there, mark)
        return
    gaps = sum(map(tried.gaps, tried.coverage))
    parts = sum(len(one.parts) for one in tried.coverage)
    st.markdown(_in_sum(parts, gaps, len(tried.suggested), len(tried.filling.undecided)))
    shown: Sequence[ConditionCoverage] = tried.coverage
    if gaps:
        wanted = st.segmented_control(
            "Welke regels en begrippen",
            [_WITH_GAPS, _ALL],
            default=_WITH_GAPS,
            key=f"werkplaats_dekking_welke_{desk.protocol}",
        )
        if wanted != _ALL:
            shown = [one for one in tried.coverage if tried.gaps(one)]
    for number, one in enumerate(tried.coverage):
        if one in shown:
            _condition(desk, there, tried, one, f"{desk.protocol}_{number}")


def _look(desk: Desk, there: Cases, mark: str) -> None:
    if not desk.may_design:
        return
    progress = asked(
        "Leidraad kan van elk deel van elke regel laten zien welke casussen het raken. Het zoekt "
        "ook cliënten voor wat geen casus raakt.",
        "Kijk elk deel na",
        f"werkplaats_dekking_{desk.protocol}",
        ":material/fact_check:",
    )
    if progress is not None:
        keep("dekking", mark, _tried(desk.knowledge, desk.protocol, there, progress))
        st.rerun()


def _tried(knowledge: Knowledge, protocol: str, there: Cases, progress: Progress) -> Tried:
    progress(0.0, "De casussen worden gelezen")
    bench = Workbench(knowledge, there.read)
    found = cover(bench, subjects(knowledge, [protocol]))
    progress(0.5, "Er worden cliënten gezocht voor de gaten")
    filling = fill(bench, found)
    suggested = tuple((one, one.finding(bench)) for one in filling.suggestions)
    return Tried(found, filling, suggested)


def _in_sum(parts: int, gaps: int, clients: int, undecided: int) -> str:
    said = f"De regels, en de begrippen waar zij op rusten, hebben {count(parts, 'deel', 'delen')}."
    if not gaps:
        return f"{said} Casussen laten van elk deel zien wat er te zien is."
    filled = count(clients, "casus", "casussen")
    said += f" Er {'is' if gaps == 1 else 'zijn'} {count(gaps, 'gat', 'gaten')}"
    said += f", te vullen met {filled}." if clients else "."
    if undecided:
        said += f" {count(undecided, 'gat is', 'gaten zijn')} niet nagegaan: dat duurde te lang."
    return said


def _condition(desk: Desk, there: Cases, tried: Tried, one: ConditionCoverage, key: str) -> None:
    gaps = tried.gaps(one)
    said = count(gaps, "gat", "gaten") if gaps else "geen gat"
    fold = st.expander(
        f"{plain(_title(desk.knowledge, one.subject))} ({said})",
        key=f"dekking_{key}",
        icon=":material/priority_high:" if gaps else ":material/check_circle:",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        st.markdown("\n".join(_line(desk.knowledge, tried, one, part) for part in one.parts))
        st.caption(
            "Doorslag: in zoveel casussen was de uitkomst anders geweest, was alleen dit deel "
            "andersom."
        )
        if found := tried.findings(one.subject):
            about(found, desk.knowledge, f"dekking_{key}")
        _cases(desk.knowledge, there, one, key)


def _title(knowledge: Knowledge, subject: Subject) -> str:
    if subject.is_rule:
        rules = knowledge.protocols[subject.protocols[0]][-1].rules
        return next(bound.rule.title for bound in rules if bound.rule.id == subject.name)
    notion = knowledge.lexicon[subject.name]
    row = f": {notion.labels.get(subject.row, subject.row)}" if subject.row else ""
    return f"Begrip: {notion.label}{row}"


def _line(knowledge: Knowledge, tried: Tried, one: ConditionCoverage, part: PartCoverage) -> str:
    """Write a part as an item of a list, with its numbers and a mark for each gap."""
    text = plain(capital(one.subject.in_words(part.part, knowledge.lexicon)))
    numbers, marks = [], []
    for aim, cases in part.shown.items():
        gap = Gap(one.subject.place, part.part.way, aim)
        if cases:
            numbers.append(f"{aim} {len(cases)}")
        elif gap in tried.filling.impossible:
            marks.append(f":gray-badge[:material/block: {aim}: kan niet]")
        elif gap in tried.filling.undecided:
            marks.append(f":gray-badge[:material/help: {aim}: niet nagegaan]")
        else:
            marks.append(f":orange-badge[:material/priority_high: {aim}: geen casus]")
    counted = [f":small[{' · '.join(numbers)}]"] if numbers else []
    indent = "  " * part.part.depth
    # Two spaces end the line, the indent keeps what follows in the item.
    return f"{indent}- {text}  \n{indent}  {' '.join([*counted, *marks])}"


def _cases(knowledge: Knowledge, there: Cases, one: ConditionCoverage, key: str) -> None:
    """Let the reader choose a part, and list its cases."""
    number = st.selectbox(
        "Welke casussen raken dit deel?",
        range(len(one.parts)),
        index=None,
        format_func=lambda index: capital(
            one.subject.in_words(one.parts[index].part, knowledge.lexicon)
        ),
        placeholder="Kies een deel",
        key=f"dekking_deel_{key}",
    )
    if number is None:
        return
    shown = one.parts[number].shown
    aim = st.segmented_control(
        "Wat laten de casussen zien?",
        list(shown),
        default=next((aim for aim, cases in shown.items() if cases), None),
        format_func=lambda aim: f"{capital(aim)} ({len(shown[aim])})",
        key=f"dekking_casussen_{key}_{number}",
    )
    if aim is None:
        return
    titles = {case.case.id: case.file.title for case in there.read}
    lines = [f"- {plain(titles[name])} :small[{plain(name)}]" for name in shown[aim]]
    st.markdown("\n".join(lines) or "Er is geen casus die dit laat zien.")
