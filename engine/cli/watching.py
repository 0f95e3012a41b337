"""The command that checks again on every save."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue

import typer
from watchdog.events import (
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer

from engine import paths
from engine.cli.shared import CasesOption, KnowledgeOption, cases_folder, fail, need_folder
from engine.design.watching import Turn, Watch
from engine.design.workbench import Finding
from engine.diagnostics import Severity
from engine.prose import LOCAL
from engine.reader import os_error_in_words
from engine.wording import amount_in_words

_SAVED = [FileClosedEvent, FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent]
"""What an editor does when it saves. Reading a file is an event too, and we read them ourselves."""

_QUIET = 0.05
"""Seconds without an event after which a save is done: an editor writes in more than one step."""

_WAKE = 0.3
"""Seconds after which a request to stop is seen at the latest."""

_NAMED_MOST = 5
"""Files of which a turn says the name; after a switch of branches there are hundreds."""


class _Saves(FileSystemEventHandler):
    """Passes on that something was saved, or that the user wants to stop.

    An interrupt is passed on like a save. As an exception it could come up where Python drops
    exceptions, such as while an object is taken down.
    """

    def __init__(self) -> None:
        # The one queue that may be filled while it is being read in the same thread.
        self._queue = SimpleQueue[bool]()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a save; what it was, the files themselves say."""
        self._queue.put(True)

    def stop(self, *_: object) -> None:
        """Note that the user wants to stop; who asks twice doesn't wait for the turn to end."""
        signal.signal(signal.SIGINT, signal.default_int_handler)
        self._queue.put(False)

    def wait(self) -> bool:
        """Wait for a save until it is done; say whether to go on."""
        # An interrupt can reach another thread than this one; then only waking up shows it.
        while True:
            try:
                go_on = self._queue.get(timeout=_WAKE)
                break
            except Empty:
                continue
        try:
            while go_on:
                go_on = self._queue.get(timeout=_QUIET)
        except Empty:
            return True
        return False


def watch(
    kennis: KnowledgeOption = None,
    casussen: CasesOption = None,
) -> None:
    """Controleer opnieuw bij elke keer dat u opslaat, en toon wat erbij kwam en wat weg is."""
    folders = kennis or paths.knowledge_folder(), cases_folder(casussen)
    need_folder(folders[0])
    session = Watch(*folders)
    with _watched(folders) as saves:
        signal.signal(signal.SIGINT, saves.stop)
        turn, seconds = _timed(session)
        _tell(turn, turn.findings, (), seconds, first=True)
        while saves.wait():
            before = turn.findings
            turn, seconds = _timed(session)
            if turn.changed:
                _tell(turn, *_differences(before, turn.findings), seconds)
    typer.echo("Gestopt.")


@contextmanager
def _watched(folders: Sequence[Path]) -> Iterator[_Saves]:
    """Have the system say when something in the folders is saved."""
    saves, observer = _Saves(), Observer()
    try:
        for folder in dict.fromkeys(one.resolve() for one in folders):
            observer.schedule(saves, str(folder), recursive=True, event_filter=_SAVED)
        observer.start()
    except OSError as error:
        fail(f"De mappen zijn niet te volgen: {os_error_in_words(error)}.")
    # Its threads end with the program. Waiting for them can take forever: they wait for a save.
    yield saves


def _timed(session: Watch) -> tuple[Turn, float]:
    begin = time.perf_counter()
    turn = session.turn()
    return turn, time.perf_counter() - begin


def _differences(
    before: Sequence[Finding], now: Sequence[Finding]
) -> tuple[list[Finding], list[Finding]]:
    """Return what was found now only, and before only, wherever in its file it stands."""
    old, new = ({_same(one): one for one in found} for found in (before, now))
    return (
        [one for key, one in new.items() if key not in old],
        [one for key, one in old.items() if key not in new],
    )


def _same(finding: Finding) -> tuple[object, ...]:
    """Return what makes two findings the same: not the line, which moves with every edit."""
    found = finding.diagnostic
    place = finding.place or (found.file, found.line)
    return (found.code, found.what, found.hint, place, found.file)


def _tell(
    turn: Turn,
    more: Sequence[Finding],
    gone: Sequence[Finding],
    seconds: float,
    *,
    first: bool = False,
) -> None:
    """Say in a few lines what a save did."""
    for finding in more:
        lines = finding.told(turn.knowledge) if turn.knowledge else str(finding.diagnostic)
        typer.echo(lines if first else f"NIEUW  {lines}")
    for finding in gone:
        typer.echo(f"WEG  {finding.diagnostic}")
    errors = sum(one.diagnostic.severity is Severity.ERROR for one in turn.findings)
    many = amount_in_words(errors, "fout", "fouten")
    warnings = amount_in_words(len(turn.findings) - errors, "waarschuwing", "waarschuwingen")
    what = "alles" if first else _files(turn.changed)
    now = datetime.now(LOCAL).strftime("%H:%M:%S")
    took = f"{seconds:.1f}".replace(".", ",")
    typer.echo(f"{now}  {what}: {many}, {warnings} ({took} s)")


def _files(changed: Sequence[str]) -> str:
    if len(changed) > _NAMED_MOST:
        return amount_in_words(len(changed), "bestand", "bestanden")
    return ", ".join(changed)
