"""Changing one part of a file leaves all other lines as they were typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from engine.design.proposal import next_version, try_out
from engine.design.rewriting import RewriteError, with_item, with_value, without
from engine.loading import load
from engine.reader import read_text
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "goud"
ROOT = Path(__file__).parents[2]
TEXT = """# wat dit is
protocol: proef   # een opmerking
regels:
  # over de eerste
  - id: proef.een
    als:
      alle:
        - feit: ja
    dan: {handeling: iets, richting: doen}

  # over de tweede
  - id: proef.twee
"""


def data(text: str) -> object:
    return read_text(text.encode(), "").data


def test_every_key_of_the_real_protocols_can_be_written_anew_and_means_the_same() -> None:
    tried = 0
    for path in (ROOT / "knowledge" / "protocollen").rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        rule = data(text)["regels"][-1]  # type: ignore[index]
        index = len(data(text)["regels"]) - 1  # type: ignore[index]
        for key, value in rule.items():
            assert data(with_value(text, ("regels", index, key), value)) == data(text)
            tried += 1
    assert tried > 100


def test_only_the_lines_of_the_part_change() -> None:
    changed = with_value(TEXT, ("regels", 0, "als"), {"feit": {"minstens": 3}})
    assert changed == TEXT.replace(
        "    als:\n      alle:\n        - feit: ja\n", "    als:\n      feit: {minstens: 3}\n"
    )


def test_the_first_key_of_an_item_keeps_its_dash() -> None:
    assert with_value(TEXT, ("regels", 0, "id"), "proef.nul") == TEXT.replace("een\n", "nul\n", 1)


def test_a_new_key_comes_behind_the_one_that_is_named() -> None:
    changed = with_value(TEXT, ("regels", 0, "titel"), "Een: titel", after="id")
    assert changed == TEXT.replace("een\n", "een\n    titel: 'Een: titel'\n", 1)


def test_a_key_goes_with_its_lines_and_leaves_what_comes_next() -> None:
    changed = without(TEXT, ("regels", 0, "als"))
    assert changed == TEXT.replace("    als:\n      alle:\n        - feit: ja\n", "")
    assert without(TEXT, ("regels", 0, "norm")) == TEXT


def test_an_item_comes_last_with_its_remarks() -> None:
    changed = with_item(TEXT, ("regels",), {"id": "proef.drie"}, ["nieuw"])
    assert changed == TEXT + "  # nieuw\n  - id: proef.drie\n"


@pytest.mark.parametrize(
    ("text", "path"), [(TEXT, ("regels", 0, "dan", "richting")), ("a: [\n", ("a",))]
)
def test_what_shares_a_line_or_can_not_be_read_is_left_alone(
    text: str, path: tuple[str | int, ...]
) -> None:
    with pytest.raises(RewriteError):
        with_value(text, path, "niet_doen")


def test_a_value_that_was_released_is_neither_changed_nor_taken_away() -> None:
    knowledge, today = load(ROOT / "knowledge"), date(2026, 11, 23)
    name = "parameters/scholing.yaml"
    text = knowledge.contents[name].decode()
    assert try_out(knowledge, {name: text}, today).findings == ()
    for old, new in (("waarde: 12", "waarde: 13"), ("vanaf: 2021-01-01", "vanaf: 2021-01-02")):
        assert old in text
        found = try_out(knowledge, {name: text.replace(old, new, 1)}, today)
        assert found.knowledge is None
        assert "uitgebracht" in {one.code for one in found.findings}
        said = "".join(f"{one}\n" for one in found.findings)
        check_golden(GOLDEN / "uitgebracht.txt", said)


def test_facts_and_notions_have_no_date_so_they_are_not_changed_here() -> None:
    knowledge = load(ROOT / "knowledge")
    name = "feiten/client.yaml"
    found = try_out(knowledge, {name: knowledge.contents[name].decode()}, date(2026, 11, 23))
    assert [one.code for one in found.findings] == ["uitgebracht"]


def test_a_next_version_begins_later_and_is_otherwise_the_same() -> None:
    knowledge = load(ROOT / "knowledge")
    for name, versions in knowledge.protocols.items():
        text = next_version(knowledge, name, date(2026, 12, 15))
        old, new = data(knowledge.contents[versions[-1].file].decode()), data(text)
        assert new == {**old, "geldig_vanaf": date(2027, 1, 1)}  # type: ignore[dict-item]
