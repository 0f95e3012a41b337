"""What a method designer has on the desk: one protocol, and the files that are being changed.

What is typed stays in the memory of the app (:mod:`ui.drafts`), apart for each person. Nothing of
it counts for anybody until it comes back as knowledge that was released.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, cast

import streamlit as st

from engine.canonical import digest
from engine.conditions import ParameterRef, leaves
from engine.decisions import Access
from engine.design.checks import AT_ONCE
from engine.design.proposal import Trial, changed, next_file, next_version, try_out
from engine.design.workbench import Workbench
from engine.diagnostics import Diagnostic
from engine.knowledge_files import ParameterFile
from engine.library import BoundProtocol, Knowledge
from engine.loading import kind_of
from engine.reader import read_text
from ui import service
from ui.drafts import Draft, draft

_FILES, _REVISION, _BEGAN = "bestanden", "revisie", "begonnen_met"
VERSION = "versie"
"""Stands for the file of the next version, whose name goes with the day in its text."""


class LimitFile(NamedTuple):
    """A file with thresholds of the protocol.

    Attributes:
        owner: the authority whose own values it holds; empty for the values of all.
        names: the thresholds in it that the protocol uses.
    """

    owner: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Desk:
    """One protocol that someone works on.

    Attributes:
        knowledge: what is released.
        protocol: the id of the protocol.
        record: the record as this person may use it.
        today: what has begun on this day can't be changed.
    """

    knowledge: Knowledge
    protocol: str
    record: Access
    today: date

    @property
    def released(self) -> BoundProtocol:
        """The last version that was released."""
        return self.knowledge.protocols[self.protocol][-1]

    @property
    def may_design(self) -> bool:
        """Whether this person may change anything."""
        return self.record.can_design

    @property
    def _draft(self) -> Draft:
        return draft(self.record.actor.id, f"werkplaats {self.protocol}")

    @property
    def _texts(self) -> dict[str, str]:
        return cast("dict[str, str]", self._draft.typed.setdefault(_FILES, {}))

    @property
    def revision(self) -> int:
        """Goes up when a text takes the place of what was typed."""
        return cast("int", self._draft.typed.get(_REVISION, 0))

    @property
    def is_behind(self) -> bool:
        """Whether what was released changed since the work began."""
        began = self._draft.typed.get(_BEGAN)
        return began is not None and began != self._base

    @property
    def _base(self) -> str:
        names = (self.released.file, *self.limit_files)
        return digest({name: self.knowledge.files[name] for name in names})

    @cached_property
    def limit_files(self) -> dict[str, LimitFile]:
        """The files with thresholds that this protocol uses, by name."""
        used = limits_of(self.knowledge, self.protocol)
        files = {
            name: _limits_in(name, content)
            for name, content in self.knowledge.contents.items()
            if kind_of(name) is ParameterFile
        }
        own = {
            name: one._replace(names=tuple(limit for limit in one.names if limit in used))
            for name, one in files.items()
        }
        return {name: one for name, one in own.items() if one.names}

    def text(self, slot: str) -> str:
        """Return the text of a file as it is typed now.

        Args:
            slot: :data:`VERSION`, or the name of a file with thresholds.
        """
        if slot in self._texts:
            return self._texts[slot]
        if slot == VERSION:
            return next_version(self.knowledge, self.protocol, self.today)
        return self.knowledge.contents[slot].decode("utf-8-sig")

    def note(self, slot: str, text: str) -> None:
        """Keep what was typed in a file."""
        self._draft.typed.setdefault(_BEGAN, self._base)
        self._texts[slot] = text

    def put(self, slot: str, text: str) -> None:
        """Let a text take the place of what was typed in a file."""
        self.note(slot, text)
        self._draft.typed[_REVISION] = self.revision + 1

    def clear(self) -> None:
        """Throw away all that was typed."""
        revision = self.revision + 1
        self._draft.forget()
        self._draft.typed[_REVISION] = revision

    def name(self, slot: str) -> str:
        """Return the name that a file will have in the folder with knowledge."""
        if slot != VERSION:
            return slot
        return next_file(self.knowledge, self.protocol, self.text(VERSION))

    @property
    def typed(self) -> dict[str, str]:
        """All files that were worked on, by name."""
        return {self.name(slot): text for slot, text in self._texts.items()}

    @property
    def changed(self) -> dict[str, str]:
        """The files that say something else than what is released."""
        return changed(self.knowledge, self.typed, self.protocol)

    @property
    def slots(self) -> list[str]:
        """Which of the files say something else than what is released."""
        files = self.changed
        return [slot for slot in self._texts if self.name(slot) in files]

    @property
    def touched(self) -> frozenset[str]:
        """The protocols that a changed file is of: thresholds can be of more than one."""
        files = [self.knowledge.contents.get(name) for name in self.changed]
        limits = {limit for content in files if content for limit in _limits_in("", content).names}
        others = (
            one for one in self.knowledge.protocols if limits & limits_of(self.knowledge, one)
        )
        return frozenset((self.protocol, *others))

    def widget(self, key: str) -> str:
        """Return the key of a widget that keeps what is typed in it."""
        return self._draft.key(f"{key}_{self.protocol}", "")

    @property
    def trial(self) -> Trial:
        """The knowledge as it would be."""
        return self._trial(self.changed)

    @property
    def trial_as_typed(self) -> Trial:
        """The same with every file that was worked on, also where it changes nothing yet."""
        return self._trial(self.typed)

    @property
    def findings(self) -> tuple[Diagnostic, ...]:
        """What is wrong because of what was typed, and what the quick checks say of those files."""
        typed = self.typed
        hints = _at_once(self._released, tuple(typed.items()), self.today, self.knowledge)
        return (*self.trial_as_typed.findings, *(one for one in hints if one.file in typed))

    def _trial(self, files: Mapping[str, str]) -> Trial:
        return _tried(self._released, tuple(files.items()), self.today, self.knowledge)

    @property
    def _released(self) -> str:
        return digest(dict(self.knowledge.files))

    @property
    def trial_key(self) -> str:
        """Another one for every other trial."""
        return digest({"kennis": dict(self.knowledge.files), "getypt": self.changed})


def desk(knowledge: Knowledge, protocol: str, record: Access) -> Desk:
    """Return the desk of the person who acts now for a protocol."""
    return Desk(knowledge, protocol, record, service.today())


def rules_in(text: str) -> list[Mapping[str, Any]]:
    """Return the rules in the text of a protocol as they are written; none if it can't be read."""
    data = read_text(text.encode(), "").data
    found = data.get("regels") if isinstance(data, Mapping) else None
    rules = found if isinstance(found, tuple) else ()
    return list(rules) if all(isinstance(one, Mapping) for one in rules) else []


def limits_of(knowledge: Knowledge, protocol: str) -> frozenset[str]:
    """Return the thresholds that the rules of a protocol use, also through notions."""
    waiting = [bound.condition for bound in knowledge.protocols[protocol][-1].rules]
    seen, found = set[str](), set[str]()
    while waiting:
        for leaf in leaves(waiting.pop()):
            bounds = (getattr(leaf, slot, None) for slot in ("bound", "low", "high", "amount"))
            found |= {bound.name for bound in bounds if isinstance(bound, ParameterRef)}
            name = getattr(leaf, "name", "")
            if name in knowledge.notions and name not in seen:
                seen.add(name)
                waiting += [part for _, part in knowledge.notions[name].branches]
    return frozenset(found)


@st.cache_resource(show_spinner=False, max_entries=16)
def _tried(
    released: str, files: tuple[tuple[str, str], ...], today: date, _knowledge: Knowledge
) -> Trial:
    """Read the files once for as long as they stay the same."""
    return try_out(_knowledge, dict(files), today)


@st.cache_resource(show_spinner=False, max_entries=16)
def _at_once(
    released: str, files: tuple[tuple[str, str], ...], today: date, _knowledge: Knowledge
) -> tuple[Diagnostic, ...]:
    """Return what the checks say that ask the solver nothing."""
    trial = _tried(released, files, today, _knowledge)
    if trial.knowledge is None:
        return ()
    bench = Workbench(trial.knowledge, ())
    return tuple(found.diagnostic for check in AT_ONCE for found in check(bench))


def _limits_in(name: str, content: bytes) -> LimitFile:
    """Return the thresholds that a file gives values."""
    file = ParameterFile.model_validate(read_text(content, name).data)
    own = (one.parameter for one in file.overrides)
    return LimitFile(file.authority or "", (*(one.id for one in file.parameters), *own))
