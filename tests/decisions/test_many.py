"""Many processes write at once: no decision is lost, and the chain is whole."""

from __future__ import annotations

import math
import os

import pytest

from engine.decisions import Record, follow
from tests.decisions.processes import processes
from tests.decisions.world import TODAY, consulted, knowledge

THOROUGH = os.environ.get("LEIDRAAD_GRONDIG") == "1"
DECISIONS = 5_000 if THOROUGH else 64


def write(url: str, keys: str, worker: int, count: int) -> list[str]:
    """Decide so many times in a case of this worker's own and in one of all; return the ids."""
    own, shared = consulted(f"c-{worker}"), consulted("c-samen")
    done = []
    with Record.open(url, keys=keys) as record:
        record.open_case(own.case, title="T", story="", actor=f"w{worker}")
        for number in range(count):
            about = shared if number % 4 == 0 else own
            made = follow(about, "proef.wet", decided_on=TODAY)
            done.append(str(record.decide(made, about, actor=f"w{worker}").id))
    return done


def check(url: str, workers: int) -> None:
    keys = os.environ["LEIDRAAD_SLEUTELS"]
    knowledge()
    with Record.open(url, keys=keys) as record:
        record.open_case(consulted("c-samen").case, title="T", story="", actor="ik")
    each = math.ceil(DECISIONS / workers)
    with processes(workers) as pool:
        args = ([url] * workers, [keys] * workers, range(workers), [each] * workers)
        acknowledged = [one for found in pool.map(write, *args) for one in found]
    with Record.open(url, keys=keys) as record:
        found = record.verify()
        cases = record.cases()
        kept = [one for case in cases for one in record.decisions(case.id)]
    ids, moments = {str(one.id) for one in kept}, sorted(one.at for one in kept)
    # By the clock of the record, so without the time that it takes to start the processes.
    pace = len(kept) / (moments[-1] - moments[0]).total_seconds()
    print(f"\n{workers} processen, {len(acknowledged)} besluiten: {pace:.0f} per seconde")
    assert found.broken is None
    assert found.events == len(acknowledged) + workers + 1
    assert ids == set(acknowledged)
    assert len(ids) == each * workers


@pytest.mark.postgres
@pytest.mark.timeout(1200)
def test_sixteen_processes_on_a_server(postgres_url: str) -> None:
    check(postgres_url, 16 if THOROUGH else 4)


@pytest.mark.timeout(1200)
def test_four_processes_on_a_file(sqlite_url: str) -> None:
    check(sqlite_url, 4 if THOROUGH else 2)
