"""What users read for the closed lists of words: statuses, kinds of norm, strength, certainty."""

from __future__ import annotations

from engine.words import (
    Certainty,
    Norm,
    Respondent,
    ScanActor,
    ScanAnswer,
    Sensitivity,
    Status,
    Strength,
    Turn,
)

STATUS = {
    Status.HOLDS: "Geldt",
    Status.PROVISIONAL: "Geldt voorlopig",
    Status.DEFEATED: "Vervalt",
    Status.OPEN: "Nog te bepalen",
    Status.DOES_NOT_HOLD: "Geldt niet",
}
STATUS_MEANING = {
    Status.HOLDS: "De voorwaarden zijn waar en geen uitzondering staat nog open.",
    Status.PROVISIONAL: "De voorwaarden zijn waar, maar een uitzondering kan dit nog wegnemen.",
    Status.DEFEATED: "Een uitzondering gaat voor.",
    Status.OPEN: "Er zijn nog feiten nodig om dit te kunnen zeggen.",
    Status.DOES_NOT_HOLD: "De voorwaarden zijn niet waar.",
}
TURN = {
    Turn.COMES: "Komt erbij",
    Turn.GOES: "Vervalt",
    Turn.PROVISIONAL: "Wordt voorlopig",
    Turn.FIRM: "Niet meer voorlopig",
    Turn.STEP: "Adviseert iets anders",
    Turn.OTHER: "Verder anders",
}
NORM = {
    Norm.ACT: "Wet",
    Norm.REGULATION: "Regeling",
    Norm.BYLAW: "Verordening",
    Norm.POLICY_RULE: "Beleidsregel",
    Norm.WAY_OF_WORKING: "Werkwijze",
    Norm.CONSIDERATION: "Overweging",
}
NORM_MEANING = {
    Norm.ACT: "U kunt hier niet zelf van afwijken. De wet kent eigen uitwegen; leg andere "
    "gevallen voor.",
    Norm.REGULATION: "U kunt hier niet zelf van afwijken. De regeling kent eigen uitwegen; leg "
    "andere gevallen voor.",
    Norm.BYLAW: "Afwijken kan via de hardheidsclausule van de verordening.",
    Norm.POLICY_RULE: "Afwijken moet als de regel iemand door bijzondere omstandigheden "
    "onevenredig raakt (Awb 4:84).",
    Norm.WAY_OF_WORKING: "Pas toe of leg uit: uw vakkundige afweging telt.",
    Norm.CONSIDERATION: "Ter overweging. U mag dit overslaan.",
}
STRENGTH = {
    Strength.LEGAL_TEXT: "staat in de tekst van de regels",
    Strength.CASE_LAW: "volgt uit rechtspraak",
    Strength.NET_EFFECT: "het effect is gemeten",
    Strength.RESEARCH: "komt uit onderzoek",
    Strength.PRACTICE: "komt uit de praktijk",
}
STRENGTH_MEANING = {
    Strength.LEGAL_TEXT: "Dat zegt wat moet of mag, niet of het de cliënt helpt.",
    Strength.CASE_LAW: "Rechters hebben het zo uitgelegd. In een andere situatie of door een "
    "nieuwe uitspraak kan dat anders zijn.",
    Strength.NET_EFFECT: "Er is vergeleken met mensen die dit niet kregen. Dat zegt iets over een "
    "groep, niet of het bij deze cliënt werkt.",
    Strength.RESEARCH: "Dat laat een verband zien of beschrijft ervaringen. Of de uitkomst door "
    "deze stap komt, is niet gemeten.",
    Strength.PRACTICE: "Zo werken mensen in dit vak, of dat raden zij aan. Of het werkt, is niet "
    "gemeten.",
}
"""One sentence on what each strength says, and what it doesn't."""

CERTAINTY = {
    Certainty.READ: "in de bron gelezen",
    Certainty.SECOND_HAND: "uit tweede hand",
    Certainty.MEMORY: "uit het geheugen; controleer dit",
    Certainty.DOUBT: "niet zeker; controleer dit",
}
CERTAINTY_MEANING = {
    Certainty.READ: "Wat de regel zegt, staat daar.",
    Certainty.SECOND_HAND: "De bron zelf is niet gelezen, wel een tekst die erover schrijft.",
    Certainty.MEMORY: "De bron is niet opnieuw gelezen.",
    Certainty.DOUBT: "Misschien zegt de bron iets anders.",
}
"""One sentence on how sure it is that the source says this."""

RESPONDENT = {
    Respondent.CLIENT: "de cliënt",
    Respondent.PROFESSIONAL: "u zelf",
    Respondent.EMPLOYER: "de werkgever",
    Respondent.DOCTOR: "een arts",
    Respondent.LABOUR_EXPERT: "een arbeidsdeskundige",
}
PARTY = {
    Respondent.CLIENT: "de cliënt",
    Respondent.PROFESSIONAL: "de professional",
    Respondent.EMPLOYER: "de werkgever",
    Respondent.DOCTOR: "de arts",
    Respondent.LABOUR_EXPERT: "de arbeidsdeskundige",
}
"""Who says something, seen from outside; a file may name other parties as well."""

SENSITIVITY = {
    Sensitivity.ORDINARY: "gewoon gegeven",
    Sensitivity.FINANCIAL: "over geld: vraag alleen wat nodig is",
    Sensitivity.CRIMINAL: "over justitie: vraag alleen of het werk kan, niet waarom",
    Sensitivity.HEALTH: "over gezondheid: alleen wat de cliënt wel en niet kan, nooit een diagnose",
}
SCAN_ANSWER = {
    ScanAnswer.YES: "Ja",
    ScanAnswer.PARTLY: "Deels",
    ScanAnswer.NO: "Nee",
}
SCAN_ACTOR = {
    ScanActor.TEAM: "Wat het team kan doen",
    ScanActor.MANAGER: "Wat de leidinggevende kan doen",
}


def party(name: str) -> str:
    """Return how users know a party that says something about a disputed fact."""
    return {str(one): label for one, label in PARTY.items()}.get(name, name.replace("_", " "))
