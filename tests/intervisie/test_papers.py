"""The hand-out, the minutes, and what goes to the method designers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.decisions import Record, Role
from engine.disclosure import overview
from engine.intervisie import (
    ProposalGround,
    file_name,
    handout,
    minutes,
    propose,
    suggest,
)
from engine.note import NoteForm, NoteKind, gather, render, to_markdown, write
from engine.words import Ruling, Stage, Status
from tests.auth.world import access, person
from tests.decisions import world
from tests.decisions.group import (
    DO,
    DO_NOT,
    QUESTION,
    RULE,
    UNSEEN,
    WHY,
    Group,
    answer,
    answered,
    concluded,
    joined,
    kept,
    prepared,
)

KNOWLEDGE = world.knowledge()
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
VIEW = "Ik blijf erbij: **dit** is <b>te vroeg</b>."


def whole(record: Record) -> Group:
    group = answered(record, [DO, DO, DO_NOT])
    group.reveal()
    group.members[2].meetings.add(group.meeting, VIEW, minority=True)
    group.members[0].meetings.add(group.meeting, "Rust gaat voor.")
    group.facilitator.meetings.note(group.meeting, "Het ging lang over rust.")
    day = world.TODAY + timedelta(days=7)
    concluded(
        group,
        ruling=Ruling.CHANGE,
        rule=RULE,
        should_be=Status.DOES_NOT_HOLD,
        learned=["Vraag eerst naar rust."],
        agreed=[("de uitleg aanvullen", "de methodeontwikkelaar", day)],
    )
    return group


def test_the_minutes_hold_what_the_group_came_to(record: Record) -> None:
    group = whole(record)
    own = group.members[1].meetings
    view, seal = own.view(group.meeting, KNOWLEDGE), own.seal(group.meeting)
    said = to_markdown(minutes(view, KNOWLEDGE, NOW, seal))
    assert record.verify(seal.value).sealed is not None
    assert seal.value in said
    for part in (QUESTION, WHY, UNSEEN, "Vraag eerst naar rust", "29 november 2026", "Deelnemer 3"):
        assert part in said
    assert "Wie er anders over denkt" in said
    assert "te vroeg" in said
    assert "<b>" not in said
    for one in group.members:
        assert one.actor.name not in said
        assert one.actor.id not in said
    assert group.case not in said


@pytest.mark.parametrize("form", NoteForm)
def test_they_can_be_printed(record: Record, form: NoteForm) -> None:
    group = whole(record)
    view = group.facilitator.meetings.view(group.meeting, KNOWLEDGE)
    for document in (minutes(view, KNOWLEDGE, NOW), handout(view, KNOWLEDGE, NOW)):
        made = render(form, document)
        assert made == render(form, document)
        assert len(made) > 500
    assert (
        file_name("verslag", view, NOW, form) == f"intervisie-verslag-{view.id}-2026-11-22.{form}"
    )


def test_a_paper_made_early_is_as_blind_as_the_screen(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    for own in (group.members[0], group.facilitator):
        view = own.meetings.view(group.meeting, KNOWLEDGE)
        for document in (handout(view, KNOWLEDGE, NOW), minutes(view, KNOWLEDGE, NOW)):
            said = to_markdown(document)
            assert UNSEEN not in said
            assert WHY not in said
            assert "Proefregel werkwijze" not in said
            assert "niet ziek" not in said
    group.reveal(Stage.CHOICES)
    view = group.facilitator.meetings.view(group.meeting, KNOWLEDGE)
    said = to_markdown(minutes(view, KNOWLEDGE, NOW))
    assert WHY in said
    assert UNSEEN not in said


def test_the_minutes_say_that_a_colleague_took_over(record: Record) -> None:
    group = answered(record, [DO, DO_NOT])
    other = access(record, person(record, Role.FACILITATOR))
    other.meetings.join(group.code, names=False)
    for own, said in ((group.facilitator, False), (other, True)):
        if said:
            other.meetings.take_over(group.meeting)
        view = own.meetings.view(group.meeting, KNOWLEDGE)
        assert ("nam de begeleiding over" in to_markdown(minutes(view, KNOWLEDGE, NOW))) is said


def test_what_to_ask_is_suggested(record: Record) -> None:
    group = prepared(record)
    copy = group.facilitator.meetings.copy(group.case, KNOWLEDGE, group.decision)
    found = suggest(copy, KNOWLEDGE)
    assert found.about == (RULE,)
    assert set(found.options) == {DO, DO_NOT}
    assert found.asked == ("wil",)


def test_cases_are_proposed_with_why(record: Record) -> None:
    group = prepared(record)
    (found,) = propose(group.facilitator, KNOWLEDGE)
    assert (found.case.id, found.decision) == (group.case, group.decision)
    assert found.grounds == (ProposalGround.DEVIATED,)
    case = record.load_case(group.case, KNOWLEDGE).case
    record.save_facts(
        case,
        case.answer(KNOWLEDGE, "maanden", {"betwist": {"client": 1, "professional": 2}}),
        actor="p-een-ander",
    )
    (found,) = propose(group.facilitator, KNOWLEDGE)
    assert found.grounds == (ProposalGround.DEVIATED, ProposalGround.DISPUTED)
    assert propose(access(record, person(record, Role.FACILITATOR)), KNOWLEDGE) == ()


def test_a_deviation_that_was_discussed_is_not_proposed_again(record: Record) -> None:
    group = whole(record)
    assert propose(group.facilitator, KNOWLEDGE)
    group.facilitator.meetings.close(group.meeting)
    assert propose(group.facilitator, KNOWLEDGE) == ()


def test_rules_on_which_groups_were_divided_bring_cases_up(record: Record) -> None:
    for _ in range(5):
        group = answered(record, [DO, DO, DO_NOT, DO_NOT])
        group.reveal()
    later = prepared(record)
    (found,) = propose(later.facilitator, KNOWLEDGE)
    assert ProposalGround.SPREAD in found.grounds


def test_the_note_of_the_case_has_what_the_group_came_to(record: Record) -> None:
    group = whole(record)
    group.facilitator.meetings.close(group.meeting)
    material = gather(record, KNOWLEDGE, group.case, NOW)
    document = write(NoteKind.FILE, material)
    said = to_markdown(document)
    decided = said[said.index("## Besluiten") :]
    for part in (
        "**Besproken in intervisie:**",
        "**De regel moet anders:** De collega woog het goed af.",
        "**Andere mening, in eigen woorden:** Ik blijf erbij:",
        "**Geleerd:** Vraag eerst naar rust.",
        "(de methodeontwikkelaar, uiterlijk 29 november 2026)",
    ):
        assert part in decided
    assert "<b>" not in said
    for form in NoteForm:
        assert render(form, document)
    # A letter to the client says what was decided, and not what colleagues thought of it.
    assert "intervisie" not in to_markdown(write(NoteKind.CLIENT, material))


def test_a_talk_without_a_decision_has_a_place_of_its_own_in_the_note(record: Record) -> None:
    group = prepared(record)
    copy = group.facilitator.meetings.copy(group.case, KNOWLEDGE)
    before = gather(record, KNOWLEDGE, group.case, NOW)
    assert "Besproken in intervisie" not in to_markdown(write(NoteKind.FILE, before))
    meeting = group.facilitator.meetings.prepare(
        copy,
        KNOWLEDGE,
        texts=kept(copy),
        question=QUESTION,
        asked=[],
        options=[DO, DO_NOT],
        script="incident",
    )
    group = joined(replace(group, meeting=meeting), 2)
    for one in group.members:
        answer(one, meeting, readings={})
    group.reveal(Stage.CHOICES, Stage.READINGS, Stage.ADVICE)
    concluded(group)
    group.facilitator.meetings.close(meeting)
    said = to_markdown(write(NoteKind.FILE, gather(record, KNOWLEDGE, group.case, NOW)))
    assert "## Besproken in intervisie" in said
    assert said.index("## Besluiten") < said.index("## Besproken in intervisie")


def test_a_client_who_asks_gets_it_part_by_part(record: Record) -> None:
    group = whole(record)
    group.facilitator.meetings.close(group.meeting)
    told = to_markdown(overview(record.disclosed(group.case), KNOWLEDGE, {}, NOW))
    for part in ("Besproken in intervisie, ", "- De regel moet anders: ", "- Geleerd: Vraag eerst"):
        assert part in told
