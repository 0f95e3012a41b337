"""How users know the words of an intervisie (Dutch): differences, stages, verdicts, agreement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.case import DISPUTED, UNKNOWN, Readings
from engine.decisions import DifferenceKind, Figure, Level, MeetingView, Phase, Step, TextChoice
from engine.intervisie.differences import Difference
from engine.labels import party
from engine.library import Knowledge
from engine.prose import sentence, what_is_advised
from engine.recorded import value_in_words
from engine.wording import enumerate_dutch
from engine.words import Stage, Sureness

OTHER_STEP = "iets anders"

PHASE: Mapping[Phase, str] = {
    Phase.ALONE: "Ieder oordeelt alleen",
    Phase.TOGETHER: "Samen bespreken",
    Phase.CLOSED: "Afgerond",
}
STAGE: Mapping[Stage, str] = {
    Stage.CHOICES: "De keuzes van de groep",
    Stage.READINGS: "Hoe ieder de feiten ziet",
    Stage.ADVICE: "Wat het protocol adviseert, en waarom",
    Stage.DECISION: "Wat de collega besloot, en waarom",
}
SURENESS: Mapping[Sureness, str] = {
    Sureness.SURE: "Zeker",
    Sureness.FAIRLY: "Redelijk zeker",
    Sureness.DOUBT: "Ik twijfel",
}
TEXT_CHOICE: Mapping[TextChoice, str] = {
    TextChoice.KEPT: "Zo laten staan",
    TextChoice.REWRITTEN: "Herschrijven",
    TextChoice.LEFT_OUT: "Weglaten",
}
DIFFERENCE: Mapping[DifferenceKind, str] = {
    DifferenceKind.FACTS: "Leest de feiten anders",
    DifferenceKind.WEIGHED: "Weegt dezelfde feiten anders",
    DifferenceKind.RULE_WRONG: "Vindt dat de regel hier niet klopt",
    DifferenceKind.SILENT: "Het protocol zegt hier te weinig",
    DifferenceKind.CLASH: "De regels spreken elkaar hier tegen",
}
LEVEL: Mapping[Level, str] = {
    Level.RELIABLE: "Collega's beoordeelden dezelfde casus hier meestal gelijk.",
    Level.TENTATIVE: (
        "Collega's beoordeelden dezelfde casus hier vaak gelijk. Trek er nog geen harde conclusie "
        "uit."
    ),
    Level.UNRELIABLE: (
        "Collega's beoordeelden dezelfde casus hier vaak verschillend. Dan maakt het voor de "
        "cliënt uit wie er beslist."
    ),
    Level.UNSURE: (
        "Het is nog niet te zeggen of collega's dezelfde casus hier gelijk beoordelen: het cijfer "
        "kan nog te veel kanten op."
    ),
    Level.UNANIMOUS: "Iedereen gaf steeds hetzelfde antwoord.",
}
"""What a figure says, for a team leader; the bounds are those of Krippendorff."""

HOW_TO_READ = (
    "Krippendorffs alfa zegt of mensen het vaker eens zijn dan door toeval. 1 is: altijd eens. 0 "
    "is: niet vaker eens dan als ieder had geloot. Volgens de bedenker mag u op een cijfer bouwen "
    "vanaf 0,8, en vanaf 0,667 met voorzichtigheid (Krippendorff, 2004). Dat is een afspraak uit "
    "onderzoek naar teksten, en geen norm voor goed werk. Achter elk cijfer staat 'tussen' twee "
    "getallen: daar ligt het waarschijnlijk. Groepen kiezen vooral casussen met twijfel, dus over "
    "andere casussen zegt het weinig. Het gaat over de groep en over de vraag, en nooit over een "
    "persoon. Verschil is niet meteen fout: soms laat de regel ruimte die hier nodig is."
)


def knowing_in_words(view: MeetingView) -> str:
    """Say how many answers are not blind; empty if all are, or if names already tell whose."""
    if not view.knowing or view.names_shown:
        return ""
    said = "antwoord is" if view.knowing == 1 else "antwoorden zijn"
    return f"{view.knowing} {said} van iemand die de casus zelf al kon lezen."


def step_in_words(step: Step | None, knowledge: Knowledge) -> str:
    """Say a step as a phrase; one that no protocol has as "iets anders"."""
    action = knowledge.actions.get(step.action) if step else None
    if step is None or action is None:
        return OTHER_STEP
    return what_is_advised(action, step.direction)


def reading_in_words(name: str, raw: Any, knowledge: Knowledge) -> str:
    """Say how someone sees a fact, as the option that they chose."""
    if raw in (UNKNOWN, DISPUTED):
        return str(raw)
    return value_in_words(name, raw, knowledge) if name in knowledge.facts else str(raw)


def disputed_in_words(name: str, readings: Readings, knowledge: Knowledge) -> str:
    """Say who says what about a fact, as far as that was recorded."""
    said = [
        f"{party(who)} zegt '{reading_in_words(name, raw, knowledge)}'"
        for who, raw in readings.items()
    ]
    label = knowledge.facts[name].label
    return f"{label}: {enumerate_dutch(said, 'en')}" if said else label


def difference_in_words(difference: Difference | None, knowledge: Knowledge) -> str:
    """Say why someone chose another step; "gelijk" if they did not."""
    if difference is None:
        return "gelijk"
    said = DIFFERENCE[difference.kind]
    labels = [knowledge.facts[name].label for name in difference.facts if name in knowledge.facts]
    if labels:
        said += f": {enumerate_dutch(labels, 'en')}"
    return f"{said} (eigen woorden)" if difference.own_words else said


def figure_in_words(figure: Figure) -> str:
    """Say how much groups agree on one question, for who leads a team."""
    same = figure.same
    said = [
        sentence(
            f"in {figure.meetings} bijeenkomsten met {figure.people} mensen gaven twee mensen uit "
            f"dezelfde groep in {_percent(same.value)} van de keren hetzelfde antwoord "
            f"(tussen {_percent(same.low)} en {_percent(same.high)})"
        ),
        LEVEL[figure.level],
    ]
    if figure.alpha is not None:
        alpha = figure.alpha
        said.append(
            f"Krippendorffs alfa is {_decimal(alpha.value)} (tussen {_decimal(alpha.low)} en "
            f"{_decimal(alpha.high)})."
        )
    return " ".join(said)


def _percent(share: float) -> str:
    return f"{round(share * 100)} procent"


def _decimal(value: float) -> str:
    return f"{value:.2f}".replace(".", ",").replace("-0,00", "0,00")
