"""A coupling is checked at its lines, and suggested without being taken for granted."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.caseload.column_names import (
    normal,
    protected_ground,
    refusal_as_answer,
    refusal_as_group,
)
from engine.caseload.columns import facts_in
from engine.caseload.coupled import coupling_of, read_coupling
from engine.caseload.suggest import as_yaml, exact_coupling, suggest
from engine.diagnostics import KnowledgeError
from engine.reader import read_text
from engine.words import DecimalMark, Likeness
from tests.caseload.world import coupling, knowledge, written
from tests.golden import check_golden

REFUSED = [
    ("  - {kolom: a, feit: wsw}\n  - {kolom: b, feit: wsw}\n", 4, "kolom-dubbel"),
    ("  - {kolom: a, feit: wsw}\n  - {kolom: a, weglaten: ja}\n", 4, "kolom-dubbel"),
    ("  - {kolom: nr, feit: wsw}\n", 4, "kolom-dubbel"),
    ("  - {kolom: a, groep: leeftijd}\n", 4, "kolom-dubbel"),
    ("  - {kolom: a, groep: bronregel}\n", 4, "kolom-dubbel"),
    ("  - {kolom: a, feit: wzw}\n", 4, "naam-onbekend"),
    ("  - {kolom: a, feit: instantie}\n", 4, "naam-onbekend"),
    ("  - {kolom: a, feit: wsw, waarden: {x: indikatie}}\n", 4, "antwoord-onjuist"),
    ('  - {kolom: a, feit: wsw, waarden: {x: ""}}\n', 4, "antwoord-onjuist"),
    ("  - {kolom: BSN, feit: wsw}\n", 4, "kolom-geweigerd"),
    ("  - {kolom: Achternaam, groep: wie}\n", 4, "kolom-geweigerd"),
    ("  - {kolom: Klantmanager, groep: wie}\n", 4, "kolom-geweigerd"),
    ("  - {kolom: DiagnoseCode, feit: wsw}\n", 4, "kolom-geweigerd"),
    ("  - {kolom: a}\n", 4, "waarde-onjuist"),
    ("  - {kolom: a, feit: wsw, groep: b}\n", 4, "waarde-onjuist"),
    ("  - {kolom: a, groep: b, onbekend: ['9']}\n", 4, "waarde-onjuist"),
    ("  - {kolom: a, feit: wsw, waarden: {x: indicatie}, onbekend: [x]}\n", 4, "waarde-onjuist"),
    ("  - {kolom: a, feit: wsw, onbekent: [x]}\n", 4, "sleutel-onbekend"),
]


@pytest.mark.parametrize(("columns", "line", "code"), REFUSED)
def test_what_cannot_be_is_found_at_its_line(columns: str, line: int, code: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        coupling(columns)
    assert {finding.code for finding in refused.value.diagnostics} == {code}
    assert refused.value.diagnostics[0].line == line
    assert refused.value.diagnostics[0].what.endswith((".", "?"))


def test_what_cannot_be_is_said_in_words() -> None:
    said = []
    for columns, _, _ in REFUSED:
        with pytest.raises(KnowledgeError) as refused:
            coupling(columns)
        said.append(f"{columns}{refused.value}\n")
    check_golden(Path(__file__).parent / "goud" / "koppeling.txt", "\n".join(said))


SAME = [
    ("{wsv: indicatie}", "naam-onbekend"),
    ("{wsw: indicatie}", "kolom-dubbel"),
    ("{leeftijd: 12}", "antwoord-onjuist"),
    ("{doorlichting: misschien}", "antwoord-onjuist"),
]


@pytest.mark.parametrize(("same", "code"), SAME)
def test_an_answer_for_all_is_checked_too(same: str, code: str) -> None:
    with pytest.raises(KnowledgeError) as refused:
        coupling("  - {kolom: a, feit: wsw}\n", more=f"voor_iedereen: {same}\n")
    (finding,) = refused.value.diagnostics
    assert (finding.code, finding.line) == (code, 3)


def test_a_name_that_was_probably_meant_is_offered() -> None:
    with pytest.raises(KnowledgeError, match="bedoelde u 'startkwalificatie'"):
        coupling("  - {kolom: a, feit: startkwalifikatie}\n")


def test_a_pseudonym_is_not_a_name() -> None:
    with pytest.raises(KnowledgeError, match="KOLOM-GEWEIGERD"):
        coupling("  - {kolom: a, feit: wsw}\n", dossier="BSN")


NAMES = {
    "BSN": True,
    "bsn_nummer": True,
    "ClientNaam": True,
    "Geb.datum / geboortedatum": True,
    "e-mail": False,
    "emailadres": True,
    "HoofdDiagnose": True,
    "ICD10": True,
    "teamnaam": False,
    "wsw": False,
    "start": False,
}


@pytest.mark.parametrize(("name", "refused"), NAMES.items())
def test_a_column_that_says_who_someone_is_shows_from_its_name(name: str, refused: bool) -> None:
    assert bool(refusal_as_answer(name, ())) is refused


def test_no_fact_is_taken_for_something_that_says_who_someone_is() -> None:
    facts = [fact.id for fact in facts_in(knowledge())]
    assert [name for name in facts if refusal_as_answer(name, facts)] == []
    assert refusal_as_answer("diagnose_vorm", ()) != ""


@pytest.mark.parametrize(
    ("name", "ground", "special"),
    [
        ("Nationaliteit", "nationaliteit", False),
        ("land van herkomst", "ras of afkomst", True),
        ("geloof", "godsdienst of levensovertuiging", True),
        ("M/V", "geslacht", False),
        ("Leeftijdsklasse", "leeftijd", False),
        ("burgerlijke staat", "burgerlijke staat", False),
        ("chronisch ziek", "handicap of chronische ziekte", True),
        ("team", None, False),
    ],
)
def test_a_protected_ground_shows_from_its_name(
    name: str, ground: str | None, special: bool
) -> None:
    found = protected_ground(name)
    assert (found.ground if found else None) == ground
    if found:
        assert ("AVG, artikel 9" in found.warning) is special
        assert "alleen om na te gaan" in found.warning


def test_persons_are_never_compared() -> None:
    for name in ("Klantmanager", "naam consulent", "medewerker_id", "casemanager"):
        assert "geen personen" in refusal_as_group(name)
    assert refusal_as_group("team") == ""


SAMPLE = pa.table(
    {
        "KLANTNUMMER": ["a1", "a2"],
        "wsw": ["geen_wsw", "indicatie"],
        "Startkwalificatie": ["J", "N"],
        "leeftijd_client": ["34", "?"],
        "uren werk per week": ["12", "0"],
        "duurzaam wia": ["ja", "zeg ik niet"],
        "Achternaam": ["x", "y"],
        "kleur": ["rood", "blauw"],
        "team": ["Oost", "West"],
    }
)


def test_what_is_alike_is_suggested_with_how_sure_that_is() -> None:
    suggestions = suggest(SAMPLE, knowledge())
    assert (suggestions.dossier, suggestions.sure) == ("KLANTNUMMER", False)
    assert not suggestions.is_complete
    found = {one.column: one for one in suggestions.columns}
    assert found["wsw"].likeness is Likeness.SAME
    assert found["team"].group == "team"
    start = found["Startkwalificatie"]
    assert (start.fact, start.likeness) == ("startkwalificatie", Likeness.SAME)
    assert dict(start.values) == {"J": "ja", "N": "nee"}
    age = found["leeftijd_client"]
    assert (age.fact, age.unknown) == ("leeftijd", ("?",))
    assert age.likeness in (Likeness.PROBABLE, Likeness.POSSIBLE)
    assert found["uren werk per week"].fact == "werk_uren"
    assert found["duurzaam wia"].fact == "wia_duurzaam"
    assert found["duurzaam wia"].unread == ("zeg ik niet",)
    assert "wie de cliënt is" in found["Achternaam"].refused
    assert found["kleur"].likeness is None


def test_a_suggested_coupling_uses_nothing_that_was_not_looked_at() -> None:
    text = as_yaml(suggest(SAMPLE, knowledge()), "proef")
    read = coupling_of(read_text(text.encode(), "proef.yaml"), knowledge())
    used = {one.column: one.fact or one.group for one in read.columns if not one.ignored}
    assert used == {"wsw": "wsw", "Startkwalificatie": "startkwalificatie", "team": "team"}
    assert all(not one.values and not one.unknown for one in read.columns)
    for part in (
        "# feit: wia_duurzaam  # ",
        '#   "J": ja',
        '# onbekend: ["?"]',
        "wie de cliënt is",
    ):
        assert part in text


def test_a_suggestion_holds_once_its_marks_are_taken_away() -> None:
    lines: list[str] = []
    for line in as_yaml(suggest(SAMPLE, knowledge()), "proef").splitlines():
        bare = line.replace("# ", "", 1)
        if bare.lstrip().startswith("feit:"):
            lines.append(bare.split("#")[0])
        elif line.strip() == "weglaten: ja" and lines[-1].lstrip().startswith("feit:"):
            continue
        elif bare.lstrip().startswith(("waarden:", "onbekend:", '"')) or "#" not in line:
            lines.append(bare)
    text = "\n".join(lines)
    read = coupling_of(read_text(text.encode(), "proef.yaml"), knowledge())
    used = {one.column: one for one in read.columns}
    assert used["Startkwalificatie"].values == {"J": "ja", "N": "nee"}
    assert used["leeftijd_client"].unknown == ("?",)
    assert used["duurzaam wia"].fact == "wia_duurzaam"


def test_only_what_is_called_the_same_is_coupled_by_itself() -> None:
    named = SAMPLE.rename_columns(["dossier", *SAMPLE.column_names[1:]])
    coupled = exact_coupling(suggest(named, knowledge()), "proef")
    used = {one.column: one.fact or one.group for one in coupled.columns if not one.ignored}
    assert used == {"wsw": "wsw", "Startkwalificatie": "startkwalificatie", "team": "team"}
    assert all(not one.values for one in coupled.columns)
    with pytest.raises(ValueError, match="geen kolom die 'dossier' heet"):
        exact_coupling(suggest(SAMPLE, knowledge()), "proef")


@settings(deadline=None)
@given(st.lists(st.text(min_size=1, max_size=40), max_size=5, unique=True))
def test_whatever_columns_are_called_the_suggestion_can_be_read(names: list[str]) -> None:
    names = [" ".join(name.split()) for name in names]
    names = sorted({name for name in names if name and name != "dossier"})
    sample = pa.table({name: pa.array(["x"]) for name in ["dossier", *names]})
    text = as_yaml(suggest(sample, knowledge()), "proef")
    read = coupling_of(read_text(text.encode(), "proef.yaml"), knowledge())
    assert [one.column for one in read.columns] == names


def test_a_suggestion_shows_nothing_that_says_who_someone_is() -> None:
    cells = ["mevrouw Jansen", "111222333", "rood", "x" * 500]
    text = as_yaml(suggest(pa.table({"dossier": cells, "wsw": cells}), knowledge()), "x" * 300)
    assert 'Nog niet gekoppeld: "rood"' in text
    assert not any(secret in text for secret in ("Jansen", "111222333", "x" * 201))


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["12,5", "3"], DecimalMark.COMMA),
        (["12.50"], DecimalMark.POINT),
        (["1.000"], None),
        (["12,5", "12.5"], None),
        (["01.02.2026", "12"], None),
    ],
)
def test_what_stands_before_decimals_is_seen_and_only_suggested(
    cells: list[str], mark: DecimalMark | None
) -> None:
    suggestions = suggest(pa.table({"dossier": cells, "bedrag": cells}), knowledge())
    assert suggestions.decimal == mark
    text = as_yaml(suggestions, "proef")
    assert (f"# decimaalteken: {mark}" in text) is (mark is not None)
    assert coupling_of(read_text(text.encode(), "proef.yaml"), knowledge()).decimal is None


def test_names_are_compared_without_capitals_accents_and_signs() -> None:
    assert normal("WerkUren / Week") == normal("werk_uren week") == "werk_uren_week"
    assert normal("Cliënt-Nr.") == "client_nr"


def test_a_coupling_is_read_from_a_file(tmp_path: Path) -> None:
    place = written(tmp_path, "koppeling: x\ndossier: nr\nkolommen: []\n", "koppeling.yaml")
    assert read_coupling(place, knowledge()).dossier == "nr"
    with pytest.raises(KnowledgeError, match="bestaat niet"):
        read_coupling(place.with_name("weg.yaml"), knowledge())
