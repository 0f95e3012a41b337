"""How the columns of someone's own file say what Leidraad asks: a coupling, as a YAML file.

A coupling is about one source, and holds no answers itself. That its names exist, and that a
column may be used so, is checked where the knowledge is known (``engine.caseload.coupled``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import Field, StringConstraints, model_validator

from engine.knowledge import Model, Name, Title, YesNo
from engine.words import DecimalMark

ColumnName = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
CellText = Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)]


class CoupledColumn(Model):
    """One column: the answers to a question, a group, or nothing that is used."""

    column: ColumnName = Field(alias="kolom")
    fact: Name | None = Field(default=None, alias="feit")
    group: Name | None = Field(
        default=None,
        alias="groep",
        description="De naam waaronder u cliënten wilt vergelijken, zoals team.",
    )
    ignored: YesNo = Field(
        default=False, alias="weglaten", description="Ja als deze kolom niet wordt gebruikt."
    )
    values: dict[CellText, CellText] = Field(
        default_factory=dict,
        alias="waarden",
        description="Wat er in de kolom staat, en welk antwoord dat is.",
    )
    unknown: tuple[CellText, ...] = Field(
        default=(),
        alias="onbekend",
        description="Wat in deze kolom betekent dat het antwoord niet bekend is.",
    )

    @model_validator(mode="after")
    def _has_one_use(self) -> Self:
        if [self.fact is not None, self.group is not None, self.ignored].count(True) != 1:
            raise ValueError("Geef bij een kolom een van deze drie: feit, groep of weglaten.")
        if self.fact is None and (self.values or self.unknown):
            raise ValueError("'waarden' en 'onbekend' horen alleen bij een feit.")
        both = sorted(set(self.values) & set(self.unknown))
        if both:
            raise ValueError(f"{both[0]!r} staat bij 'waarden' en bij 'onbekend'.")
        return self


class Coupling(Model):
    """One file with the columns of one source."""

    title: Title = Field(alias="koppeling")
    dossier: ColumnName = Field(
        description="De kolom met uw eigen kenmerk van de cliënt. Nooit een naam of een BSN."
    )
    sheet: Title | None = Field(
        default=None, alias="blad", description="Het blad van een Excelbestand."
    )
    decimal: DecimalMark | None = Field(
        default=None,
        alias="decimaalteken",
        description="Wat voor de decimalen staat; nodig als 1.000 twee dingen kan betekenen.",
    )
    for_all: dict[Name, str | int | date] = Field(
        default_factory=dict,
        alias="voor_iedereen",
        description="Feiten zonder kolom waarvan het antwoord bij elke cliënt hetzelfde is.",
    )
    columns: tuple[CoupledColumn, ...] = Field(alias="kolommen")
