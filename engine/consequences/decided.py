"""The part of the report about the record: what decisions of the past would have been."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from engine.consequences.words import SHIFTS
from engine.decisions import Division, Hindsight, Shift
from engine.note.content import Heading, Notice, Paragraph, Part, Table
from engine.prose import count
from engine.small_numbers import Shown

_FEW = (
    "Aantallen onder de vijf staan er niet, en ook niet wat die zou verraden. Zo is er niets te "
    "zien van een enkele cliënt. Er is nooit per medewerker geteld."
)
_HOW = (
    "Elk besluit dat nog staat, is opnieuw bekeken: met wat er toen van de cliënt bekend was, "
    "onder de oude en onder de nieuwe versie. Het telt alleen of de stap is gezet. Wat iemand in "
    "plaats daarvan deed, is niet bekeken. Een overweging die is overgeslagen, telt niet mee."
)
_HIDDEN = "niet getoond"


def few_decisions(found: Hindsight) -> str:
    """Say in a sentence what happens to the decisions."""
    total = found.shifts.total
    if total is None:
        return (
            "Van alle besluiten in het dossier samen staan hier geen aantallen: het zijn er te "
            "weinig, of ze zouden een klein aantal verraden."
        )
    cases = count(total, "casus", "casussen")
    same = found.shifts.part(Shift.SAME)
    if same is not None and same.count == total:
        return f"In het dossier blijft elk besluit gelijk ({cases})."
    kept = f" Bij {same.count} blijft alles gelijk." if same is not None else ""
    return f"In het dossier is gekeken naar {cases} met een besluit.{kept}"


def decided_parts(found: Hindsight, protocols: Mapping[str, str]) -> Iterator[Part]:
    """Tell what happens to the decisions: over all, per protocol and per rule.

    Args:
        found: what happens to them.
        protocols: how users know each protocol, by id.
    """
    yield Paragraph(_HOW)
    yield Notice(_FEW, "Kleine aantallen")
    if found.shifts.total is None:
        yield Paragraph(few_decisions(found))
    else:
        cases = count(found.shifts.total, "casus", "casussen")
        yield Paragraph(f"{cases}. Een casus telt één keer.", "Alle besluiten samen:")
        yield _chart(found.shifts)
    known = [replace(one, title=protocols.get(one.name, one.name)) for one in found.protocols]
    yield from _divisions("Per protocol", known)
    if found.unseen:
        many = count(found.unseen, "protocol staan", "protocollen staan")
        yield Paragraph(f"Van {many} hier om die reden geen aantallen.", "Niet getoond:")
    yield from _divisions("Per regel", found.rules)
    if found.too_few:
        many = count(found.too_few, "regel heeft", "regels hebben")
        yield Paragraph(f"{many} te weinig besluiten om iets van te tonen.", "Niet getoond:")
    if found.examples:
        said = [
            f"{SHIFTS[shift]}: {number}"
            for shift in SHIFTS
            if (number := found.examples.get(shift))
        ]
        yield Paragraph("\n".join(said), "Verzonnen voorbeelden, apart geteld:")


def _divisions(title: str, divisions: Sequence[Division]) -> Iterator[Part]:
    """Tell of each part what shifts, and of how many nothing does."""
    moved = [one for one in divisions if set(one.shifts.parts) != {Shift.SAME}]
    if not divisions:
        return
    yield Heading(title, 2)
    for one in moved:
        cases = count(one.shifts.total or 0, "casus", "casussen")
        yield Paragraph(f"{cases}.", f"{one.title} ({one.name}):")
        yield _chart(one.shifts)
    if still := len(divisions) - len(moved):
        yield Paragraph(f"Bij {still} van de {len(divisions)} blijft alles gelijk.")


def _chart(shown: Shown[Shift]) -> Table:
    """Show a whole as a table with a bar for each part; of a hidden part no more than that."""
    rows, bars = [], []
    for shift, said in SHIFTS.items():
        if shift not in shown.parts:
            continue
        share = shown.parts[shift]
        rows.append((said, str(share.count) if share else _HIDDEN))
        bars.append(share.count / share.total if share else 0.0)
    return Table(("Wat er met het besluit gebeurt", "Casussen"), tuple(rows), tuple(bars))
