"""What a team learned, in words and as a table. Pure: nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.course import EFFECT
from engine.decisions import Choice, Effect, Learned, RuleFigures, Sign, Signal
from engine.library import Knowledge
from engine.prose import capital
from engine.small_numbers import Share
from engine.table_file import Cell
from ui.learning_charts import TOO_FEW, Row, percent

CHOICE = {
    Choice.FOLLOWED: "gevolgd",
    Choice.DEVIATED: "afgeweken",
    Choice.SKIPPED: "overgeslagen",
    Choice.UNDECIDED: "nog niet besloten",
}
RESULT = {
    Effect.REACHED: "bereikt",
    Effect.PARTLY: "deels bereikt",
    Effect.NOT_REACHED: "niet bereikt",
    Effect.UNKNOWN: "nog onduidelijk",
}
SIGN = {
    Sign.MOSTLY_DEVIATED: (
        "Hiervan wijkt u meestal af",
        "Past de regel nog? Leg hem voor aan de methodeontwikkelaar, met de gronden erbij.",
    ),
    Sign.UNIFORM: (
        "Dit wordt vrijwel altijd gevolgd",
        "Een enkele keer anders. Klopt dat met wat u ziet, of kijkt niemand er nog echt naar?",
    ),
    Sign.COPIED: (
        "Dezelfde uitleg komt vaak terug",
        "Zegt de uitleg nog iets over de cliënt? Of ontbreekt er een uitzondering in de regel?",
    ),
    Sign.AT_ONCE: (
        "Dit wordt vaak binnen vijf seconden gevolgd",
        "Lezen kost meer tijd. Is het advies vanzelfsprekend, of klikt u het weg?",
    ),
}
"""What each sign says, and what a team can ask itself."""

HEADINGS = (
    "regel",
    "titel",
    "onderdeel",
    "na maanden",
    "waarde",
    "aantal",
    "van",
    "deel",
    "onderkant 95 %",
    "bovenkant 95 %",
)


def said(signal: Signal) -> str:
    """Return the rule of a signal with its figure, as plain text."""
    share = signal.share
    if share is None:
        return signal.title
    part = percent(share.count / share.total)
    return f"{signal.title} ({share.count} van de {share.total} keer, {part})"


def choice_rows(figures: RuleFigures) -> list[Row]:
    """Return what became of the advice of a rule, in a fixed order."""
    parts = figures.choices.parts
    return [Row(capital(CHOICE[one]), parts[one]) for one in Choice if one in parts]


def ground_rows(figures: RuleFigures, knowledge: Knowledge) -> list[Row]:
    """Return why a rule was deviated from; none if that isn't shown."""
    parts = figures.grounds.parts if figures.grounds else {}
    return [Row(_ground(name, knowledge), parts[name]) for name in sorted(parts)]


def result_rows(figures: RuleFigures) -> list[Row]:
    """Return what came of the decisions on a rule."""
    return [
        Row(f"{capital(CHOICE[one.choice])}, {one.months} maanden: {RESULT[effect]}", share)
        for one in figures.results
        for effect, share in _in_order(one.effects.parts)
    ]


def table(learned: Learned, knowledge: Knowledge) -> Iterator[tuple[Cell, ...]]:
    """Return everything that may be shown as rows, the headings first."""
    yield HEADINGS
    for one in learned.rules:
        start = (one.rule, one.title)
        for choice in (choice for choice in Choice if choice in one.choices.parts):
            yield (*start, "keuze", "", CHOICE[choice], *_cells(one.choices.parts[choice]))
        for ground, share in sorted((one.grounds.parts if one.grounds else {}).items()):
            yield (*start, "grond", "", _ground(ground, knowledge), *_cells(share))
        for result in one.results:
            for effect, share in _in_order(result.effects.parts):
                part = f"resultaat na {CHOICE[result.choice]}"
                yield (*start, part, result.months, EFFECT[effect], *_cells(share))


def _in_order(parts: Mapping[Effect, Share | None]) -> Iterator[tuple[Effect, Share | None]]:
    """Return the results in a fixed order: that in which they came would tell of single cases."""
    return ((effect, parts[effect]) for effect in Effect if effect in parts)


def _cells(share: Share | None) -> tuple[Cell, ...]:
    if share is None:
        return (TOO_FEW, "", "", "", "")
    return share.count, share.total, share.count / share.total, share.low, share.high


def _ground(name: str, knowledge: Knowledge) -> str:
    ground = knowledge.grounds.get(name)
    return ground.label if ground else name
