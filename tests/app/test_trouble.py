import dataclasses
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from engine.case import Case
from engine.consult import Consultation, Withheld, consult
from engine.decisions import Record, RecordError, default_url
from engine.library import Knowledge
from tests.app.conftest import Start
from tests.app.helpers import (
    MUCH_KNOWN,
    OPEN_QUESTION,
    answer,
    ask,
    click,
    keys,
    open_case,
    replace,
    text,
    unfold,
)
from tests.decisions.test_damage import damage
from ui import resources
from ui.shelf import fingerprint
from ui.text import plain

PROTOCOL = "kennis/protocollen/proef/2026-01-01.yaml"
FACTS = "kennis/feiten/proef.yaml"


def test_broken_knowledge_is_said_with_file_and_line(start: Start, tmp_path: Path) -> None:
    replace(
        tmp_path / PROTOCOL,
        "aanvraag: ja\n    dan: {handeling: besluit",
        "aanvrag: ja\n    dan: {handeling: besluit",
    )
    at = start()
    assert not at.exception
    said = text(at)
    assert "Leidraad kan nu geen advies geven" in said
    assert "protocollen/proef/2026-01-01.yaml:9" in said
    assert "Bedoelde u 'aanvraag'?" in said


def test_the_app_works_on_with_the_last_good_knowledge(start: Start, tmp_path: Path) -> None:
    at = open_case(start(), OPEN_QUESTION)
    replace(tmp_path / FACTS, "soort: ja_nee", "soort: jan_ee")
    answer(at, "aanvraag", "ja")
    said = text(at)
    assert "Leidraad werkt door met de laatste versie die goed was" in said
    assert "feiten/proef.yaml:" in said
    assert "volgen_proef.besluit" in keys(at)


def test_an_edit_of_the_knowledge_shows_at_the_next_click(start: Start, tmp_path: Path) -> None:
    at = open_case(start(), OPEN_QUESTION)
    replace(
        tmp_path / FACTS, "Heeft de cliënt een cursus gevraagd?", "Vroeg de cliënt om een cursus?"
    )
    assert "Vroeg de cliënt om een cursus?" in text(at.run())


def test_mended_knowledge_is_used_again(start: Start, tmp_path: Path) -> None:
    replace(tmp_path / FACTS, "soort: ja_nee", "soort: jan_ee")
    at = start()
    replace(tmp_path / FACTS, "soort: jan_ee", "soort: ja_nee")
    assert f"open_{OPEN_QUESTION}" in keys(at.run())


def test_a_day_without_rules_is_said_and_the_way_on_too(start: Start, tmp_path: Path) -> None:
    start()
    old = tmp_path / PROTOCOL
    replace(old, "geldig_vanaf: 2026-01-01", "geldig_vanaf: 2026-12-01")
    old.rename(old.with_name("2026-12-01.yaml"))
    at = open_case(start(), MUCH_KNOWN)
    said = text(at)
    assert "Voor deze casus is geen advies mogelijk" in said
    assert "heeft geen versie voor 2 november 2026" in said
    assert "Alles wat is vastgelegd" in said


def test_a_fact_that_is_gone_is_said_and_left_out(start: Start, tmp_path: Path) -> None:
    answer(open_case(start(), OPEN_QUESTION), "motivatie", "twijfelt")
    replace(tmp_path / FACTS, "{id: twijfelt,", "{id: weifelt,")
    replace(tmp_path / PROTOCOL, "[wil_graag, twijfelt]", "[wil_graag, weifelt]")
    at = open_case(start(), OPEN_QUESTION)
    assert "Een eerder antwoord past niet meer bij de vragen van nu: de motivatie" in text(at)


def test_an_answer_that_is_gone_is_told_without_its_identifier(
    start: Start, tmp_path: Path
) -> None:
    at = answer(open_case(start(), OPEN_QUESTION), "motivatie", "twijfelt")
    replace(tmp_path / FACTS, "{id: twijfelt,", "{id: weifelt,")
    replace(tmp_path / PROTOCOL, "[wil_graag, twijfelt]", "[wil_graag, weifelt]")
    unfold(at.run(), "tijdlijn_uitklap")
    unfold(at, "als_tekst_tijdlijn")
    said = text(at)
    told = "de motivatie: een antwoord dat de vraag niet meer heeft"
    assert said.lower().count(told) == 2, "in the course of the case and in the timeline"
    assert "twijfelt" not in said


def test_a_question_that_is_gone_while_it_is_in_front_makes_room_for_the_next(
    start: Start, tmp_path: Path
) -> None:
    at = open_case(start(), OPEN_QUESTION)
    ask(at, "laatste_gesprek")
    for file in (tmp_path / FACTS, tmp_path / PROTOCOL):
        replace(file, "laatste_gesprek", "recent_gesprek")
    at.run()
    assert not at.exception
    assert "antwoord_aanvraag_ja" in keys(at)
    others = at.selectbox(key="andere_vraag").options
    assert "Heeft de cliënt een cursus gevraagd?" not in others


def test_an_answer_to_a_question_that_is_gone_by_now_is_not_lost_in_silence(
    start: Start, tmp_path: Path
) -> None:
    at = open_case(start(), OPEN_QUESTION)
    for file in (tmp_path / FACTS, tmp_path / PROTOCOL):
        replace(file, "aanvraag", "verzoek")
    click(at, "antwoord_aanvraag_ja")
    assert "Deze vraag is er niet meer. Er is niets opgeslagen." in text(at)


def test_a_record_that_cannot_be_opened_is_said(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "vol").write_text("dit is geen map", encoding="utf-8")
    monkeypatch.setenv("LEIDRAAD_DATA", str(tmp_path / "vol"))
    at = start()
    assert not at.exception
    assert "Het dossier werkt niet" in text(at)


def test_an_answer_that_cannot_be_kept_is_said_and_not_shown_as_kept(
    start: Start, tmp_path: Path
) -> None:
    at = open_case(start(), OPEN_QUESTION)
    for file in (tmp_path / "data").glob("leidraad.db*"):
        file.write_bytes(b"stuk" * 4096)
    answer(at, "aanvraag", "ja")
    assert "beschadigd" in text(at)


def test_a_failure_nobody_foresaw_becomes_a_message(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_case(start(), OPEN_QUESTION)

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("geheim 123456789")

    monkeypatch.setattr(resources, "record", fail)
    answer(at, "aanvraag", "ja")
    assert "Er ging iets mis in Leidraad" in text(at)
    assert "geheim" not in text(at)


def withhold(monkeypatch: pytest.MonkeyPatch, *rules: str) -> None:
    """Let the consultation withhold the advice of some rules, or of all when none is named."""

    def doubtful(knowledge: Knowledge, case: Case) -> Consultation:
        found = consult(knowledge, case)
        hidden = [item.rule for item in found.advices if not rules or item.rule.id in rules]
        kept = tuple(item for item in found.advices if item.rule not in hidden)
        asked = {name for item in kept for name in item.missing}
        return dataclasses.replace(
            found,
            advices=kept,
            withheld=tuple(
                Withheld(rule, "Twee berekeningen zijn het niet eens.") for rule in hidden
            ),
            conflicts=(),
            questions=tuple(item for item in found.questions if item.fact.id in asked),
        )

    monkeypatch.setattr("engine.consult.consult", doubtful)


NOT_TRUE_WHEN_WITHHELD = (
    "Alle vragen die tellen zijn beantwoord",
    "U hebt alle vragen gezien",
    "geven in deze situatie geen advies",
    "Er geldt nog geen advies",
    "Bekijk wat er nog te bepalen is",
)


def test_a_withheld_advice_is_said_and_cannot_be_followed(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    withhold(monkeypatch, "proef.besluit")
    said = text(at := open_case(start(), MUCH_KNOWN))
    assert "Geen advies over: Op een aanvraag hoort een besluit" in said
    assert said.count("Leidraad kan nu voor 1 regel geen advies geven") == 2
    assert "3 stappen om over te besluiten" in said
    assert "volgen_proef.besluit" not in keys(at)


def test_when_all_is_withheld_the_page_draws_no_conclusions(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    withhold(monkeypatch)
    said = text(open_case(start(), MUCH_KNOWN))
    assert said.count("Leidraad kan nu geen advies geven") == 3
    assert said.count("Twee berekeningen zijn het niet eens.") == 1
    assert "- Op een aanvraag hoort een besluit" in said
    assert not [claim for claim in NOT_TRUE_WHEN_WITHHELD if claim in said]


def test_when_the_rest_does_not_hold_either_the_page_draws_no_conclusions(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    withhold(monkeypatch, "proef.inzetten", "proef.te-zwaar", "proef.gesprek", "proef.te-lang")
    at = answer(open_case(start(), OPEN_QUESTION), "aanvraag", "nee")
    said = text(at)
    assert said.count("Leidraad kan nu voor 4 regels geen advies geven") == 3
    assert not [claim for claim in NOT_TRUE_WHEN_WITHHELD if claim in said]


def test_a_decision_whose_advice_is_withheld_now_is_flagged(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    click(open_case(start(), MUCH_KNOWN), "volgen_proef.besluit")
    withhold(monkeypatch, "proef.besluit")
    said = text(open_case(start(), MUCH_KNOWN))
    assert "Het advies was toen: geldt. Nu kan Leidraad hierover geen advies geven." in said


def test_an_answer_after_one_that_failed_is_not_refused(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = open_case(start(), OPEN_QUESTION)
    save = Record.save_facts

    def save_and_fail(*args: Any, **kwargs: Any) -> None:
        save(*args, **kwargs)
        raise RecordError("De verbinding viel weg.")

    with monkeypatch.context() as patched:
        patched.setattr(Record, "save_facts", save_and_fail)
        answer(at, "aanvraag", "ja")
    assert "De verbinding viel weg." in text(at)
    click(at, "wijzig_aanvraag")
    answer(at, "aanvraag", "nee")
    assert "De cliënt heeft geen cursus gevraagd." in text(at)
    assert "al eerder vastgelegd" not in text(at)


def test_a_text_cannot_be_recorded_as_unknown_or_disputed(start: Start, tmp_path: Path) -> None:
    replace(
        tmp_path / FACTS,
        "feiten:\n",
        "feiten:\n"
        "  - {id: wens, naam: de wens, soort: tekst, zin: 'de wens is {}', wie: [client],\n"
        "     vraag: Wat is de wens?, waarom: Dan weet u het.}\n",
    )
    at = open_case(start(), OPEN_QUESTION)
    at.session_state["wijzigt_feit"] = "wens"
    at.run()
    assert "Wat is de wens?" in text(at)
    assert "wijzigen_stoppen" in keys(at)
    assert not {"onbekend_wens", "betwist_wens"} & set(keys(at))


def test_the_fingerprint_takes_any_name_and_only_files(tmp_path: Path) -> None:
    folder = tmp_path / "kennis"
    before = fingerprint(folder)
    os.mkfifo(folder / "feiten" / "pijp.yaml")
    (folder / "feiten" / "map.yaml").mkdir()
    assert fingerprint(folder) == before
    (folder / "feiten" / os.fsdecode(b"geen-utf8-\xff.yaml")).write_text("feiten: []")
    assert fingerprint(folder) != before


@pytest.mark.parametrize(
    "nasty",
    [
        "<img src=x onerror=alert(1)>",
        "**vet** _schuin_ `code`",
        "[klik](https://kwaad.example)",
        "# kop",
        "1. lijst",
        "- lijst",
        ":red[rood] :material/home: :smile:",
        "$x^2$ en $$y$$",
        "regel een\n\n## regel twee",
        "a|b\n-|-\nc|d",
        "\\*al ontsnapt\\*",
    ],
)
def test_no_markup_survives_in_plain_text(nasty: str, start: Start) -> None:
    at = AppTest.from_string(
        f"import streamlit as st\nfrom ui.text import plain\nst.markdown(plain({nasty!r}))"
    ).run()
    shown = at.markdown[0].value
    assert "\n" not in shown
    for sign in "*_`[<#|$":
        assert f"\\{sign}" in shown or sign not in nasty
    assert ":material" not in plain(nasty)


def test_markup_in_a_title_from_a_file_is_shown_literally(start: Start, tmp_path: Path) -> None:
    replace(
        tmp_path / "casussen/proef/een-vraag.yaml",
        "titel: Iemand met een vraag om een cursus",
        "titel: 'Iemand <b>met</b> **een** [vraag](https://kwaad.example)'",
    )
    at = start()
    shown = [item.value for item in at.markdown if "kwaad" in item.value]
    # An unseen character keeps an address from becoming a link.
    assert shown == [
        "### Iemand \\<b\\>met\\</b\\> \\*\\*een\\*\\* "
        "\\[vraag\\]\\(https:\u2060//kwaad\\.example\\)"
    ]
    click(at, f"open_{OPEN_QUESTION}")


def test_a_damaged_case_is_named_on_the_list_and_the_others_stand_there(start: Start) -> None:
    with Record.open() as record:
        for name in ("c-heel", "c-stuk"):
            case = Case(name, date(2026, 11, 2), "uwv", ("proef",))
            record.open_case(case, title="T", story="", actor="professional")
    damage(default_url(), "'{}'")
    at = start()
    assert "**1 casus niet te lezen:** c-stuk." in text(at)
    assert "open_c-heel" in keys(at)
    assert "open_c-stuk" not in keys(at)
