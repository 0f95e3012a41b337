"""A worked intervisie on a fictional case: what made-up groups answered and came to.

It stands in the file of the case. Someone alone can judge the case first and then see it all.
"""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import Field, StringConstraints, model_validator

from engine.knowledge import Model, Name, RuleId, SourceRef, Text, YesNo
from engine.words import Direction, Ruling, Status, Sureness

Key = Annotated[str, StringConstraints(pattern=r"^[a-z]$")]
"""One letter that names a step within the file."""


class ExerciseStep(Model):
    """A step to choose from."""

    key: Key = Field(alias="letter")
    action: Name = Field(alias="handeling")
    direction: Direction = Field(alias="richting")


class ExerciseDecision(Model):
    """What the colleague of the case decided and why."""

    step: Key = Field(alias="stap")
    rule: RuleId = Field(alias="regel")
    followed: YesNo = Field(alias="gevolgd")
    why: Text = Field(alias="waarom")


class ExerciseAnswer(Model):
    """What one made-up participant answered."""

    readings: dict[str, Any] = Field(default_factory=dict, alias="feiten")
    step: Key | None = Field(default=None, alias="stap")
    other: Text | None = Field(default=None, alias="anders")
    why: Text = Field(alias="waarom")
    sure: Sureness = Field(alias="zeker")

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.step is None) is (self.other is None):
            raise ValueError("Geef een 'stap', of schrijf bij 'anders' een andere stap.")
        return self


class ExerciseRuling(Model):
    """What a made-up group came to."""

    ruling: Ruling = Field(alias="uitkomst")
    rule: RuleId | None = Field(default=None, alias="regel")
    should_be: Status | None = Field(default=None, alias="had_moeten_zijn")
    why: Text = Field(alias="waarom")
    minority: tuple[Text, ...] = Field(default=(), alias="andere_mening")
    learned: tuple[Text, ...] = Field(default=(), alias="geleerd")


class ExerciseGroup(Model):
    """One made-up group."""

    name: Text = Field(alias="naam")
    answers: tuple[ExerciseAnswer, ...] = Field(alias="antwoorden", min_length=4, max_length=12)
    ruling: ExerciseRuling = Field(alias="uitspraak")


class Exercise(Model):
    """A worked intervisie on the case in whose file it stands."""

    question: Text = Field(alias="vraag")
    dilemma: Text = Field(alias="waarover", description="In één zin waar het schuurt.")
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)
    script: Name = Field(alias="vorm")
    asked: tuple[Name, ...] = Field(alias="feiten", min_length=1, max_length=12)
    steps: tuple[ExerciseStep, ...] = Field(alias="stappen", min_length=2)
    decision: ExerciseDecision = Field(alias="besluit")
    groups: tuple[ExerciseGroup, ...] = Field(alias="groepen", min_length=1)

    def step(self, key: str) -> ExerciseStep:
        """Return the step with a letter.

        Raises:
            KeyError: there is none.
        """
        found = {step.key: step for step in self.steps}
        return found[key]

    @model_validator(mode="after")
    def _known_letters(self) -> Self:
        letters = {step.key for step in self.steps}
        used = {self.decision.step} | {
            answer.step for group in self.groups for answer in group.answers if answer.step
        }
        if len(letters) < len(self.steps) or not used <= letters:
            raise ValueError(
                "Elke 'stap' is een letter uit 'stappen', en elke letter staat daar één keer."
            )
        return self
