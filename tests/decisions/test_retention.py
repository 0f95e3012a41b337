"""For how long a case is kept, and which are due."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from engine import paths
from engine.case import Case
from engine.decisions import ErasureGround, Record, RecordError, Role
from engine.library import Knowledge
from engine.loading import load
from engine.retention import terms
from engine.words import Certainty
from tests.auth.world import access, person
from tests.decisions import world


@pytest.fixture(scope="module")
def real() -> Knowledge:
    return load(paths.knowledge_folder())


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    # Half past eleven in the evening in UTC is the next day in the Netherlands.
    moments = iter([datetime(2020, 2, 28, 23, 30, tzinfo=UTC)])
    later = datetime(2026, 1, 2, tzinfo=UTC)
    with Record.open(
        f"sqlite:///{tmp_path / 'r.db'}", clock=lambda: next(moments, later)
    ) as opened:
        for name in ("c-oud", "c-nieuw"):
            case = Case(name, date(2026, 11, 22), "uwv", ("scholing",))
            opened.open_case(case, title="T", story="", actor="ik")
        yield opened


def test_the_first_that_is_due_comes_first(record: Record, real: Knowledge) -> None:
    old, new = terms(record.cases(), real)
    assert (old.case.id, new.case.id) == ("c-oud", "c-nieuw")
    assert old.last_on == date(2020, 2, 29)
    assert old.years is not None
    # Five years after a leap day is the last day of February.
    assert old.due_on == date(2020 + old.years, 2, 28)
    assert old.due_on is not None
    assert old.is_due(old.due_on)
    assert not old.is_due(date(2020, 3, 1))
    assert not new.is_due(date(2026, 11, 22))
    # There is no source for a term yet; who sets one must say so.
    assert old.certainty is Certainty.DOUBT


def erase(record: Record, case: str, knowledge: Knowledge | None) -> None:
    record.erase(case, ErasureGround.TERM, actor="beheer", knowledge=knowledge)


def test_a_case_is_erased_for_its_term_only_once_that_is_over(
    record: Record, real: Knowledge
) -> None:
    with pytest.raises(RecordError, match="nog niet voorbij"):
        erase(record, "c-nieuw", real)
    assert record.erased() == ()
    erase(record, "c-oud", real)
    assert record.erased() == ("c-oud",)


def test_the_door_for_people_holds_to_the_term_too(record: Record, real: Knowledge) -> None:
    own = access(record, person(record, Role.ADMINISTRATOR))
    for knowledge, said in ((real, "nog niet voorbij"), (None, "niet te zeggen")):
        with pytest.raises(RecordError, match=said):
            own.erase("c-nieuw", ErasureGround.TERM, knowledge)
    assert record.erased() == ()


def test_without_a_known_term_nothing_is_erased_for_it(
    record: Record, real: Knowledge, keys: Path
) -> None:
    with pytest.raises(RecordError, match=r"geen bewaartermijn .* niet te zeggen"):
        erase(record, "c-oud", world.knowledge())
    with pytest.raises(RecordError, match="niet te zeggen"):
        erase(record, "c-oud", None)
    with sqlite3.connect(keys) as connection:
        connection.execute("DELETE FROM keys WHERE id != 'index'")
    connection.close()
    with pytest.raises(RecordError, match=r"sleutel van deze casus ontbreekt.* niet te zeggen"):
        erase(record, "c-oud", real)
    # On another ground it can go: what is unreadable is then gone for good.
    record.erase("c-oud", ErasureGround.REQUEST, actor="beheer")
    assert record.erased() == ("c-oud",)


def test_an_example_has_no_term(record: Record, real: Knowledge) -> None:
    case = Case("c-verzonnen", date(2020, 2, 2), "uwv", ("scholing",))
    record.open_case(case, title="T", story="", actor="ik", example=True)
    with pytest.raises(RecordError, match="geen bewaartermijn"):
        erase(record, "c-verzonnen", real)


def test_one_case_without_a_known_term_does_not_hide_the_others(
    record: Record, real: Knowledge
) -> None:
    gone = Case("c-weg", date(2020, 2, 2), "weggevallen", ("scholing",))
    record.open_case(gone, title="T", story="", actor="ik")
    *known, unknown = terms(record.cases(), real)
    assert [one.case.id for one in known] == ["c-oud", "c-nieuw"]
    assert (unknown.case.id, unknown.due_on, unknown.certainty) == ("c-weg", None, None)
    assert "'weggevallen' is niet bekend" in unknown.unknown
    assert not unknown.is_due(date(2999, 1, 1))


def test_knowledge_without_a_term_is_said_so(record: Record) -> None:
    for one in terms(record.cases(), world.knowledge()):
        assert "geen bewaartermijn" in one.unknown
