"""What was met in a source, to show before any rule runs: as text and as JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from engine.caseload.column_names import ProtectedGround
from engine.caseload.fitting import Example
from engine.library import Knowledge
from engine.prose import first_of
from engine.wording import amount_in_words, enumerate_dutch

_LISTED = 20
_SMALL_GROUP = 5


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """One column with answers.

    Attributes:
        unknown: clients that were kept for whom it says nothing.
        refused: cells that can't be an answer.
    """

    column: str
    fact: str
    unknown: int
    refused: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class GroupReport:
    """One column to compare clients by.

    Attributes:
        values: how many rows each group has.
        ground: the protected ground that it is about, if it is.
    """

    column: str
    group: str
    values: Mapping[str, int]
    ground: ProtectedGround | None


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """Everything that was met.

    Attributes:
        source: what was read.
        read_as: how (Dutch).
        remarks: what to know of that (Dutch).
        line_word: what line numbers count.
        kept: clients that rules can run on.
        aside: rows that were set aside, doubles included.
        doubles: rows with a pseudonym that stands there more than once.
        blank: rows with nothing in any column that is used.
        columns: the columns with answers.
        for_all: the answers that the coupling gives to every client, by fact.
        groups: the columns to compare by.
        uncoupled: columns that the coupling doesn't name.
        ignored: columns that the coupling leaves out.
        unsafe: columns that say who someone is or what they suffer from, and why (Dutch).
        unanswered: facts that no column gives.
        stops: why no rule may run (Dutch); empty if rules may.
    """

    source: str
    read_as: str
    remarks: tuple[str, ...]
    line_word: str
    kept: int
    aside: int
    doubles: int
    blank: int
    columns: tuple[ColumnReport, ...]
    for_all: Mapping[str, str]
    groups: tuple[GroupReport, ...]
    uncoupled: tuple[str, ...]
    ignored: tuple[str, ...]
    unsafe: tuple[str, ...]
    unanswered: tuple[str, ...]
    stops: tuple[str, ...]

    @property
    def rows(self) -> int:
        """How many rows with something in them were read."""
        return self.kept + self.aside


def report_as_json(report: IntakeReport) -> dict[str, Any]:
    """Return the report as plain data, under Dutch names."""
    return {
        "bron": report.source,
        "gelezen_als": report.read_as,
        "opmerkingen": list(report.remarks),
        "rijen": report.rows,
        "clienten": report.kept,
        "opzij": report.aside,
        "dubbel": report.doubles,
        "leeg": report.blank,
        "kolommen": [
            {
                "kolom": one.column,
                "feit": one.fact,
                "onbekend": one.unknown,
                "onmogelijk": one.refused,
                "voorbeelden": [
                    {"waarde": example.value, "reden": example.reason, "regels": example.lines}
                    for example in one.examples
                ],
            }
            for one in report.columns
        ],
        "voor_iedereen": dict(report.for_all),
        "groepen": [
            {
                "kolom": one.column,
                "groep": one.group,
                "aantallen": dict(one.values),
                "beschermde_grond": one.ground.ground if one.ground else None,
            }
            for one in report.groups
        ],
        "niet_gekoppeld": list(report.uncoupled),
        "weggelaten": list(report.ignored),
        "geweigerd": list(report.unsafe),
        "feiten_zonder_kolom": list(report.unanswered),
        "beletsels": list(report.stops),
    }


def report_as_text(
    report: IntakeReport,
    knowledge: Knowledge,
    *,
    needed: Collection[str] | None = None,
    most: int | None = None,
) -> str:
    """Write the report for a person.

    Args:
        report: what was met.
        knowledge: how facts are called.
        needed: the facts that the protocols at hand use; of others it is not told how often they
            are unknown, nor that they lack.
        most: of how many facts to tell at most how often they are unknown.
    """
    parts = [
        _beginning(report),
        _impossible(report),
        _unknown(report, knowledge, needed, most),
        _for_all(report, knowledge),
        _groups(report),
        _columns(report),
        _lacking(report, knowledge, needed),
        [f"Leidraad bekijkt dit bestand niet. {why}" for why in report.stops],
    ]
    return "\n\n".join("\n".join(part) for part in map(list, parts) if part) + "\n"


def _beginning(report: IntakeReport) -> Iterator[str]:
    yield f"{report.source}: {report.read_as}."
    yield from report.remarks
    rows = amount_in_words(report.rows, "rij", "rijen")
    clients = amount_in_words(report.kept, "cliënt", "cliënten")
    yield f"{rows} gelezen: {clients} om te bekijken, {report.aside} opzij gezet."
    if report.doubles:
        yield (
            f"Daarvan hebben er {report.doubles} een kenmerk dat vaker voorkomt. Leidraad kiest "
            "niet welke rij klopt."
        )
    if report.blank:
        yield f"{amount_in_words(report.blank, 'lege rij', 'lege rijen')} overgeslagen."


def _impossible(report: IntakeReport) -> Iterator[str]:
    wrong = [one for one in report.columns if one.refused]
    if wrong:
        yield "Waarden die niet kunnen. Zo'n rij is in haar geheel opzij gezet:"
    for one in wrong:
        yield f"- {one.column} ({one.fact}): {one.refused} keer"
        for example in one.examples:
            lines = enumerate_dutch([str(line) for line in example.lines], "en")
            yield f"  {report.line_word} {lines}: {example.value!r}. {example.reason}"


def _unknown(
    report: IntakeReport,
    knowledge: Knowledge,
    needed: Collection[str] | None,
    most: int | None,
) -> Iterator[str]:
    told = [one for one in report.columns if needed is None or one.fact in needed]
    if not told or not report.kept:
        return
    yield "Onbekend per feit:"
    for one in sorted(told, key=lambda item: -item.unknown)[:most]:
        share = f"{100 * one.unknown / report.kept:.1f}".replace(".", ",")
        yield f"- {knowledge.facts[one.fact].label} ({one.fact}): {share} %"
    if most is not None and (rest := len(told) - most) > 0:
        yield f"- en nog {amount_in_words(rest, 'feit', 'feiten')}, minder vaak"


def _for_all(report: IntakeReport, knowledge: Knowledge) -> Iterator[str]:
    if report.for_all:
        yield "Volgens de koppeling bij iedereen hetzelfde:"
    for name, answer in report.for_all.items():
        yield f"- {knowledge.facts[name].label} ({name}): {answer}"


def _groups(report: IntakeReport) -> Iterator[str]:
    for one in report.groups:
        small = sum(count < _SMALL_GROUP for count in one.values.values())
        yield f"Groep {one.group!r}: {amount_in_words(len(one.values), 'waarde', 'waarden')}."
        if small:
            yield f"Daarvan hebben er {small} minder dan {_SMALL_GROUP} cliënten."
        if one.ground:
            yield one.ground.warning


def _columns(report: IntakeReport) -> Iterator[str]:
    if report.uncoupled:
        yield f"Niet in de koppeling, dus niet gebruikt: {_listed(report.uncoupled)}."
    if report.ignored:
        yield f"Weggelaten: {_listed(report.ignored)}."
    yield from report.unsafe


def _lacking(
    report: IntakeReport, knowledge: Knowledge, needed: Collection[str] | None
) -> Iterator[str]:
    lacking = [name for name in report.unanswered if needed is None or name in needed]
    if lacking:
        told = [f"{knowledge.facts[name].label} ({name})" for name in lacking]
        yield f"Zonder kolom, dus bij iedereen onbekend: {_listed(told)}."


def _listed(names: Collection[str]) -> str:
    return first_of(tuple(names), _LISTED)
