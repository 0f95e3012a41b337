"""The self-scan: questions to a team about its way of working, and what may help.

No rule rests on it and none of it is recorded. There is no score either: an answer leads to
actions and is never added up, so that it can't become a mark for a team or a person.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field

from engine.knowledge import Model, Name, SourceRef, Text, Title
from engine.words import ScanActor, ScanAnswer

Answers = Mapping[str, ScanAnswer]
"""What a team answered, by the id of the question; what is not there is not answered."""


class ScanTheme(Model):
    """A heading under which questions stand together."""

    id: Name
    label: Title = Field(alias="naam")


class ScanAction(Model):
    """What someone can do when the answer is not a full "ja"."""

    actor: ScanActor = Field(alias="wie")
    text: Text = Field(alias="actie", description="Een opdracht in een of twee zinnen.")


class ScanQuestion(Model):
    """One question, and the actions that fit an answer that leaves something to wish for."""

    id: Name
    theme: Name = Field(alias="thema")
    question: Text = Field(alias="vraag", description="Zo gesteld dat 'ja' goed nieuws is.")
    reason: Text = Field(alias="waarom", description="Waarom deze vraag ertoe doet.")
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)
    if_partly: tuple[ScanAction, ...] = Field(alias="bij_deels", min_length=1)
    if_no: tuple[ScanAction, ...] = Field(alias="bij_nee", min_length=1)

    def actions(self, answer: ScanAnswer | None) -> tuple[ScanAction, ...]:
        """Return the actions that fit an answer; none for "ja" and for no answer."""
        match answer:
            case ScanAnswer.PARTLY:
                return self.if_partly
            case ScanAnswer.NO:
                return self.if_no
            case _:
                return ()


class SelfScan(Model):
    """``knowledge/zelfanalyse.yaml``: the questions, under their themes."""

    title: Title = Field(alias="titel")
    explanation: Text = Field(alias="toelichting")
    sources: tuple[SourceRef, ...] = Field(alias="bronnen", min_length=1)
    themes: tuple[ScanTheme, ...] = Field(alias="themas", min_length=1)
    questions: tuple[ScanQuestion, ...] = Field(alias="vragen", min_length=1)

    def by_theme(self) -> list[tuple[ScanTheme, list[ScanQuestion]]]:
        """Return each theme with its questions, both in the order of the file."""
        return [
            (theme, [question for question in self.questions if question.theme == theme.id])
            for theme in self.themes
        ]

    def in_order(self) -> list[ScanQuestion]:
        """Return the questions in the order of the themes, as they are shown and numbered."""
        return [question for _, questions in self.by_theme() for question in questions]

    def unanswered(self, answers: Answers) -> int:
        """Return how many questions have no answer."""
        return sum(question.id not in answers for question in self.questions)

    def actions_of(self, actor: ScanActor, answers: Answers) -> list[tuple[int, str]]:
        """Return what one actor can do, each with the number of the question it belongs to."""
        return [
            (number, action.text)
            for number, question in enumerate(self.in_order(), start=1)
            for action in question.actions(answers.get(question.id))
            if action.actor is actor
        ]
