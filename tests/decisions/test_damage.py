"""What is damaged in one case doesn't take the others along."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from engine.decisions import Record, RecordError, Role
from tests.auth.world import access, person
from tests.decisions import world
from tests.decisions.test_keys import forget


def open_two(record: Record, actor: str = "ik") -> None:
    for name in ("c-heel", "c-stuk"):
        record.open_case(world.a_case(name), title="T", story="", actor=actor, key=uuid4())


def damage(url: str, payload: str) -> None:
    """Put something else in the place of how a case was opened."""
    engine = create_engine(url.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as connection:
        off = "ALTER TABLE events DISABLE TRIGGER ALL"
        in_file = engine.dialect.name == "sqlite"
        connection.execute(text("DROP TRIGGER events_no_update" if in_file else off))
        connection.execute(
            text(f"UPDATE events SET payload = {payload} WHERE case_id = 'c-stuk'")  # noqa: S608
        )
    engine.dispose()


@pytest.mark.parametrize("payload", ["substr(payload, 1, 60) || 'AAAA'", "'{}'", "''"])
def test_a_damaged_case_is_named_and_the_others_are_listed(url: str, payload: str) -> None:
    with Record.open(url) as record:
        open_two(record)
        damage(url, payload)
        cases, unread = record.listed()
        assert ([case.id for case in cases], unread) == (["c-heel"], ("c-stuk",))
        with pytest.raises(RecordError, match="beschadigd"):
            record.history("c-stuk")


def test_a_damaged_choice_of_protocols_is_passed_over(sqlite_url: str) -> None:
    with Record.open(sqlite_url) as record:
        open_two(record)
        record.choose_protocols("c-stuk", ["proef"], actor="ik")
        damage(sqlite_url, "CASE kind WHEN 'protocols_chosen' THEN '' ELSE payload END")
        assert {case.id for case in record.cases()} == {"c-heel", "c-stuk"}


def test_cases_without_a_key_are_named(sqlite_url: str, keys: Path) -> None:
    with Record.open(sqlite_url) as record:
        open_two(record)
        forget(keys)
        assert record.listed() == ((), ("c-stuk", "c-heel"))


def test_who_may_not_know_of_a_case_is_not_told_that_it_is_damaged(sqlite_url: str) -> None:
    with Record.open(sqlite_url) as record:
        one, other = person(record, Role.PROFESSIONAL), person(record, Role.PROFESSIONAL)
        open_two(record, one.id)
        damage(sqlite_url, "'{}'")
        assert access(record, one).cases().unread == ("c-stuk",)
        assert access(record, other).cases().unread == ()
