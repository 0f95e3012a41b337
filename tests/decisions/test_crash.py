"""The record survives `kill -9`: between any two statements, and whatever it is doing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text

from engine.consult import Consultation
from engine.decisions import Decision, Erased, Event, NoCaseError, Record
from tests.decisions.crash_writer import ERASED, GONE, KEYS, STEPS, prepared, writes
from tests.decisions.world import clock

ROOT = Path(__file__).parents[2]
THOROUGH = os.environ.get("LEIDRAAD_GRONDIG") == "1"
STEP = 1 if THOROUGH else 9
LOOSE = 60 if THOROUGH else 6
FEWEST = 200 if THOROUGH else 20


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("postgres") if request.param == "postgres" else tmp_path)


@pytest.mark.timeout(1200)
def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(where: str) -> None:
    trials = run_trials("case", where, STEP, LOOSE)
    consultation, decisions = prepared()
    for trial in trials:
        check(trial, consultation, decisions)
    # The trials reached from before the tables existed to the last write.
    by_moment = [trial for trial in trials if trial["after"] is None]
    assert {trial["acknowledged"] for trial in by_moment} == set(range(len(STEPS) + 1))
    assert [trial["killed"] for trial in by_moment].count(False) == 1
    assert len(trials) == len(by_moment) + LOOSE >= FEWEST
    print(f"\n{len(trials)} proeven, {len(by_moment)} op elk moment om de beurt")


def run_trials(story: str, where: str, step: int, loose: int) -> list[dict[str, Any]]:
    options = [story, where, str(step), str(loose)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.decisions.crash_writer", *options],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=1100,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(trial: dict[str, Any], consultation: Consultation, decisions: list[Decision]) -> None:
    """What was acknowledged is there, nothing is there by half, and writing goes on."""
    with Record.open(trial["url"], clock=clock) as record:
        found, before = steps(record), history(record, "c-proef")
        assert record.verify().broken is None, trial
        assert record.inspect().sound, trial
        # A commit whose acknowledgement was cut off counts as well; nothing else does.
        assert len(found) - trial["acknowledged"] in (0, 1), trial
        assert found == STEPS[: len(found)], trial
        assert ERASED not in found or not key_is_left(trial["url"]), trial
        # Sending everything again adds what is missing and repeats nothing.
        assert list(writes(record, consultation, decisions)) == STEPS
        assert record.verify().broken is None, trial
        assert steps(record) == STEPS, trial
        assert record.size() == len(STEPS), trial
        assert not key_is_left(trial["url"]), trial
        whole = history(record, "c-proef")
        assert whole[: len(before)] == before, trial
        assert [item.decision for item in record.decisions("c-proef")] == decisions
    if trial["url"].startswith("sqlite"):
        engine = create_engine(trial["url"])
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok", trial
        engine.dispose()


def history(record: Record, case_id: str) -> list[Event]:
    try:
        return list(record.history(case_id))
    except NoCaseError:
        return []


def steps(record: Record) -> list[UUID]:
    """What was done, in the order in which it is written."""
    done = [event.id for event in history(record, "c-proef")]
    gone = history(record, GONE)
    if gone and gone[0].kind == Erased.kind:
        return [*done, KEYS[-1], ERASED]
    return [*done, *(event.id for event in gone)]


def key_is_left(url: str) -> bool:
    """Whether the case that was erased could still be read."""
    record, ring = (
        create_engine(place.replace("postgresql:", "postgresql+psycopg:"))
        for place in (url, os.environ["LEIDRAAD_SLEUTELS"])
    )
    opened = text(f"SELECT payload FROM events WHERE case_id = '{GONE}' ORDER BY seq LIMIT 1")  # noqa: S608
    with record.connect() as connection:
        name = connection.execute(opened).scalar_one().split(".")[1]
    with ring.connect() as connection:
        found = connection.execute(text("SELECT 1 FROM keys WHERE id = :id"), {"id": name}).first()
    record.dispose()
    ring.dispose()
    return found is not None
