from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.decisions import DecisionError, DeviationKind, Record
from tests.app.conftest import Start
from tests.app.helpers import MUCH_KNOWN, answer, click, keys, open_case, replace, text
from ui import resources, service

RULE = "proef.inzetten"
PROTOCOL = "protocollen/proef/2026-01-01.yaml"
DOUBTFUL = "Kijk of dit besluit nog past."
WEIGHING = "De werkgever wacht niet langer dan deze week."
VIEW = "De cliënt wil eerst werken en daarna leren."
INSTEAD = "Eerst een proefplaatsing van een maand."


@pytest.fixture
def at(start: Start) -> AppTest:
    return open_case(start(), MUCH_KNOWN)


def fill(at: AppTest, *, instead: str = INSTEAD) -> None:
    at.radio(key=f"afwijking_kind_{RULE}").set_value(DeviationKind.NORM_WEIGHED)
    at.radio(key=f"afwijking_ground_{RULE}").set_value("werkgever_wacht")
    at.text_area(key=f"afwijking_elements.weging_{RULE}").set_value(WEIGHING)
    at.text_area(key=f"afwijking_elements.visie_client_{RULE}").set_value(VIEW)
    at.text_area(key=f"afwijking_instead_{RULE}").set_value(instead)


def decided(case: str = MUCH_KNOWN) -> list[str]:
    """Return the outcomes that are in the record."""
    with Record.open() as record:
        return [kept.decision.outcome for kept in record.decisions(case)]


def test_following_is_one_click_and_stays_after_a_restart(at: AppTest, start: Start) -> None:
    click(at, "volgen_proef.besluit")
    assert "U volgt dit advies" in text(at)
    assert "volgen_proef.besluit" not in keys(at)
    assert decided() == ["volgen"]
    after = open_case(start(), MUCH_KNOWN)
    assert "U volgt dit advies**: Neem een besluit op de aanvraag" in text(after)
    assert "volgen_proef.besluit" not in keys(after)


def test_the_second_click_of_a_double_click_records_nothing(at: AppTest) -> None:
    def twice() -> None:
        from uuid import uuid4

        from engine.consult import consult
        from ui import resources, service

        knowledge = resources.working_knowledge()
        case = resources.record().load_case("proef-veel-bekend", knowledge).case
        act, consultation = uuid4(), consult(knowledge, case)
        service.follow(consultation, "proef.besluit", act)
        service.follow(consultation, "proef.besluit", act)

    after = AppTest.from_function(twice).run()
    assert not after.exception
    assert "meldingen" not in after.session_state
    assert decided() == ["volgen"]


def test_a_consideration_is_skipped_without_a_reason(at: AppTest) -> None:
    click(at, "overslaan_proef.folder")
    assert "U slaat deze overweging over" in text(at)
    assert decided() == ["overslaan"]


def test_an_incomplete_deviation_is_refused_and_names_everything_that_is_missing(
    at: AppTest,
) -> None:
    click(at, f"afwijken_{RULE}")
    at.text_area(key=f"afwijking_elements.weging_{RULE}").set_value(WEIGHING)
    click(at, f"afwijking_vastleggen_{RULE}")
    said = text(at)
    for missing in (
        "Kies wat voor afwijking dit is.",
        "Kies de grond om af te wijken.",
        "Vul in: 'Wat vindt de cliënt ervan?'",
        "Vul in: 'Wat doet u in plaats daarvan?'",
    ):
        assert missing in said
    assert "Vul in: 'Wat heeft u afgewogen" not in said
    assert at.text_area(key=f"afwijking_elements.weging_{RULE}").value == WEIGHING
    assert decided() == []


def test_a_complete_deviation_is_kept_with_its_reasons(at: AppTest, start: Start) -> None:
    click(at, f"afwijken_{RULE}")
    needed = "De cliënt staat afwijzend tegenover de cursus."
    assert "Het protocol zou dit niet adviseren als:" in text(at)
    assert f"- {needed}" in text(at)
    click(at, f"afwijking_vastleggen_{RULE}")
    fill(at)
    click(at, f"afwijking_vastleggen_{RULE}")
    assert "U wijkt af van dit advies" in text(at)
    assert "Het protocol had dit niet geadviseerd als:" in text(at)
    assert f"- {needed}" in text(at)
    assert not at.text_area
    assert decided() == ["afwijken"]
    said = text(open_case(start(), MUCH_KNOWN))
    for kept in (WEIGHING, VIEW, INSTEAD, "Een werkgever wacht", "Besloten door de professional"):
        assert kept in said


def test_the_form_asks_what_the_kind_of_norm_requires(at: AppTest) -> None:
    click(at, "afwijken_proef.te-lang")
    asked = [area.label for area in at.text_area]
    assert len(asked) == 5
    assert "Wat is er bijzonder aan de situatie van de cliënt?" in asked[0]
    # Someone else decides here, so nobody is filled in beforehand.
    assert at.radio(key="afwijking_decided_by_proef.te-lang").value is None


def test_a_professional_cannot_set_an_act_aside(at: AppTest) -> None:
    click(at, "afwijken_proef.besluit")
    options = at.radio(key="afwijking_decided_by_proef.besluit").options
    assert options == ["Een jurist"]
    kinds = at.radio(key="afwijking_kind_proef.besluit").options
    assert "De regel past niet in deze situatie" not in kinds


def test_a_review_that_is_too_late_is_refused_at_its_field(at: AppTest) -> None:
    click(at, f"afwijken_{RULE}")
    fill(at)
    review = at.date_input(key=f"afwijking_review_on_{RULE}")
    assert isinstance(review.value, date)
    review.set_value(review.value + timedelta(days=40))
    click(at, f"afwijking_vastleggen_{RULE}")
    assert "de regel vraagt dat na 3 maanden" in text(at)
    assert decided() == []


def test_the_day_to_look_again_that_is_filled_in_is_accepted(start: Start) -> None:
    known = {"aanvraag": "ja", "motivatie": "twijfelt"}
    case = Case("c-later", service.today() + timedelta(days=60), "uwv", ("proef",), known)
    with Record.open() as record:
        record.open_case(case, title="Later", story="", actor="toets")
    at = click(open_case(start(), case.id), f"afwijken_{RULE}")
    fill(at)
    click(at, f"afwijking_vastleggen_{RULE}")
    assert decided(case.id) == ["afwijken"]


def test_a_page_that_is_out_of_date_says_so_and_records_nothing(at: AppTest) -> None:
    knowledge = resources.working_knowledge()
    with Record.open() as record:
        before = record.load_case(MUCH_KNOWN, knowledge).case
        after = before.answer(knowledge, "aanvraag", "nee")
        record.save_facts(before, after, actor="toets")
    click(at, "volgen_proef.besluit")
    assert "Intussen is in deze casus iets veranderd." in text(at)
    assert decided() == []


def test_an_answer_that_no_longer_fits_stops_no_decision(start: Start, tmp_path: Path) -> None:
    start()
    replace(tmp_path / "kennis/feiten/proef.yaml", "minimum: 1\n", "minimum: 20\n")
    at = open_case(start(), MUCH_KNOWN)
    assert "Een eerder antwoord past niet meer" in text(at)
    click(at, "volgen_proef.besluit")
    assert decided() == ["volgen"]


def test_the_form_can_be_left_without_a_trace(at: AppTest) -> None:
    click(at, f"afwijken_{RULE}")
    click(at, f"afwijking_stoppen_{RULE}")
    assert not at.text_area
    assert decided() == []


def test_someone_can_decide_again_and_both_decisions_stay(at: AppTest) -> None:
    click(at, "overslaan_proef.folder")
    click(at, "herzien_proef.folder")
    click(at, "volgen_proef.folder")
    assert decided() == ["overslaan", "volgen"]
    click(at, "herzien_proef.folder")
    click(at, "besluit_houden_proef.folder")
    assert "herzien_proef.folder" in keys(at)
    assert decided() == ["overslaan", "volgen"]


@pytest.mark.parametrize("field", ["decided_on", "review_on"])
def test_a_date_that_was_emptied_is_asked_for_at_its_field(at: AppTest, field: str) -> None:
    messages = {
        "decided_on": "Vul in op welke dag dit is besloten.",
        "review_on": "Vul in wanneer u hier opnieuw naar kijkt.",
    }
    click(at, f"afwijken_{RULE}")
    fill(at)
    at.date_input(key=f"afwijking_{field}_{RULE}").set_value(None)
    click(at, f"afwijking_vastleggen_{RULE}")
    assert decided() == []
    assert [said for said in messages.values() if said in text(at)] == [messages[field]]


def test_a_decision_says_what_has_changed_under_it(at: AppTest) -> None:
    click(at, "volgen_proef.besluit")
    click(at, f"volgen_{RULE}")
    click(at, "wijzig_motivatie")
    answer(at, "motivatie", "wil_graag")
    # On the card and in the history; the decision that rests on no motivation is left.
    assert text(at).count(DOUBTFUL) == 2
    changed = "De motivatie: toen aarzelend tegenover de cursus, nu achter de cursus."
    assert changed in text(at)


def test_a_decision_on_an_advice_that_is_gone_is_flagged_in_the_history(at: AppTest) -> None:
    click(at, f"volgen_{RULE}")
    click(at, "wijzig_motivatie")
    answer(at, "motivatie", "wil_niet")
    assert f"volgen_{RULE}" not in keys(at)
    assert "Het advies was toen: geldt voorlopig. Het is nu: geldt niet." in text(at)


def test_of_two_decisions_on_one_advice_only_the_last_is_held_against_it(at: AppTest) -> None:
    click(at, "overslaan_proef.folder")
    click(at, "herzien_proef.folder")
    click(at, "volgen_proef.folder")
    click(at, "wijzig_aanvraag")
    answer(at, "aanvraag", "nee")
    assert text(at).count(DOUBTFUL) == 1


def test_that_something_is_still_not_known_changes_no_decision(at: AppTest) -> None:
    click(at, f"volgen_{RULE}")
    click(at, "onbekend_laatste_gesprek")
    assert DOUBTFUL not in text(at)


def test_an_edit_of_another_file_or_rule_changes_no_decision(at: AppTest, tmp_path: Path) -> None:
    click(at, f"volgen_{RULE}")
    kennis = tmp_path / "kennis"
    replace(kennis / "afwijkgronden.yaml", "Een werkgever wacht", "Er wacht een werkgever")
    replace(kennis / PROTOCOL, "In de folder staat wat een cursus kost.", "Handig om te hebben.")
    assert DOUBTFUL not in text(at.run())
    replace(
        kennis / PROTOCOL,
        "{handeling: cursus_inzetten, richting: doen}",
        "{handeling: gesprek_voeren, richting: doen}",
    )
    assert "De regel adviseert nu een andere stap dan toen." in text(at.run())
    assert text(at).count(DOUBTFUL) == 2


def test_a_decision_on_a_rule_that_is_gone_is_flagged(at: AppTest, tmp_path: Path) -> None:
    click(at, "volgen_proef.folder")
    replace(tmp_path / "kennis" / PROTOCOL, "id: proef.folder", "id: proef.foldertje")
    assert "Nu staat de regel niet meer in het protocol." in text(at.run())


def test_what_is_wrong_in_one_form_stays_there_and_out_of_the_others(at: AppTest) -> None:
    click(at, f"afwijken_{RULE}")
    click(at, "vastleggen_laatste_gesprek")
    assert "Typ eerst een antwoord" in text(at)
    assert "Nog niet opgeslagen" not in text(at)
    click(at, f"afwijking_vastleggen_{RULE}")
    assert "Nog niet opgeslagen" in text(at)
    assert "Typ eerst een antwoord" in text(at)
    click(at, "volgen_proef.besluit")
    click(at, "onbekend_laatste_gesprek")
    assert "Kies de grond om af te wijken." in text(at)
    assert "Typ eerst een antwoord" not in text(at)


@pytest.mark.parametrize("choice", ["volgen", "afwijken"])
def test_a_refusal_that_is_about_no_field_stands_at_the_top_of_the_page(
    at: AppTest, monkeypatch: pytest.MonkeyPatch, choice: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise DecisionError.about("De antwoorden zijn intussen veranderd.")

    monkeypatch.setattr(Record, "decide", refuse)
    if choice == "afwijken":
        click(at, f"afwijken_{RULE}")
        fill(at)
    click(at, f"volgen_{RULE}" if choice == "volgen" else f"afwijking_vastleggen_{RULE}")
    assert [error.value for error in at.error] == ["De antwoorden zijn intussen veranderd\\."]
    # The button may be far down, so the page goes to where the message is.
    assert [item for item in at.get("html") if "scrollTo" in item.proto.body]


def test_a_form_whose_advice_is_gone_is_closed_with_a_word(at: AppTest) -> None:
    click(at, f"afwijken_{RULE}")
    click(at, "wijzig_motivatie")
    answer(at, "motivatie", "wil_niet")
    assert "Het advies waarvan u wilde afwijken, geldt nu niet meer." in text(at)
    assert "geldt nu niet meer" not in text(at.run())


def test_deviating_from_what_needs_no_reason_says_so(at: AppTest) -> None:
    def deviate() -> None:
        from uuid import uuid4

        from engine.consult import consult
        from ui import resources, service

        knowledge = resources.working_knowledge()
        case = resources.record().load_case("proef-veel-bekend", knowledge).case
        service.deviate(consult(knowledge, case), "proef.folder", uuid4())

    after = AppTest.from_function(deviate).run()
    said = [notice.text for notice in after.session_state["meldingen"]]
    assert said == ["Dit is een overweging. U kunt die zonder reden overslaan."]
    assert decided() == []


def test_what_someone_typed_is_shown_literally(at: AppTest, start: Start) -> None:
    nasty = "<script>alert(1)</script> **vet** [klik](https://kwaad.example) :red[x] $a$ # kop"
    click(at, f"afwijken_{RULE}")
    fill(at, instead=nasty)
    click(at, f"afwijking_vastleggen_{RULE}")
    after = open_case(start(), MUCH_KNOWN)
    # Plain text is drawn as it is; nothing of it may reach an element that reads Markdown.
    assert nasty in [item.value for item in after.text]
    assert not [item for item in after.markdown if "alert(1)" in item.value]
