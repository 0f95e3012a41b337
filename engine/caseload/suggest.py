"""Suggests a coupling: which column is probably which fact, and which cell which answer.

Only what is called the same is coupled by itself. All else is a suggestion, with how sure it is:
in the file that is written it stands behind a ``#`` until someone takes that away.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import pyarrow as pa

from engine.caseload.column_names import normal, refusal_as_answer, refusal_as_group
from engine.caseload.columns import FILE, TEAM, facts_in, options_of
from engine.caseload.values import CellReader
from engine.coupling import CoupledColumn, Coupling
from engine.decisions import screen
from engine.knowledge import TITLE_LENGTH, Fact
from engine.library import Knowledge
from engine.words import DecimalMark, Likeness

_DOSSIER_NAMES = (
    *("dossier", "dossiernummer", "dossiernr", "dossier_id", "kenmerk", "klantnummer"),
    *("clientnummer", "client_id", "klant_id", "casus", "zaaknummer", "id"),
    *("klantnr", "clientnr", "client_nr", "klant_nr", "zaaknr", "dossier_nr"),
)
_YES = ("j", "y", "yes", "ja", "1", "true", "waar", "x")
_NO = ("n", "no", "nee", "neen", "0", "false", "onwaar")
_UNKNOWN = ("onbekend", "onb", "?", "-", "n.v.t.", "nvt", "null", "nan", "#n/a", "n/a", "leeg")
_PROBABLE, _POSSIBLE = 0.85, 0.62
_COMPARED = 6
_DISTINCT = 40
_SHOWN = 60
_DECIMALS = re.compile(r"-?\d+([.,])(?:\d{1,2}|\d{4,})")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a column probably is.

    Attributes:
        fact: the fact; empty if there is none that is like it.
        group: whether it can be a group.
        likeness: how sure that is; ``None`` if nothing is like it.
        values: which cell is which answer, as far as it is not the same word.
        unknown: cells that probably say that it is not known.
        unread: some cells that nothing is known for; none that may say who someone is.
        refused: why this column may not be used (Dutch).
    """

    column: str
    fact: str = ""
    group: str = ""
    likeness: Likeness | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Suggestions:
    """A whole coupling, suggested.

    Attributes:
        dossier: the column with the pseudonym; empty if no column is like one.
        sure: whether that column is called so exactly.
        decimal: what seems to stand before decimals; ``None`` if that doesn't show.
    """

    dossier: str
    sure: bool
    columns: tuple[Suggestion, ...]
    decimal: DecimalMark | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every column is called as Leidraad calls it: nothing has to be looked at."""
        same = [one.likeness is Likeness.SAME and not one.values for one in self.columns]
        return self.sure and all(same) and not any(one.unknown for one in self.columns)


def suggest(sample: pa.Table, knowledge: Knowledge) -> Suggestions:
    """Suggest what each column of a source is.

    Args:
        sample: the first rows, every column as text.
        knowledge: the facts to choose from.
    """
    names = [str(name) for name in sample.column_names]
    dossier = min(
        (name for name in names if normal(name) in _DOSSIER_NAMES),
        key=lambda name: _DOSSIER_NAMES.index(normal(name)),
        default="",
    )
    facts = {fact.id: fact for fact in facts_in(knowledge)}
    index = _Index(facts)
    found = {
        name: index.like(name)
        for name in names
        if name != dossier and not refusal_as_answer(name, facts)
    }
    best = sorted(
        ((score, name, fact) for name, scores in found.items() for fact, score in scores.items()),
        key=lambda item: (-item[0], item[1]),
    )
    chosen: dict[str, tuple[str, float]] = {}
    for score, name, fact in best:
        if name not in chosen and fact not in {taken for taken, _ in chosen.values()}:
            chosen[name] = fact, score
    columns = tuple(
        _suggestion(name, chosen.get(name), facts, _cells(sample, name))
        for name in names
        if name != dossier
    )
    return Suggestions(dossier, normal(dossier) == FILE, columns, _decimal(sample))


def exact_coupling(suggestions: Suggestions, title: str) -> Coupling:
    """Couple only what is called the same; leave out all else.

    Raises:
        ValueError: there is no column for the pseudonym.
    """
    columns = []
    for one in suggestions.columns:
        raw: dict[str, object] = {"kolom": one.column}
        if one.likeness is Likeness.SAME:
            raw |= {"feit": one.fact} if one.fact else {"groep": one.group}
        else:
            raw |= {"weglaten": "ja"}
        columns.append(CoupledColumn.model_validate(raw))
    if not suggestions.sure:
        raise ValueError("Er is geen kolom die 'dossier' heet. Maak eerst een koppeling.")
    return Coupling.model_validate(
        {
            "koppeling": title[:TITLE_LENGTH],
            "dossier": suggestions.dossier,
            "kolommen": tuple(columns),
        }
    )


def as_yaml(suggestions: Suggestions, title: str) -> str:
    """Write the suggestions as a coupling to look at and complete.

    What is not called the same stands behind a ``#``, with how sure it is.
    """
    lines = [
        "# Een voorstel. Wat hetzelfde heet, staat er al. Klopt een ander voorstel? Haal dan het",
        "# hekje weg, en ook de regel met 'weglaten'.",
        f"koppeling: {_text(title[:TITLE_LENGTH])}",
    ]
    if suggestions.dossier:
        lines.append(f"dossier: {_text(suggestions.dossier)}")
    else:
        lines.append("dossier:  # Schrijf hier de kolom met uw eigen kenmerk van de cliënt.")
    if suggestions.decimal is not None:
        lines.append(f"# decimaalteken: {suggestions.decimal}  # zo lijkt het")
    lines.append("kolommen:" if suggestions.columns else "kolommen: []")
    for one in suggestions.columns:
        lines += _lines(one)
    return "\n".join(lines) + "\n"


def _lines(one: Suggestion) -> Iterator[str]:
    yield f"  - kolom: {_text(one.column)}"
    same = one.likeness is Likeness.SAME
    use = f"feit: {one.fact}" if one.fact else f"groep: {one.group}" if one.group else ""
    if one.refused:
        yield f"    # {one.refused}"
    if same:
        yield f"    {use}"
    else:
        if use:
            yield f"    # {use}  # {one.likeness}"
        yield "    weglaten: ja"
    # A word that means an answer is a suggestion too, also where the column is sure.
    if one.values:
        yield "    # waarden:"
        yield from (f"    #   {_text(cell)}: {answer}" for cell, answer in one.values.items())
    if one.unknown:
        yield f"    # onbekend: [{', '.join(map(_text, one.unknown))}]"
    if one.unread:
        yield f"    # Nog niet gekoppeld: {', '.join(map(_text, one.unread))}"


def _text(words: str) -> str:
    """Write text so that YAML reads it as it is."""
    quoted = json.dumps(words, ensure_ascii=False)
    return "".join(one if one.isprintable() else f"\\U{ord(one):08x}" for one in quoted)


class _Index:
    """Finds facts by the pieces of three letters that their names share with a column."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._names = {
            name: [normal(text) for text in (fact.id, fact.label)] for name, fact in facts.items()
        }
        self._places: dict[str, set[str]] = defaultdict(set)
        for name, texts in self._names.items():
            for piece in {piece for text in texts for piece in _pieces(text)}:
                self._places[piece].add(name)

    def like(self, column: str) -> dict[str, float]:
        """Return the facts that a column may be, each with how alike they are (0 to 1)."""
        said = normal(column)
        if said in self._names:
            return {said: 1.0}
        shared: dict[str, int] = defaultdict(int)
        for piece in _pieces(said):
            for name in self._places.get(piece, ()):
                shared[name] += 1
        nearest = sorted(shared, key=lambda name: (-shared[name], len(name)))[:_COMPARED]
        scores = {name: max(_ratio(said, text) for text in self._names[name]) for name in nearest}
        return {name: score for name, score in scores.items() if score >= _POSSIBLE}


def _pieces(text: str) -> set[str]:
    return {text[place : place + 3] for place in range(max(len(text) - 2, 1))}


def _ratio(said: str, text: str) -> float:
    """How alike two names are; words in another order are alike too."""
    one, other = ("_".join(sorted(part.split("_"))) for part in (said, text))
    plain = SequenceMatcher(None, said, text).ratio()
    return max(plain, 0.98 * SequenceMatcher(None, one, other).ratio())


def _suggestion(
    name: str, found: tuple[str, float] | None, facts: Mapping[str, Fact], cells: list[str]
) -> Suggestion:
    if refused := refusal_as_answer(name, facts):
        return Suggestion(name, refused=refused)
    if found is None:
        team = normal(name) == TEAM and not refusal_as_group(name)
        return Suggestion(name, group=TEAM, likeness=Likeness.SAME) if team else Suggestion(name)
    fact, score = facts[found[0]], found[1]
    values, unknown, unread = _answers(fact, cells)
    fits = 1 - len(unread) / len(cells) if cells else 1.0
    if score == 1.0:
        likeness = Likeness.SAME
    elif score * (0.5 + fits / 2) >= _PROBABLE:
        likeness = Likeness.PROBABLE
    else:
        likeness = Likeness.POSSIBLE
    shown = [one for one in unread if len(one) <= _SHOWN and not screen(one)][:_COMPARED]
    return Suggestion(name, fact.id, "", likeness, values, unknown, tuple(shown))


def _decimal(sample: pa.Table) -> DecimalMark | None:
    """Say what stands before decimals, from numbers that can be read in one way only."""
    found = {
        match[1]
        for name in sample.column_names
        for cell in _cells(sample, name)
        if (match := _DECIMALS.fullmatch(cell))
    }
    marks = {",": DecimalMark.COMMA, ".": DecimalMark.POINT}
    return marks[found.pop()] if len(found) == 1 else None


def _cells(sample: pa.Table, name: str) -> list[str]:
    """Return different cells of a column, at most some tens."""
    found = sample[name].unique().to_pylist()
    return [cell.strip() for cell in found if cell and cell.strip()][:_DISTINCT]


def _answers(
    fact: Fact, cells: list[str]
) -> tuple[dict[str, str], tuple[str, ...], tuple[str, ...]]:
    """Suggest which cell is which answer, which mean unknown, and which nobody knows."""
    reader = CellReader(fact)
    options = options_of(fact)
    meant = {normal(one): one for one in options}
    for option in fact.options:
        for text in (option.label, option.button or option.label):
            meant.setdefault(normal(text), option.id)
    if options == ("ja", "nee"):
        meant |= dict.fromkeys(_YES, "ja") | dict.fromkeys(_NO, "nee")
    values: dict[str, str] = {}
    unknown, unread = [], []
    for cell in cells:
        if not reader.read(cell).reason:
            continue
        if cell.lower() in _UNKNOWN:
            unknown.append(cell)
        elif normal(cell) in meant:
            values[cell] = meant[normal(cell)]
        else:
            unread.append(cell)
    return values, tuple(unknown), tuple(unread)
