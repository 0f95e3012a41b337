"""What a decision means to the client, and what its reasons must therefore say.

A decision that gives what was asked needs no view of the client beforehand; one that refuses, or
that nobody asked for and that burdens, may need one (Awb 4:7 and 4:8, both read).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from engine.decisions import Deviation, StoredDecision
from engine.note.material import Material
from engine.words import DecisionKind, Direction


class Situation(Enum):
    """What a decision does to the client."""

    GRANTS = auto()
    REFUSES = auto()
    BURDENS = auto()
    SPARES = auto()
    EITHER = auto()


_DOING = {
    DecisionKind.FAVOURABLE: Situation.GRANTS,
    DecisionKind.BURDENING: Situation.BURDENS,
    DecisionKind.REFUSING: Situation.REFUSES,
}
_NOT_DOING = {
    DecisionKind.FAVOURABLE: Situation.REFUSES,
    DecisionKind.BURDENING: Situation.SPARES,
    DecisionKind.REFUSING: Situation.SPARES,
    DecisionKind.EITHER: Situation.REFUSES,
}


def situation_of(kept: StoredDecision, material: Material) -> Situation:
    """Return what a decision does to the client; it may be either where the step may be."""
    action = material.action(kept.decision)
    kind = action.decision_kind if action else None
    advised_against = kept.decision.advised.direction is Direction.DO_NOT
    not_doing = advised_against is not isinstance(kept.decision, Deviation)
    found = _NOT_DOING if not_doing else _DOING
    return found.get(kind, Situation.EITHER) if kind else Situation.EITHER


OPENING: Mapping[Situation, str] = {
    Situation.REFUSES: "Dit is een afwijzing als de cliënt hierom vroeg. Een afwijzing is ook een "
    "besluit. Vroeg niemand hierom, dan is deze opzet niet nodig.",
    Situation.SPARES: "U besloot dit niet te doen. Dat belast de cliënt niet, dus een besluit is "
    "meestal niet nodig. Deze opzet is voor uw dossier. Kondigde u het eerder aan? Laat de cliënt "
    "dan op papier weten dat het niet doorgaat.",
}
"""What to say before all else."""

_DUTY = "om welke plicht het gaat, waar die staat en hoe de cliënt die vooraf kon kennen"
_REQUEST = "om welke aanvraag het gaat en van welke dag die is, of dat u dit zelf aanbiedt"

ABOUT: Mapping[Situation, str] = {
    Situation.GRANTS: _REQUEST,
    Situation.REFUSES: "wat de cliënt vroeg, en op welke dag",
    Situation.BURDENS: _DUTY,
    Situation.SPARES: "om welke plicht of welk voornemen het ging",
    Situation.EITHER: f"is er een aanvraag: {_REQUEST}; gaat het om een plicht: {_DUTY}",
}
"""What the first part has to say."""

_ON_REFUSAL = (
    "Wijst u helemaal of deels af op feiten over de cliënt die afwijken van wat de cliënt zelf "
    "opgaf? Vraag dan eerst hoe de cliënt dat ziet (Awb 4:7)."
)
_ON_BURDEN = (
    "Legt u iets op waar de cliënt niet om vroeg, en rust dat op feiten over de cliënt die van een "
    "ander komen? Vraag dan eerst hoe de cliënt dat ziet (Awb 4:8)."
)
_SKIPPED = (
    "Vroeg u het niet, noem dan welke uitzondering geldt en waarom (Awb 4:11 en 4:12). Kijk ook of "
    "uw eigen regels vragen om de cliënt te horen."
)

HEARING: Mapping[Situation, str] = {
    Situation.GRANTS: "Geeft u wat de cliënt vroeg? Dan vraagt de Awb niet om vooraf te horen: de "
    "artikelen 4:7 en 4:8 gaan over afwijzen en over besluiten die de cliënt belasten. Geeft u "
    "minder, of hoort er een plicht bij, vraag dan wel hoe de cliënt dat ziet.",
    Situation.REFUSES: f"{_ON_REFUSAL} {_SKIPPED}",
    Situation.BURDENS: f"{_ON_BURDEN} {_SKIPPED}",
    Situation.SPARES: "Voor niet opleggen vraagt de Awb niet om vooraf te horen.",
    Situation.EITHER: f"{_ON_REFUSAL} {_ON_BURDEN} {_SKIPPED} Geeft u precies wat de cliënt vroeg, "
    "dan hoeft het niet.",
}
"""When the law asks for the view of the client."""

_OPTIONAL = "wat de cliënt hiervan vindt, als u dat weet"
_ASKED = "wat de cliënt van dit besluit vindt en wanneer u dat vroeg, of waarom vragen niet hoefde"

VIEW: Mapping[Situation, str] = {
    Situation.GRANTS: _OPTIONAL,
    Situation.REFUSES: _ASKED,
    Situation.BURDENS: _ASKED,
    Situation.SPARES: _OPTIONAL,
    Situation.EITHER: _ASKED,
}
"""What has to be filled in of that view."""

_BURDEN = (
    ("Geschikt", "waarom dit het doel dichterbij brengt"),
    ("Nodig", "waarom iets lichters niet genoeg is"),
    ("In balans", "waarom het gevolg voor de cliënt past bij het doel"),
)

WEIGHING: Mapping[Situation, tuple[tuple[str, str], ...]] = {
    Situation.GRANTS: (("Passend", "waarom dit bij deze cliënt past, en waarom deze vorm"),),
    Situation.REFUSES: (
        ("Geschikt", "waarom wat de cliënt vroeg niet past bij het doel"),
        ("Nodig", "waarom een andere of kleinere vorm ook niet kan"),
        ("In balans", "waarom het gevolg van nee voor de cliënt past bij het doel"),
    ),
    Situation.BURDENS: _BURDEN,
    Situation.SPARES: (("Reden", "waarom u dit niet oplegt"),),
    Situation.EITHER: _BURDEN,
}
"""The questions of the weighing that matter; need is weighed above all where one burdens."""
