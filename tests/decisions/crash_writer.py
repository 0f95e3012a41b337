"""Writes a record and is killed, again and again; run by the tests on crashes.

Usage: python -m tests.decisions.crash_writer STORY FOLDER-OR-SERVER STEP LOOSE

The story says what is written: that of a case, of a meeting, or only of how a meeting is closed.
First it kills itself at the n-th moment, for n = 1, 1 + STEP and so on until it comes to the end;
a moment is just before or just after an SQL statement or a commit. Then it is killed from outside,
LOOSE times, whatever it is doing. Each trial is a process of its own, with a database of its own.
Prints one JSON line per trial: n, url, how many writes were acknowledged, whether it was killed,
and at how many seconds if that was from outside.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import NamedTuple
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import Engine, event
from sqlalchemy.engine.default import DefaultDialect

from engine.consult import Consultation
from engine.decisions import Decision, ErasureGround, Occasion, Record, follow
from tests.decisions import crash_meeting
from tests.decisions.databases import new_postgres, new_sqlite
from tests.decisions.world import SENTENCE, TODAY, a_case, clock, consulted, deviation

KEYS = [uuid5(NAMESPACE_URL, str(n)) for n in range(8)]
ERASED = uuid5(NAMESPACE_URL, "gewist")
"""Stands for the event that erases a case; that can't be sent with an id."""
GONE = "c-weg"
"""The case that is erased."""
STEPS = [*KEYS, ERASED]


class Story(NamedTuple):
    """What a trial writes.

    Attributes:
        writes: does so; each yields once it is acknowledged.
        before: what is in the record already, put there before anything is killed.
    """

    writes: Callable[[Record], Iterator[UUID]]
    before: Callable[[Record], object] | None = None


def story(name: str) -> Story:
    if name == "case":
        consultation, decisions = prepared()
        return Story(lambda record: writes(record, consultation, decisions))
    if name == "meeting":
        return Story(crash_meeting.writes)
    return Story(crash_meeting.closes, lambda record: list(crash_meeting.holds(record)))


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
    record.consulted(consultation, Occasion.FILE_NOTE, actor="ik", key=KEYS[4])
    yield KEYS[4]
    record.correct(case.id, KEYS[3], SENTENCE, actor="ik", key=KEYS[5])
    yield KEYS[5]
    record.save_facts(case, later, actor="ik", key=KEYS[6])
    yield KEYS[6]
    if GONE not in record.erased():
        record.open_case(a_case(GONE), title="T", story="S", actor="ik", key=KEYS[7])
    yield KEYS[7]
    record.erase(GONE, ErasureGround.REQUEST, actor="ik")
    yield ERASED


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


def begin(url: str, acknowledged: Path, told: Story, *, moment: int | None = None) -> int:
    """Begin a process that writes the record, and return its id."""
    child = os.fork()
    if child:
        return child
    try:
        if moment is not None:
            die_at(moment)
        with Record.open(url, clock=clock) as record, acknowledged.open("a") as file:
            for key in told.writes(record):
                file.write(f"{key}\n")
                file.flush()
        os._exit(0)
    finally:
        os._exit(1)


def was_killed(child: int) -> bool:
    """Wait for a process; say whether it was killed."""
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    if os.waitstatus_to_exitcode(status) != 0:
        raise SystemExit("Een proef mislukte.")
    return False


def main(name: str, where: str, step: int, loose: int) -> None:
    told = story(name)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "acknowledged"

        def trial(n: int, *, moment: int | None = None, after: float | None = None) -> bool:
            file.write_text("")
            url = new_postgres(where) if "://" in where else new_sqlite(Path(where))
            if told.before is not None:
                with Record.open(url, clock=clock) as record:
                    told.before(record)
            child = begin(url, file, told, moment=moment)
            if after is not None:
                time.sleep(after)
                os.kill(child, signal.SIGKILL)
            killed = was_killed(child)
            written = len(file.read_text().splitlines())
            said = {"n": n, "url": url, "acknowledged": written, "killed": killed, "after": after}
            print(json.dumps(said))
            return killed

        started = time.perf_counter()
        for n in count(1, step):
            started = time.perf_counter()
            if not trial(n, moment=n):
                break
        whole = time.perf_counter() - started
        for number in range(n + 1, n + 1 + loose):
            trial(number, after=random.uniform(0, whole))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
