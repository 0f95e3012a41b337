"""Writes a record and kills itself at the n-th moment, for every n; run by test_crash.py.

Usage: python -m tests.decisions.crash_writer FOLDER-OR-SERVER STEP

A moment is just before or just after an SQL statement or a commit. Each trial is a process of
its own, with an empty database. Prints one JSON line per trial: n, url, how many writes were
acknowledged, and whether it was killed.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from engine.consult import Consultation
from engine.decisions import Decision, Record, follow
from tests.decisions.databases import new_postgres, new_sqlite
from tests.decisions.world import TODAY, a_case, clock, consulted, deviation

KEYS = [uuid5(NAMESPACE_URL, str(n)) for n in range(5)]


def prepared() -> tuple[Consultation, list[Decision]]:
    consultation = consulted()
    made = deviation(consultation, "proef.beleidsregel")
    return consultation, [follow(consultation, "proef.wet", decided_on=TODAY), made]


def writes(record: Record, consultation: Consultation, decisions: list[Decision]) -> Iterator[UUID]:
    """Write one event after another; each yields once it is acknowledged."""
    case, later = consultation.case, a_case(wil="ja", maanden=7, ziek="nee")
    record.open_case(a_case(), title="T", story="S", actor="ik", key=KEYS[0])
    yield KEYS[0]
    record.save_facts(a_case(), case, actor="ik", key=KEYS[1])
    yield KEYS[1]
    record.decide(decisions[0], consultation, actor="ik", key=KEYS[2])
    yield KEYS[2]
    record.decide(decisions[1], consultation, actor="ik", key=KEYS[3])
    yield KEYS[3]
    record.save_facts(case, later, actor="ik", key=KEYS[4])
    yield KEYS[4]


def die_at(n: int) -> None:
    """Have this process kill itself at the n-th moment."""
    passed = 0

    def moment(*_: object) -> None:
        nonlocal passed
        passed += 1
        if passed == n:
            os.kill(os.getpid(), signal.SIGKILL)

    commit: Callable[[DefaultDialect, object], None] = DefaultDialect.do_commit

    def watched_commit(dialect: DefaultDialect, connection: object) -> None:
        moment()
        commit(dialect, connection)
        moment()

    event.listen(Engine, "before_cursor_execute", moment)
    event.listen(Engine, "after_cursor_execute", moment)
    setattr(DefaultDialect, "do_commit", watched_commit)  # noqa: B010 -- mypy: not assignable


def trial(
    n: int, url: str, acknowledged: Path, consultation: Consultation, decisions: list[Decision]
) -> bool:
    """Run one trial in a process of its own; say whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            die_at(n)
            with Record.open(url, clock=clock) as record, acknowledged.open("a") as file:
                for key in writes(record, consultation, decisions):
                    file.write(f"{key}\n")
                    file.flush()
            os._exit(0)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit(f"De proef met n={n} mislukte.")
    return False


def main(where: str, step: int) -> None:
    consultation, decisions = prepared()
    n, killed = 1, True
    with tempfile.TemporaryDirectory() as folder:
        while killed:
            url = new_postgres(where) if "://" in where else new_sqlite(Path(where))
            file = Path(folder) / str(n)
            file.touch()
            killed = trial(n, url, file, consultation, decisions)
            acknowledged = len(file.read_text().splitlines())
            print(json.dumps({"n": n, "url": url, "acknowledged": acknowledged, "killed": killed}))
            n += step


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
