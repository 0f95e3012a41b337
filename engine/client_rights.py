"""What a client is told beside what was recorded: why, from whom, for how long, and their rights.

Article 15(1) and (2) AVG list what belongs in it. What only the organisation knows is a blank, so
that nothing stands there that nobody checked. docs/privacy.md says which sources were read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from engine.decisions import CaseOpened, CaseRead, Event, FactsRecorded, term
from engine.library import Knowledge, NotCoveredError
from engine.note.content import Bullets, Heading, Item, Notice, Paragraph, Part, Table
from engine.note.reasoning import blank
from engine.prose import LOCAL
from engine.wording import amount_in_words, date_in_words, enumerate_dutch
from engine.words import Certainty, Sensitivity

_SENSITIVE: Mapping[Sensitivity, str] = {
    Sensitivity.HEALTH: "uw gezondheid (wat u wel en niet kunt)",
    Sensitivity.FINANCIAL: "geld",
    Sensitivity.CRIMINAL: "justitie",
}


def before_giving() -> Notice:
    """Say what the organisation does before the client gets this."""
    return Notice(
        "Dit is een concept voor wie het overzicht geeft. Vul in wat tussen vierkante haken staat. "
        "Lees alles na. Staat er iets in over een ander, zoals wat een werkgever zei of de naam "
        "van een collega? Ga na of dat mee mag (artikel 15 lid 4 van de AVG, de privacywet). "
        "Kijk ook in gegevens.json. Is de casus in een bijeenkomst besproken, of gebeurt dat nu? "
        "Voeg het verslag van de bijeenkomst toe: wat daar is gezegd, staat niet in dit overzicht. "
        "Haal daarna dit blok weg.",
        "Nog niet af",
    )


def about_the_data(history: Sequence[Event], knowledge: Knowledge) -> Iterator[Part]:
    """Say who uses the data, what for, whose they are, who gets them and for how long."""
    yield Heading("Wat er met uw gegevens gebeurt")
    contact = blank("naam en adres van de organisatie, en van haar functionaris voor privacy")
    basis = blank("de taak en het artikel in de wet waar dit op rust")
    others = blank("van wie de andere gegevens komen, voor zover dat bekend is")
    outside = blank(
        "aan welke organisaties gegevens of een verslag zijn gegeven, en of gegevens buiten de "
        "Europese Economische Ruimte komen; of: aan niemand"
    )
    yield Table(
        ("Vraag", "Antwoord"),
        (
            ("Wie is verantwoordelijk?", contact),
            (
                "Waarvoor?",
                "Om een volgende stap naar werk te kiezen, en om later te kunnen laten zien waarom "
                "die stap is gekozen. Uit alle casussen samen maakt Leidraad ook cijfers over de "
                f"regels. Die gaan niet over u als persoon. {basis}",
            ),
            ("Welke gegevens?", _sorts(history, knowledge)),
            (
                "Van wie komen ze?",
                "Is genoteerd wie iets vertelde, dan staat dat er hieronder bij. Staat er niets "
                f"bij, dan is het niet genoteerd. {others}",
            ),
            (
                "Wie krijgt ze?",
                "Wie met u werkt, met wie uw casus is gedeeld, en wie bij de organisatie mag "
                "meelezen. Dat staat hieronder. Leidraad verstuurt zelf niets. " + outside,
            ),
            ("Hoe lang?", _term(history, knowledge)),
            (
                "Besluit een computer over u?",
                "Leidraad besluit niet. Het legt vaste regels naast de antwoorden en geeft een "
                "advies. Een medewerker kiest wat er gebeurt. Leidraad geeft u geen score en leert "
                "niet van uw gegevens. U mag vragen waarom een advies is gegeven, en wat de "
                "medewerker daar zelf van vond.",
            ),
        ),
    )


def rights() -> Iterator[Part]:
    """Say what a client can ask for, and where to go if they don't agree."""
    yield Heading("Uw rechten")
    yield Bullets(
        (
            Item(
                "Klopt er iets niet, of mist er iets? Vraag om het te verbeteren of aan te vullen. "
                "Wat er stond, blijft te lezen; de verbetering komt erbij."
            ),
            Item(
                "U mag vragen om gegevens te wissen. Dat mag niet altijd: de organisatie moet "
                "soms gegevens bewaren voor haar taak of door de Archiefwet. Zegt zij nee, dan "
                "vertelt zij waarom."
            ),
            Item(
                "U mag vragen om gegevens een tijd niet te gebruiken, bijvoorbeeld zolang wordt "
                "uitgezocht of ze kloppen."
            ),
            Item(
                "Wilt u om uw eigen situatie niet dat uw gegevens worden gebruikt? Dan kunt u "
                "daartegen bezwaar maken. De organisatie weegt dat dan."
            ),
            Item(
                "U krijgt binnen een maand antwoord. Duurt het langer, dan hoort u dat binnen die "
                "maand. Het kost u meestal niets."
            ),
        )
    )
    yield Paragraph(f"Vraag dit aan: {blank('waar en hoe de cliënt dit kan vragen')}.")
    yield Paragraph(
        "Bent u het niet eens met wat er met uw gegevens gebeurt? U kunt een klacht indienen bij "
        "de Autoriteit Persoonsgegevens (autoriteitpersoonsgegevens.nl). Krijgt u een beslissing "
        "op uw vraag, dan staat daarin of en hoe u bezwaar kunt maken."
    )


def _sorts(history: Sequence[Event], knowledge: Knowledge) -> str:
    """Say what sorts of data there are, the sensitive ones by name."""
    answered = {
        name
        for event in history
        if isinstance(event.body, CaseOpened | FactsRecorded)
        for name in event.body.facts
        if name in knowledge.facts
    }
    found = {knowledge.facts[name].sensitivity for name in answered}
    sensitive = [label for sort, label in _SENSITIVE.items() if sort in found]
    said = (
        "Antwoorden over uw situatie, adviezen, keuzes met de uitleg, en wie wat vastlegde. Er is "
        "geen veld voor uw naam, uw burgerservicenummer of een diagnose. Schreef iemand toch "
        "zoiets in een tekst, dan leest u dat hieronder."
    )
    if sensitive:
        said += f" Er zijn ook antwoorden over {enumerate_dutch(sensitive, 'en')}."
    return said


def _term(history: Sequence[Event], knowledge: Knowledge) -> str:
    """Say for how long the case is kept, and who says so."""
    unknown = blank("hoe lang de organisatie dit bewaart, of hoe zij dat bepaalt")
    opened = history[0].body
    if not isinstance(opened, CaseOpened):
        return unknown
    try:
        kept = term(opened.authority, _changed_at(history).astimezone(LOCAL).date(), knowledge)
    except NotCoveredError:
        return unknown
    if kept.years is None or kept.due_on is None:
        return unknown
    said = (
        f"{amount_in_words(kept.years, 'jaar', 'jaar')} nadat er voor het laatst iets is "
        f"vastgelegd. Nu is dat tot {date_in_words(kept.due_on)}. Loopt er dan nog iets, zoals een "
        "bezwaar, dan kan het langer zijn."
    )
    if kept.certainty is Certainty.DOUBT:
        check = blank("of deze termijn klopt; zij is een voorstel van de makers van Leidraad")
        said += f" {check}"
    return said


def _changed_at(history: Sequence[Event]) -> datetime:
    """Return when something was last recorded; who only reads a case doesn't change it."""
    return max(event.at for event in history if not isinstance(event.body, CaseRead))
