import sqlite3
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.decisions import Record, new_case_id
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, OPEN_QUESTION, click, keys, open_case, text


def test_the_first_start_shows_the_examples_and_marks_them_as_fictional(start: Start) -> None:
    at = start()
    assert not at.exception
    assert f"open_{OPEN_QUESTION}" in keys(at)
    assert text(at).count("Fictief voorbeeld") == 2
    assert "U hebt nog geen eigen casus" in text(at)


def test_a_case_that_is_no_example_is_not_shown(start: Start) -> None:
    assert "Alleen voor de toets" not in text(start())


def test_the_examples_are_there_once_after_several_starts(start: Start) -> None:
    start()
    start()
    assert text(start()).count("Fictief voorbeeld") == 2


def test_without_a_folder_with_cases_the_page_says_there_are_no_examples(
    start: Start, tmp_path: Path
) -> None:
    (tmp_path / "casussen").rename(tmp_path / "elders")
    assert "Er zijn geen voorbeelden gevonden" in text(start())


def test_a_new_case_gets_a_pseudonym_and_asks_no_name(start: Start) -> None:
    at = click(start(), "nieuwe_casus")
    assert not at.text_input
    assert at.date_input(key="nieuw_peildatum").value is not None
    at.checkbox(key="nieuw_protocollen:proef").check()
    at.selectbox(key="nieuw_instantie").select("proefdorp")
    click(at, "nieuw_beginnen")
    assert at.title[0].value.startswith("Casus ")
    assert "Kenmerk c-" in text(at)
    click(at, "alle_casussen")
    assert "U hebt nog geen eigen casus" not in text(at)


def test_a_new_case_says_what_is_missing_and_keeps_the_rest(start: Start) -> None:
    at = click(start(), "nieuwe_casus")
    at.date_input(key="nieuw_peildatum").set_value(date(2026, 5, 1))
    click(at, "nieuw_beginnen")
    assert "Kies de instantie die de casus behandelt." in text(at)
    assert at.date_input(key="nieuw_peildatum").value == date(2026, 5, 1)


def test_a_new_case_on_a_day_that_no_rules_cover_is_refused_with_the_reason(start: Start) -> None:
    at = click(start(), "nieuwe_casus")
    at.checkbox(key="nieuw_protocollen:proef").check()
    at.selectbox(key="nieuw_instantie").select("uwv")
    at.date_input(key="nieuw_peildatum").set_value(date(2019, 1, 1))
    click(at, "nieuw_beginnen")
    assert "geen versie voor 1 januari 2019" in text(at)
    assert "nieuw_beginnen" in keys(at)


def test_a_double_click_on_begin_opens_one_case(start: Start) -> None:
    def twice() -> None:
        from datetime import date
        from uuid import uuid4

        import streamlit as st

        from ui import service

        st.session_state["nieuw_protocollen:proef"] = True
        st.session_state["nieuw_instantie"] = "uwv"
        st.session_state["nieuw_peildatum"] = date(2026, 5, 1)
        act = uuid4()
        service.new_case(act)
        service.new_case(act)

    start()
    at = AppTest.from_function(twice).run()
    assert not at.exception
    assert "meldingen" not in at.session_state
    with Record.open() as record:
        own = [case.id for case in record.cases() if not case.example]
    assert own == [at.session_state["casus"]]


@pytest.mark.parametrize(
    ("gone", "says"),
    [
        ("nieuw_protocollen", "Kies minstens een protocol"),
        ("nieuw_instantie", "De instantie 'weg' is niet bekend"),
    ],
)
def test_what_is_gone_since_the_form_was_drawn_is_said_at_its_field(
    start: Start, gone: str, says: str
) -> None:
    def begin(gone: str) -> None:
        from datetime import date
        from uuid import uuid4

        import streamlit as st

        from ui import service

        st.session_state[
            "nieuw_protocollen:weg" if "prot" in gone else "nieuw_protocollen:proef"
        ] = True
        st.session_state["nieuw_instantie"] = "weg" if "inst" in gone else "uwv"
        st.session_state["nieuw_peildatum"] = date(2026, 5, 1)
        service.new_case(uuid4())

    start()
    at = AppTest.from_function(begin, args=(gone,)).run()
    assert not at.exception
    errors = at.session_state["veldfouten"]["nieuw"]
    assert list(errors) == [gone]
    assert says in errors[gone]


def test_with_many_cases_the_last_are_shown_and_any_can_be_found(start: Start) -> None:
    ids = [new_case_id() for _ in range(14)]
    with Record.open() as record:
        for number, name in enumerate(ids):
            case = Case(name, date(2026, 11, 2), "uwv", ("proef",))
            record.open_case(case, title=f"Eigen casus {number}", story="", actor="toets")
    at = start()
    assert len([key for key in keys(at) if key.startswith("open_c-")]) == 12
    at.selectbox(key="casus_zoeken_eigen").select(ids[0]).run()
    assert at.title[0].value == "Eigen casus 0"


def test_the_form_for_a_new_case_can_be_left(start: Start) -> None:
    at = click(click(start(), "nieuwe_casus"), "nieuw_annuleren")
    assert "nieuwe_casus" in keys(at)


def test_the_way_back_leads_to_the_list(start: Start) -> None:
    at = click(open_case(start(), OPEN_QUESTION), "alle_casussen")
    assert at.title[0].value == "Over welke cliënt gaat het?"


def test_an_address_of_a_case_that_is_gone_leads_to_the_list(start: Start) -> None:
    at = start()
    at.query_params["casus"] = "proef-bestaat-niet"
    del at.session_state["casus"]
    at.run()
    assert "Deze casus staat niet in het dossier" in text(at)
    assert f"open_{OPEN_QUESTION}" in keys(at)


@pytest.mark.parametrize("page", ["raadplegen", "wat_als", "verslag"])
def test_a_case_that_is_erased_while_it_is_open_leads_away_from_it(
    start: Start, tmp_path: Path, page: str
) -> None:
    at = open_case(start(), OPEN_QUESTION)
    at.switch_page(f"ui/pages/{page}.py").run()
    with sqlite3.connect(tmp_path / "data" / "leidraad.db") as database:
        for (trigger,) in database.execute("select name from sqlite_master where type='trigger'"):
            database.execute(f"drop trigger {trigger}")
        database.execute("delete from events where case_id = ?", (OPEN_QUESTION,))
    at.run()
    assert not at.exception
    assert "Het dossier werkt niet" not in text(at)
    at.switch_page("ui/pages/raadplegen.py").run()
    assert f"open_{MUCH_KNOWN}" in keys(at)
    assert f"open_{OPEN_QUESTION}" not in keys(at)
