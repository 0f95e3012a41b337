"""The whole reasoning behind an advice on the page, folded away until someone asks for it."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from engine.consult import Advice, Consultation
from engine.kleene import Truth
from engine.library import Knowledge
from engine.tree import Decisive, Line, LineKind, facts_that_decided, tree_of
from ui.text import capital, plain, sentence

_TRUTH: dict[Truth, str] = {
    True: ":material/check: **waar**",
    False: ":material/close: **niet waar**",
    None: ":material/help: **nog open**",
}


def whole_tree(advice: Advice, consultation: Consultation, knowledge: Knowledge) -> None:
    """Offer everything that the rule of an advice asks, down to each fact, with its sources.

    Args:
        advice: the advice to explain.
        consultation: the case that it was given in.
        knowledge: the words for all of it.
    """
    fold = st.expander(
        "De hele redenering, tot op elk feit",
        key=f"hele_redenering_{advice.rule.id.replace('.', '-')}",
        type="compact",
        icon=":material/checklist:",
        on_change="rerun",
    )
    # A long list, seldom read: it is made when it is opened.
    if not fold.open:
        return
    parts = []
    decided = facts_that_decided(advice, consultation, knowledge)
    if decided:
        parts.append(f"**Deze feiten beslisten**\n\n{decided_in_markdown(decided)}")
    lines = tree_of(advice, consultation, knowledge)
    asked = [line for line in lines if line.kind is not LineKind.EXCEPTION]
    parts.append(f"**Alles wat de regel vraagt**\n\n{tree_in_markdown(asked)}")
    if len(lines) > len(asked):
        exceptions = tree_in_markdown(lines[len(asked) :])
        parts.append(f"**De uitzonderingen op de regel**\n\n{exceptions}")
    fold.markdown("\n\n".join(parts))


def decided_in_markdown(decided: Iterable[Decisive]) -> str:
    """Write each fact that decided with what it did, on one line."""
    return "\n".join(
        f"- {plain(sentence(item.text))} Daardoor: {plain(item.did[0])}." for item in decided
    )


def tree_in_markdown(lines: Iterable[Line]) -> str:
    """Write lines as a nested Markdown list, each with its truth as an icon and a word."""
    return "\n".join(said for line in lines for said in _line(line, 0))


def _line(line: Line, depth: int) -> list[str]:
    under = line.because
    head = ""
    if len(under) == 1 and under[0].kind is LineKind.GROUP and under[0].truth is line.truth:
        # A group that is all there is under a line stands on that line: one level less to read.
        head, under = under[0].text, under[0].because
    colon = line.kind is LineKind.GROUP and under and not head
    parts = [f"{_TRUTH[line.truth]} · {_text(line, ':' if colon else '.')}"]
    if head:
        parts.append(f"Nodig: {plain(head)}.")
    if line.again:
        parts.append("Zie hierboven.")
    lines = [f"{'  ' * depth}- {' '.join(parts)}{_ground(line)}"]
    for part in under:
        lines += _line(part, depth + 1)
    return lines


def _text(line: Line, end: str) -> str:
    """Say what a line asks and what is known of it."""
    text = f"uitzondering '{line.text}'" if line.kind is LineKind.EXCEPTION else line.text
    if line.answer:
        text += f" ({line.answer})"
    return plain(f"{capital(text)}{end}")


def _ground(line: Line) -> str:
    """Say below a line where it comes from, and how sure that is."""
    if not line.sources:
        return ""
    what = "Volgens" if line.kind is LineKind.NOTION else "Grens"
    said = "; ".join((*line.sources, line.doubt) if line.doubt else line.sources)
    return f" :small[{what}: {plain(said)}.]"
