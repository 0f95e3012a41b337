"""From what stands in a cell to the answer that a single case would hold.

Every answer goes through :func:`engine.case.check_answer`: what a case refuses, a row refuses, with
the same words. A cell is text; only what can be read in one way is read. Empty is unknown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from engine.case import DISPUTED, UNKNOWN, AnswerError, check_answer
from engine.conditions import Value
from engine.knowledge import Fact
from engine.words import DecimalMark, FactKind

_PLAIN = re.compile(r"[-+]?\d{1,15}")
_ZEROS = re.compile(r"([-+]?\d{1,15})([.,])(0+)")
_THOUSANDS = re.compile(r"[-+]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3}){0,3}")
_FRACTION = re.compile(r"[-+]?\d{1,15}[.,]\d{1,15}")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]\d{1,2}:\d{2}.{0,30})?")
_DUTCH = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?: \d{1,2}:\d{2}.{0,30})?")
_CLOSED_UP = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_SHORT_YEAR = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2}")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell was read as: an answer, unknown, or a reason why it is neither.

    Attributes:
        value: the answer; ``None`` where it is unknown or refused.
        reason: why it can't be an answer (Dutch); empty where it can.
    """

    value: Value | None = None
    reason: str = ""


_NOTHING = Reading()


@dataclass(frozen=True, slots=True)
class CellReader:
    """Reads the cells of one column as answers to one question.

    Attributes:
        fact: the question.
        values: what stands for which answer, besides the answers themselves.
        unknown: what stands for unknown, besides an empty cell and ``onbekend``.
        decimal: what stands before decimals; ``None`` if that was not said.
    """

    fact: Fact
    values: Mapping[str, str] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    decimal: DecimalMark | None = None

    def read(self, cell: str | None) -> Reading:
        """Read one cell; never raises."""
        text = (cell or "").replace("\u00a0", " ").strip()
        # A disputed fact counts as unknown, in a row as in a case.
        if text in ("", UNKNOWN, DISPUTED) or text in self.unknown:
            return _NOTHING
        text = self.values.get(text, text)
        if text == UNKNOWN:
            return _NOTHING
        try:
            return Reading(check_answer(self.fact, self._typed(text)))
        except AnswerError as error:
            meant = f" Bedoelde u {error.suggestion!r}?" if error.suggestion else ""
            return Reading(reason=f"{error}{meant}")

    def _typed(self, text: str) -> Value:
        match self.fact.kind:
            case FactKind.NUMBER:
                return self._number(text)
            case FactKind.DATE:
                return _date(text)
            case _:
                return text

    def _number(self, text: str) -> int:
        if _PLAIN.fullmatch(text):
            return int(text)
        mark = {None: "", DecimalMark.COMMA: ",", DecimalMark.POINT: "."}[self.decimal]
        if found := _THOUSANDS.fullmatch(text):
            repeated = text.count(found[1]) > 1
            if not mark and not repeated:
                raise AnswerError(
                    f"{text!r} kan duizend betekenen, of een getal met decimalen. Zeg in de "
                    "koppeling met 'decimaalteken' wat hier voor de decimalen staat."
                )
            if found[1] != mark or repeated:
                return int(text.replace(found[1], ""))
        if (found := _ZEROS.fullmatch(text)) and mark in ("", found[2]):
            return int(found[1])
        if _FRACTION.fullmatch(text):
            raise AnswerError(f"{text!r} is geen heel getal. Leidraad rondt niet zelf af.")
        raise AnswerError(f"{text!r} is geen getal.")


def _date(text: str) -> date:
    if found := _ISO.fullmatch(text) or _CLOSED_UP.fullmatch(text):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DUTCH.fullmatch(text):
        day, month, year = int(found[1]), int(found[3]), int(found[4])
    elif _SHORT_YEAR.fullmatch(text):
        raise AnswerError(f"{text!r} heeft een jaar van twee cijfers. Schrijf het hele jaar.")
    else:
        raise AnswerError(f"{text!r} is geen datum. Schrijf dd-mm-jjjj of jjjj-mm-dd.")
    try:
        return date(year, month, day)
    except ValueError:
        american = " Staat hier de maand eerst? Dan klopt de hele kolom niet."
        swapped = month > 12 >= day
        raise AnswerError(f"{text!r} bestaat niet.{american if swapped else ''}") from None
