"""A coupling while someone makes it: what holds, what only might, and what comes of it."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from engine.caseload.coupled import coupling_of
from engine.caseload.drafting import CouplingDraft, Use, group_name, suggest_answers
from engine.caseload.sheet_source import sheet_names
from engine.caseload.suggest import Suggestions, suggest
from engine.diagnostics import KnowledgeError
from engine.reader import read_text
from engine.words import DecimalMark
from tests.caseload.world import knowledge

NAMES = some.text(
    some.characters(blacklist_categories=["Cs"], blacklist_characters="\ufeff"), min_size=1
).map(lambda text: " ".join(text.split())[:60])


def table(**columns: list[str]) -> pa.Table:
    return pa.table({name: pa.array(cells, pa.string()) for name, cells in columns.items()})


def found(**columns: list[str]) -> Suggestions:
    return suggest(table(**columns), knowledge())


def test_only_what_is_called_the_same_holds_at_first() -> None:
    made = CouplingDraft.of(
        found(dossier=["a"], team=["x"], werk_uren=["3"], werkuren=["4"], iets=["?"]), "proef"
    )
    assert made.dossier == "dossier"
    assert made.uses["werk_uren"] == Use("werk_uren")
    assert made.uses["team"] == Use("", "team")
    assert made.uses["iets"].is_nothing


def test_a_suggestion_can_be_taken_over_and_taken_back() -> None:
    suggestions = found(dossier=["a", "b"], traject_loopt=["J", "onb"])
    (one,) = suggestions.columns
    assert one.values
    made = CouplingDraft.of(suggestions, "proef")
    before = dict(made.uses)
    assert not made.follows(one)
    made.take_over(one)
    assert made.follows(one)
    assert made.uses["traject_loopt"].values == {"J": "ja"}
    made.leave(one)
    assert made.uses == before


@settings(max_examples=50, deadline=None)
@given(some.lists(NAMES.filter(bool), min_size=1, unique=True), some.booleans())
def test_whatever_a_column_is_called_it_is_written_as_it_is(names: list[str], comma: bool) -> None:
    # A cell can be called anything too, such as "Y", which is no yes here.
    uses = dict.fromkeys(names, Use()) | {
        "loopt": Use("traject_loopt", "", dict.fromkeys(names, "ja"))
    }
    made = CouplingDraft("proef", "kenmerk van ons", uses)
    made.decimal = DecimalMark.COMMA if comma else None
    made.for_all["wsw"] = "geen_wsw"
    document = read_text(made.as_yaml().encode(), "koppeling.yaml")
    assert not document.findings
    kept = [name for name in uses if name != made.dossier]
    coupling = made.checked(knowledge())
    assert [one.column for one in coupling.columns] == [name.strip() for name in kept]
    assert coupling.decimal is made.decimal
    (used,) = [one for one in coupling.columns if one.fact]
    assert used.values == dict.fromkeys(names, "ja")


def test_one_that_was_made_before_goes_on_where_it_was() -> None:
    text = (
        "koppeling: eerder\ndossier: nr\nvoor_iedereen: {doorlichting: ja}\nkolommen:\n"
        "  - {kolom: w, feit: werk_uren, onbekend: ['?']}\n  - {kolom: t, groep: team}\n"
        "  - {kolom: weg, weglaten: ja}\n  - {kolom: niet_meer, feit: wsw}\n"
    )
    before = coupling_of(read_text(text.encode(), "k.yaml"), knowledge())
    made = CouplingDraft.from_coupling(before, ["nr", "w", "t", "weg", "nieuw"])
    assert made.dossier == "nr"
    assert made.uses["w"] == Use("werk_uren", "", {}, ("?",))
    assert made.uses["nieuw"].is_nothing
    # What it names and isn't there any more must be told, and not be left out in silence.
    assert "niet_meer" in made.uses
    again = made.checked(knowledge())
    assert [one.column for one in again.columns if one.fact] == ["w", "niet_meer"]
    assert again.for_all == {"doorlichting": "ja"}


def test_what_can_not_be_is_refused() -> None:
    made = CouplingDraft("proef", "nr", {"a": Use("wsw"), "b": Use("wsw")})
    with pytest.raises(KnowledgeError, match="meer dan één kolom"):
        made.checked(knowledge())


def test_for_a_column_that_someone_chooses_the_answers_are_suggested() -> None:
    cells = table(iets=["J", "N", "?", "blauw"], anders=["1", "2", "3", "4"])
    use, unread = suggest_answers(cells, "iets", "traject_loopt", knowledge())
    assert use.fact == "traject_loopt"
    assert use.values == {"J": "ja", "N": "nee"}
    assert use.unknown == ("?",)
    assert unread == ("blauw",)


@pytest.mark.parametrize(
    ("column", "name"),
    [("Team", "team"), ("# 1e groep", "groep_1e_groep"), ("Ω", "groep"), ("x" * 90, "x" * 60)],
)
def test_a_group_gets_a_name_that_can_be_one(column: str, name: str) -> None:
    assert group_name(column) == name
    made = CouplingDraft("proef", "nr", {column: Use("", group_name(column))})
    assert made.checked(knowledge()).columns[0].group == name


def test_only_a_workbook_has_sheets(tmp_path: Path) -> None:
    place = tmp_path / "team.csv"
    place.write_text("dossier\na\n")
    assert sheet_names(place) == ()
