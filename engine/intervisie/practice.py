"""To practise alone: an example case, judged blind, and then beside what made-up groups said.

An exercise is played as a meeting in memory, so what is shown when is decided in the same place as
in a real one. Nothing of it is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path
from uuid import NAMESPACE_OID, uuid5

from engine.case import facts_of
from engine.case_file import ReadCase, read_cases
from engine.decisions import (
    Colleague,
    Event,
    MeetingAnswered,
    MeetingBody,
    MeetingJoined,
    MeetingPrepared,
    MeetingRevealed,
    MeetingView,
    ReviewedText,
    Step,
    TextChoice,
    fold,
    look_at,
)
from engine.exercises import (
    Exercise,
    ExerciseAnswer,
    ExerciseDecision,
    ExerciseGroup,
    ExerciseStep,
)
from engine.library import Knowledge
from engine.words import Element, Stage, Status

_ME = "ik"
_PROGRAM = "Leidraad"
_NO_CODE = "bbbbbbbb"
_NO_SALT = "0" * 64


@dataclass(frozen=True, slots=True)
class Practice:
    """One exercise: a fictional case with what groups made of it."""

    read: ReadCase
    exercise: Exercise

    @property
    def id(self) -> str:
        """The id of its case."""
        return self.read.case.id

    @property
    def options(self) -> tuple[Step, ...]:
        """The steps to choose from."""
        return tuple(_step(step) for step in self.exercise.steps)

    def view(
        self, knowledge: Knowledge, own: MeetingAnswered | None, shown: Sequence[Stage] = ()
    ) -> MeetingView:
        """Return what someone who practises may see; without an answer of their own, no other.

        Args:
            knowledge: where the questions are defined.
            own: what they answered themselves; ``None`` if nothing yet.
            shown: what they chose to see.
        """
        bodies = self._bodies(own, shown if own is not None else ())
        at = datetime.combine(self.read.case.reference_date, time(9), UTC)
        events = [
            Event(seq, uuid5(NAMESPACE_OID, f"{self.id} {seq}"), self.id, at, actor, body)
            for seq, (actor, body) in enumerate(bodies, start=1)
        ]
        return look_at(fold(events), _ME, knowledge, {})

    def groups(self, view: MeetingView) -> tuple[ExerciseGroup, ...]:
        """Return what the made-up groups came to; nothing before all of it was shown."""
        return () if view.next_stage is not None else self.exercise.groups

    def _bodies(
        self, own: MeetingAnswered | None, shown: Sequence[Stage]
    ) -> Iterator[tuple[str, MeetingBody]]:
        yield _PROGRAM, self._prepared()
        others = [
            (f"{group_number}-{number}", _answer(answer, self.exercise))
            for group_number, group in enumerate(self.exercise.groups)
            for number, answer in enumerate(group.answers)
        ]
        mine = [(_ME, own)] if own is not None else []
        joined = MeetingJoined(names=False, knows=False)
        yield _ME, joined
        for person, answer in (*others, *mine):
            if person != _ME:
                yield person, joined
            yield person, answer
        for stage in shown:
            yield _PROGRAM, MeetingRevealed(stage=stage)

    def _prepared(self) -> MeetingPrepared:
        file, case, exercise = self.read.file, self.read.case, self.exercise
        said = {
            "title": file.title,
            "story": file.story,
            f"elements.{Element.WEIGHING.value}": exercise.decision.why,
        }
        decision = exercise.decision
        return MeetingPrepared(
            origin=case.id,
            origin_seq=0,
            decision=None,
            authority=case.authority,
            protocols=case.protocols,
            reference_date=case.reference_date,
            facts=facts_of(case),
            texts=tuple(
                ReviewedText(field=field, choice=TextChoice.KEPT, text=text)
                for field, text in said.items()
            ),
            question=exercise.question,
            code=_NO_CODE,
            salt=_NO_SALT,
            names=False,
            asked=exercise.asked,
            options=self.options,
            about=(decision.rule,),
            script=exercise.script,
            colleague=Colleague(
                rule=decision.rule,
                outcome=_outcome(decision, self.read.expected.get(decision.rule)),
                step=_step(exercise.step(decision.step)),
            ),
        )


def practices(cases_folder: Path, knowledge: Knowledge) -> tuple[Practice, ...]:
    """Return the exercises that can be read, in the order of their files."""
    found, _ = read_cases(cases_folder, knowledge)
    return tuple(Practice(read, read.file.exercise) for read in found if read.file.exercise)


def _outcome(decision: ExerciseDecision, expected: Status | None) -> str:
    """Say what the colleague did with the advice; of a rule that is open there was none."""
    if decision.followed:
        return "volgen"
    return "zonder_advies" if expected is Status.OPEN else "afwijken"


def _step(step: ExerciseStep) -> Step:
    return Step(action=step.action, direction=step.direction)


def _answer(answer: ExerciseAnswer, exercise: Exercise) -> MeetingAnswered:
    return MeetingAnswered(
        readings=answer.readings,
        step=_step(exercise.step(answer.step)) if answer.step else None,
        other=answer.other or "",
        why=answer.why,
        sure=answer.sure,
    )
