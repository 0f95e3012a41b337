"""The record survives `kill -9` between any two statements."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from engine.consult import Consultation
from engine.decisions import Decision, Event, Record
from tests.decisions.crash_writer import KEYS, prepared, writes
from tests.decisions.world import clock

ROOT = Path(__file__).parents[2]
STEP = 1 if os.environ.get("LEIDRAAD_GRONDIG") == "1" else 3


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("postgres") if request.param == "postgres" else tmp_path)


def test_a_kill_at_any_moment_loses_nothing_that_was_acknowledged(where: str) -> None:
    trials = run_trials(where)
    consultation, decisions = prepared()
    for trial in trials:
        check(trial, consultation, decisions)
    # The trials reached from before the tables existed to the last write.
    assert {trial["acknowledged"] for trial in trials} == set(range(len(KEYS) + 1))
    assert [trial["killed"] for trial in trials].count(False) == 1
    assert len(trials) * STEP > 80


def run_trials(where: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.decisions.crash_writer", where, str(STEP)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def check(trial: dict[str, Any], consultation: Consultation, decisions: list[Decision]) -> None:
    """What was acknowledged is there, nothing is there by half, and writing goes on."""
    with Record.open(trial["url"], clock=clock) as record:
        found = history(record)
        # A commit whose acknowledgement was cut off counts as well; nothing else does.
        assert len(found) - trial["acknowledged"] in (0, 1), trial
        assert [event.id for event in found] == KEYS[: len(found)], trial
        # Sending everything again adds what is missing and repeats nothing.
        assert list(writes(record, consultation, decisions)) == KEYS
        whole = history(record)
        assert whole[: len(found)] == found, trial
        assert [event.id for event in whole] == KEYS, trial
        assert [event.seq for event in whole] == [1, 2, 3, 4, 5], trial
        assert [item.decision for item in record.decisions("c-proef")] == decisions
    if trial["url"].startswith("sqlite"):
        engine = create_engine(trial["url"])
        with engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok", trial
        engine.dispose()


def history(record: Record) -> list[Event]:
    return list(record.history("c-proef")) if record.cases() else []
