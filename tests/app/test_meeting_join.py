"""Coming in to a meeting: by link or code, as a guest on this machine, and after a reload."""

from __future__ import annotations

from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from engine.decisions import Record, Role, guest_id, person_id
from tests.app.conftest import Start
from tests.app.helpers import click, keys, text, unfold
from tests.app.meeting import address, come_in, fill_in, guest, prepared, visit
from ui import auth, guests


@pytest.fixture
def group(start: Start) -> tuple[str, str]:
    """A meeting with its code; the examples are in the record."""
    start()
    return prepared()


def people() -> list[str]:
    with Record.open() as record:
        return sorted(one.name for one in record.people.everyone())


def joined(meeting: str) -> int:
    with Record.open() as record:
        return len(record.meetings.of(meeting).participants)


def test_the_link_asks_for_a_name_and_shows_nothing_else(group: tuple[str, str]) -> None:
    at = visit(sessie=group[1])
    said = text(at)
    assert "Meedoen aan intervisie" in said
    assert at.text_input(key="meedoen_code").value == group[1]
    assert "Bijna alles is bekend" not in said
    assert not any(key.startswith("open_") for key in keys(at))


def test_who_comes_in_sees_the_case_and_keeps_the_place_after_a_reload(
    group: tuple[str, str],
) -> None:
    at = come_in(group[1])
    assert address(at)["sessie"] == group[0]
    assert "Bijna alles is bekend" in text(at)
    fill_in(at, group[0])
    again = visit(**address(at))
    assert "**Anna** · doet mee als deelnemer" in text(again)
    assert "Uw antwoord is verstuurd" in text(again)
    assert joined(group[0]) == 1


def test_the_code_can_be_typed_with_spaces_and_capitals(group: tuple[str, str]) -> None:
    at = visit()
    code = group[1].upper()
    at.text_input(key="meedoen_code").set_value(f"{code[:4]} {code[4:]}")
    click(at, "meedoen")
    at.text_input(key="meedoen_naam").set_value("Anna")
    click(at, "meedoen")
    assert "Bijna alles is bekend" in text(at)


def test_a_name_is_needed_and_a_wrong_code_is_said(group: tuple[str, str]) -> None:
    at = visit(sessie=group[1])
    click(at, "meedoen")
    assert "Vul de naam in waarmee u meedoet." in text(at)
    at.text_input(key="meedoen_naam").set_value("Anna")
    at.text_input(key="meedoen_code").set_value("22222222")
    click(at, "meedoen")
    assert "Deze bijeenkomst is er niet" in text(at)
    assert joined(group[0]) == 0
    assert "Anna" not in people()


def test_both_clicks_of_a_double_one_take_one_seat(group: tuple[str, str]) -> None:
    def twice(code: str) -> None:
        from uuid import uuid4

        import streamlit as st

        from ui.meeting import join

        st.query_params["sessie"] = code
        st.session_state[join._NAME] = "Anna"
        st.session_state[join._CODE] = code
        key = uuid4()
        join._take_seat("een-plek-van-22-tekens", key)
        join._take_seat("een-plek-van-22-tekens", key)

    at = AppTest.from_function(twice, args=(group[1],)).run()
    assert not at.exception
    assert "meldingen" not in at.session_state
    assert joined(group[0]) == 1


def test_another_browser_has_a_place_of_its_own(group: tuple[str, str]) -> None:
    one, other = come_in(group[1], "Anna"), come_in(group[1], "Bram")
    assert address(one)["plek"] != address(other)["plek"]
    assert joined(group[0]) == 2
    fill_in(one, group[0])
    assert "groepsantwoord_versturen" in keys(other.run())


def test_the_record_has_no_token(group: tuple[str, str]) -> None:
    token = address(come_in(group[1]))["plek"]
    with Record.open() as record:
        (one,) = record.meetings.of(group[0]).participants
        events = record.meetings.events_of(group[0])
    assert one.id == guest_id(token)
    assert token not in repr(events)


def test_a_guest_has_no_way_to_the_other_pages(group: tuple[str, str]) -> None:
    at = come_in(group[1])
    at.switch_page("ui/pages/raadplegen.py").run()
    assert not at.exception
    assert "U doet mee aan een bijeenkomst" in text(at)
    assert not any(key.startswith("open_") for key in keys(at))


@pytest.fixture
def cookie(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the browser kept."""
    kept: dict[str, Any] = {}

    class Context:
        def __getattr__(self, name: str) -> Any:
            return kept if name == "cookies" else getattr(st.context, name)

    class Shown:
        context = Context()

        def __getattr__(self, name: str) -> Any:
            return getattr(st, name)

    monkeypatch.setattr(guests, "st", Shown())
    return kept


def test_a_browser_that_took_part_finds_its_place_and_not_the_record(
    group: tuple[str, str], cookie: dict[str, Any]
) -> None:
    cookie["leidraad_plek"] = address(come_in(group[1]))["plek"]
    at = visit()
    assert "Ga verder als Anna" in text(at)
    assert "nieuwe_bijeenkomst" not in keys(at)
    click(at, "verder_als")
    assert "Bijna alles is bekend" in text(at)
    assert joined(group[0]) == 1


def test_who_owns_the_machine_says_so_and_gets_in(
    group: tuple[str, str], cookie: dict[str, Any]
) -> None:
    cookie["leidraad_plek"] = address(come_in(group[1]))["plek"]
    at = visit()
    # Not by a slip of the finger: what is blind stands in that record.
    assert "werkt_zelf" not in keys(at)
    click(unfold(at, "bijeenkomst_werkt_zelf"), "werkt_zelf")
    assert "nieuwe_bijeenkomst" in keys(at)


@pytest.mark.parametrize("token", ["x", "'; alert(1) //", "<script>", "é" * 30, "a" * 200])
def test_a_made_up_token_is_nobody(group: tuple[str, str], token: str) -> None:
    at = visit(sessie=group[1], plek=token)
    assert "Meedoen aan intervisie" in text(at)
    assert not any(token in str(block) for block in at.get("html"))


def test_a_token_of_nobody_does_not_open_the_record(group: tuple[str, str]) -> None:
    at = visit(sessie=group[0], plek="niemand-heeft-deze-plek")
    assert "Meedoen aan intervisie" in text(at)
    assert "nieuwe_bijeenkomst" not in keys(at)


def test_a_long_name_is_kept_short(group: tuple[str, str]) -> None:
    come_in(group[1], "A" * 60)
    assert "A" * 60 in people()


def test_a_full_meeting_says_so(group: tuple[str, str]) -> None:
    with Record.open() as record:
        for number in range(12):
            guest(record, f"een-ander-met-een-plek-{number}").meetings.join(group[1], names=False)
    assert "Er doen al 12 mensen mee" in text(come_in(group[1]))


@pytest.fixture
def logged_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """People log in here, and one of them is there, as a professional."""
    said = {"is_logged_in": True, "iss": "https://aanmelden", "sub": "bo", "name": "Bo", "exp": 4e9}
    with Record.open() as record:
        bo = record.people.meet(person_id("https://aanmelden", "bo"), "Bo")
        record.people.give_role(bo.id, Role.PROFESSIONAL, by="toets")
    monkeypatch.setattr(auth, "logs_in", lambda: True)
    monkeypatch.setattr(auth, "claims", lambda: said)


def test_a_login_says_who_takes_part_and_no_token_does(
    group: tuple[str, str], logged_in: None
) -> None:
    with Record.open() as record:
        guest(record, "de-plek-van-een-gast-22").meetings.join(group[1], names=False)
        record.people.meet(guest_id("de-plek-van-een-gast-22"), "Anna")
    at = visit(sessie=group[0], plek="de-plek-van-een-gast-22")
    assert "Deze bijeenkomst is er niet, of u hoort er niet bij." in text(at)
    at = visit(sessie=group[1], plek="de-plek-van-een-gast-22")
    assert "**Bo** · professional" in text(at)
    click(at, "meedoen")
    assert "Bijna alles is bekend" in text(at)
    assert joined(group[0]) == 2
    again = visit(sessie=group[0])
    assert "groepsantwoord_versturen" in keys(again)
    click(visit(sessie=group[1]), "meedoen")
    assert joined(group[0]) == 2


def test_nobody_is_a_guest_where_people_log_in(group: tuple[str, str], logged_in: None) -> None:
    def come(code: str) -> None:
        from uuid import uuid4

        import streamlit as st

        from ui.components import notices
        from ui.meeting import join

        st.session_state[join._NAME] = "Anna"
        st.session_state[join._CODE] = code
        join._take_seat("de-plek-van-een-gast-22", uuid4())
        notices()

    at = AppTest.from_function(come, args=(group[1],)).run()
    assert "Meedoen zonder aanmelden kan hier niet." in text(at)
    assert joined(group[0]) == 0
