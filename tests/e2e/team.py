"""What colleagues recorded before: put in the record of the app beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from engine.case_file import read_one
from engine.consult import Consultation, consult
from engine.decisions import LOCAL_ID, Decision, Deviation, DeviationKind, Record, making
from engine.library import Knowledge
from engine.loading import load
from tests.e2e.conftest import ROOT
from tests.e2e.steps import REASONS
from ui.text import LOCAL

TOO_LONG = "scholing.ww-te-lang"


def recorded(data: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Record:
    """Open the record of the app beside it."""
    return Record.open(f"sqlite:///{data / 'leidraad.db'}", clock=clock)


def too_long(knowledge: Knowledge, name: str) -> Consultation:
    """Consult a case like the one that is open."""
    case = read_one(ROOT / "cases" / "scholing" / "20-ww-achttien-maanden.yaml", knowledge).case
    case = replace(case, id=f"c-{name}").answer(knowledge, "opleiding_maanden", 14)
    return consult(knowledge, case)


def deviation(seen: Consultation) -> Deviation:
    """Deviate from the advice that a training takes too long."""
    contract = making.contract_for(seen, TOO_LONG)
    assert contract is not None
    return making.deviate(
        seen,
        TOO_LONG,
        decided_on=datetime.now(LOCAL).date(),
        kind=DeviationKind.NORM_WEIGHED,
        ground=contract.grounds[0],
        elements=dict(zip(contract.required, reversed(REASONS), strict=False)),
        instead="De cliënt begint alvast met de module die hier in de buurt wordt gegeven.",
        decided_by=contract.decider,
    )


def keep(record: Record, seen: Consultation, made: Decision) -> None:
    """Record a case with a decision."""
    name = seen.case.id.removeprefix("c-")
    record.open_case(seen.case, title=f"Eigen casus {name}", story="", actor=LOCAL_ID)
    record.decide(made, seen, actor=LOCAL_ID)


def deviated_before(data: Path) -> None:
    """Record a deviation in a case like the one that is open."""
    seen = too_long(load(ROOT / "knowledge"), "k7m2p9x4tb")
    with recorded(data) as record:
        keep(record, seen, deviation(seen))


def a_team_decided(data: Path) -> None:
    """Record what a team decided on one rule: mostly otherwise."""
    knowledge, today = load(ROOT / "knowledge"), datetime.now(LOCAL).date()
    with recorded(data) as record:
        for number in range(24):
            seen = too_long(knowledge, f"team{number:06}")
            followed = making.follow(seen, TOO_LONG, decided_on=today)
            keep(record, seen, followed if number % 3 == 0 else deviation(seen))


def decided_long_ago(data: Path, case_id: str) -> None:
    """Record a case of the user's own with a decision of four months ago."""
    then = datetime.now(UTC) - timedelta(days=125)
    seen = too_long(load(ROOT / "knowledge"), case_id.removeprefix("c-"))
    with recorded(data, lambda: then) as record:
        record.open_case(seen.case, title="Casus om na te zien", story="", actor=LOCAL_ID)
        made = making.follow(seen, TOO_LONG, decided_on=then.date())
        record.decide(made, seen, actor=LOCAL_ID)
