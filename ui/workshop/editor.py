"""The field for YAML: colours, a mark on every line with a finding, and nothing from elsewhere.

A component of Streamlit itself with a small script (``docs/decisions/0023-*.md``). What was
typed is sent when nothing was typed for half a second.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from engine.diagnostics import Diagnostic, Severity
from ui.text import count, plain

_HTML, _CSS, _JS = (
    (Path(__file__).parent / f"editor.{kind}").read_text(encoding="utf-8")
    for kind in ("html", "css", "js")
)
_EDITOR = st.components.v2.component("leidraad_yaml", html=_HTML, css=_CSS, js=_JS)

MOST = 50
"""Findings below the field; who has more begins with these."""
FEW = 10
"""Findings in a list beside a form."""


def typed(key: str) -> str | None:
    """Return what was typed in the field with this key; none as long as nothing was."""
    state: Any = st.session_state.get(key)
    text = state.get("text") if state else None
    return text if isinstance(text, str) else None


def editor(label: str, text: str, findings: Iterable[Diagnostic] | None, key: str) -> None:
    """Draw the field, with what was found below it.

    Args:
        label: what the field is for.
        text: what stands in it when it is drawn first; after that it keeps what is typed.
        findings: about this text; ``None`` if nobody looked yet.
        key: another one for a text that takes the place of what was typed.
    """
    found = sorted(findings or (), key=lambda one: (one.severity is not Severity.ERROR, one))
    marks = [
        {
            "line": max(one.line, 1),
            "column": max(one.column, 1),
            "error": one.severity is Severity.ERROR,
            "place": _place(one),
            "text": in_words(one),
        }
        for one in found[:MOST]
    ]
    said = "Nog niet nagekeken." if findings is None else summary(found)
    data = {"label": label, "text": text, "marks": marks, "summary": said}
    _EDITOR(key=key, data=data, on_text_change=lambda: None)


def in_words(finding: Diagnostic) -> str:
    """Say what was found, how to mend it, and what was probably meant."""
    meant = f"Bedoelde u '{finding.suggestion}'?" if finding.suggestion else ""
    return " ".join(part for part in (finding.what, finding.hint, meant) if part)


def _place(finding: Diagnostic) -> str:
    kind = "Fout" if finding.severity is Severity.ERROR else "Let op"
    where = f"regel {finding.line}" if finding.line else "het hele bestand"
    return f"{kind}, {where}:"


def listed(found: Sequence[Diagnostic]) -> str:
    """Write findings as a Markdown list, with the file and the line of each."""
    lines = [
        f"- {plain(one.file)}{f', regel {one.line}' if one.line else ''}: {plain(in_words(one))}"
        for one in found[:FEW]
    ]
    if len(found) > FEW:
        lines.append(f"- En nog {len(found) - FEW}.")
    return "\n".join(lines)


def summary(found: Iterable[Diagnostic]) -> str:
    """Count what was found, for who can't see the marks."""
    severities = [one.severity for one in found]
    errors = severities.count(Severity.ERROR)
    warnings = len(severities) - errors
    if not severities:
        return "Geen fouten gevonden."
    parts = [count(errors, "fout", "fouten")] if errors else []
    parts += [count(warnings, "aandachtspunt", "aandachtspunten")] if warnings else []
    return f"Gevonden: {' en '.join(parts)}."
