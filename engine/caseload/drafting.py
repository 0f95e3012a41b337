"""A coupling while someone makes it: what was suggested, what they took over and what they set."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import pyarrow as pa
import yaml

from engine.caseload.column_names import normal
from engine.caseload.coupled import coupling_of
from engine.caseload.suggest import Suggestion, Suggestions, suggest
from engine.coupling import Coupling
from engine.knowledge import TITLE_LENGTH
from engine.library import Knowledge
from engine.reader import read_text
from engine.words import DecimalMark, Likeness

_NAME = "koppeling.yaml"


class _Said(str):
    """Text of the user's own, which must never be taken for anything else, such as a yes."""

    __slots__ = ()


class _Writer(yaml.SafeDumper):
    """Writes what is the user's own between quotes."""


_Writer.add_representer(
    _Said, lambda to, said: to.represent_scalar("tag:yaml.org,2002:str", str(said), style='"')
)


@dataclass(frozen=True, slots=True)
class Use:
    """What one column is used for; for nothing if it is neither a fact nor a group.

    Attributes:
        fact: the fact, or empty.
        group: the name of the group, or empty.
        values: which cell is which answer.
        unknown: the cells that say that it isn't known.
    """

    fact: str = ""
    group: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether the column is left out."""
        return not (self.fact or self.group)


@dataclass(slots=True)
class CouplingDraft:
    """A coupling that isn't checked yet.

    Attributes:
        title: what it is called.
        dossier: the column with the pseudonym; empty as long as nobody said which.
        uses: what each other column is used for, by its name.
        decimal: what stands before decimals.
        for_all: the answers that every client has, by fact.
    """

    title: str
    dossier: str
    uses: dict[str, Use]
    decimal: DecimalMark | None = None
    for_all: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, suggestions: Suggestions, title: str) -> Self:
        """Begin with what is called the same; all else is left out until someone says so."""
        uses = {
            one.column: Use(one.fact, one.group) if one.likeness is Likeness.SAME else Use()
            for one in suggestions.columns
        }
        return cls(title[:TITLE_LENGTH], suggestions.dossier, uses)

    @classmethod
    def from_coupling(cls, coupling: Coupling, columns: Iterable[str]) -> Self:
        """Go on with one that was made before; a column that it doesn't name is left out."""
        named = {
            one.column: Use(one.fact or "", one.group or "", one.values, one.unknown)
            for one in coupling.columns
        }
        uses = {name: named.pop(name, Use()) for name in columns if name != coupling.dossier}
        for_all = {name: str(value) for name, value in coupling.for_all.items()}
        # What it names and isn't there stays, so that the check can say so.
        return cls(coupling.title, coupling.dossier, uses | named, coupling.decimal, for_all)

    def take_over(self, suggestion: Suggestion) -> None:
        """Use a column as was suggested."""
        self.uses[suggestion.column] = Use(
            suggestion.fact, suggestion.group, suggestion.values, suggestion.unknown
        )

    def leave(self, suggestion: Suggestion) -> None:
        """Take a suggestion back; what is called the same stays coupled by its name alone."""
        same = suggestion.likeness is Likeness.SAME
        self.uses[suggestion.column] = Use(suggestion.fact, suggestion.group) if same else Use()

    def follows(self, suggestion: Suggestion) -> bool:
        """Whether a column is used as was suggested."""
        use = self.uses.get(suggestion.column, Use())
        return use == Use(
            suggestion.fact, suggestion.group, dict(suggestion.values), suggestion.unknown
        )

    def as_yaml(self) -> str:
        """Write it as a coupling file, to use again."""
        raw: dict[str, Any] = {"koppeling": _Said(self.title), "dossier": _Said(self.dossier)}
        if self.decimal is not None:
            raw["decimaalteken"] = self.decimal.value
        if self.for_all:
            raw["voor_iedereen"] = {name: _Said(told) for name, told in self.for_all.items()}
        raw["kolommen"] = [
            {"kolom": _Said(column), **_written(use)}
            for column, use in self.uses.items()
            if column != self.dossier
        ]
        return yaml.dump(raw, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=1000)

    def checked(self, knowledge: Knowledge) -> Coupling:
        """Return the coupling.

        Raises:
            KnowledgeError: something in it can't be.
        """
        return coupling_of(read_text(self.as_yaml().encode(), _NAME), knowledge)


def suggest_answers(
    sample: pa.Table, column: str, fact: str, knowledge: Knowledge
) -> tuple[Use, tuple[str, ...]]:
    """Suggest which cell of a column is which answer to a question that someone chose for it.

    Returns:
        The use of the column, and cells that nothing is known for.
    """
    # As if the column were called so: then all that is left to find out is what its cells mean.
    renamed = pa.table([sample[column], sample[column]], names=[fact, "dossier"])
    (found,) = suggest(renamed, knowledge).columns
    return Use(fact, "", found.values, found.unknown), found.unread


def group_name(column: str) -> str:
    """Return the name under which a column can be a group."""
    name = normal(column)
    return (name if name[:1].isalpha() else f"groep_{name}")[:60].rstrip("_")


def _written(use: Use) -> dict[str, Any]:
    if use.group:
        return {"groep": use.group}
    if not use.fact:
        return {"weglaten": "ja"}
    written: dict[str, Any] = {"feit": use.fact}
    if use.values:
        written["waarden"] = {_Said(cell): _Said(answer) for cell, answer in use.values.items()}
    if use.unknown:
        written["onbekend"] = [_Said(cell) for cell in use.unknown]
    return written
