"""What practice says arrives in the workshop: signals from decisions, and proposals of groups."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from engine.words import Ruling, Status
from tests.app.conftest import Start
from tests.app.group import all_shown
from tests.app.helpers import click, text
from tests.app.test_decisions import RULE
from tests.app.test_learning import fill_record
from tests.app.test_meeting_verdict import fill, key
from tests.app.test_workshop import PAGE, go_to, workshop

RULE_FORM = "werkplaats_regel_proef"


@pytest.fixture
def signalled(start: Start) -> AppTest:
    start()
    fill_record(8, 12)
    return workshop(start)


def in_the_form_of(at: AppTest, title: str) -> bool:
    chosen = at.selectbox(key=RULE_FORM)
    return title in [one.value for one in at.text_input if one.label == "Titel"] and bool(chosen)


def test_a_signal_leads_to_the_form_of_its_rule(signalled: AppTest) -> None:
    assert "Dezelfde uitleg komt vaak terug" in text(signalled)
    click(signalled, "oppakken_signaal_0")
    assert in_the_form_of(signalled, "Een gewilde cursus inzetten")


def test_a_protocol_has_its_own_signals(signalled: AppTest) -> None:
    click(signalled, "werkplaats_open_proef")
    assert "Dezelfde uitleg komt vaak terug" in text(go_to(signalled, "Controles"))
    click(signalled, "oppakken_signaal_0")
    assert in_the_form_of(signalled, "Een gewilde cursus inzetten")
    assert RULE == "proef.inzetten"


def test_a_proposal_of_a_group_leads_to_the_form_of_its_rule(start: Start) -> None:
    at = all_shown(start())
    fill(at, Ruling.CHANGE)
    click(at, "uitspraak_vastleggen")
    at.selectbox(key=key(at, "rule")).set_value("proef.te-lang")
    at.radio(key=key(at, "should_be")).set_value(Status.DOES_NOT_HOLD)
    click(at, "uitspraak_vastleggen")
    click(at, "bijeenkomst_afsluiten")
    at.switch_page(PAGE).run()
    (pick_up,) = [one for one in at.button if str(one.key).startswith("oppakken_voorstel_")]
    pick_up.click().run()
    assert not at.exception
    assert in_the_form_of(at, "Een lange cursus niet inzetten")
    assert "De groep vindt" in text(go_to(at, "Controles"))
