"""A participant who tries to see what is not shown yet: by address, tab, session or call."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import AccessError, NoMeetingError, Record, RecordError
from engine.words import Stage
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, keys, text
from tests.app.meeting import (
    COURSE,
    DECIDE,
    address,
    come_in,
    fill_in,
    guest,
    knowledge,
    others,
    reveal,
    visit,
)
from tests.app.meeting import prepared as prepare

UNSEEN = "Geheime reden."
ADVICE = ("Wie iets vraagt, hoort daar een besluit op te krijgen", "Dit gaf de doorslag")


@pytest.fixture
def group(start: Start) -> tuple[str, str]:
    """A meeting in which others answered already."""
    start()
    meeting, code = prepare(names=True)
    others(code, DECIDE, COURSE, why=UNSEEN)
    return meeting, code


def sees_nothing(at: AppTest) -> None:
    """The page holds no answer of another, no advice and no way to reveal it."""
    said = text(at)
    assert UNSEEN not in said
    assert not any(one in said for one in ADVICE)
    assert "Ander 0" not in said
    assert not any(key.startswith(("bijeenkomst_toon", "bijeenkomst_begin")) for key in keys(at))
    assert not at.get("plotly_chart")


@pytest.mark.parametrize("answered", [False, True])
def test_by_any_address(group: tuple[str, str], answered: bool) -> None:
    at = come_in(group[1])
    if answered:
        fill_in(at, group[0])
    own = address(at)
    for more in (
        {"scherm": "groep"},
        {"fase": "samen", "getoond": "keuzes", "stage": "advies"},
        {"casus": MUCH_KNOWN},
        {"oefening": "proef-oefening"},
    ):
        sees_nothing(visit(**(own | more)))
    sees_nothing(at.run())


@pytest.mark.parametrize(
    "page", ["raadplegen", "wat_als", "verslag", "protocollen", "leren", "over"]
)
def test_by_another_page_or_the_way_back(group: tuple[str, str], page: str) -> None:
    at = come_in(group[1])
    at.query_params["casus"] = MUCH_KNOWN
    at.switch_page(f"ui/pages/{page}.py").run()
    assert not at.exception
    sees_nothing(at)
    at.switch_page("ui/pages/intervisie.py").run()
    assert not at.exception
    sees_nothing(at)
    assert "Uw oordeel" in text(at)


def test_by_practising_on_the_same_case(group: tuple[str, str]) -> None:
    own = address(come_in(group[1]))
    del own["sessie"]
    at = visit(**own, oefening="proef-oefening")
    assert not any(key.startswith("oefen") for key in keys(at))
    assert "Zou u de cursus inzetten?" not in text(at)
    sees_nothing(at)


def test_by_a_second_tab(group: tuple[str, str]) -> None:
    at = come_in(group[1])
    tab = visit(**address(at))
    sees_nothing(tab)
    fill_in(tab, group[0])
    assert "Uw antwoord is verstuurd" in text(at.run())
    sees_nothing(at)


def test_with_the_place_of_nobody(group: tuple[str, str]) -> None:
    at = visit(sessie=group[0], plek="een-plek-die-niemand-heeft")
    sees_nothing(at)
    assert "Bijna alles is bekend" not in text(at)


def test_in_another_meeting_with_a_place_of_ones_own(group: tuple[str, str]) -> None:
    own = address(come_in(group[1]))
    elsewhere, _ = prepare()
    at = visit(**(own | {"sessie": elsewhere}))
    assert "Deze bijeenkomst is er niet, of u hoort er niet bij." in text(at)
    sees_nothing(at)


def test_by_forging_the_session(group: tuple[str, str]) -> None:
    at = come_in(group[1])
    fill_in(at, group[0])
    for key, value in {
        "laatste_stand": None,
        "antwoordt_opnieuw": group[0],
        "bereidt_voor": group[0],
        "casus": MUCH_KNOWN,
        "gezien_tot": {group[0]: 99},
        "oefening_getoond": {group[0]: tuple(Stage)},
        f"als_tekst_keuzes_{group[0]}": True,
        "rol": "intervisiebegeleider",
    }.items():
        at.session_state[key] = value
    at.run()
    assert not at.exception
    sees_nothing(at)


def test_by_calling_the_page_with_a_forged_view(group: tuple[str, str]) -> None:
    """The parts that show draw only what is in a view, and a view holds nothing before."""

    def draw(meeting: str, token: str) -> None:
        from uuid import uuid4

        from engine.decisions import Access, Actor, Login, guest_id
        from engine.words import Stage
        from ui import resources
        from ui.meeting.reveal import one_stage, shown, verdict

        knowledge = resources.working_knowledge()
        actor = Actor(guest_id(token), "Anna", frozenset(), login=Login.GUEST)
        view = Access(resources.record(), actor, uuid4()).meetings.view(meeting, knowledge)
        shown(view, knowledge)
        verdict(view, knowledge)
        for stage in Stage:
            one_stage(view, stage, knowledge)

    token = address(come_in(group[1]))["plek"]
    at = AppTest.from_function(draw, args=(group[0], token)).run()
    assert not at.exception
    sees_nothing(at)
    assert text(at) == ""


def test_by_calling_the_record(group: tuple[str, str]) -> None:
    token = address(come_in(group[1]))["plek"]
    with Record.open() as record:
        own = guest(record, token)
        view = own.meetings.view(group[0], knowledge())
        assert (view.voices, view.frozen, view.colleague, view.code) == (None, None, None, "")
        assert (view.seats, view.additions, view.about) == ((), (), ())
        assert UNSEEN not in repr(view)
        for forbidden in (
            lambda: own.meetings.reveal(group[0], Stage.CHOICES),
            lambda: own.meetings.begin_step(group[0], 0),
            lambda: own.meetings.note(group[0], "Ik noteer dit."),
            lambda: own.meetings.close(group[0]),
            lambda: own.meetings.copy(MUCH_KNOWN, knowledge()),
            lambda: own.meetings.proposals(knowledge()),
            lambda: own.load_case(MUCH_KNOWN, knowledge()),
            lambda: own.history(MUCH_KNOWN),
            lambda: own.history(group[0]),
        ):
            with pytest.raises(RecordError):
                forbidden()
        assert own.cases() == type(own.cases())((), (), (), ())
        stranger = guest(record, "iemand-die-niet-meedoet-hier")
        with pytest.raises(NoMeetingError):
            stranger.meetings.view(group[0], knowledge())
        with pytest.raises(NoMeetingError):
            stranger.meetings.head(group[0])
        with pytest.raises(AccessError):
            own.meetings.reveal(group[0], Stage.ADVICE)


def test_after_the_choices_the_advice_is_still_hidden(group: tuple[str, str]) -> None:
    at = come_in(group[1])
    reveal(group[0], Stage.CHOICES)
    said = text(at.run())
    assert UNSEEN in said
    assert not any(one in said for one in ADVICE)
