"""Every mistake in a knowledge file gives a clear finding at the right place, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.diagnostics import KnowledgeError
from tests.engine.worlds import PROTOCOL, edited, files, knowledge_with
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "goud"
FACTS, NOTIONS = "feiten/proef.yaml", "begrippen/proef.yaml"
LIMITS, VILLAGE = "parameters/proef.yaml", "parameters/proefdorp.yaml"

MISTAKES: dict[str, tuple[str, str, str]] = {
    "sleutel-dubbel": (FACTS, "    maximum: 120\n", "    maximum: 120\n    maximum: 130\n"),
    "sleutel-onbekend": (PROTOCOL, "omdat: Een kans", "omdta: Een kans"),
    "sleutel-ontbreekt": (PROTOCOL, '    bronnen: ["proefwet#6"]\n', ""),
    "ja-nee-engels": (PROTOCOL, "gemotiveerd: ja", "gemotiveerd: no"),
    "ja-nee-hoofdletter": (PROTOCOL, "gemotiveerd: ja", "gemotiveerd: Ja"),
    "getal-met-nul": (FACTS, "maximum: 120", "maximum: 012"),
    "getal-als-tijd": (PROTOCOL, "titel: Te duur", "titel: 12:30"),
    "getal-gebroken": (FACTS, "maximum: 120", "maximum: 12.5"),
    "getal-onderstreept": (FACTS, "maximum: 120", "maximum: 1_200"),
    "datum-in-tekst": (PROTOCOL, "titel: Te duur", "titel: 2026-01-01"),
    "getal-in-tekst": (PROTOCOL, "titel: Te duur", "titel: 12"),
    "datum-bestaat-niet": (LIMITS, "vanaf: 2026-01-01", "vanaf: 2026-02-30"),
    "datum-als-tekst": (LIMITS, "vanaf: 2026-01-01", 'vanaf: "2026-01-01"'),
    "waarde-leeg": (PROTOCOL, "titel: Te duur", "titel:"),
    "verwijzing": (PROTOCOL, "titel: Te duur", "titel: *titel"),
    "lijst-leeg": (PROTOCOL, '["proefwet#6"]', "[]"),
    "anker": (FACTS, "zin: de opleiding duurt {}", "zin: &zin de opleiding duurt {}"),
    "label": (FACTS, "maximum: 120", "maximum: !!python/object:os.system 120"),
    "yaml-dubbele-punt": (PROTOCOL, "titel: Te duur", "titel: Te duur: echt"),
    "yaml-inspringen": (PROTOCOL, "    titel: Te duur", "   titel: Te duur"),
    "yaml-haakje": (PROTOCOL, "[kort, lang]", "[kort, lang"),
    "yaml-tab": (PROTOCOL, "    titel: Te duur", "\ttitel: Te duur"),
    "woord-onbekend": (PROTOCOL, "norm: werkwijze", "norm: werkwijse"),
    "feit-onbekend": (PROTOCOL, "gemotiveerd: ja", "gemotiverd: ja"),
    "optie-onbekend": (NOTIONS, "[zorg, techniek]", "[zorg, technik]"),
    "begripwaarde-onbekend": (PROTOCOL, "[kort, lang]", "[kort, lnag]"),
    "vergelijking-onbekend": (PROTOCOL, "meer_dan: kosten_grens", "meerdan: kosten_grens"),
    "vergelijking-vergeten": (PROTOCOL, "kosten: {meer_dan: kosten_grens}", "kosten: [1, 2]"),
    "parameter-onbekend": (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: kosten_gren"),
    "eenheid-anders": (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: duur_maximum"),
    "grens-afwezig": (PROTOCOL, "{meer_dan: kosten_grens}", "{minder_dan: kosten_grens}"),
    "tussen-omgekeerd": (PROTOCOL, "[1000, 2500]", "[2500, 1000]"),
    "tijdsduur": (PROTOCOL, "hoogstens_oud: 6 maanden", "hoogstens_oud: 6 manden"),
    "feit-is-tekst": (PROTOCOL, "gemotiveerd: ja", "notitie: ja"),
    "voorwaarde-twee-sleutels": (PROTOCOL, "- kansrijk: ja", "- {kansrijk: ja, duur: 3}"),
    "voorwaarde-geen-lijst": (PROTOCOL, "      een_van:\n", "      een_van: ja\n      of:\n"),
    "minstens-teveel": (
        PROTOCOL,
        "      kosten: {meer_dan: kosten_grens}",
        "      minstens: 2\n      van: [kosten: {meer_dan: kosten_grens}]",
    ),
    "bron-onbekend": (PROTOCOL, "proefwet#6", "proefwt#6"),
    "bron-zonder-plaats": (PROTOCOL, "proefwet#6", "proefwet"),
    "handeling-onbekend": (PROTOCOL, "handeling: kosten_bespreken", "handeling: kosten_besprken"),
    "protocol-onbekend": (
        "handelingen.yaml",
        "volgorde: 1",
        "protocol: prof",
    ),
    "grond-onbekend": (
        PROTOCOL,
        "[anders], beslist: professional, herzien_na: 6",
        "[andrs], beslist: professional, herzien_na: 6",
    ),
    "uitzondering-onbekend": (PROTOCOL, "[proef.inzetten]", "[proef.inzeten]"),
    "afwijken-ontbreekt": (PROTOCOL, "norm: overweging", "norm: werkwijze"),
    "afwijken-van-wet": (PROTOCOL, "norm: werkwijze", "norm: wet"),
    "twijfel-ontbreekt": (PROTOCOL, "    twijfel: De grens kan veranderd zijn.\n", ""),
    "regel-van-ander-protocol": (PROTOCOL, "id: proef.te-duur", "id: geld.te-duur"),
    "regel-dubbel": (PROTOCOL, "id: proef.te-duur", "id: proef.kosten-bespreken"),
    "bestand-naam": (PROTOCOL, "geldig_vanaf: 2026-01-01", "geldig_vanaf: 2026-02-01"),
    "uitzondering-kring": (
        PROTOCOL,
        "dan: {handeling: scholing_inzetten, richting: doen}",
        "dan: {handeling: scholing_inzetten, richting: doen}\n    uitzondering_op: [proef.te-duur]",
    ),
    "begrip-kring": (NOTIONS, "richting: [zorg, techniek]", "kansrijk: nee"),
    "begrip-zonder-anders": (NOTIONS, "    anders: lang\n", ""),
    "begrip-optie-ongebruikt": (NOTIONS, "waarde: heel_lang", "waarde: lang"),
    "begrip-dubbel-met-feit": (NOTIONS, "id: kansrijk", "id: gemotiveerd"),
    "feit-dubbel": (FACTS, "id: kosten", "id: duur"),
    "feit-zonder-zin-niet": (FACTS, "    zin_niet: de cliënt wil de opleiding niet\n", ""),
    "feit-zin-zonder-plek": (FACTS, "zin: de opleiding duurt {}", "zin: de opleiding duurt lang"),
    "feit-zonder-eenheid": (FACTS, "    eenheid: {een: euro, meer: euro}\n", ""),
    "feit-optie-gereserveerd": (FACTS, "id: horeca", "id: onbekend"),
    "feit-naam-gereserveerd": (FACTS, "id: gemotiveerd", "id: een_van"),
    "feit-eenheid-teveel": (
        FACTS,
        "    soort: datum\n",
        "    soort: datum\n    eenheid: {een: dag, meer: dagen}\n",
    ),
    "feit-naam-vorm": (FACTS, "id: gemotiveerd", "id: Gemotiveerd"),
    "instantie-zonder-naam": (VILLAGE, "naam: Gemeente Proefdorp (fictief)\n", ""),
    "afwijking-onbekend": (VILLAGE, "parameter: kosten_grens", "parameter: kosten_gren"),
    "afwijking-dubbel": (
        VILLAGE,
        "  - parameter: kosten_grens\n",
        "  - parameter: kosten_grens\n    waarden:\n"
        '      - {vanaf: 2026-06-01, waarde: 9, bronnen: ["proefwet#5"], zekerheid: gelezen}\n'
        "  - parameter: kosten_grens\n",
    ),
    "afwijking-voor-iemand": (VILLAGE, "waarde: 3000", "voor: uwv, waarde: 3000"),
    "uitzondering-dubbel": (PROTOCOL, "[proef.inzetten]", "[proef.inzetten, proef.inzetten]"),
    "bron-soort": (
        "bronnen.yaml",
        "soort: wet",
        "soort: wett",
    ),
    "waarde-einde-voor-begin": (LIMITS, "tot_en_met: 2025-12-31", "tot_en_met: 2019-12-31"),
}


def findings(changes: dict[str, str]) -> str:
    with pytest.raises(KnowledgeError) as caught:
        knowledge_with(changes)
    return str(caught.value) + "\n"


@pytest.mark.parametrize("name", MISTAKES)
def test_message(name: str) -> None:
    check_golden(GOLDEN / f"{name}.txt", findings(edited(*MISTAKES[name])))


def test_all_mistakes_of_all_files_are_reported_at_once() -> None:
    changes = edited(FACTS, "maximum: 120", "maximum: 012")
    changes |= edited(NOTIONS, "[zorg, techniek]", "[zorg, technik]")
    text = files()[PROTOCOL].replace("gemotiveerd: ja", "gemotiverd: ja")
    changes |= {PROTOCOL: text.replace("norm: overweging", "norm: overwegen")}
    check_golden(GOLDEN / "alles-tegelijk.txt", findings(changes))


def test_a_broken_fact_is_reported_once_and_not_at_every_use() -> None:
    text = findings(edited(FACTS, "vraag: Wil de cliënt de opleiding?", "vraag: 12"))
    assert text.count("\n") == 1


def test_an_unreadable_file_does_not_make_findings_elsewhere() -> None:
    assert findings({FACTS: "feiten: [\n"}).count("\n") == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [("elders/x.yaml", "a: b\n"), ("feiten/leeg.yaml", ""), ("feiten/x.yaml", "feiten: []\n")],
)
def test_a_file_that_does_not_belong_is_reported(name: str, content: str) -> None:
    assert findings({name: content}).startswith(f"{name}:1:")


def test_no_files_is_not_all_is_well() -> None:
    from engine.loading import assemble

    with pytest.raises(KnowledgeError, match="KENNIS-LEEG"):
        assemble([])
