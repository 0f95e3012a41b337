"""Why people chose otherwise, worked out by asking the protocols with how each sees the facts."""

from __future__ import annotations

from dataclasses import replace

from engine.decisions import (
    DifferenceKind,
    MeetingAnswered,
    MeetingView,
    Record,
    Step,
)
from engine.intervisie import Practice, compare_all, difference_in_words, questions_for
from engine.library import Knowledge
from engine.words import Direction, Stage, Sureness, Topic
from tests.decisions import world
from tests.decisions.group import DO, DO_NOT, answer, joined, prepared


def view_of(
    exercise: Practice, knowledge: Knowledge, readings: dict[str, str], step: Step | None
) -> MeetingView:
    own = MeetingAnswered(
        readings=readings,
        step=step,
        other="" if step else "Eerst samen bellen.",
        why="Zo zou ik het hier doen.",
        sure=Sureness.SURE,
    )
    return exercise.view(knowledge, own, tuple(Stage))


def kind_of(view: MeetingView, knowledge: Knowledge) -> DifferenceKind | None:
    mine = next(one for one in compare_all(view, knowledge) if one.voice.mine)
    return mine.protocol.kind if mine.protocol else None


def test_facts_that_are_read_otherwise(
    exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    research = Step(action="belastbaarheid_laten_onderzoeken", direction=Direction.DO)
    proof = {"begin_van_bewijs": "ja", "woord_en_daad": "nee"}
    view = view_of(exercises["6"], knowledge, proof, research)
    mine = next(one for one in compare_all(view, knowledge) if one.voice.mine)
    assert mine.protocol is not None
    assert mine.protocol.kind is DifferenceKind.FACTS
    assert mine.protocol.facts == ("begin_van_bewijs",)
    assert mine.colleague is None
    assert "ondersteunt" in difference_in_words(mine.protocol, knowledge)


def test_the_same_facts_weighed_otherwise(
    exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    research = Step(action="belastbaarheid_laten_onderzoeken", direction=Direction.DO)
    nothing = {"begin_van_bewijs": "nee", "woord_en_daad": "nee"}
    view = view_of(exercises["6"], knowledge, nothing, research)
    assert kind_of(view, knowledge) is DifferenceKind.WEIGHED


def test_a_protocol_that_does_not_say(exercises: dict[str, Practice], knowledge: Knowledge) -> None:
    open_ones = {"begin_van_bewijs": "onbekend", "woord_en_daad": "onbekend"}
    view = view_of(exercises["6"], knowledge, open_ones, None)
    assert kind_of(view, knowledge) is DifferenceKind.SILENT


def test_that_a_rule_is_wrong_is_for_people_to_say(
    exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    research = Step(action="belastbaarheid_laten_onderzoeken", direction=Direction.DO)
    nothing = {"begin_van_bewijs": "nee", "woord_en_daad": "nee"}
    view = view_of(exercises["6"], knowledge, nothing, research)
    voices = tuple(
        replace(one, reason=DifferenceKind.RULE_WRONG) if one.mine else one
        for one in view.voices or ()
    )
    mine = next(
        one for one in compare_all(replace(view, voices=voices), knowledge) if one.voice.mine
    )
    assert mine.protocol is not None
    assert (mine.protocol.kind, mine.protocol.own_words) == (DifferenceKind.RULE_WRONG, True)
    # What the protocols prove stays: with these facts they advise what was chosen.
    proof = {"begin_van_bewijs": "ja", "woord_en_daad": "nee"}
    proven = view_of(exercises["6"], knowledge, proof, research)
    voices = tuple(replace(one, reason=DifferenceKind.RULE_WRONG) for one in proven.voices or ())
    assert kind_of(replace(proven, voices=voices), knowledge) is DifferenceKind.FACTS


def test_nothing_is_compared_before_it_is_shown(
    exercises: dict[str, Practice], knowledge: Knowledge
) -> None:
    exercise = exercises["6"]
    own = view_of(exercise, knowledge, {}, exercise.options[0]).own
    for shown in range(len(Stage) + 1):
        view = exercise.view(knowledge, own, tuple(Stage)[:shown])
        compared = compare_all(view, knowledge)
        assert bool(compared) is (shown >= 3)
        assert all(one.colleague is None for one in compared) or shown == 4
        topics = {one.topic for one in questions_for(view, knowledge, compared)}
        assert (Topic.FACTS in topics) is (shown >= 2)
        assert (Topic.RULE in topics) is (shown >= 3)
        assert (Topic.DECISION in topics) is (shown >= 4)


def test_an_own_reason_reaches_the_comparison_through_the_record(record: Record) -> None:
    group = joined(prepared(record), 2)
    for own, step in zip(group.members, (DO, DO_NOT), strict=True):
        answer(own, group.meeting, step, readings={"ziek": "nee"})
    group.reveal()
    group.members[1].meetings.add(
        group.meeting, "De regel past hier niet.", reason=DifferenceKind.RULE_WRONG
    )
    view = group.members[1].meetings.view(group.meeting, world.knowledge())
    compared = {one.voice.step: one for one in compare_all(view, world.knowledge())}
    assert compared[DO].protocol is None
    other = compared[DO_NOT].protocol
    assert other is not None
    assert other.kind is DifferenceKind.RULE_WRONG
