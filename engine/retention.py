"""Which cases have been kept for as long as they should be, and what to heed before erasing one.

That a public body often may not erase at a client's request is article 17(3)(b) AVG, with the
Archiefwet 1995: both from memory, see docs/privacy.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from engine.decisions import CaseSummary, ErasureGround, term
from engine.library import Knowledge, NotCoveredError
from engine.prose import LOCAL
from engine.words import Certainty

BEFORE_ERASING: Mapping[ErasureGround, str] = {
    ErasureGround.TERM: "Loopt er nog een bezwaar, een beroep, een klacht of een verzoek om "
    "inzage? Wis dan nog niet. Vraag uw archivaris of er een verklaring van vernietiging nodig is.",
    ErasureGround.REQUEST: "Een cliënt mag vragen om te wissen. Een overheidsorganisatie mag dat "
    "vaak niet doen: zij moet gegevens bewaren die zij voor haar taak nodig heeft, of die zij door "
    "de Archiefwet moet bewaren (AVG, artikel 17 lid 3). Wis pas als uw jurist of functionaris "
    "voor privacy heeft vastgesteld dat het mag. Mag het niet, dan krijgt de cliënt een beslissing "
    "met de reden.",
    ErasureGround.MISTAKE: "Wis alleen wat hier nooit had mogen staan, zoals een casus die dubbel "
    "is. Is er in deze casus al iets besloten, dan hoort zij bij het dossier. Staat er iets "
    "verkeerd in, leg dan een verbetering vast.",
}
"""What to heed before a case is erased on each ground (Dutch)."""

NOT_ERASED = (
    "Bijeenkomsten waarin een groep de casus bespreekt of besprak, worden mee gewist. Wat blijft: "
    "het kenmerk van de casus, en wie er wanneer iets vastlegde. Verslagen en andere bestanden die "
    "al zijn gemaakt, wist Leidraad niet."
)
"""What goes along and what is left when a case has been erased (Dutch)."""


@dataclass(frozen=True, slots=True)
class Kept:
    """For how long a case is kept.

    Attributes:
        last_on: the day of its last event.
        years: the term of its authority; ``None`` if there is none.
        due_on: the day on which the term is over; ``None`` if it never is, or isn't known.
        certainty: how sure the term is; ``None`` if it isn't known.
        unknown: why the term isn't known (Dutch); empty if it is.
    """

    case: CaseSummary
    last_on: date
    years: int | None
    due_on: date | None
    certainty: Certainty | None
    unknown: str = ""

    def is_due(self, today: date) -> bool:
        """Say whether the term is over."""
        return self.due_on is not None and self.due_on <= today


def terms(cases: Iterable[CaseSummary], knowledge: Knowledge) -> tuple[Kept, ...]:
    """Say of each case for how long it is kept, the first that is due first; examples left out.

    The term is that of the day of its last event: a later change doesn't reach back. One case
    whose term isn't known, such as one of an authority that is gone, doesn't hide the others.
    """
    found = [_kept(case, knowledge) for case in cases if not case.example]
    return tuple(sorted(found, key=lambda kept: (kept.due_on or date.max, kept.case.id)))


def _kept(case: CaseSummary, knowledge: Knowledge) -> Kept:
    last_on = case.changed_at.astimezone(LOCAL).date()
    try:
        found = term(case.authority, last_on, knowledge)
    except NotCoveredError as error:
        return Kept(case, last_on, None, None, None, str(error))
    return Kept(case, last_on, found.years, found.due_on, found.certainty)
