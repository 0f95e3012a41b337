"""Where a file of clients is while someone looks through it: a folder of this one session.

Nothing of it comes in the record. The folder goes when the session ends, when someone else takes
its place, and when the user begins anew; what a killed process leaves is taken away by the next.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import gettempdir, mkdtemp
from typing import Any, TypeVar, cast

import streamlit as st

from engine.caseload.drafting import CouplingDraft
from engine.caseload.intake import Intake
from engine.caseload.review import Review
from engine.caseload.source import Source
from engine.caseload.suggest import Suggestions
from engine.caseload.writing import workplace
from engine.coupling import Coupling
from engine.decisions import Access, AccessError
from engine.library import Knowledge
from ui import resources
from ui.auth import access

T = TypeVar("T")
_LOG = logging.getLogger(__name__)

KEYS = "doorlichten_"
"""How the key of every widget of this page begins."""

PART = f"{KEYS}deel"
"""The key of the choice of a part of the outcome."""

OUTCOME_KEYS = tuple(f"{KEYS}{name}" for name in ("lijst_", "stroom_", "groep", "stil_", "deel"))
"""How the keys begin of what is chosen in the outcome, which may not fit another one."""

ONLY_MANAGERS = "Alleen een leidinggevende licht een eigen bestand door."


READING, SCREENING = "lezen", "doorlichten"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the rules.

    Attributes:
        protocols: which.
        authority: whose thresholds count.
        on: the day whose rules apply.
    """

    protocols: tuple[str, ...]
    authority: str
    on: date


@dataclass(slots=True)
class Work:
    """How far someone is; what comes later is ``None``.

    Attributes:
        source: the file that was chosen.
        made_up: which made-up file it is; empty for a file of the user's own.
        on: the day that a made-up file is about.
        sheets: the sheets to choose from, where a workbook has more than one.
        waiting: the workbook that waits for that choice.
        suggestions: which column is probably what.
        draft: what the user makes of that.
        coupling: that, checked.
        going: the work that was asked for and has not begun: :data:`READING` or :data:`SCREENING`.
        intake: the file as it was read.
        question: what was asked of the rules.
        review: what the rules say.
        client: the client who is looked at up close.
        part: the part of the outcome that was open before that.
        figures: what was counted in the review, by what was asked.
        attempt: where the work that goes on now puts what it makes.
    """

    source: Source | None = None
    made_up: str = ""
    on: date | None = None
    sheets: tuple[str, ...] = ()
    waiting: Path | None = None
    suggestions: Suggestions | None = None
    draft: CouplingDraft | None = None
    coupling: Coupling | None = None
    going: str = ""
    intake: Intake | None = None
    question: Question | None = None
    review: Review | None = None
    client: str | None = None
    part: str = ""
    figures: dict[tuple[object, ...], Any] = field(default_factory=dict)
    attempt: Path | None = None

    def once(self, asked: tuple[object, ...], count: Callable[[], T]) -> T:
        """Return a figure of the review; it is counted the first time."""
        if asked not in self.figures:
            self.figures[asked] = count()
        return cast("T", self.figures[asked])

    def take_back(self) -> None:
        """Take away what came of the rules."""
        if self.review is not None:
            shutil.rmtree(self.review.statuses.parent, ignore_errors=True)
        self.review = self.client = None
        self.part, self.figures = "", {}

    def unread(self) -> None:
        """Take away what was read, and what came of it."""
        self.take_back()
        if self.intake is not None and self.intake.caseload is not None:
            shutil.rmtree(self.intake.caseload.parent, ignore_errors=True)
        self.intake = self.question = self.coupling = None


class Room:
    """A folder with what is in it."""

    def __init__(self) -> None:
        """Make the folder; who works on this machine as someone else can't look in it."""
        self._stack = ExitStack()
        self.folder = self._stack.enter_context(workplace(Path(gettempdir())))
        self.work = Work()
        self._closed = False

    @property
    def is_there(self) -> bool:
        """Whether the folder is still there; what keeps a machine tidy may have taken it away."""
        return self.folder.is_dir()

    def empty(self) -> None:
        """Take away all that was put here."""
        self.work = Work()
        for one in self.folder.iterdir():
            if one.is_dir():
                shutil.rmtree(one, ignore_errors=True)
            elif not one.name.startswith("."):
                one.unlink(missing_ok=True)

    def close(self) -> None:
        """Take away the folder itself."""
        self.work, self._closed = Work(), True
        try:
            self._stack.close()
        except OSError as error:
            # Work that isn't at its end yet writes in it; it takes the rest away.
            _LOG.info("A temporary folder is still in use: %s", error)

    def attempt(self, do: Callable[[Path], T]) -> T | None:
        """Do work in a folder of its own, and keep what it made if it is still wanted.

        A click doesn't end work at once: it goes on up to where it next tells how far it is, beside
        what comes instead. So it must not touch anything else, and its end may come too late.

        Returns:
            What was made; ``None`` if the user went on to something else meanwhile.
        """
        work, place, kept = self.work, Path(mkdtemp(dir=self.folder)), False
        work.attempt = place

        def wanted() -> bool:
            return self.work is work and work.attempt == place

        try:
            found = do(place)
            kept = wanted()
        except Exception:
            if wanted():
                raise
            _LOG.info("Work that was stopped failed.", exc_info=True)
        finally:
            if not kept:
                shutil.rmtree(place, ignore_errors=True)
            if self._closed:
                shutil.rmtree(self.folder, ignore_errors=True)
        return found if kept else None


@st.cache_resource(
    scope="session",
    show_spinner=False,
    max_entries=1,
    on_release=Room.close,
    validate=lambda room: room.is_there,
)
def _room(person: str) -> Room:
    return Room()


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of the page needs.

    Attributes:
        record: the record as this user may use it; only asked for what they may do.
        room: where their file is.
    """

    knowledge: Knowledge
    record: Access
    room: Room

    @property
    def work(self) -> Work:
        """How far the user is."""
        return self.room.work


def desk(knowledge: Knowledge, record: Access) -> Desk:
    """Return what the page is about.

    Raises:
        AccessError: this isn't for who asks.
        OSError: there is no place for temporary files.
    """
    if not record.can_try_screening:
        raise AccessError("Deze pagina is voor leidinggevenden en juristen.")
    return Desk(knowledge, record, _room(record.actor.id))


def own_room(*, upload: bool = False) -> Room:
    """Return the room of who acts now, if they may still do this; for callbacks.

    Args:
        upload: whether they bring a file of their own.

    Raises:
        AccessError: they may not, or not any more.
        OSError: there is no place for temporary files.
    """
    record = access().renewed(time.time())
    room = desk(resources.working_knowledge(), record).room
    own = room.work.source is not None and not room.work.made_up
    if (upload or own) and not record.can_screen:
        raise AccessError(ONLY_MANAGERS)
    return room


def begin_anew(room: Room) -> None:
    """Take away the file with all that came of it, and what was typed about it."""
    room.empty()
    forget((KEYS,))


def forget(begin: tuple[str, ...]) -> None:
    """Forget what was chosen in widgets whose key begins so."""
    for key in [key for key in st.session_state if str(key).startswith(begin)]:
        del st.session_state[key]
