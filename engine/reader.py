"""The one YAML loader: text to plain data, with the place of every key and value.

It reads a strict part of YAML that a person can't misread. Duplicate keys, aliases, tags, empty
values and the words and numbers that YAML 1.1 turns into something else (``no``, ``012``,
``12:30``) are findings, and all findings of a file are reported at once.
"""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from engine.diagnostics import Diagnostic

MAX_BYTES = 1_000_000
MAX_DEPTH = 30
MAX_FINDINGS = 200

Data = dict[str, Any] | tuple[Any, ...] | str | int | date | None
PathKey = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BOOLEAN = re.compile(r"(yes|no|on|off|true|false|y|n|ja|nee)", re.IGNORECASE)
_TRAPS = (
    (re.compile(r"[-+]?0[0-9_]+"), "getal-nul", "begint met een nul; YAML leest dat achttallig"),
    (re.compile(r"[-+]?0[xob][0-9a-fA-F_]+"), "getal-stelsel", "is geen gewoon getal"),
    (re.compile(r"[-+]?[0-9]+(_[0-9]*)+"), "getal-streepje", "bevat een liggend streepje"),
    (re.compile(r"[-+]?[0-9]+(:[0-5]?[0-9])+(\.[0-9]*)?"), "getal-tijd", "leest YAML als getal"),
    (
        re.compile(r"[-+]?(\d[\d_]*\.\d*|\.\d+|\d+(?=[eE]))([eE][-+]?\d+)?|[-+]?\.(inf|nan)", re.I),
        "getal-gebroken",
        "is geen heel getal",
    ),
    (re.compile(r"\d{4}-\d\d?-\d\d?[Tt ].*"), "datum-tijd", "is een datum met een tijd erbij"),
)
_SYNTAX = {
    "mapping values are not allowed": "Hier staat een ':' die er niet bij hoort. Zet tekst met "
    "een dubbele punt tussen aanhalingstekens.",
    "did not find expected key": "De inspringing klopt niet, of er ontbreekt een ':' of '-'.",
    "did not find expected '-' indicator": "De regels van deze lijst springen niet gelijk in.",
    "could not find expected ':'": "Achter deze sleutel ontbreekt een ':'.",
    "found character that cannot start any token": "Dit teken kan hier niet staan. Gebruik "
    "geen tabs, en zet tekst met @, ` of % tussen aanhalingstekens.",
    "found unexpected end of stream": "Een aanhalingsteken of haakje is niet gesloten.",
    "did not find expected ',' or": "In deze lijst ontbreekt een komma of een sluithaakje.",
    "tab character": "Hier staat een tab. Gebruik spaties om in te springen.",
    "control characters are not allowed": "Hier staat een onzichtbaar stuurteken. Haal het weg.",
}


_REFUSALS = {
    errno.ENOENT: "het bestaat niet",
    errno.EISDIR: "het is een map",
    errno.ENOTDIR: "een deel van het pad is geen map",
    errno.EACCES: "u mag het niet lezen of schrijven",
    errno.EPERM: "u mag het niet lezen of schrijven",
    errno.EROFS: "de schijf is alleen-lezen",
    errno.ENOSPC: "de schijf is vol",
    errno.ELOOP: "de snelkoppelingen lopen in een kring",
    errno.ENAMETOOLONG: "de naam is te lang",
    errno.EEXIST: "er staat al iets met die naam",
}


@dataclass(slots=True)
class Document:
    """One file as plain data, with the place of each part and every finding so far.

    Attributes:
        name: the path as the user would type it.
        digest: SHA-256 of the bytes, hexadecimal.
        content: the bytes; empty when they could not be read or are too many.
        data: the content; lists are tuples. ``None`` when nothing could be read.
        findings: everything that was wrong, in reading order.
    """

    name: str
    digest: str = ""
    content: bytes = b""
    data: Data = None
    findings: list[Diagnostic] = field(default_factory=list)
    _values: dict[PathKey, tuple[int, int]] = field(default_factory=dict)
    _keys: dict[PathKey, tuple[int, int]] = field(default_factory=dict)
    _broken: set[PathKey] = field(default_factory=set)

    def place(self, path: PathKey, *, key: bool = False) -> tuple[int, int]:
        """Return line and column (from 1) of the value at ``path``, or of its key.

        A path that is not in the file, such as that of a missing key, falls back on its parent.
        """
        if key and path in self._keys:
            return self._keys[path]
        while path and path not in self._values:
            path = path[:-1]
        return self._values.get(path, (1, 1))

    def has(self, path: PathKey) -> bool:
        """Whether there is a value at ``path``."""
        return path in self._values

    def next_line(self, path: PathKey) -> int | None:
        """Return the line of the first thing that comes after all of ``path``; none at the end."""
        start = self.place(path, key=True)
        places = (*self._keys.items(), *self._values.items())
        after = [place for other, place in places if other[: len(path)] != path and place > start]
        return min(after)[0] if after else None

    def report(
        self,
        path: PathKey,
        code: str,
        what: str,
        hint: str = "",
        suggestion: str = "",
        *,
        key: bool = False,
    ) -> None:
        """Add a finding about the value (or the key) at ``path``."""
        line, column = self.place(path, key=key)
        self.findings.append(Diagnostic(self.name, line, column, code, what, hint, suggestion))

    def is_broken(self, path: PathKey) -> bool:
        """Whether a finding was already made about this value while it was read."""
        return path in self._broken


def yaml_files(folder: Path) -> list[Path]:
    """Return every YAML file in a folder and the folders below it, in a fixed order."""
    found = (path for ending in ("*.yaml", "*.yml") for path in folder.rglob(ending))
    return sorted(path for path in found if path.is_file())


def os_error_in_words(error: OSError) -> str:
    """Say in Dutch why the system refused a file or folder."""
    return _REFUSALS.get(error.errno or 0, "het systeem weigert het")


def read_file(path: Path, name: str) -> Document:
    """Read one file; every way in which it can't be read becomes a finding."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= MAX_BYTES else b""
    except OSError as error:
        document = Document(name)
        what = f"Het bestand gaat niet open: {os_error_in_words(error)}."
        document.findings.append(Diagnostic(name, 0, 0, "bestand-onleesbaar", what))
        return document
    if size > MAX_BYTES:
        return _too_large(name, size)
    return read_text(content, name)


def read_text(content: bytes, name: str) -> Document:
    """Read the bytes of one YAML file into a :class:`Document`; never raises on bad content."""
    if len(content) > MAX_BYTES:
        return _too_large(name, len(content))
    document = Document(name, hashlib.sha256(content).hexdigest(), content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        column = error.start - (content.rfind(b"\n", 0, error.start) + 1) + 1
        what = "Dit teken is geen geldige UTF-8."
        hint = "Sla het bestand op als UTF-8."
        document.findings.append(Diagnostic(name, line, column, "bestand-codering", what, hint))
        return document
    builder = _Builder(document)
    try:
        document.data = builder.build(yaml.parse(text, Loader=_Loader))
    except yaml.YAMLError as error:
        document.findings.append(_syntax_error(name, error))
    return document


def _too_large(name: str, size: int) -> Document:
    what = f"Het bestand is te groot: {size} bytes, hoogstens {MAX_BYTES} mag."
    hint = "Verdeel de inhoud over meer bestanden."
    return Document(name, findings=[Diagnostic(name, 0, 0, "bestand-te-groot", what, hint)])


def _syntax_error(name: str, error: yaml.YAMLError) -> Diagnostic:
    """Say in Dutch what the parser stumbled over, at the place where it did."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    problem = str(getattr(error, "problem", None) or error)
    what = next(
        (dutch for english, dutch in _SYNTAX.items() if english in problem),
        "Dit is geen geldige YAML; kijk naar inspringing, haakjes en aanhalingstekens.",
    )
    return Diagnostic(name, line, column, "yaml-onleesbaar", what)


class _StopReadingError(Exception):
    """The rest of the file can't be read; the finding has been made."""


class _Builder:
    """Turns the parser's events into data; keeps places and findings in the document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.events: Iterator[Any] = iter(())

    def build(self, events: Iterator[Any]) -> Data:
        self.events = events
        result: Data = None
        seen = 0
        try:
            for event in events:
                if isinstance(event, yaml.DocumentStartEvent):
                    seen += 1
                    if seen > 1:
                        self._find(event, (), "bestand-meer", "Er staat een tweede document in.")
                        return result
                    result = self._value(next(events), ())
        except _StopReadingError:
            return None
        if seen == 0 or result is None:
            self.document.report((), "bestand-leeg", "Het bestand is leeg.")
        return result

    def _find(self, event: Any, path: PathKey, code: str, what: str, hint: str = "") -> None:
        mark = event.start_mark
        self.document.findings.append(
            Diagnostic(self.document.name, mark.line + 1, mark.column + 1, code, what, hint)
        )
        self.document._broken.add(path)
        if len(self.document.findings) >= MAX_FINDINGS:
            what = f"Er zijn meer dan {MAX_FINDINGS} bevindingen; de rest is niet gelezen."
            place = (mark.line + 1, mark.column + 1)
            self.document.findings.append(
                Diagnostic(self.document.name, *place, "bestand-te-veel", what)
            )
            raise _StopReadingError

    def _value(self, event: Any, path: PathKey) -> Data:
        mark = event.start_mark
        self.document._values[path] = (mark.line + 1, mark.column + 1)
        if len(path) > MAX_DEPTH:
            self._find(event, path, "yaml-diep", f"Dit zit dieper dan {MAX_DEPTH} lagen.")
            raise _StopReadingError
        if isinstance(event, yaml.AliasEvent):
            what = f"Een verwijzing (*{event.anchor}) kan hier niet."
            self._find(event, path, "yaml-verwijzing", what, "Schrijf de inhoud uit.")
            return None
        if event.tag is not None and event.tag != "!":
            self._find(event, path, "yaml-label", f"Een label ({event.tag}) kan hier niet.")
        if getattr(event, "anchor", None):
            what = f"Een anker (&{event.anchor}) kan hier niet."
            self._find(event, path, "yaml-anker", what, "Schrijf de inhoud uit.")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return self._mapping(path)

    def _sequence(self, path: PathKey) -> tuple[Data, ...]:
        items: list[Data] = []
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self._value(event, (*path, len(items))))
        return tuple(items)

    def _mapping(self, path: PathKey) -> dict[str, Data]:
        result: dict[str, Data] = {}
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                self._find(event, path, "sleutel-vorm", "Een sleutel moet een gewoon woord zijn.")
                raise _StopReadingError
            self._entry(event, path, result)
        return result

    def _entry(self, event: Any, path: PathKey, result: dict[str, Data]) -> None:
        key = event.value
        here = (*path, key)
        if key not in result:
            self.document._keys[here] = (event.start_mark.line + 1, event.start_mark.column + 1)
            result[key] = self._value(next(self.events), here)
            return
        first = self.document._keys[here][0]
        what = f"De sleutel {key!r} staat hier voor de tweede keer (eerst op regel {first})."
        self._find(event, path, "sleutel-dubbel", what, "Haal er een weg.")
        # Read past the second value under a path of its own: the first keeps its places.
        self._value(next(self.events), (*here, "="))

    def _scalar(self, event: Any, path: PathKey) -> Data:
        text: str = event.value
        if event.style not in (None, ""):
            return text
        if text in ("ja", "nee"):
            return text
        if text in ("", "~", "null", "Null", "NULL"):
            self._find(event, path, "waarde-leeg", "Hier ontbreekt een waarde.")
            return None
        if _BOOLEAN.fullmatch(text):
            meant = "ja" if text.lower() in ("yes", "on", "true", "y", "ja") else "nee"
            self._find(
                event,
                path,
                "ja-nee",
                f"{text!r} is geen Nederlands ja of nee.",
                f"Schrijf {meant}, of zet er aanhalingstekens om als u de tekst zelf bedoelt.",
            )
            return meant
        if _INTEGER.fullmatch(text):
            return self._integer(event, path)
        if match := _DATE.fullmatch(text):
            return self._date(event, path, match)
        for pattern, code, reason in _TRAPS:
            if pattern.fullmatch(text):
                hint = "Schrijf een heel getal, of zet er aanhalingstekens om als het tekst is."
                self._find(event, path, code, f"{text!r} {reason}.", hint)
                return text
        return text

    def _integer(self, event: Any, path: PathKey) -> int:
        if len(event.value) > 12:
            self._find(event, path, "getal-te-groot", "Dit getal is te groot.")
            return 0
        return int(event.value)

    def _date(self, event: Any, path: PathKey, match: re.Match[str]) -> Data:
        year, month, day = (int(part) for part in match.groups())
        try:
            return date(year, month, day)
        except ValueError:
            self._find(event, path, "datum-bestaat-niet", f"{event.value!r} is geen datum.")
            return event.value  # type: ignore[no-any-return]
