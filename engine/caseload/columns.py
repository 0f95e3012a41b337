"""The columns that every caseload has: who it is about, where that stood, and a fact each."""

from __future__ import annotations

import pyarrow as pa

from engine.knowledge import AUTHORITY, Fact
from engine.library import Knowledge
from engine.words import FactKind

FILE = "dossier"
"""The column with the pseudonym of the client, which no other row has."""

LINE = "bronregel"
"""The column that says where in the source a client stood; ``regel`` is a rule elsewhere."""

TEAM = "team"
"""The group that is known without being told."""


def facts_in(knowledge: Knowledge) -> tuple[Fact, ...]:
    """Return the facts that a caseload has a column for, in the order of the knowledge."""
    return tuple(
        fact
        for name, fact in knowledge.facts.items()
        if name != AUTHORITY and fact.kind is not FactKind.TEXT
    )


def column_type(fact: Fact) -> pa.DataType:
    """Return how the answers to a question are held in a table."""
    match fact.kind:
        case FactKind.NUMBER:
            return pa.int64()
        case FactKind.DATE:
            return pa.date32()
        case _:
            return pa.string()


def options_of(fact: Fact) -> tuple[str, ...]:
    """Return the answers that a question offers; none for a number or a date."""
    if fact.kind is FactKind.YES_NO:
        return ("ja", "nee")
    return tuple(option.id for option in fact.options)
