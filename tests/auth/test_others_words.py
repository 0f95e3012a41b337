"""Help with a deviation shows nothing of what someone else wrote in a case of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.decisions import Access, Decided, Deviation, Record, Role, Tie, boilerplate
from engine.words import Decider
from tests.auth.world import a_case, access, person
from tests.decisions import world

RULE = "proef.werkwijze"
THEIRS = "De werkgever in Ergensdorp wacht niet langer dan deze week."


@pytest.fixture
def record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Record]:
    monkeypatch.setenv("LEIDRAAD_SLEUTELS", f"sqlite:///{tmp_path}/sleutels.db")
    with Record.open(f"sqlite:///{tmp_path}/dossier.db", clock=world.clock) as opened:
        yield opened


def written(case: str) -> Deviation:
    parts = {"instead": THEIRS, "decided_by": Decider.PROFESSIONAL}
    return world.deviation(world.consulted(case), RULE, parts)


def own_case(record: Record) -> tuple[Access, str]:
    own = access(record, person(record, Role.PROFESSIONAL))
    return own, a_case(record, Tie.OWN, own.actor)


def test_the_same_text_in_the_case_of_another_is_not_spoken_of(record: Record) -> None:
    them, their_case = own_case(record)
    them.decide(written(their_case), world.consulted(their_case))
    us, our_case = own_case(record)
    assert boilerplate(written(our_case), us.own_deviations()) == boilerplate(written("c-x"), ())
    asked = boilerplate(written(their_case), them.own_deviations())
    assert any(their_case in one.message for one in asked)


def test_a_precedent_in_the_case_of_another_is_not_shown(record: Record) -> None:
    them, their_case = own_case(record)
    them.decide(written(their_case), world.consulted(their_case))
    us, our_case = own_case(record)
    assert us.deviations_on(RULE) == ()
    us.decide(written(our_case), world.consulted(our_case))
    assert [kept.case_id for kept in us.deviations_on(RULE)] == [our_case]


def test_what_the_team_learns_has_no_words_of_anyone(record: Record) -> None:
    for _ in range(12):
        them, case = own_case(record)
        them.decide(written(case), world.consulted(case))
    learned = them.learned()
    assert learned.rules
    said = repr(learned)
    texts = {
        event.body.decision.instead
        for event in record.everything()
        if isinstance(event.body, Decided) and isinstance(event.body.decision, Deviation)
    }
    assert texts == {THEIRS}
    assert "Ergensdorp" not in said
    assert not any(event.actor in said or event.case_id in said for event in record.everything())


def test_a_list_says_nothing_of_what_the_case_of_another_is_about(record: Record) -> None:
    _, their_case = own_case(record)
    (shown,) = access(record, person(record, Role.MANAGER)).cases().others
    assert (shown.id, shown.title, shown.story) == (their_case, f"Casus {their_case}", "")
    assert shown.protocols == ()
