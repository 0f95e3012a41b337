"""What each kind of file of the knowledge holds at its top: a list of one kind of thing."""

from __future__ import annotations

from pydantic import Field

from engine.knowledge import (
    Action,
    Fact,
    Ground,
    Model,
    Name,
    Notion,
    Override,
    Parameter,
    Source,
    Text,
)


class FactFile(Model):
    """``knowledge/feiten/*.yaml``: the questions."""

    facts: tuple[Fact, ...] = Field(alias="feiten", min_length=1)


class NotionFile(Model):
    """``knowledge/begrippen/*.yaml``: what is derived from the answers."""

    notions: tuple[Notion, ...] = Field(alias="begrippen", min_length=1)


class ParameterFile(Model):
    """``knowledge/parameters/*.yaml``: thresholds, or one authority's own values for them."""

    parameters: tuple[Parameter, ...] = Field(default=(), alias="parameters")
    authority: Name | None = Field(
        default=None, alias="instantie", description="Naam van de gemeente, kleine letters."
    )
    label: Text | None = Field(default=None, alias="naam")
    overrides: tuple[Override, ...] = Field(default=(), alias="afwijkingen")


class SourceFile(Model):
    """``knowledge/bronnen.yaml``: the sources."""

    sources: tuple[Source, ...] = Field(alias="bronnen", min_length=1)


class ActionFile(Model):
    """``knowledge/handelingen.yaml``: the actions."""

    actions: tuple[Action, ...] = Field(alias="handelingen", min_length=1)


class GroundFile(Model):
    """``knowledge/afwijkgronden.yaml``: the grounds for deviating."""

    grounds: tuple[Ground, ...] = Field(alias="gronden", min_length=1)
