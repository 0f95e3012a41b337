"""People, roles, teams and sharing, the same on every database."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.decisions import (
    AccessError,
    Party,
    PartyKind,
    Record,
    RecordError,
    Role,
    Tie,
    person_id,
)
from engine.words import Decider
from tests.auth.world import a_case, access, person
from tests.decisions import world


def test_a_name_and_address_follow_the_login(record: Record) -> None:
    first = record.people.meet("p-an", "An", "an@example.org")
    again = record.people.meet("p-an", "  An de   Boer ", "an@elders.example")
    assert (again.name, again.email) == ("An de Boer", "an@elders.example")
    assert again.seen_at == first.seen_at
    assert record.people.everyone() == (again,)
    assert record.names() == {"p-an": "An de Boer"}
    assert record.people.find("p-bo") is None


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "An\x00", "\N{RIGHT-TO-LEFT OVERRIDE}An"])
def test_what_is_no_name_is_refused(record: Record, name: str) -> None:
    with pytest.raises(RecordError, match="Vul een naam in"):
        record.people.meet("p-an", name)
    assert record.people.everyone() == ()


def test_an_address_of_two_people_names_nobody(record: Record) -> None:
    for who in ("p-een", "p-twee"):
        record.people.meet(who, who, "zelfde@example.org")
    with pytest.raises(RecordError, match="van meer mensen"):
        record.people.look_up("zelfde@example.org")
    assert record.people.look_up("p-een").id == "p-een"
    with pytest.raises(RecordError, match="Niemand"):
        record.people.look_up("")


def test_roles_given_at_the_same_time_are_all_there(record: Record) -> None:
    record.people.meet("p-an", "An")

    def give(role: Role) -> bool:
        return record.people.give_role("p-an", role, by="toets")

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(give, Role))
    known = record.people.find("p-an")
    assert known is not None
    assert known.roles == frozenset(Role)
    assert len(record.people.course("p-an")) == len(Role)
    assert record.people.has_team()


def test_each_sees_what_is_theirs(record: Record) -> None:
    actor = person(record, Role.PROFESSIONAL, team="Noord")
    cases = {tie: a_case(record, tie, actor) for tie in Tie}
    team = a_case(record, Tie.OTHER, actor)
    record.sharing.share(team, Party(PartyKind.TEAM, "Noord"), actor="p-een-ander")
    # A person who has the name of a team as their id is not the team.
    other = a_case(record, Tie.OTHER, actor)
    record.sharing.share(other, Party(PartyKind.PERSON, "Noord"), actor="p-een-ander")
    own = access(record, actor)
    found = own.cases()
    assert [case.id for case in found.own] == [cases[Tie.OWN]]
    assert {case.id for case in found.shared} == {cases[Tie.SHARED], team}
    assert [case.id for case in found.examples] == [cases[Tie.EXAMPLE]]
    assert found.others == ()
    assert own.tie(team) is Tie.SHARED
    assert not own.sees(other)


def test_deviations_of_others_stay_with_them(record: Record) -> None:
    actor = person(record, Role.MANAGER)
    for tie in Tie:
        consultation = world.consulted(a_case(record, tie, actor))
        deviation = world.deviation(
            consultation, "proef.werkwijze", {"decided_by": Decider.PROFESSIONAL}
        )
        record.decide(deviation, consultation, actor="p-een-ander")
    own = access(record, actor)
    ties = [own.tie(kept.case_id) for kept in own.deviations_on("proef.werkwijze")]
    assert ties == [Tie.SHARED, Tie.OWN, Tie.EXAMPLE]
    assert len(record.deviations_on("proef.werkwijze")) == 4


def test_reading_along_is_recorded_once_by_many_at_once(record: Record) -> None:
    actor = person(record, Role.LAWYER)
    case = a_case(record, Tie.OTHER, actor)
    own = access(record, actor)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: own.history(case), range(16)))
    assert [event.kind for event in record.history(case)] == ["case_opened", "case_read"]


def test_a_forged_decider_is_refused(record: Record) -> None:
    manager = person(record, Role.MANAGER)
    case = a_case(record, Tie.SHARED, manager)
    consultation = world.consulted(case)
    for decider in (Decider.PROFESSIONAL, Decider.LAWYER):
        with pytest.raises(AccessError):
            access(record, manager).decide(
                world.deviation(consultation, "proef.werkwijze", {"decided_by": decider}),
                consultation,
            )
    assert record.decisions(case) == ()


@given(st.tuples(st.text(), st.text()), st.tuples(st.text(), st.text()))
def test_two_logins_are_one_person_only_when_they_are_the_same(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert (person_id(*one) == person_id(*other)) is (one == other)
    assert person_id(*one).isascii()
