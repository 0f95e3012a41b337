"""A change to the knowledge that is worked on: tried in memory, and never on what is released.

A version of a protocol that has begun is never edited: a change is a next version, in a file of its
own. A threshold gets a value with a new day; the values that it has stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from engine.design.rewriting import RewriteError, with_item, with_value
from engine.diagnostics import Diagnostic, KnowledgeError
from engine.library import Knowledge
from engine.loading import assemble
from engine.reader import Document, PathKey, read_text

_BEGINS = ("geldig_vanaf",)
_CHANGES = ("wijziging",)


@dataclass(frozen=True, slots=True)
class Trial:
    """The knowledge as it would be with the files that are worked on.

    Attributes:
        knowledge: all of it; ``None`` while a file can't be read or may not be as it is.
        findings: why not.
    """

    knowledge: Knowledge | None
    findings: tuple[Diagnostic, ...]


def next_file(knowledge: Knowledge, protocol: str, text: str) -> str:
    """Return the name of the file for the next version of a protocol, after the day in its text.

    A text without a day that can be read has the name of a version that isn't there.
    """
    data = read_text(text.encode(), "").data
    begins = data.get("geldig_vanaf") if isinstance(data, dict) else None
    day = begins if isinstance(begins, date) else _after_all(knowledge, protocol)
    return f"protocollen/{protocol}/{day}.yaml"


def next_version(knowledge: Knowledge, protocol: str, today: date) -> str:
    """Return the text of the last version of a protocol, as one that begins later.

    It begins on the first day of the next month, unless the last version begins after that.
    """
    last = knowledge.protocols[protocol][-1]
    text = knowledge.contents[last.file].decode("utf-8-sig")
    day = _first_of_next_month(max(today, last.protocol.valid_from))
    try:
        return with_value(text, _BEGINS, day)
    except RewriteError:
        # Where it can't be put in place, whoever edits sees on which line the day is wrong.
        return text


def try_out(knowledge: Knowledge, typed: Mapping[str, str], today: date) -> Trial:
    """Read the knowledge with files as they are typed now.

    Args:
        knowledge: what is released.
        typed: the text of each file that is worked on, by its name in the folder.
        today: what has begun on this day can't be changed any more.
    """
    contents = {**knowledge.contents, **{name: text.encode() for name, text in typed.items()}}
    documents = {name: _read(contents[name], name) for name in sorted(contents)}
    for name in typed:
        _check_released(knowledge, documents[name], today)
    try:
        return Trial(assemble(list(documents.values())), ())
    except KnowledgeError as error:
        return Trial(None, error.diagnostics)


def changed(knowledge: Knowledge, typed: Mapping[str, str], protocol: str) -> dict[str, str]:
    """Return the files that say something else than what is released.

    A next version of a protocol that differs from the last in its day only, is no change.
    """
    last = knowledge.protocols[protocol][-1].file
    found = {}
    for name, text in typed.items():
        is_version = name.startswith("protocollen/")
        old, new = _data(knowledge.contents[last if is_version else name]), _data(text.encode())
        if is_version:
            old, new = ({**one, "geldig_vanaf": None} for one in (old, new))
        if old != new:
            found[name] = text
    return found


def with_changelog(
    knowledge: Knowledge, typed: Mapping[str, str], said: Sequence[str]
) -> dict[str, str]:
    """Return the files with what changes, why and for whom.

    In a version of a protocol that is a key of its own, which is shown to whoever reads it. In a
    file with thresholds it is a remark above the values that came.

    Raises:
        RewriteError: there is no place for it in a file.
    """
    found = {}
    for name, text in typed.items():
        if name not in knowledge.contents:
            found[name] = with_value(text, _CHANGES, list(said), after="toelichting")
        else:
            found[name] = _with_remarks(knowledge.contents[name], text, said)
    return found


def with_limit(name: str, text: str, parameter: str, value: Mapping[str, object]) -> str:
    """Return the text of a file with thresholds, with one more value for one of them.

    Args:
        name: of the file.
        text: the file as it is now.
        parameter: which threshold.
        value: the value with its keys, as in the file.

    Raises:
        RewriteError: there is no place for it in the file.
    """
    document = read_text(text.encode(), name)
    for home, key in (("parameters", "id"), ("afwijkingen", "parameter")):
        found = document.data.get(home, ()) if isinstance(document.data, dict) else ()
        for index, item in enumerate(found if isinstance(found, tuple) else ()):
            if isinstance(item, dict) and item.get(key) == parameter:
                return with_item(text, (home, index, "waarden"), dict(value))
    raise RewriteError(f"De grens {parameter!r} staat niet in dit bestand.")


def _check_released(knowledge: Knowledge, document: Document, today: date) -> None:
    """Report what would change something that has begun already."""
    if document.name.startswith("protocollen/"):
        _check_day(knowledge, document, today)
    elif document.name.startswith("parameters/"):
        _check_values(knowledge, document, today)
    else:
        what = "Dit bestand verandert u hier niet: wat erin staat, geldt ook voor oude versies."
        document.report((), "uitgebracht", what)


def _check_day(knowledge: Knowledge, document: Document, today: date) -> None:
    versions = knowledge.protocols.get(document.name.split("/")[1], ())
    begins = document.data.get("geldig_vanaf") if isinstance(document.data, dict) else None
    if not isinstance(begins, date):
        return
    last = max((one.protocol.valid_from for one in versions), default=date.min)
    if begins <= max(last, today):
        document.report(
            _BEGINS,
            "uitgebracht",
            "Een nieuwe versie begint later dan vandaag en later dan de versie die er al is.",
            "Een versie die al is begonnen, verandert niet meer. Kies een latere dag.",
        )


def _check_values(knowledge: Knowledge, document: Document, today: date) -> None:
    released = _read(knowledge.contents[document.name], document.name)
    before, after = _values(released), _values(document)
    for name, (_, values) in before.items():
        there = after.get(name, ((), []))[1]
        if any(value not in there for value in values):
            document.report(
                after[name][0] if name in after else (),
                "uitgebracht",
                f"Bij de grens {name!r} is een waarde veranderd of weggehaald.",
                "Wat een waarde was, blijft staan. Zet een nieuwe waarde met een nieuwe dag erbij.",
            )
    for name, (path, values) in after.items():
        known = before.get(name, ((), []))[1]
        for index, value in enumerate(values):
            since = value.get("vanaf") if isinstance(value, dict) else None
            if value not in known and isinstance(since, date) and since <= today:
                document.report(
                    (*path, index, "vanaf"),
                    "uitgebracht",
                    "Een nieuwe waarde begint later dan vandaag.",
                    "Anders verandert ook wat al is geadviseerd.",
                )


def _values(document: Document) -> dict[str, tuple[PathKey, list[object]]]:
    """Return the values of each threshold in a file as they are written, with their place."""
    found: dict[str, tuple[PathKey, list[object]]] = {}
    data = document.data if isinstance(document.data, dict) else {}
    for home, key in (("parameters", "id"), ("afwijkingen", "parameter")):
        items = data.get(home)
        for index, item in enumerate(items if isinstance(items, tuple) else ()):
            if isinstance(item, dict) and isinstance(values := item.get("waarden"), tuple):
                found[str(item.get(key))] = ((home, index, "waarden"), list(values))
    return found


def _with_remarks(released: bytes, text: str, said: Sequence[str]) -> str:
    """Put remarks above the values that came."""
    document = read_text(text.encode(), "")
    before = _values(read_text(released, ""))
    lines = text.splitlines()
    starts = [
        document.place((*path, index))
        for name, (path, values) in _values(document).items()
        for index, value in enumerate(values)
        if value not in before.get(name, ((), []))[1]
    ]
    for line, column in sorted(starts, reverse=True):
        lines[line - 1 : line - 1] = [
            f"{' ' * (column - 3)}# {' '.join(one.split())}" for one in said
        ]
    return "\n".join(lines) + "\n"


def _read(content: bytes, name: str) -> Document:
    """Read a file, once for as long as it stays the same; with findings of its own."""
    document = _parsed(content, name)
    return replace(document, findings=list(document.findings))


@lru_cache(maxsize=512)
def _parsed(content: bytes, name: str) -> Document:
    return read_text(content, name)


def _data(content: bytes) -> dict[str, object]:
    data = read_text(content, "").data
    return dict(data) if isinstance(data, dict) else {}


def _after_all(knowledge: Knowledge, protocol: str) -> date:
    return _first_of_next_month(knowledge.protocols[protocol][-1].protocol.valid_from)


def _first_of_next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)
