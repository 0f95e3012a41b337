"""What the events of a meeting are made of: closed lists of words, a step, a text, an agreement."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import StringConstraints, model_validator

from engine.decisions.base import DecisionError, Frozen
from engine.decisions.contract import DeviationKind
from engine.knowledge import Name, RuleId
from engine.words import Direction, Ruling, Word

Remark = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]

MOST_FACTS = 12
"""Facts that one group is asked to judge at most; the talk is about what differs, not about all."""


class TextChoice(Word):
    """What became of a text of the case when it was made ready for a group."""

    KEPT = "gehouden"
    REWRITTEN = "herschreven"
    LEFT_OUT = "weggelaten"


class DifferenceKind(Word):
    """Why two people came to another step."""

    FACTS = "feiten_anders_gelezen"
    WEIGHED = "anders_gewogen"
    RULE_WRONG = "regel_klopt_niet"
    SILENT = "protocol_zwijgt"
    CLASH = "regels_botsen"


ABOUT_A_RULE = frozenset({Ruling.CLARIFY, Ruling.CHANGE})
"""What a method designer has to do something with."""


class Step(Frozen):
    """A step to take, or to refrain from."""

    action: Name
    direction: Direction


class ReviewedText(Frozen):
    """One free text of the case, looked at before the group sees it.

    Attributes:
        field: where it stands: ``title``, ``story``, the id of a fact, or a part of the deviation
            as :class:`engine.decisions.Finding` names it.
        text: what the group reads; empty when it was left out.
    """

    field: str
    choice: TextChoice
    text: Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)] = ""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if bool(self.text) is (self.choice is TextChoice.LEFT_OUT):
            raise DecisionError.about(
                "Schrijf een tekst, of kies dat u hem weglaat.", f"texts.{self.field}"
            )
        return self


class Colleague(Frozen):
    """What the colleague decided and why, as the group will read it.

    Attributes:
        rule: the rule that was decided on.
        outcome: as :class:`engine.decisions.Decision` has it; ``zonder_advies`` in an exercise
            where the rule was still open, so that there was nothing to follow.
        step: the step that the colleague took, as far as the protocols have one for it.
        kind: for a deviation, what sort it was.
        ground: for a deviation, on which ground.
    """

    rule: RuleId
    outcome: Annotated[
        str, StringConstraints(pattern=r"^(volgen|afwijken|overslaan|zonder_advies)$")
    ]
    step: Step | None = None
    kind: DeviationKind | None = None
    ground: Name | None = None


class Agreed(Frozen):
    """Who does what by when; a person is named by what they are, not by name."""

    what: Annotated[Short, StringConstraints(min_length=1)]
    who: Annotated[Short, StringConstraints(min_length=1)]
    by: date
