"""Knowledge and cases that Leidraad refuses to read, or that do not do what a case expects.

``tests/engine/test_messages.py`` has the most common mistakes; these are the others.
"""

from __future__ import annotations

from tests.design.corpus import FACTS, LIMITS, NOTIONS, PROTOCOL, WISH, instead
from tests.design.world import Edit

DEAR_CASE = "casussen/proef/te-duur.yaml"
WISH_CASE = "casussen/proef/inzetten.yaml"
LAST_LINE = "    waarom: Voor uzelf.\n"
NEW = "feiten/nieuw.yaml"
OPTIONS = """      - {id: zorg, naam: zorg}
      - {id: techniek, naam: techniek}
      - {id: horeca, naam: horeca}
"""
CHOICES = "\n".join(
    f"    - alle: [duur: {{gelijk_aan: {2 * n}}}, kosten: {{gelijk_aan: {n}}}]" for n in range(16)
)

REFUSED: dict[str, tuple[str, tuple[Edit, ...]]] = {
    # The file.
    "bestand-codering": ("bestand-codering", ((NEW, "", "feiten:\n  - id: caf\udce9\n"),)),
    "bestand-leeg": ("bestand-leeg", ((NEW, "", ""),)),
    "bestand-meer": ("bestand-meer", ((FACTS, LAST_LINE, f"{LAST_LINE}---\nfeiten: []\n"),)),
    "bestand-onbekend": ("bestand-onbekend", (("elders/x.yaml", "", "feiten: []\n"),)),
    "bestand-te-groot": ("bestand-te-groot", ((NEW, "", "#" * 1_000_001),)),
    "bestand-te-veel": ("bestand-te-veel", ((NEW, "", "feiten: [{}]\n".format("&a a, " * 201)),)),
    "yaml-diep": ("yaml-diep", ((NEW, "", f"feiten: {'[' * 40}{']' * 40}\n"),)),
    "sleutel-vorm": ("sleutel-vorm", ((NEW, "", "feiten:\n  - {[id]: een}\n"),)),
    # Values.
    "datum-tijd": ("datum-tijd", ((LIMITS, "vanaf: 2026-01-01", "vanaf: 2026-01-01 12:00"),)),
    "getal-stelsel": ("getal-stelsel", ((FACTS, "maximum: 120", "maximum: 0x78"),)),
    "getal-te-groot": ("getal-te-groot", ((FACTS, "maximum: 120", "maximum: 1200000000000"),)),
    "waarde-dubbel": ("waarde-dubbel", ((LIMITS, "vanaf: 2026-01-01", "vanaf: 2020-01-01"),)),
    # What every designer does wrong once; each has a page.
    "naam-onbekend": ("naam-onbekend", ((PROTOCOL, "- gemotiveerd: ja", "- gemotivered: ja"),)),
    "vergelijking-onbekend": (
        "vergelijking-onbekend",
        (instead("kosten: {ouder_dan: 3 maanden}"),),
    ),
    "sleutel-ontbreekt": ("sleutel-ontbreekt", ((PROTOCOL, '    bronnen: ["proefwet#7"]\n', ""),)),
    "afwijken-ontbreekt": (
        "afwijken-ontbreekt",
        ((PROTOCOL, "    norm: overweging\n", "    norm: werkwijze\n"),),
    ),
    "kring": (
        "kring",
        (
            (
                PROTOCOL,
                "    norm: werkwijze\n",
                "    norm: werkwijze\n    uitzondering_op: [proef.te-duur]\n",
            ),
        ),
    ),
    # Facts, notions, conditions.
    "opties-te-weinig": (
        "opties-te-weinig",
        (
            (FACTS, OPTIONS, "      - {id: zorg, naam: zorg}\n"),
            (NOTIONS, "[zorg, techniek]", "zorg"),
        ),
    ),
    "opties-teveel": (
        "opties-teveel",
        ((FACTS, "    soort: datum\n", f"    soort: datum\n    opties:\n{OPTIONS}"),),
    ),
    "begrip-vorm": (
        "begrip-vorm",
        ((NOTIONS, "    als:\n      richting: [zorg, techniek]\n", ""),),
    ),
    "voorwaarde-lijst": ("voorwaarde-lijst", ((PROTOCOL, WISH, "        kansrijk: ja\n"),)),
    "te-ingewikkeld": ("te-ingewikkeld", (instead(f"minstens: 8\nvan:\n{CHOICES}"),)),
    "niet-gedekt": (
        "niet-gedekt",
        ((LIMITS, "{vanaf: 2020-01-01, waarde: 6,", "{vanaf: 2020-01-01, voor: uwv, waarde: 6,"),),
    ),
    # Cases.
    "antwoord-onjuist": ("antwoord-onjuist", ((DEAR_CASE, "kosten: 2700", "kosten: veel"),)),
    "verwacht-dubbel": (
        "verwacht-dubbel",
        ((DEAR_CASE, "te_bepalen: [", "te_bepalen: [proef.te-duur, "),),
    ),
    "verwacht-ontbreekt": (
        "verwacht-ontbreekt",
        ((DEAR_CASE, "  te_bepalen: [proef.kosten-bespreken]\n", ""),),
    ),
    "status-anders": ("status-anders", ((DEAR_CASE, "  vervalt: [", "  geldt_niet: ["),)),
    "advies-ingehouden": (
        "advies-ingehouden",
        ((LIMITS, "waarde: 24,", "waarde: 10,"), (WISH_CASE, "duur: 9", "duur: 11")),
    ),
    "dekking": (
        "dekking",
        (
            (
                "casussen/proef/lang-geleden.yaml",
                "laatste_cursus: 2020-05-01",
                "laatste_cursus: onbekend",
            ),
            (
                "casussen/proef/lang-geleden.yaml",
                "geldt_niet: [proef.te-duur, proef.kosten-bespreken]",
                "geldt_niet: [proef.te-duur]",
            ),
            (
                "casussen/proef/lang-geleden.yaml",
                "te_bepalen: [proef.inzetten]",
                "te_bepalen: [proef.inzetten, proef.kosten-bespreken]",
            ),
        ),
    ),
}
