"""What ``toets --dekking`` shows: of each rule and each of its parts, which cases try it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap

import typer

from engine.cli.shared import fail, unknown
from engine.design.coverage import (
    Aim,
    ConditionCoverage,
    Gap,
    PartCoverage,
    Subject,
    cover,
    subjects,
)
from engine.design.filling import Filling, fill
from engine.design.workbench import Finding, Workbench
from engine.library import Knowledge
from engine.wording import amount_in_words

_TEXT, _CELL = 54, 10
"""Columns that the text of a part and each of its four numbers take."""

_NAMED = 3
"""Cases of one kind that are named; the rest is counted."""

_LEGEND = (
    "0! geen enkele casus, wel te vullen   -  kan bij geen enkele cliënt   ?  niet nagegaan\n"
    "doorslag: casussen waarin de uitkomst anders was geweest, was alleen dit deel andersom"
)


def chosen(knowledge: Knowledge, protocol: str | None, rule: str | None) -> tuple[Subject, ...]:
    """Return the conditions to show, or say that there is nothing of that name and stop."""
    if protocol is not None and protocol not in knowledge.protocols:
        unknown("protocol dat", protocol, knowledge.protocols)
    found = subjects(knowledge, [protocol] if protocol else [])
    if rule is None:
        return found
    only = tuple(one for one in found if one.name == rule)
    if not only:
        unknown("regel die of begrip dat", rule, {one.name for one in found})
    return only


def show_coverage(
    bench: Workbench, about: Sequence[Subject], *, in_full: bool, with_cases: bool
) -> list[Finding]:
    """Show what the cases try, and return what they don't try with a client for it.

    Args:
        bench: the knowledge and the cases.
        about: the conditions to show.
        in_full: whether to show every part, or only one line for each condition.
        with_cases: whether to name cases for each part.
    """
    if not bench.cases:
        fail("Er is geen casus; er is geen dekking te tonen.")
    coverage = cover(bench, about)
    filling = fill(bench, coverage, whole_rules=False)
    if in_full:
        lines = _in_full(coverage, filling, bench.knowledge, with_cases=with_cases)
    else:
        lines = _table(coverage, filling)
    for line in lines:
        typer.echo(line.rstrip())
    typer.echo(_in_sum(coverage, filling))
    return [one.finding(bench) for one in filling.suggestions]


def _in_sum(coverage: Sequence[ConditionCoverage], filling: Filling) -> str:
    parts = sum(len(one.parts) for one in coverage)
    gaps = sum(gap not in filling.impossible for one in coverage for gap in one.gaps)
    said = f"{amount_in_words(parts, 'deel', 'delen')}, {amount_in_words(gaps, 'gat', 'gaten')}."
    if filling.suggestions:
        many = amount_in_words(len(filling.suggestions), "casus", "casussen")
        said += f" Te vullen met {many}; zie de meldingen."
    if filling.impossible:
        said += f" {len(filling.impossible)} keer bestaat er geen cliënt bij wie dit zo is."
    if filling.undecided:
        said += f" {amount_in_words(len(filling.undecided), 'gat', 'gaten')} niet nagegaan."
    return said


def _table(coverage: Sequence[ConditionCoverage], filling: Filling) -> Iterator[str]:
    """Yield a line for each condition, and what of its parts no case tries."""
    labels = [_label(one.subject) for one in coverage]
    width = max(map(len, labels), default=0)
    yield f"{'regel of begrip':{width}}  waar  onwaar  onbekend  delen  gaten"
    for label, one in zip(labels, coverage, strict=True):
        whole, gaps = one.parts[0].shown, [gap for gap in one.gaps if gap not in filling.impossible]
        yield (
            f"{label:{width}}  {len(whole[Aim.TRUE]):4}  {len(whole[Aim.FALSE]):6}  "
            f"{len(whole[Aim.OPEN]):8}  {len(one.parts):5}  {len(gaps):5}"
        )


def _label(subject: Subject) -> str:
    return f"{subject.name}: {subject.row}" if subject.row else subject.name


def _in_full(
    coverage: Sequence[ConditionCoverage],
    filling: Filling,
    knowledge: Knowledge,
    *,
    with_cases: bool,
) -> Iterator[str]:
    """Yield every part of every condition, indented as in the file."""
    heads = "".join(f"{aim:>{_CELL}}" for aim in Aim)
    for one in coverage:
        yield _label(one.subject)
        yield f"{'':{_TEXT}}{heads}"
        for part in one.parts:
            indent = "  " * (part.part.depth + 1)
            text = one.subject.in_words(part.part, knowledge.lexicon)
            cells = "".join(
                f"{_cell(part, Gap(one.subject.place, part.part.way, aim), filling):>{_CELL}}"
                for aim in Aim
            )
            *before, last = wrap(
                text, _TEXT, initial_indent=indent, subsequent_indent=f"{indent}  "
            )
            yield from before
            yield f"{last:{_TEXT}}{cells}"
            if with_cases:
                for aim, cases in part.shown.items():
                    yield from _cases(aim, cases, f"{indent}    ")
        yield ""
    yield _LEGEND


def _cell(part: PartCoverage, gap: Gap, filling: Filling) -> str:
    cases = part.shown.get(gap.aim)
    if cases is None:
        return ""
    if cases:
        return str(len(cases))
    return "-" if gap in filling.impossible else "?" if gap in filling.undecided else "0!"


def _cases(aim: Aim, cases: Sequence[str], indent: str) -> Iterator[str]:
    if cases:
        rest = f" en nog {len(cases) - _NAMED}" if len(cases) > _NAMED else ""
        said = f"{aim}: {', '.join(cases[:_NAMED])}{rest}"
        width = _TEXT + 4 * _CELL
        yield from wrap(
            said, width, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
        )
