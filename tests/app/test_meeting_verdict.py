from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from engine.decisions import CaseDiscussed, Phase, Record
from engine.words import Ruling, Status
from tests.app.conftest import Start
from tests.app.group import add, all_shown, meeting_of, to_intervisie
from tests.app.helpers import MUCH_KNOWN, click, keys, text, unfold

WHY = "De groep vindt dat de duur hier de doorslag geeft."


@pytest.fixture
def at(start: Start) -> AppTest:
    return all_shown(start())


def key(at: AppTest, name: str) -> str:
    return f"uitspraak_{name}_{meeting_of(at)}"


def fill(at: AppTest, ruling: Ruling = Ruling.UPHOLD) -> AppTest:
    at.radio(key=key(at, "ruling")).set_value(ruling)
    at.text_area(key=key(at, "why")).set_value(WHY)
    return at.run()


def test_what_is_missing_is_said_at_its_field(at: AppTest) -> None:
    click(at, "uitspraak_vastleggen")
    assert "Kies wat de groep" in text(at)
    at.radio(key=key(at, "ruling")).set_value(Ruling.UPHOLD)
    click(at, "uitspraak_vastleggen")
    assert "Waar rust de uitspraak op?" in text(at)
    assert "uitspraak_vastleggen" in keys(at)


def test_a_whole_verdict_reaches_the_case(at: AppTest) -> None:
    meeting = meeting_of(at)
    add(meeting, 3, "Ik blijf erbij dat de cursus te zwaar is.", minority=True)
    fill(at)
    at.text_area(key=key(at, "learned")).set_value("- Vraag eerst naar rust.\n\nKijk naar de duur.")
    click(at, "uitspraak_nog_een_afspraak")
    at.text_input(key=key(at, "what_0")).set_value("De cliënt bellen")
    at.text_input(key=key(at, "who_0")).set_value("de inbrenger")
    at.date_input(key=key(at, "by_0")).set_value(date(2027, 1, 15))
    click(at, "uitspraak_vastleggen")
    said = text(at)
    assert "Ik blijf erbij dat de cursus te zwaar is." in said
    assert "15 januari 2027" in said
    click(at, "bijeenkomst_afsluiten")
    assert "De bijeenkomst is afgesloten." in text(at)
    with Record.open() as record:
        assert record.meetings.of(meeting).phase is Phase.CLOSED
        last = record.history(MUCH_KNOWN)[-1].body
    assert isinstance(last, CaseDiscussed)
    assert last.why == WHY
    assert last.learned == ("Vraag eerst naar rust.", "Kijk naar de duur.")
    assert [one.who for one in last.agreed] == ["de inbrenger"]
    assert last.minority == ("Ik blijf erbij dat de cursus te zwaar is.",)


def test_an_agreement_is_whole_or_not_there(at: AppTest) -> None:
    fill(at)
    at.text_input(key=key(at, "what_0")).set_value("De cliënt bellen")
    click(at, "uitspraak_vastleggen")
    assert "Vul in wat er gebeurt, wie het doet en wanneer het klaar is." in text(at)
    at.text_input(key=key(at, "what_0")).set_value("")
    click(at, "uitspraak_vastleggen")
    assert "bijeenkomst_afsluiten" in keys(at)


def test_a_change_names_the_rule_and_what_it_should_have_said(at: AppTest) -> None:
    fill(at, Ruling.CHANGE)
    click(at, "uitspraak_vastleggen")
    assert "wat de regel hier had moeten zeggen" in text(at)
    at.selectbox(key=key(at, "rule")).set_value("proef.te-lang")
    at.radio(key=key(at, "should_be")).set_value(Status.DOES_NOT_HOLD)
    click(at, "uitspraak_vastleggen")
    assert "Een lange cursus niet inzetten" in text(at)
    with Record.open() as record:
        made = record.meetings.of(meeting_of(at)).conclusion
    assert made is not None
    assert (made.rule, made.should_be) == ("proef.te-lang", Status.DOES_NOT_HOLD)


def test_another_verdict_takes_its_place(at: AppTest) -> None:
    fill(at, Ruling.CLARIFY)
    click(at, "uitspraak_vastleggen")
    click(at, "uitspraak_wijzigen")
    assert at.text_area(key=key(at, "why")).value == WHY
    at.radio(key=key(at, "ruling")).set_value(Ruling.CORRECT)
    click(at, "uitspraak_vastleggen")
    with Record.open() as record:
        made = record.meetings.of(meeting_of(at)).conclusion
    assert made is not None
    assert (made.ruling, made.rule) == (Ruling.CORRECT, None)


def test_a_name_in_the_verdict_is_asked_about(at: AppTest) -> None:
    fill(at)
    at.text_area(key=key(at, "why")).set_value("Bel 06 12345678 over deze zaak.")
    click(at, "uitspraak_vastleggen")
    assert "bijeenkomst_afsluiten" not in keys(at)
    assert "uitspraak_vastleggen" in keys(at)


def test_the_verdict_survives_a_restart(at: AppTest, start: Start) -> None:
    fill(at)
    click(at, "uitspraak_vastleggen")
    again = to_intervisie(start())
    click(again, f"bijeenkomst_{meeting_of(at)}")
    assert WHY in text(again)
    click(again, "bijeenkomst_afsluiten")
    assert WHY in text(again)
    click(again, "alle_bijeenkomsten")
    assert f"bijeenkomst_{meeting_of(at)}" not in keys(again)
    unfold(again, "bijeenkomsten_afgerond")
    click(again, f"bijeenkomst_{meeting_of(at)}")
    assert WHY in text(again)
    assert not [one for one in again.button if one.proto.type == "primary"]


def test_the_minutes_can_be_taken_along(at: AppTest) -> None:
    fill(at)
    click(at, "uitspraak_vastleggen")
    labels = [item.proto.label for item in at.get("download_button")]
    assert labels == ["Verslag als Word", "Verslag als PDF"]
