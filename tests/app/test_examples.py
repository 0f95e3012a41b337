from pathlib import Path

import pytest

from engine.decisions import Record
from engine.examples import fill_examples
from engine.library import Knowledge
from engine.loading import load

HERE = Path(__file__).parent


@pytest.fixture
def knowledge() -> Knowledge:
    return load(HERE / "kennis")


def test_only_examples_are_added_and_only_once(knowledge: Knowledge) -> None:
    with Record.open() as record:
        assert fill_examples(record, knowledge, HERE / "casussen") == 2
        assert fill_examples(record, knowledge, HERE / "casussen") == 0
        cases = record.cases()
    assert [case.id for case in cases] == ["proef-een-vraag", "proef-veel-bekend"]
    assert all(case.example for case in cases)


def test_an_example_that_was_worked_on_is_left_alone(knowledge: Knowledge) -> None:
    with Record.open() as record:
        fill_examples(record, knowledge, HERE / "casussen")
        before = record.load_case("proef-een-vraag", knowledge).case
        after = before.answer(knowledge, "aanvraag", "ja")
        record.save_facts(before, after, actor="toets")
        fill_examples(record, knowledge, HERE / "casussen")
        assert record.load_case("proef-een-vraag", knowledge).case == after


def test_a_bad_example_does_not_take_the_others_away(knowledge: Knowledge, tmp_path: Path) -> None:
    bad = tmp_path / "casussen" / "proef" / "een-vraag.yaml"
    bad.write_text("casus: [", encoding="utf-8")
    with Record.open() as record:
        assert fill_examples(record, knowledge, tmp_path / "casussen") == 1


def test_a_folder_that_is_not_there_has_no_examples(knowledge: Knowledge, tmp_path: Path) -> None:
    with Record.open() as record:
        assert fill_examples(record, knowledge, tmp_path / "nergens") == 0
