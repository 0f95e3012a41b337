"""Scripts for a group that discusses a case: forms, with steps, minutes and questions.

No rule rests on them. A step says which questions that fit the case come with it, and what the
facilitator shows at its beginning.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from engine.knowledge import Model, Name, SourceRef, Text, Title
from engine.words import Stage, Topic


class ScriptStep(Model):
    """One step of a script."""

    title: Title = Field(alias="naam")
    minutes: Annotated[int, Field(ge=1, le=60)] = Field(alias="minuten")
    aim: Text = Field(alias="doel")
    shows: tuple[Stage, ...] = Field(
        default=(), alias="toont", description="Wat de begeleider bij deze stap laat zien."
    )
    topics: tuple[Topic, ...] = Field(
        default=(), alias="over", description="Welke vragen over deze casus erbij komen."
    )
    questions: tuple[Text, ...] = Field(alias="vragen", min_length=1)


class Script(Model):
    """One form of talk."""

    id: Name
    title: Title = Field(alias="naam")
    explanation: Text = Field(alias="toelichting")
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)
    steps: tuple[ScriptStep, ...] = Field(alias="stappen", min_length=1)

    @property
    def minutes(self) -> int:
        """How long the whole script takes."""
        return sum(step.minutes for step in self.steps)

    @model_validator(mode="after")
    def _shows_everything_in_order(self) -> Self:
        if [stage for step in self.steps for stage in step.shows] != list(Stage):
            what = ", ".join(Stage)
            raise ValueError(f"Een draaiboek toont alles één keer, in deze volgorde: {what}.")
        return self


class ScriptFile(Model):
    """``knowledge/intervisie.yaml``: the scripts to choose from."""

    title: Title = Field(alias="titel")
    explanation: Text = Field(alias="toelichting")
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)
    scripts: tuple[Script, ...] = Field(alias="vormen", min_length=1)
