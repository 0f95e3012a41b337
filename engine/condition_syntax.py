"""From the YAML of a condition to its tree, with every finding at its own place.

The syntax is described for method designers in ``docs/kennisformaat.md``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Compare,
    Condition,
    NoneOf,
    Not,
    Older,
    OneOf,
    Op,
    ParameterRef,
    TimeUnit,
)
from engine.diagnostics import closest
from engine.reader import PathKey
from engine.words import FactKind

GROUPS = ("alle", "een_van", "geen_van")
NUMBER_WORDS = {
    "meer_dan": Op.GT,
    "minder_dan": Op.LT,
    "minstens": Op.GE,
    "hoogstens": Op.LE,
    "gelijk_aan": Op.EQ,
}
DATE_WORDS = {"voor": Op.LT, "na": Op.GT, "vanaf": Op.GE, "tot_en_met": Op.LE}
AGE_WORDS = {"ouder_dan": False, "hoogstens_oud": True}
SPAN = re.compile(r"(\d{1,4}) (dagen|dag|maanden|maand|jaren|jaar)")
_UNITS = {"dag": TimeUnit.DAYS, "maand": TimeUnit.MONTHS, "jaar": TimeUnit.YEARS}
_UNIT_OF = {unit.value: unit for unit in TimeUnit} | _UNITS


@dataclass(frozen=True, slots=True)
class Term:
    """What a condition may ask of a fact or notion.

    Attributes:
        kind: the type of its answer.
        options: the possible answers of a choice; ``ja`` and ``nee`` for yes/no.
        unit: plural of the unit of a number, empty otherwise.
    """

    kind: FactKind
    options: tuple[str, ...] = ()
    unit: str = ""


class Report(Protocol):
    """Where findings go; the same shape as :meth:`engine.reader.Document.report`."""

    def __call__(
        self,
        path: PathKey,
        code: str,
        what: str,
        hint: str = "",
        suggestion: str = "",
        *,
        key: bool = False,
    ) -> None:
        """Add a finding."""


class ConditionReader:
    """Reads conditions against the known facts, notions and parameters.

    Args:
        terms: what there is to ask, by name.
        parameters: the unit (plural) of each parameter, by name.
        report: where findings go.
        excused: whether an unknown name may have been defined where it could not be read; it is
            then left alone, because the finding has been made there.
    """

    def __init__(
        self,
        terms: Mapping[str, Term],
        parameters: Mapping[str, str],
        report: Report,
        excused: Callable[[str], bool] = lambda name: False,
    ) -> None:
        self.terms = terms
        self.parameters = parameters
        self.report = report
        self.excused = excused

    def read(self, raw: Any, path: PathKey) -> Condition | None:
        """Return the tree of ``raw``; ``None`` (and findings) when it isn't a condition."""
        if not isinstance(raw, dict):
            self.report(
                path, "voorwaarde-vorm", "Hier hoort een voorwaarde.", "Bijvoorbeeld 'feit: ja'."
            )
            return None
        if set(raw) == {"minstens", "van"}:
            return self._at_least(raw, path)
        if len(raw) != 1:
            self.report(
                path,
                "voorwaarde-vorm",
                f"Een voorwaarde heeft een sleutel; hier staan er {len(raw)}.",
                "Zet 'alle:' of 'een_van:' erboven met een streepje voor elke voorwaarde.",
            )
            return None
        (name, value), *_ = raw.items()
        here = (*path, name)
        if name in GROUPS:
            return self._group(name, value, here)
        return self._leaf(name, value, here)

    def _parts(self, raw: Any, path: PathKey) -> tuple[Condition, ...] | None:
        if not isinstance(raw, tuple) or not raw:
            self.report(
                path,
                "voorwaarde-lijst",
                "Hier hoort een lijst met voorwaarden.",
                "Zet elke voorwaarde op een eigen regel met een streepje ervoor.",
            )
            return None
        parts = [self.read(item, (*path, index)) for index, item in enumerate(raw)]
        found = tuple(part for part in parts if part is not None)
        return found if len(found) == len(parts) else None

    def _group(self, name: str, raw: Any, path: PathKey) -> Condition | None:
        parts = self._parts(raw, path)
        if parts is None:
            return None
        if name == "alle":
            return All(parts)
        return AnyOf(parts) if name == "een_van" else Not(AnyOf(parts))

    def _at_least(self, raw: Mapping[str, Any], path: PathKey) -> Condition | None:
        parts = self._parts(raw["van"], (*path, "van"))
        count = raw["minstens"]
        if parts is None:
            return None
        if not isinstance(count, int) or not 1 <= count <= len(parts):
            self.report(
                (*path, "minstens"),
                "voorwaarde-aantal",
                f"'minstens' hoort hier tussen 1 en {len(parts)} te liggen.",
            )
            return None
        return AtLeast(count, parts)

    def _leaf(self, name: str, raw: Any, path: PathKey) -> Condition | None:
        term = self.terms.get(name)
        if term is None and self.excused(name):
            return None
        if term is None:
            candidates = [*self.terms, *GROUPS]
            self.report(
                path,
                "naam-onbekend",
                f"Er is geen feit of begrip dat {name!r} heet.",
                suggestion=closest(name, candidates),
                key=True,
            )
            return None
        match term.kind:
            case FactKind.YES_NO | FactKind.CHOICE:
                return self._choice(name, term, raw, path)
            case FactKind.NUMBER:
                return self._number(name, term, raw, path)
            case FactKind.DATE:
                return self._date(name, raw, path)
            case FactKind.TEXT:
                self.report(
                    path,
                    "feit-tekst",
                    f"{name!r} is vrije tekst; daarop rust nooit een regel.",
                    "Maak er een keuze of ja/nee-vraag van.",
                )
                return None

    def _choice(self, name: str, term: Term, raw: Any, path: PathKey) -> Condition | None:
        if isinstance(raw, dict) and set(raw) == {"niet"}:
            values = self._options(term, raw["niet"], (*path, "niet"))
            return NoneOf(name, values) if values else None
        values = self._options(term, raw, path)
        return OneOf(name, values) if values else None

    def _options(self, term: Term, raw: Any, path: PathKey) -> tuple[str, ...]:
        many = raw if isinstance(raw, tuple) else (raw,)
        wrong = [value for value in many if value not in term.options]
        for value in wrong:
            self.report(
                path,
                "waarde-onbekend",
                f"{value!r} is hier geen antwoord.",
                f"Kies uit: {', '.join(term.options)}.",
                closest(str(value), term.options),
            )
        if not many:
            self.report(path, "waarde-leeg", "Deze lijst is leeg.")
        return () if wrong else tuple(dict.fromkeys(many))

    def _number(self, name: str, term: Term, raw: Any, path: PathKey) -> Condition | None:
        if isinstance(raw, int | str):
            bound = self._bound(term, raw, path)
            return None if bound is None else Compare(name, Op.EQ, bound)
        word = self._only_word(raw, (*NUMBER_WORDS, "tussen"), path)
        if word is None:
            return None
        here = (*path, word)
        if word != "tussen":
            bound = self._bound(term, raw[word], here)
            return None if bound is None else Compare(name, NUMBER_WORDS[word], bound)
        ends = raw[word]
        if not isinstance(ends, tuple) or len(ends) != 2:
            self.report(here, "waarde-soort", "Bij 'tussen' horen twee getallen: [laag, hoog].")
            return None
        low, high = (self._bound(term, end, (*here, i)) for i, end in enumerate(ends))
        if low is None or high is None:
            return None
        if isinstance(low, int) and isinstance(high, int) and low > high:
            self.report(here, "waarde-onjuist", "Het eerste getal is groter dan het tweede.")
            return None
        return Between(name, low, high)

    def _bound(self, term: Term, raw: Any, path: PathKey) -> int | ParameterRef | None:
        if isinstance(raw, int):
            return raw
        known = isinstance(raw, str) and raw in self.parameters
        if not known and isinstance(raw, str) and self.excused(raw):
            return None
        if not known:
            self.report(
                path,
                "parameter-onbekend",
                f"{raw!r} is geen heel getal en geen bekende parameter.",
                suggestion=closest(str(raw), self.parameters),
            )
            return None
        if term.unit and self.parameters[raw] != term.unit:
            self.report(
                path,
                "eenheid-anders",
                f"De parameter telt in {self.parameters[raw]}, het feit in {term.unit}.",
            )
            return None
        return ParameterRef(raw)

    def _date(self, name: str, raw: Any, path: PathKey) -> Condition | None:
        word = self._only_word(raw, (*AGE_WORDS, *DATE_WORDS), path)
        if word is None:
            return None
        here, value = (*path, word), raw[word]
        if word in AGE_WORDS:
            return self._age(name, value, here, negated=AGE_WORDS[word])
        if not isinstance(value, date):
            self.report(here, "waarde-soort", "Hier hoort een datum (jjjj-mm-dd).")
            return None
        return Compare(name, DATE_WORDS[word], value)

    def _age(self, name: str, raw: Any, path: PathKey, *, negated: bool) -> Condition | None:
        if isinstance(raw, str) and (match := SPAN.fullmatch(raw)):
            unit = _UNIT_OF[match[2]]
            return Older(name, int(match[1]), unit, negated)
        if isinstance(raw, str) and raw not in self.parameters and self.excused(raw):
            return None
        if isinstance(raw, str) and raw in self.parameters:
            unit_name = self.parameters[raw]
            if unit_name in _UNIT_OF:
                return Older(name, ParameterRef(raw), _UNIT_OF[unit_name], negated)
        self.report(
            path,
            "waarde-onjuist",
            f"{raw!r} is geen tijdsduur.",
            "Schrijf bijvoorbeeld '3 maanden', of de naam van een parameter in dagen, maanden "
            "of jaren.",
            closest(str(raw), self.parameters),
        )
        return None

    def _only_word(self, raw: Any, words: tuple[str, ...], path: PathKey) -> str | None:
        """Return the one comparison word of a leaf, or report what is possible here."""
        if isinstance(raw, dict) and len(raw) == 1:
            (word,) = raw
            if word in words:
                return str(word)
            self.report(
                (*path, word),
                "vergelijking-onbekend",
                f"{word!r} kan hier niet.",
                f"Kies uit: {', '.join(words)}.",
                closest(str(word), words),
                key=True,
            )
            return None
        self.report(
            path,
            "waarde-soort",
            "Hier hoort een vergelijking.",
            f"Bijvoorbeeld {{{words[0]}: ...}}; kies uit: {', '.join(words)}.",
        )
        return None
