from dataclasses import replace
from uuid import uuid4

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import LOCAL_ID, ErasureGround, Party, PartyKind, Record, TextChoice
from engine.words import Stage
from tests.app.conftest import Start
from tests.app.group import (
    COURSE,
    NO_COURSE,
    choose_case,
    join,
    keep_texts,
    meeting_of,
    member,
    prepared,
    seen_by,
    texts_of,
    to_intervisie,
)
from tests.app.helpers import MUCH_KNOWN, click, keys, open_case, text
from tests.app.test_decisions import RULE, fill
from ui import resources


@pytest.fixture
def at(start: Start) -> AppTest:
    return to_intervisie(start())


def key(at: AppTest, start: str) -> str:
    """Return the key of the one widget that begins like this."""
    groups = (at.radio, at.multiselect, at.text_area, at.checkbox, at.selectbox)
    (found,) = [str(one.key) for group in groups for one in group if str(one.key).startswith(start)]
    return found


def test_a_text_comes_only_after_the_one_before_it(at: AppTest) -> None:
    choose_case(at)
    (title,) = texts_of(at)
    assert list(title.options) == ["Zo laten staan", "Herschrijven"]
    assert "bijeenkomst_klaarzetten" not in keys(at)
    title.set_value(TextChoice.KEPT).run()
    _, story = texts_of(at)
    assert list(story.options) == ["Zo laten staan", "Herschrijven", "Weglaten"]
    story.set_value(TextChoice.LEFT_OUT).run()
    click(at, "bijeenkomst_klaarzetten")
    meeting = meeting_of(at)
    join(meeting, 1)
    assert seen_by(meeting, 1).story == ""


def test_a_rewritten_text_is_what_the_group_reads(at: AppTest) -> None:
    choose_case(at)
    texts_of(at)[0].set_value(TextChoice.REWRITTEN).run()
    texts_of(at)[1].set_value(TextChoice.KEPT).run()
    at.text_area(key=f"{texts_of(at)[0].key}_nieuw").set_value("Iemand die wil leren")
    click(at, "bijeenkomst_klaarzetten")
    join(meeting_of(at), 1)
    assert seen_by(meeting_of(at), 1).title == "Iemand die wil leren"


def test_a_text_that_says_too_much_is_refused_at_that_text(at: AppTest) -> None:
    choose_case(at)
    texts_of(at)[0].set_value(TextChoice.KEPT).run()
    texts_of(at)[1].set_value(TextChoice.REWRITTEN).run()
    field = f"{texts_of(at)[1].key}_nieuw"
    at.text_area(key=field).set_value("Bel met 06 12345678 voor een afspraak.")
    click(at, "bijeenkomst_klaarzetten")
    assert "kijk hierboven bij 'het verhaal'" in text(at).lower()
    assert "bijeenkomst_klaarzetten" in keys(at)
    at.text_area(key=field).set_value("Iemand wil graag een cursus.")
    click(at, "bijeenkomst_klaarzetten")
    assert "Zo doet de groep mee" in text(at)


def test_the_question_and_two_steps_are_needed(at: AppTest) -> None:
    keep_texts(choose_case(at))
    at.multiselect(key=key(at, "bijeenkomst_stappen")).set_value([COURSE])
    click(at, "bijeenkomst_klaarzetten")
    assert "Kies minstens twee stappen." in text(at)
    at.multiselect(key=key(at, "bijeenkomst_stappen")).set_value([COURSE, NO_COURSE])
    at.text_area(key=key(at, "bijeenkomst_vraag")).set_value("...")
    click(at, "bijeenkomst_klaarzetten")
    assert "kijk hierboven bij 'uw vraag'" in text(at).lower()


def test_what_is_disputed_is_suggested_first(at: AppTest) -> None:
    keep_texts(choose_case(at))
    assert at.multiselect(key=key(at, "bijeenkomst_feiten")).value[0] == "belastbaar"


def test_the_case_is_frozen_at_the_decision_that_is_chosen(start: Start) -> None:
    at = open_case(start(), MUCH_KNOWN)
    click(at, f"afwijken_{RULE}")
    fill(at)
    click(at, f"afwijking_vastleggen_{RULE}")
    choose_case(to_intervisie(at))
    which = at.radio(key=f"bijeenkomst_besluit_{MUCH_KNOWN}")
    assert "Geen besluit" in str(which.options[-1])
    with Record.open() as record:
        (kept,) = record.decisions(MUCH_KNOWN)
    which.set_value(kept.id).run()
    keep_texts(at)
    said = text(at)
    assert "De afweging" in said
    click(at, "bijeenkomst_klaarzetten")
    meeting = meeting_of(at)
    with Record.open() as record:
        made = record.meetings.of(meeting).prepared
    assert made.decision == kept.id
    assert made.colleague is not None
    assert made.about[0] == RULE
    assert Stage.DECISION in record_stages(meeting)


def record_stages(meeting: str) -> tuple[Stage, ...]:
    with Record.open() as record:
        return record.meetings.of(meeting).stages


def test_the_record_proposes_a_case_and_says_why(start: Start) -> None:
    at = start()
    with Record.open() as record:
        case = record.load_case(MUCH_KNOWN, resources.working_knowledge()).case
        own = member(record, 7)
        mine = replace(case, id="c-gedeeld")
        own.open_case(mine, title="Gedeeld met de begeleider", key=uuid4())
        with_me = Party(PartyKind.PERSON, LOCAL_ID)
        record.sharing.share(mine.id, with_me, actor=own.actor.id, key=None)
    click(to_intervisie(at), "nieuwe_bijeenkomst")
    assert "Gedeeld met de begeleider" in text(at)
    assert "Feiten zijn betwist" in text(at)
    click(at, "kies_casus_c-gedeeld")
    assert "Bijeenkomst voorbereiden" in text(at)


def test_a_case_that_is_gone_meanwhile_leads_back(at: AppTest) -> None:
    choose_case(at)
    with Record.open() as record:
        record.erase(MUCH_KNOWN, ErasureGround.MISTAKE, actor="p-beheer")
    at.run()
    assert not at.exception
    assert "Deze casus is er niet meer" in text(at)
    click(at, "bijeenkomst_stoppen")
    assert "Nieuwe bijeenkomst" in text(at)


def test_stopping_records_nothing(at: AppTest) -> None:
    choose_case(at)
    click(at, "bijeenkomst_stoppen")
    assert "U hebt nog geen bijeenkomst." in text(at)
    with Record.open() as record:
        assert not list(record.meetings.every())


def test_the_meeting_is_found_again_after_a_restart(at: AppTest, start: Start) -> None:
    meeting = meeting_of(prepared(at))
    again = to_intervisie(start())
    click(again, f"bijeenkomst_{meeting}")
    assert "Zo doet de groep mee" in text(again)


def test_without_scripts_it_says_so(at: AppTest) -> None:
    from engine.paths import knowledge_folder

    (knowledge_folder() / "intervisie.yaml").unlink()
    choose_case(at)
    assert "Er zijn geen draaiboeken" in text(at)
