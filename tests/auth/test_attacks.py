"""What someone might try who wants to see or do more than they may; none of it works."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.decisions import (
    PROGRAM,
    Actor,
    Login,
    Party,
    PartyKind,
    Record,
    RecordError,
    Role,
    person_id,
)
from tests.app.conftest import APP, own_folders
from tests.app.helpers import click, keys, open_case, text, unfold
from tests.decisions import world

__all__ = ["own_folders"]

ISSUER = "https://aanmelden.example"
AN, BO = person_id(ISSUER, "an"), person_id(ISSUER, "bo")
MINE, THEIRS = "c-vanan", "c-vanbo"
AUTH = {
    "redirect_uri": "http://127.0.0.1:8501/oauth2callback",
    "cookie_secret": "geheim",
    "client_id": "leidraad",
    "client_secret": "geheim",
    "server_metadata_url": f"{ISSUER}/.well-known/openid-configuration",
}
Start = Callable[..., AppTest]


@pytest.fixture
def record(own_folders: None) -> Iterator[Record]:
    with Record.open() as opened:
        for who, name in ((AN, "An"), (BO, "Bo")):
            opened.people.meet(who, name, f"{name}@example.org")
            opened.people.give_role(who, Role.PROFESSIONAL, by="toets")
        for case, owner in ((MINE, AN), (THEIRS, BO)):
            opened.open_case(
                Case(case, world.TODAY, "proefdorp", ("proef",)),
                title=f"De casus {case}",
                story="",
                actor=owner,
            )
        yield opened


@pytest.fixture
def start(record: Record) -> Start:
    """Start the app as someone whom the provider vouches for."""

    def begin(address: str | None = None, /, **claims: Any) -> AppTest:
        st.cache_resource.clear()
        at = AppTest.from_file(APP, default_timeout=30)
        at.secrets["auth"] = AUTH
        at.user = {
            "is_logged_in": True,
            "iss": ISSUER,
            "sub": "an",
            "name": str(claims.get("sub", "an")).title(),
            "email": "An@example.org",
            "email_verified": True,
            "exp": int(time.time()) + 3600,
        } | claims
        if address is not None:
            at.query_params["casus"] = address
        at.run()
        assert not at.exception
        return at

    return begin


def cards(at: AppTest) -> list[str]:
    return [key.removeprefix("open_") for key in keys(at) if key.startswith("open_")]


def events(record: Record) -> int:
    return record.verify().events


def test_each_sees_their_own(start: Start) -> None:
    assert MINE in cards(start())
    assert THEIRS not in cards(start())
    assert cards(start(sub="bo"))[0] == THEIRS


@pytest.mark.parametrize(
    "address",
    [
        THEIRS,
        THEIRS.upper(),
        f" {THEIRS}",
        f"{THEIRS}%00",
        f"../{THEIRS}",
        f"x/../../{THEIRS}",
        "../../../../etc/passwd",
        "c-weg' OR '1'='1",
        "c-weg'; DROP TABLE events; --",
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "c-" + "9" * 100_000,
        "\N{RIGHT-TO-LEFT OVERRIDE}c-vanbo",
        "",
    ],
)
@pytest.mark.parametrize("file", ["raadplegen", "wat_als", "verslag"])
def test_a_forged_address_opens_nothing(
    start: Start, record: Record, file: str, address: str
) -> None:
    at = start()
    before = events(record)
    at.session_state["casus"] = address
    at.query_params["casus"] = address
    at.switch_page(f"ui/pages/{file}.py").run()
    assert not at.exception
    assert f"De casus {THEIRS}" not in text(at)
    assert "<script>" not in "".join(str(item.value) for item in at.markdown)
    assert events(record) == before


def test_a_case_that_may_not_be_read_is_like_one_that_is_not_there(start: Start) -> None:
    said = [text(start(case)) for case in (THEIRS, "c-bestaatniet")]
    assert "Deze casus staat niet in het dossier" in said[0]
    assert said[0] == said[1]


@pytest.mark.parametrize("key", ["rol", "roles", "rollen", "actor", "aangemeld_als", "user"])
def test_what_the_session_says_of_you_gives_nothing(start: Start, record: Record, key: str) -> None:
    at = start()
    forged = Actor(BO, "Bo", frozenset(Role), login=Login.LOCAL)
    for value in (forged, BO, "beheerder", frozenset(Role)):
        at.session_state[key] = value
        at.session_state["casus"] = THEIRS
        at.run()
        assert not at.exception
        assert f"De casus {THEIRS}" not in text(at)
        assert THEIRS not in cards(at)


def test_claims_of_the_provider_give_no_role(start: Start) -> None:
    at = start(
        sub="cy", name="Cy", roles=["beheerder"], groups=["beheerder"], email="An@example.org"
    )
    assert "U hebt nog geen rol" in text(at)
    assert cards(at) == []


def test_an_address_that_nobody_checked_is_not_kept(start: Start) -> None:
    start(sub="cy", email="cy@example.org", email_verified=False)
    start(sub="di", email="di@example.org", email_verified="true")
    with Record.open() as record:
        for address in ("cy@example.org", "di@example.org"):
            with pytest.raises(RecordError, match="Niemand met"):
                record.people.look_up(address)


@pytest.mark.parametrize(
    "claims",
    [
        {"is_logged_in": False},
        {"is_logged_in": "ja"},
        {"is_logged_in": None},
        {"sub": None},
        {"sub": ""},
        {"sub": ["an"]},
        {"iss": None},
        {"iss": "", "sub": "an"},
    ],
)
def test_a_login_that_is_none_lets_nobody_in(start: Start, claims: dict[str, Any]) -> None:
    at = start(MINE, **claims)
    assert "Meld u aan" in text(at)
    assert cards(at) == []
    assert f"De casus {MINE}" not in text(at)


@pytest.mark.parametrize("issuer", ["https://elders.example", ISSUER + "/"])
def test_the_same_name_at_another_provider_is_someone_else(start: Start, issuer: str) -> None:
    at = start(iss=issuer)
    assert "U hebt nog geen rol" in text(at)
    assert cards(at) == []


@pytest.mark.parametrize(
    "until", [None, 0, -1, True, "morgen", "99999999999", float("nan"), float("-inf"), [], {}]
)
def test_a_login_without_a_good_end_is_none(start: Start, until: object) -> None:
    at = start(MINE, exp=until)
    assert "Meld u opnieuw aan" in text(at)
    assert f"De casus {MINE}" not in text(at)


def test_a_login_that_ends_under_way_records_nothing_more(start: Start, record: Record) -> None:
    at = open_case(start(), MINE)
    before = events(record)
    at.user["exp"] = int(time.time()) - 5
    answer = next(key for key in keys(at) if key.startswith("antwoord_"))
    click(at, answer)
    assert "Uw aanmelding is verlopen" in text(at)
    assert events(record) == before
    # What is on the screen can still be copied for a while, and not for ever.
    assert f"De casus {MINE}" in text(at)
    at.user["exp"] = int(time.time()) - 3600
    at.run()
    assert f"De casus {MINE}" not in text(at)


def test_a_role_that_is_taken_is_gone_at_the_next_click(start: Start, record: Record) -> None:
    at = open_case(start(), MINE)
    before = events(record)
    answer = next(key for key in keys(at) if key.startswith("antwoord_"))
    record.people.take_role(AN, Role.PROFESSIONAL, by="toets")
    click(at, answer)
    assert "U hebt nog geen rol" in text(at)
    assert events(record) == before


def test_sharing_that_ends_is_over_at_the_next_click(start: Start, record: Record) -> None:
    party = Party(PartyKind.PERSON, AN)
    record.sharing.share(THEIRS, party, actor=BO)
    at = open_case(start(), THEIRS)
    answer = next(key for key in keys(at) if key.startswith("antwoord_"))
    record.sharing.end(THEIRS, party, actor=BO)
    before = events(record)
    click(at, answer)
    assert f"De casus {THEIRS}" not in text(at)
    assert events(record) == before


def test_a_click_on_the_case_of_another_is_refused(start: Start, record: Record) -> None:
    """The callbacks themselves, with what a forged click would hand them."""
    at = start()
    before = events(record)

    def forged(case: str) -> None:
        from uuid import uuid4

        from ui import service

        service.answer(case, "aanvraag", True)
        service.add_protocol(case, "vervolg", uuid4())

    other = AppTest.from_function(forged, args=(THEIRS,))
    other.secrets["auth"], other.user = AUTH, at.user
    other.run()
    assert not other.exception
    assert all("Er is geen casus" in one.text for one in other.session_state["meldingen"])
    assert events(record) == before


def test_a_form_that_is_sent_again_by_someone_else_is_refused(start: Start, record: Record) -> None:
    act = uuid4()

    def again(act: object) -> None:
        from datetime import date

        import streamlit as st

        from ui import service

        st.session_state["nieuw_protocollen:proef"] = True
        st.session_state["nieuw_instantie"] = "uwv"
        st.session_state["nieuw_peildatum"] = date(2026, 5, 1)
        service.new_case(act)  # type: ignore[arg-type]

    def send(sub: str) -> AppTest:
        at = AppTest.from_function(again, args=(act,))
        at.secrets["auth"], at.user = AUTH, start(sub=sub).user
        return at.run()

    first = send("an")
    count = events(record)
    second = send("bo")
    assert events(record) == count
    assert "meldingen" not in first.session_state
    assert "al eerder vastgelegd" in second.session_state["meldingen"][0].text


def test_someone_with_the_name_of_the_program_opens_no_examples(
    start: Start, record: Record
) -> None:
    at = start(sub=PROGRAM, name=PROGRAM)
    who = person_id(ISSUER, PROGRAM)
    assert who != PROGRAM
    assert "U hebt nog geen rol" in text(at)


@pytest.mark.parametrize(
    "name", ["<b>An</b>", "[x](javascript:alert(1))", "# An", "An\n\n**baas**", "\x00", "x" * 5000]
)
def test_a_strange_name_is_shown_as_it_is(start: Start, name: str) -> None:
    at = start(name=name)
    shown = at.markdown[-1].value if not at.markdown else "".join(m.value for m in at.markdown)
    assert "<b>" not in shown
    assert "](javascript" not in shown
    assert "**baas**" not in shown


def test_who_logs_in_can_not_take_the_name_of_who_works_alone(start: Start, record: Record) -> None:
    def rename() -> None:
        from ui import auth

        auth.name_me("De baas")

    at = AppTest.from_function(rename)
    at.secrets["auth"], at.user = AUTH, start().user
    at.run()
    assert "De baas" not in record.names().values()


def test_sharing_and_reading_along_stand_in_the_course(start: Start, record: Record) -> None:
    record.people.put_in_team(BO, "Noord", by="toets")
    at = open_case(start(), MINE)
    click(unfold(at, "delen"), "deel")
    assert "Kies eerst een collega of team" in text(at)
    for option in ("Bo", "Team Noord"):
        unfold(at, "delen").selectbox(key="delen_met").select(option).run()
        click(at, "deel")
    assert "u deelt de casus met Bo" in text(at)
    assert "u deelt de casus met team Noord" in text(at)
    shared = start(sub="bo")
    assert MINE in cards(shared)
    assert "Met u gedeeld" in text(shared)
    open_case(shared, MINE)
    click(unfold(at, "delen"), f"deel_niet_persoon_{BO}")
    click(unfold(at, "delen"), "deel_niet_team_Noord")
    assert "u deelt de casus niet meer met team Noord" in text(at)
    assert MINE not in cards(start(sub="bo"))
    record.people.give_role(BO, Role.LAWYER, by="toets")
    along = start(MINE, sub="bo")
    assert "U leest mee" in text(along)
    assert "gelezen door u (jurist, professional)" in text(along)
    assert not [key for key in keys(along) if key.startswith("deel")]
    assert not [key for key in keys(along) if key.startswith("antwoord_")]
    # A page that was drawn before sharing ended still has the buttons.
    refused = next(key for key in keys(shared) if key.startswith("antwoord_"))
    before = [event.kind for event in record.history(MINE)]
    click(shared, refused)
    assert "U mag in deze casus geen antwoorden vastleggen" in text(shared)
    assert [event.kind for event in record.history(MINE)] == before
