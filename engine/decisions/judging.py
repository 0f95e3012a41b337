"""One's own judgement of a case, given before the advice is seen, and the two side by side.

Both stand next to each other without a mark: whoever chose otherwise may well be right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from engine.consult import Consultation
from engine.decisions.base import DecisionError
from engine.decisions.events import JudgementGiven
from engine.decisions.privacy import Confirmed
from engine.words import Direction, Status, Word


class Stance(Word):
    """What the protocols say of an action as things stand."""

    DO = "doen"
    DO_NOT = "niet_doen"
    BOTH = "tegenstrijdig"
    OPEN = "te_bepalen"
    WITHHELD = "ingehouden"
    SILENT = "niets"


@dataclass(frozen=True, slots=True)
class JudgedStep:
    """One action: what someone chose, and what the protocols say.

    Attributes:
        action: the action, by id.
        chosen: whether they would take it.
        stance: what the protocols say of it now.
    """

    action: str
    chosen: bool
    stance: Stance

    @property
    def same(self) -> bool | None:
        """Whether both come to the same; ``None`` while the protocols say neither."""
        if self.stance in (Stance.BOTH, Stance.OPEN, Stance.WITHHELD):
            return None
        return self.chosen is (self.stance is Stance.DO)


def actions_of(consultation: Consultation) -> tuple[str, ...]:
    """Return every action that the protocols of a case have a rule about, in their order."""
    rules = consultation.program.asked_rules()
    return tuple(dict.fromkeys(bound.rule.advice.action for bound in rules))


def judge(
    consultation: Consultation,
    actions: Sequence[str],
    other: str,
    why: str,
    confirmed: Sequence[Confirmed] = (),
) -> JudgementGiven:
    """Put a judgement together.

    Raises:
        DecisionError: it says nothing, is too long or names an action that isn't there.
    """
    if not set(actions) <= set(actions_of(consultation)):
        raise DecisionError.about(
            "De protocollen kennen een van deze stappen niet meer. Kies opnieuw.", "actions"
        )
    try:
        return JudgementGiven(
            actions=tuple(dict.fromkeys(actions)),
            other=other,
            why=why,
            receipt=consultation.receipt.digest,
            confirmed=tuple(confirmed),
        )
    except ValidationError as error:
        place = str(error.errors()[0]["loc"][0])
        raise DecisionError.about("Maak deze tekst korter: hoogstens 500 tekens.", place) from None


def judged_steps(judgement: JudgementGiven, consultation: Consultation) -> tuple[JudgedStep, ...]:
    """Put a judgement beside the advice of now.

    Returns:
        Every action that was chosen, then every other one that the protocols advise or advise
        against.
    """
    chosen = [JudgedStep(name, True, stance_on(name, consultation)) for name in judgement.actions]
    rest = (
        JudgedStep(name, False, stance_on(name, consultation))
        for name in actions_of(consultation)
        if name not in judgement.actions
    )
    spoken = (Stance.DO, Stance.DO_NOT, Stance.BOTH)
    return (*chosen, *(item for item in rest if item.stance in spoken))


def stance_on(action: str, consultation: Consultation) -> Stance:
    """Say what the protocols advise about one action; what they advise goes before what is open."""
    about = [one for one in consultation.advices if one.rule.advice.action == action]
    directions = {one.rule.advice.direction for one in about if one.status.is_given}
    if len(directions) > 1:
        return Stance.BOTH
    if directions:
        return Stance.DO if Direction.DO in directions else Stance.DO_NOT
    if any(item.rule.advice.action == action for item in consultation.withheld):
        return Stance.WITHHELD
    return Stance.OPEN if Status.OPEN in {one.status for one in about} else Stance.SILENT
