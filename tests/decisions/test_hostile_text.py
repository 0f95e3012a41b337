"""What someone types is data on each database: it comes back as it was, and does nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.decisions import Body, Record, RecordError
from engine.decisions.guard import texts_of
from tests.decisions import world
from tests.decisions.test_guard_fields import samples
from tests.hostile import ATTACKS, CASE, Attacker, small_knowledge
from tests.hostile_meeting import hold


@pytest.fixture
def attacker(tmp_path: Path, record: Record) -> Attacker:
    made = Attacker(small_knowledge(tmp_path))
    made.fill(record, "professional", world.TODAY)
    hold(made, record, "professional", world.TODAY)
    return made


def fields_of(body: Body) -> set[str]:
    return {field for field, _ in texts_of(body)}


def test_every_attack_comes_back_as_it_was_typed(record: Record, attacker: Attacker) -> None:
    said = "\n".join(
        json.dumps(event.body.model_dump(mode="json"), ensure_ascii=False)
        for event in record.everything()
    )
    for what, text in attacker.typed.items():
        assert json.dumps(text, ensure_ascii=False) in said, what
    assert record.verify().broken is None
    assert [one.id for one in record.cases()] == [CASE]


def test_every_text_that_can_be_typed_was_tried(record: Record, attacker: Attacker) -> None:
    tried: dict[str, set[str]] = {}
    for event in record.everything():
        tried.setdefault(event.kind, set()).update(
            field for field, text in texts_of(event.body) if "over deze cliënt" in text
        )
    for body in samples():
        there = fields_of(body) - {"nota", "wil"}
        assert there <= tried.get(body.kind, set()), body.kind


def test_no_attack_as_the_name_of_a_case_finds_one(record: Record, attacker: Attacker) -> None:
    for attack in (*ATTACKS, "x' OR '1'='1", "\x00", "%", "_", "c-%", "*", "c" * 100_000):
        for look in (record.history, record.decisions, record.seal):
            with pytest.raises(RecordError):
                look(attack)
        assert record.deviations_on(attack, 5) == ()
    assert [one.id for one in record.cases()] == [CASE]
