"""Knowledge that was broken on purpose: one edit, or a few, and the code that it should give."""

from __future__ import annotations

from tests.design.world import Edit

PROTOCOL = "protocollen/proef/2026-01-01.yaml"
FACTS, NOTIONS = "feiten/proef.yaml", "begrippen/proef.yaml"
LIMITS, VILLAGE = "parameters/proef.yaml", "parameters/proefdorp.yaml"
ACTIONS, GROUNDS, SOURCES = "handelingen.yaml", "afwijkgronden.yaml", "bronnen.yaml"

WISH = """        - kansrijk: ja
        - gemotiveerd: ja
        - omvang: [kort, lang]
"""
DEAR = "      kosten: {meer_dan: kosten_grens}\n"
TALK = """        - omvang: heel_lang
        - laatste_cursus: {hoogstens_oud: rust_tussen_cursussen}
"""
HEEL_LANG = "waarde: 24,"


def rule(text: str, condition: str) -> Edit:
    """Put another list of conditions in the place of that of a rule."""
    return (PROTOCOL, text, "".join(f"        {line}\n" for line in condition.splitlines()))


def instead(condition: str) -> Edit:
    """Put another condition in the place of that of ``proef.te-duur``."""
    return (PROTOCOL, DEAR, "".join(f"      {line}\n" for line in condition.splitlines()))


BEFORE = """  - id: proef.eerst-rust
    titel: Eerst rust
    als:
      gemotiveerd: {0}
    dan: {{handeling: scholing_inzetten, richting: niet_doen}}
    uitzondering_op: [proef.{1}]
    norm: overweging
    omdat: Wie rust nodig heeft, begint later.
    bronnen: ["proefwet#9"]
    onderbouwing: praktijk
    zekerheid: gelezen
"""
OTHER_PROTOCOL = """protocol: rust
titel: Rust
geldig_vanaf: 2026-03-01
toelichting: Alleen voor tests.
regels:
  - id: rust.nu-niet
    titel: Nu niet
    als:
      laatste_cursus: {hoogstens_oud: rust_tussen_cursussen}
    dan: {handeling: scholing_inzetten, richting: niet_doen}
    norm: overweging
    omdat: Wie pas klaar is, wil soms eerst rust.
    bronnen: ["proefwet#9"]
    onderbouwing: praktijk
    zekerheid: gelezen
"""

BROKEN: dict[str, tuple[str, tuple[Edit, ...]]] = {
    # Rules that can't hold.
    "nooit-getallen": (
        "regel-nooit",
        (
            rule(
                TALK,
                "- alle:\n"
                "    - duur: {meer_dan: duur_heel_lang}\n"
                "    - duur: {hoogstens: duur_maximum}",
            ),
        ),
    ),
    "nooit-begrip": (
        "regel-nooit",
        (rule(WISH, "- kansrijk: ja\n- gemotiveerd: ja\n- richting: horeca"),),
    ),
    "nooit-instanties": (
        "regel-nooit",
        (rule(WISH, "- instantie: uwv\n- kansrijk: ja\n- instantie: gemeente"),),
    ),
    "nooit-dagen": (
        "regel-nooit",
        (
            instead(
                "alle:\n"
                "  - laatste_cursus: {ouder_dan: rust_tussen_cursussen}\n"
                "  - kosten: {meer_dan: kosten_grens}\n"
                "  - laatste_cursus: {hoogstens_oud: rust_tussen_cursussen}"
            ),
        ),
    ),
    "nooit-geen-van": (
        "regel-nooit",
        (rule(WISH, "- gemotiveerd: ja\n- geen_van:\n    - gemotiveerd: ja\n    - kansrijk: nee"),),
    ),
    "nooit-minstens": (
        "regel-nooit",
        (instead("minstens: 2\nvan:\n  - gemotiveerd: ja\n  - gemotiveerd: nee"),),
    ),
    "nooit-tabel": (
        "regel-nooit",
        (rule(WISH, "- omvang: kort\n- kansrijk: ja\n- omvang: heel_lang"),),
    ),
    "nooit-vaste-dag": (
        "regel-nooit",
        (
            instead(
                "alle:\n"
                "  - laatste_cursus: {voor: 2025-01-01}\n"
                "  - laatste_cursus: {hoogstens_oud: rust_tussen_cursussen}"
            ),
        ),
    ),
    # Rules that something always goes before.
    "vervalt-altijd": (
        "regel-vervalt-altijd",
        (instead("een_van:\n  - gemotiveerd: ja\n  - kosten: {meer_dan: kosten_grens}"),),
    ),
    "vervalt-door-twee": (
        "regel-vervalt-altijd",
        (
            rule(WISH, "- kansrijk: ja\n- gemotiveerd: ja"),
            instead("omvang: kort"),
            (
                PROTOCOL,
                "regels:\n",
                "regels:\n"
                + BEFORE.format("ja", "inzetten").replace(
                    "      gemotiveerd: ja", "      omvang: [lang, heel_lang]"
                ),
            ),
        ),
    ),
    "uitzondering": (
        "uitzondering-zonder-effect",
        (instead("alle:\n  - gemotiveerd: nee\n  - kosten: {meer_dan: kosten_grens}"),),
    ),
    # Parts that change nothing.
    "deel-dubbel": (
        "deel-zonder-effect",
        (rule(WISH, "- kansrijk: ja\n- gemotiveerd: ja\n- omvang: kort\n- gemotiveerd: ja"),),
    ),
    "deel-volgt": (
        "deel-zonder-effect",
        (rule(WISH, "- gemotiveerd: ja\n- richting: zorg\n- kansrijk: ja"),),
    ),
    "deel-een-van": (
        "deel-zonder-effect",
        (
            rule(
                TALK,
                "- omvang: heel_lang\n- alle:\n    - omvang: heel_lang\n    - gemotiveerd: ja\n"
                "- laatste_cursus: {hoogstens_oud: rust_tussen_cursussen}",
            ),
        ),
    ),
    "deel-geen-van": (
        "deel-zonder-effect",
        (rule(WISH, "- omvang: kort\n- geen_van:\n    - omvang: lang\n    - gemotiveerd: nee"),),
    ),
    "deel-minstens": (
        "deel-zonder-effect",
        (
            instead(
                "minstens: 2\nvan:\n  - kosten: {meer_dan: kosten_grens}\n  - gemotiveerd: ja\n"
                "  - alle:\n      - kansrijk: ja\n      - richting: horeca"
            ),
        ),
    ),
    "deel-houdt-op": (
        "deel-zonder-effect",
        (
            rule(
                WISH,
                "- kansrijk: ja\n- omvang: [kort, lang]\n- een_van:\n    - gemotiveerd: ja\n"
                "    - gemotiveerd: nee",
            ),
        ),
    ),
    "deel-begrip": (
        "deel-zonder-effect",
        (
            (
                NOTIONS,
                "      richting: [zorg, techniek]\n",
                "      een_van:\n        - richting: [zorg, techniek]\n        - richting: zorg\n",
            ),
        ),
    ),
    "deel-tabel": (
        "deel-zonder-effect",
        (
            (
                NOTIONS,
                "als: {duur: {meer_dan: duur_heel_lang}}",
                "als: {alle: [duur: {meer_dan: duur_heel_lang}, duur: {meer_dan: duur_maximum}]}",
            ),
        ),
    ),
    # Notions.
    "tabel-overlap": ("tabel-overlap", ((LIMITS, HEEL_LANG, "waarde: 10,"),)),
    "tabel-overlap-gemeente": (
        "tabel-overlap",
        (
            (
                VILLAGE,
                "afwijkingen:\n",
                "afwijkingen:\n  - parameter: duur_heel_lang\n    waarden:\n"
                '      - {vanaf: 2026-06-01, waarde: 11, bronnen: ["proefwet#5"], '
                "zekerheid: gelezen}\n",
            ),
        ),
    ),
    "tabel-rij-nooit": ("tabel-rij-nooit", ((LIMITS, HEEL_LANG, "waarde: 120,"),)),
    "tabel-anders-nooit": (
        "tabel-anders-nooit",
        ((NOTIONS, "{meer_dan: duur_heel_lang}", "{meer_dan: duur_maximum}"),),
    ),
    "begrip-nooit-ja": (
        "begrip-vast",
        ((NOTIONS, "richting: [zorg, techniek]", "alle: [richting: zorg, richting: techniek]"),),
    ),
    "begrip-nooit-nee": (
        "begrip-vast",
        ((NOTIONS, "richting: [zorg, techniek]", "richting: [zorg, techniek, horeca]"),),
    ),
    # Conflicts.
    "tegenstrijdig": (
        "advies-tegenstrijdig",
        ((PROTOCOL, "    uitzondering_op: [proef.inzetten]\n", ""),),
    ),
    "tegenstrijdig-protocollen": (
        "advies-tegenstrijdig",
        (("protocollen/rust/2026-03-01.yaml", "", OTHER_PROTOCOL),),
    ),
    # Limits.
    "gat-ertussen": (
        "parameter-gat",
        ((LIMITS, "tot_en_met: 2025-12-31", "tot_en_met: 2025-06-30"),),
    ),
    "gat-aan-het-eind": (
        "parameter-gat",
        (
            (
                LIMITS,
                "{vanaf: 2020-01-01, waarde: 6,",
                "{vanaf: 2020-01-01, tot_en_met: 2027-12-31, waarde: 6,",
            ),
        ),
    ),
    "grens-los": ("grens-los", (instead("kosten: {meer_dan: 2500}"),)),
    "grens-los-tussen": ("grens-los", (instead("kosten: {tussen: [2500, 9000]}"),)),
    "grens-los-leeftijd": (
        "grens-los",
        ((PROTOCOL, "{hoogstens_oud: rust_tussen_cursussen}", "{hoogstens_oud: 6 maanden}"),),
    ),
    "grens-los-tabel": ("grens-los", ((NOTIONS, "meer_dan: duur_heel_lang", "meer_dan: 24"),)),
    # What nothing refers to.
    "ongebruikt-feit": (
        "ongebruikt",
        (rule(WISH, "- kansrijk: ja\n- omvang: [kort, lang]"),),
    ),
    "ongebruikt-begrip": (
        "ongebruikt",
        (rule(WISH, "- gemotiveerd: ja\n- omvang: [kort, lang]"),),
    ),
    "ongebruikte-grens": (
        "ongebruikt",
        ((NOTIONS, "meer_dan: duur_heel_lang", "meer_dan: duur_maximum"),),
    ),
    "ongebruikte-handeling": (
        "ongebruikt",
        (
            (
                ACTIONS,
                "handelingen:\n",
                "handelingen:\n  - {id: wachten, titel: Wacht, titel_niet: Wacht niet}\n",
            ),
        ),
    ),
    "ongebruikte-grond": (
        "ongebruikt",
        (
            (
                GROUNDS,
                "gronden:\n",
                "gronden:\n  - {id: haast, naam: haast, toelichting: Er is haast.}\n",
            ),
        ),
    ),
    "ongebruikte-bron": (
        "ongebruikt",
        (
            (
                SOURCES,
                "bronnen:\n",
                "bronnen:\n  - {id: oudewet, titel: Oude wet, soort: wet, gelezen_versie: geen}\n",
            ),
        ),
    ),
    # Language.
    "zin-lang": (
        "zin-lang",
        (
            (
                PROTOCOL,
                "omdat: Boven de grens betaalt de instantie niet alles.",
                "omdat: Boven de grens betaalt de instantie niet alles wat een opleiding kost, ook "
                "niet als de cliënt en de werkgever het samen eens zijn dat het nodig is voor het "
                "werk (en dat komt in de praktijk best vaak voor).",
            ),
        ),
    ),
    "vraag-lijdend": (
        "vraag-lijdend",
        ((FACTS, "vraag: Wat kost de opleiding?", "vraag: Wordt de opleiding betaald?"),),
    ),
    "stap-lijdend": (
        "stap-lijdend",
        ((ACTIONS, "titel: Zet de scholing in", "titel: De scholing wordt ingezet"),),
    ),
    "woord-moeilijk": (
        "woord-moeilijk",
        ((FACTS, "waarom: Voor uzelf.", "waarom: Indien u iets dient te onthouden."),),
    ),
}
