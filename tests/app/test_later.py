"""What a verdict leads to: in the case, for who deviates later, and for method designers."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block

from engine.course import ruling_in_words
from engine.decisions import CaseDiscussed, Record, StoredDecision
from engine.words import Ruling, Status
from tests.app.conftest import Start
from tests.app.group import (
    COURSE,
    NO_COURSE,
    add,
    answer,
    choose_case,
    join,
    keep_texts,
    meeting_of,
    to_intervisie,
)
from tests.app.helpers import MUCH_KNOWN, click, keys, open_case, text, unfold
from tests.app.test_precedents import RULE, deviated

WHY = "De groep vindt dat de duur hier de doorslag geeft."
VIEW = "Ik blijf erbij: de cursus is <b>te zwaar</b>."
LEARNED = "Vraag eerst naar rust."
BEFORE = "c-eerder"
UPHELD = ruling_in_words(Ruling.UPHOLD, decided=False)


def discussed(at: AppTest, case: str = MUCH_KNOWN, ruling: Ruling = Ruling.UPHOLD) -> str:
    """Have a group discuss a case and come to a verdict; return the meeting."""
    choose_case(to_intervisie(at), case)
    for decision in decisions(case):
        at.radio(key=f"bijeenkomst_besluit_{case}").set_value(decision.id).run()
    keep_texts(at)
    meeting = meeting_of(click(at, "bijeenkomst_klaarzetten"))
    join(meeting, 1, 2, 3)
    answer(meeting, {1: COURSE, 2: COURSE, 3: NO_COURSE})
    for key in ("begin", "verder", "toon_advies"):
        at.run()
        click(at, f"bijeenkomst_{key}")
    if decisions(case):
        click(at, "bijeenkomst_toon_besluit")
    click(at, "bijeenkomst_verder")
    add(meeting, 3, VIEW, minority=True)
    fill(at, meeting, ruling)
    click(at, "uitspraak_vastleggen")
    click(at, "bijeenkomst_afsluiten")
    return meeting


def fill(at: AppTest, meeting: str, ruling: Ruling) -> None:
    def key(name: str) -> str:
        return f"uitspraak_{name}_{meeting}"

    at.radio(key=key("ruling")).set_value(ruling).run()
    if ruling is Ruling.CHANGE:
        at.selectbox(key=key("rule")).set_value(RULE)
        at.radio(key=key("should_be")).set_value(Status.DOES_NOT_HOLD)
    at.text_area(key=key("why")).set_value(WHY)
    at.text_area(key=key("learned")).set_value(LEARNED)
    at.text_input(key=key("what_0")).set_value("De cliënt bellen")
    at.text_input(key=key("who_0")).set_value("de inbrenger")
    at.date_input(key=key("by_0")).set_value(date(2027, 1, 15))


def to_case(at: AppTest, case: str = MUCH_KNOWN) -> AppTest:
    at.switch_page("ui/pages/raadplegen.py").run()
    if "alle_casussen" in keys(at):
        click(at, "alle_casussen")
    return open_case(at, case)


def learning(at: AppTest) -> AppTest:
    at.switch_page("ui/pages/leren.py").run()
    assert not at.exception
    return at


def test_the_case_shows_what_the_group_came_to(start: Start) -> None:
    at = start()
    discussed(at)
    said = text(to_case(at))
    assert "Besproken in intervisie" in said
    assert f"{UPHELD}:** {WHY}" in said
    assert f"Andere mening, in eigen woorden:** {VIEW}" in said
    assert f"Geleerd:** {LEARNED}" in said
    assert "Afspraak:** De cliënt bellen (de inbrenger, uiterlijk 15 januari 2027)" in said
    assert not [item for item in at.markdown if "<b>te zwaar" in str(item.value)]
    at.session_state["tijdlijn_uitklap"] = True
    at.session_state["als_tekst_tijdlijn"] = True
    at.run()
    assert f"besproken:** {UPHELD}." in text(at)


def test_it_stands_with_the_decision_that_it_is_about(start: Start) -> None:
    at = start()
    deviated(BEFORE)
    discussed(at, BEFORE)
    to_case(at, BEFORE)
    (kept,) = decisions(BEFORE)
    card = at.main.get_by_key(f"kaart_besluit_{kept.seq}")
    assert isinstance(card, Block)
    assert any(WHY[:-1] in str(one.value) for one in card.markdown)
    assert "Het besluit blijft in stand:**" in text(at)


def decisions(case: str) -> tuple[StoredDecision, ...]:
    with Record.open() as record:
        return record.decisions(case)


def test_whoever_deviates_later_reads_what_groups_found_and_nothing_of_the_case(
    start: Start,
) -> None:
    at = start()
    deviated(BEFORE)
    click(to_case(at), f"afwijken_{RULE}")
    assert "Wat groepen van deze regel vonden" not in text(at)
    discussed(at, BEFORE, Ruling.CHANGE)
    click(to_case(at), f"afwijken_{RULE}")
    said = shown(at)
    for part in (f"De regel moet anders:** {WHY}", f"{VIEW}", LEARNED, "Had moeten zijn:** Geldt"):
        assert part in said
    for hidden in (BEFORE, "Lid 1", "Sam Proef", "De cliënt bellen", "de inbrenger"):
        assert hidden not in said
    # The deviation itself can be read by this user; there it says in short what a group found.
    unfold(at, f"eerder_{RULE}")
    assert "Besproken in intervisie op" in text(at)
    assert "de regel moet anders" in text(at)


def test_it_stands_with_the_reasoning_of_that_rule_only(start: Start) -> None:
    at = start()
    deviated(BEFORE)
    discussed(at, BEFORE)
    click(to_case(at), f"waarom_{RULE}")
    assert WHY in shown(at)
    click(at, "waarom_proef.besluit")
    assert WHY not in text(at)


def shown(at: AppTest) -> str:
    """What a user reads in the place with what groups found."""
    (fold,) = [one for one in at.expander if one.label == "Wat groepen van deze regel vonden"]
    return "\n".join(str(one.value) for one in (*fold.markdown, *fold.caption)).replace("\\", "")


def test_method_designers_get_the_proposal_with_the_case_as_a_test(start: Start) -> None:
    at = start()
    assert "Er zijn nog geen voorstellen." in text(learning(at))
    deviated(BEFORE)
    meeting = discussed(at, BEFORE, Ruling.CHANGE)
    said = text(learning(at))
    for part in (WHY, VIEW, RULE, "Had moeten zijn:** Geldt niet", "Afspraak:**"):
        assert part in said
    assert BEFORE not in said
    assert not at.get("download_button")
    unfold(at, f"voorstel_toets_{meeting}")
    assert "De groep stelt voor: **geldt niet**" in text(at)
    (file,) = at.get("download_button")
    assert file.proto.label == "Bewaar de casus als toets (YAML)"


def test_a_verdict_that_asks_nothing_of_a_rule_is_no_proposal(start: Start) -> None:
    at = start()
    discussed(at, ruling=Ruling.CORRECT)
    assert "Er zijn nog geen voorstellen." in text(learning(at))


def test_what_is_wrong_in_it_can_be_put_right(start: Start) -> None:
    at = start()
    discussed(at)
    unfold(to_case(at), "verbetering_uitklap")
    (choice,) = [one for one in at.selectbox if str(one.key).startswith("verbetering_event")]
    with Record.open() as record:
        last = record.history(MUCH_KNOWN)[-1]
    assert last.kind == CaseDiscussed.kind
    choice.set_value(last.id)
    (area,) = [one for one in at.text_area if str(one.key).startswith("verbetering_text")]
    wrong = "De cliënt is al gebeld; die afspraak is gedaan."
    area.set_value(wrong)
    click(at, "verbetering_vastleggen")
    card = at.main.get_by_key(f"kaart_bespreking_{last.seq}")
    assert isinstance(card, Block)
    assert wrong.rstrip(".") in "".join(str(one.value) for one in card.markdown).replace("\\", "")
