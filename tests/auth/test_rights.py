"""Every cell of the matrix in docs/rechten.md, tried for real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from engine.decisions import (
    Access,
    AccessError,
    CaseList,
    CaseRead,
    Effect,
    ErasureGround,
    Occasion,
    Party,
    PartyKind,
    Record,
    RecordError,
    Role,
    Tie,
    Verdict,
    follow,
    new_case_id,
)
from engine.disclosure import disclose
from engine.words import Decider
from tests.auth.world import a_case, access, kinds, person
from tests.decisions import world
from tests.docs.markdown import page

WORDS = {
    "voorbeeld": Tie.EXAMPLE,
    "eigen": Tie.OWN,
    "gedeeld": Tie.SHARED,
    "ander": Tie.OTHER,
}
RULE = "proef.werkwijze"
BEGIN = "een casus beginnen"
FIGURES = "de cijfers van het hele team zien"


def table() -> tuple[list[str], list[list[str]]]:
    """The head and the rows of the matrix."""
    lines = page("rechten.md").splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith("| Handeling |"))
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows[0][1:], rows[2:]


def read(record: Record, own: Access, case: str) -> None:
    own.load_case(case, world.knowledge())
    own.history(case)
    own.decisions(case)
    own.seal(case)


def take_a_note(record: Record, own: Access, case: str) -> None:
    own.consulted(world.consulted(case), Occasion.FILE_NOTE)


def give_to_the_client(record: Record, own: Access, case: str) -> None:
    assert disclose(own, world.knowledge(), case, world.clock())


def answer(record: Record, own: Access, case: str) -> None:
    before = record.load_case(case, world.knowledge()).case
    own.save_facts(before, before.answer(world.knowledge(), "ziek", "ja"))
    own.choose_protocols(case, ["proef"])


def decide(record: Record, own: Access, case: str) -> None:
    consultation = world.consulted(case)
    own.decide(follow(consultation, RULE, decided_on=world.TODAY), consultation)
    own.decide(
        world.deviation(consultation, RULE, {"decided_by": Decider.PROFESSIONAL}), consultation
    )


def as_manager(record: Record, own: Access, case: str) -> None:
    consultation = world.consulted(case)
    deviation = world.deviation(consultation, RULE, {"decided_by": Decider.MANAGER})
    own.decide(deviation, consultation)


def as_lawyer(record: Record, own: Access, case: str) -> None:
    consultation = world.consulted(case)
    own.decide(world.deviation(consultation, RULE), consultation)


def look_back(record: Record, own: Access, case: str) -> None:
    consultation = world.consulted(case)
    followed = follow(consultation, RULE, decided_on=world.TODAY)
    kept = record.decide(followed, consultation, actor="p-een-ander")
    before = kinds(record, case)
    try:
        own.review(
            case,
            kept.id,
            happened="De stap is gezet en het werk is begonnen.",
            effect=Effect.REACHED,
            verdict=Verdict.STOP,
            reviewed_on=world.TODAY,
        )
    except RecordError:
        assert kinds(record, case) == before
        raise


def correct(record: Record, own: Access, case: str) -> None:
    opened = record.history(case)[0].id
    own.correct(case, opened, "De titel klopt niet: het gaat over een andere stap.")


def see_terms(record: Record, own: Access, case: str) -> None:
    if case not in {found.id for found in own.retained()}:
        raise AccessError("not shown")


def erase(record: Record, own: Access, case: str) -> None:
    done = own.erase(case, ErasureGround.REQUEST)
    assert not own.sees(case)
    assert own.erase(case, ErasureGround.TERM) == done
    assert done in own.erasures()
    assert kinds(record, case) == ["erased"]


def judge(record: Record, own: Access, case: str) -> None:
    own.judge(world.consulted(case), actions=["stap"])


def precedents(record: Record, own: Access, case: str) -> None:
    consultation = world.consulted(case)
    record.decide(world.deviation(consultation, RULE), consultation, actor="p-een-ander")
    if case not in {kept.case_id for kept in own.deviations_on(RULE, limit=10_000)}:
        raise AccessError("not shown")


def share(record: Record, own: Access, case: str) -> None:
    colleague = Party(PartyKind.PERSON, person(record, Role.PROFESSIONAL).id)
    own.share(case, colleague)
    assert colleague in record.sharing.shared_with(case)
    own.end_sharing(case, colleague)
    assert colleague not in record.sharing.shared_with(case)


TRIES: dict[str, Callable[[Record, Access, str], None]] = {
    "een casus lezen": read,
    "een verslag van een casus meenemen": take_a_note,
    "inzage geven: alles over een casus, voor de cliënt": give_to_the_client,
    "antwoorden en onderwerpen vastleggen": answer,
    "zelf besluiten: volgen, overslaan of afwijken": decide,
    "een afwijking vastleggen die een leidinggevende besloot": as_manager,
    "een afwijking vastleggen die een jurist besloot": as_lawyer,
    "terugblikken op een besluit": look_back,
    "een verbetering vastleggen bij iets dat niet klopt": correct,
    "een eigen oordeel vastleggen": judge,
    "eerdere afwijkingen van een regel zien": precedents,
    "een casus delen, of daarmee stoppen": share,
    "zien tot wanneer een casus wordt bewaard": see_terms,
    "een casus wissen": erase,
}
HEAD, ROWS = table()
CELLS = [
    (row[0], Role(role), {WORDS[word.strip()] for word in cell.split(",") if word != "–"})
    for row in ROWS
    if row[0] not in (BEGIN, FIGURES)
    for role, cell in zip(HEAD, row[1:], strict=True)
]


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    folder: Path = tmp_path_factory.mktemp("rechten")
    with Record.open(f"sqlite:///{folder / 'leidraad.db'}", clock=world.clock) as opened:
        yield opened


def test_the_matrix_has_every_role_and_every_act() -> None:
    assert [role.value for role in Role] == HEAD
    assert [row[0] for row in ROWS] == [BEGIN, FIGURES, *TRIES]


@pytest.mark.parametrize("tie", list(Tie), ids=lambda tie: tie.value)
@pytest.mark.parametrize(("act", "role", "allowed"), CELLS)
def test_the_matrix_holds(
    record: Record, act: str, role: Role, allowed: set[Tie], tie: Tie
) -> None:
    actor = person(record, role)
    case = a_case(record, tie, actor)
    own = access(record, actor)
    before = kinds(record, case)
    if tie in allowed:
        TRIES[act](record, own, case)
        return
    with pytest.raises(RecordError):
        TRIES[act](record, own, case)
    if TRIES[act] not in (precedents, look_back):
        assert kinds(record, case) == before


@pytest.mark.parametrize("role", list(Role))
def test_who_may_begin_a_case(record: Record, role: Role) -> None:
    row = next(row for row in ROWS if row[0] == BEGIN)
    own = access(record, person(record, role))
    case = world.a_case(new_case_id())
    if row[1 + HEAD.index(role.value)] == "ja":
        own.open_case(case, title="Een casus", key=uuid4())
        assert [found.id for found in own.cases().own] == [case.id]
        return
    with pytest.raises(AccessError):
        own.open_case(case, title="Een casus", key=uuid4())
    assert case.id not in {found.id for found in record.cases()}


@pytest.mark.parametrize("role", list(Role))
def test_who_sees_the_figures_of_the_team(record: Record, role: Role) -> None:
    (row,) = [row for row in ROWS if row[0] == FIGURES]
    own = access(record, person(record, role))
    for _ in range(5):
        consultation = world.consulted(a_case(record, Tie.OTHER, own.actor))
        followed = follow(consultation, RULE, decided_on=world.TODAY)
        record.decide(followed, consultation, actor="p-een-ander")
    assert bool(own.learned().rules) is (row[1 + HEAD.index(role.value)] == "ja")
    assert not access(record, person(record)).learned().rules


@pytest.mark.parametrize("tie", list(Tie))
@pytest.mark.parametrize("act", list(TRIES))
def test_someone_without_a_role_may_nothing(record: Record, act: str, tie: Tie) -> None:
    actor = person(record)
    own = access(record, actor)
    with pytest.raises(RecordError):
        TRIES[act](record, own, a_case(record, tie, actor))
    assert own.cases() == CaseList((), (), (), ())


def test_more_roles_give_what_each_of_them_gives(record: Record) -> None:
    actor = person(record, Role.PROFESSIONAL, Role.LAWYER)
    own = access(record, actor)
    read(record, own, a_case(record, Tie.OTHER, actor))
    answer(record, own, a_case(record, Tie.OWN, actor))


def test_reading_the_case_of_another_is_recorded_once_in_a_session(record: Record) -> None:
    actor = person(record, Role.MANAGER)
    case = a_case(record, Tie.OTHER, actor)
    own = access(record, actor)
    for _ in range(3):
        read(record, own, case)
    reads = [event for event in record.history(case) if isinstance(event.body, CaseRead)]
    assert [event.actor for event in reads] == [actor.id]
    assert reads[0].body == CaseRead(roles=(Role.MANAGER,))
    read(record, access(record, actor), case)
    assert kinds(record, case).count("case_read") == 2


def test_reading_what_is_yours_is_not_recorded(record: Record) -> None:
    actor = person(record, Role.MANAGER)
    for tie in (Tie.EXAMPLE, Tie.OWN, Tie.SHARED):
        case = a_case(record, tie, actor)
        read(record, access(record, actor), case)
        assert "case_read" not in kinds(record, case)


def test_a_list_shows_nothing_that_was_typed_in_a_case_of_someone_else(record: Record) -> None:
    actor = person(record, Role.MANAGER)
    case = a_case(record, Tie.OTHER, actor)
    (listed,) = [found for found in access(record, actor).cases().others if found.id == case]
    assert (listed.title, listed.story) == (f"Casus {case}", "")
    assert "case_read" not in kinds(record, case)


def test_reading_does_not_count_as_a_change(record: Record) -> None:
    actor = person(record, Role.MANAGER)
    case = a_case(record, Tie.OTHER, actor)
    own = access(record, actor)
    (before,) = [found for found in own.cases().others if found.id == case]
    read(record, own, case)
    (after,) = [found for found in own.cases().others if found.id == case]
    assert before == after


def test_a_case_shared_with_a_team_is_shared_with_everyone_in_it(record: Record) -> None:
    owner, member = (person(record, Role.PROFESSIONAL, team=team) for team in ("", "Noord"))
    case = a_case(record, Tie.OWN, owner)
    assert not access(record, member).sees(case)
    access(record, owner).share(case, Party(PartyKind.TEAM, "Noord"))
    assert access(record, member).sees(case)
    assert [found.id for found in access(record, member).cases().shared] == [case]
    record.people.take_from_team(member.id, "Noord", by="toets")
    known = record.people.find(member.id)
    assert known is not None
    assert known.teams == frozenset()


def test_a_case_is_shared_only_with_people_and_teams_that_are_there(record: Record) -> None:
    owner, nobody = person(record, Role.PROFESSIONAL), person(record)
    own, case = access(record, owner), a_case(record, Tie.OWN, owner)
    for party in (
        Party(PartyKind.PERSON, nobody.id),
        Party(PartyKind.PERSON, "p-verzonnen"),
        Party(PartyKind.TEAM, "Verzonnen"),
    ):
        with pytest.raises(AccessError, match="is er niet"):
            own.share(case, party)
        assert party not in own.parties()
    assert kinds(record, case) == ["case_opened"]


def test_a_double_click_on_share_is_one_event(record: Record) -> None:
    owner = person(record, Role.PROFESSIONAL)
    colleague = Party(PartyKind.PERSON, person(record, Role.PROFESSIONAL).id)
    own, case = access(record, owner), a_case(record, Tie.OWN, owner)
    own.share(case, colleague)
    own.share(case, colleague)
    own.end_sharing(case, colleague)
    own.end_sharing(case, colleague)
    assert kinds(record, case) == ["case_opened", "case_shared", "sharing_ended"]


def test_what_is_made_after_the_page_asks_again_who_it_is_for(record: Record) -> None:
    actor = replace(person(record, Role.PROFESSIONAL), until=1000.0)
    own = a_case(record, Tie.OWN, actor)
    shown = access(record, actor)
    assert shown.renewed(999.0).history(own)
    with pytest.raises(AccessError, match="verlopen"):
        shown.renewed(1000.0)
    record.people.take_role(actor.id, Role.PROFESSIONAL, by="toets")
    with pytest.raises(RecordError):
        shown.renewed(999.0).history(own)


def test_a_role_that_is_taken_gives_nothing_any_more_and_stays_known(record: Record) -> None:
    actor = person(record, Role.MANAGER)
    assert record.people.take_role(actor.id, Role.MANAGER, by="toets")
    assert not record.people.take_role(actor.id, Role.MANAGER, by="toets")
    known = record.people.find(actor.id)
    assert known is not None
    assert known.roles == frozenset()
    course = record.people.course(actor.id)
    assert [(one.name, one.given, one.by) for one in course] == [
        ("leidinggevende", True, "toets"),
        ("leidinggevende", False, "toets"),
    ]
