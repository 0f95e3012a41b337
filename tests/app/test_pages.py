from datetime import date

from streamlit.testing.v1 import AppTest

from tests.app.conftest import Start
from tests.app.helpers import text


def page(start: Start, name: str) -> AppTest:
    at = start()
    at.switch_page(f"ui/pages/{name}.py").run()
    assert not at.exception
    return at


def test_a_protocol_reads_as_a_document(start: Start) -> None:
    said = text(page(start, "protocollen"))
    for part in (
        "Geldig vanaf 1 januari 2026",
        "6 regels, 5 vragen",
        "Wat:** Zet de cursus nu niet in",
        "Wanneer:** de cursus duurt langer dan 12 maanden",
        "Waarom:** Een lange cursus houdt iemand lang van werk af.",
        "Proefwet (verzonnen), artikel 1 (gelezen: verzonnen tekst)",
        "Beleidsregel",
        "Komt uit onderzoek",
        "Let op: uit tweede hand. Alleen de samenvatting is gelezen.",
        "Gaat voor op:** Een gewilde cursus inzetten",
        "Wie beslist:** een leidinggevende",
        "Ter overweging. U mag dit overslaan.",
    ):
        assert part in said


def test_a_condition_with_parts_is_a_list(start: Start) -> None:
    said = text(page(start, "protocollen"))
    assert (
        "al deze dingen:\n\n"
        "- de cliënt heeft een cursus gevraagd\n"
        "- de cliënt staat achter de cursus of aarzelend tegenover de cursus"
    ) in said


def test_the_thresholds_are_those_of_the_authority(start: Start) -> None:
    at = page(start, "protocollen")
    at.selectbox(key="protocol_instantie").select_index(1).run()
    assert "de cursus duurt langer dan 24 maanden" in text(at)


def test_the_rules_can_be_searched_and_unfolded(start: Start) -> None:
    at = page(start, "protocollen")
    assert not any(fold.proto.expanded for fold in at.expander)
    at.text_input(key="protocol_zoek").set_value("FOLDER").run()
    assert "1 regel met 'FOLDER'" in text(at)
    assert "Geen enkele" not in text(at)
    at.text_input(key="protocol_zoek").set_value("bestaat niet").run()
    assert "0 regels met 'bestaat niet'" in text(at)
    at.text_input(key="protocol_zoek").set_value("").run()
    at.toggle(key="protocol_open").set_value(True).run()
    assert at.expander[0].proto.expanded


def test_a_day_before_the_first_version_is_said(start: Start) -> None:
    at = page(start, "protocollen")
    at.date_input(key="protocol_dag").set_value(date(2019, 1, 1)).run()
    assert "Voor deze dag of instantie zijn er geen regels" in text(at)


def test_the_page_about_leidraad_says_what_is_fictional_and_where_the_record_is(
    start: Start,
) -> None:
    said = text(page(start, "over"))
    assert "bestaan niet" in said
    assert "data/leidraad.db" in said


def test_the_page_about_leidraad_keeps_a_password_to_itself(start: Start, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    at = start()
    monkeypatch.setenv("LEIDRAAD_DATABASE_URL", "postgresql://ik:geheim@server/leidraad")
    at.switch_page("ui/pages/over.py").run()
    assert "geheim" not in text(at)
    assert "die uw beheerder heeft ingesteld" in text(at)
