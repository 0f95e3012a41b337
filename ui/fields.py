"""The field for an answer that is typed: a number or a date."""

from __future__ import annotations

from datetime import date

import streamlit as st

from engine.answers import FIRST_DAY, LAST_DAY
from engine.conditions import Value
from engine.knowledge import Fact
from engine.wording import digits
from engine.words import FactKind
from ui.text import plain


def answer_label(fact: Fact) -> str:
    """Say what to type as the answer to a question, as Markdown."""
    if fact.kind is FactKind.DATE:
        return "Antwoord als datum (dag-maand-jaar)"
    unit = plain(fact.unit.many if fact.unit else "aantal")
    most = plain(digits(fact.maximum))
    return f"Antwoord in {unit} ({fact.minimum} tot en met {most})"


def value_input(
    fact: Fact, label: str, value: Value | None, key: str, placeholder: str = "Typ een getal"
) -> None:
    """Draw the field for a number or a date; what doesn't fit is said when it is sent.

    Args:
        fact: the question.
        label: what the field asks for, as Markdown.
        value: the answer of now, if there is one.
        key: the key of the widget; one of its own for each case.
        placeholder: what stands in a field for a number that is empty.
    """
    if fact.kind is FactKind.NUMBER:
        st.number_input(
            label,
            value=value if isinstance(value, int) else None,
            step=1,
            key=key,
            placeholder=placeholder,
        )
    else:
        st.date_input(
            label,
            value=value if isinstance(value, date) else None,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="DD-MM-YYYY",
            key=key,
        )
