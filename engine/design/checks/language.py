"""Plain language: short sentences, someone who acts, and words that everyone uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from pydantic import BaseModel

from engine.design.places import Place
from engine.design.workbench import Finding, Workbench
from engine.reader import PathKey

LONGEST = 25
"""Words in a sentence, without what stands between brackets: an aside can be passed over."""

READ = {
    *("actie", "doel", "knop", "naam", "naam_u", "omdat", "toelichting", "waarom"),
    *("titel", "titel_niet", "titel_u", "titel_niet_u", "vraag", "vraag_u"),
    *("zin", "zin_niet", "zin_u", "zin_niet_u"),
}
"""The keys of texts that users read while they work. A doubt names laws, and may be longer."""

ASKED = frozenset(("vraag", "vraag_u"))
TO_DO = frozenset(("actie", "titel", "titel_niet", "titel_u", "titel_niet_u"))
"""The keys of texts that say what someone does. A reason may leave open who does something."""

PLAIN = {
    "aangaande": "over",
    "aanwenden": "gebruiken",
    "alsmede": "en ook",
    "alvorens": "voordat",
    "bewerkstelligen": "zorgen voor",
    "conform": "volgens",
    "derhalve": "daarom",
    "desalniettemin": "toch",
    "desgewenst": "als u dat wilt",
    "dient te": "moet",
    "dienen te": "moeten",
    "echter": "maar",
    "eveneens": "ook",
    "gaarne": "graag",
    "hieromtrent": "hierover",
    "in het kader van": "voor",
    "indien": "als",
    "ingevolge": "volgens",
    "inzake": "over",
    "jegens": "tegenover",
    "klant": "cliënt",
    "klanten": "cliënten",
    "krachtens": "volgens",
    "met betrekking tot": "over",
    "middels": "met",
    "nadien": "daarna",
    "participeren": "meedoen",
    "reeds": "al",
    "ten aanzien van": "over",
    "ten behoeve van": "voor",
    "teneinde": "om",
    "tevens": "ook",
    "thans": "nu",
    "trachten": "proberen",
    "voornoemde": "deze",
}
"""Words of letters from the government, and what people say."""

_SENTENCE = re.compile(r"(?<=[.!?:;])\s+")
_ASIDE = re.compile(r"\([^)]*\)")
_BEGINS_PASSIVE = re.compile(r"(wordt|worden|werd|werden)\b", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(wordt|worden|werd|werden)\b[^,.;:()]*\b\w*ge\w{2,}(?:d|t|en)\b"
    r"|\b\w*ge\w{2,}(?:d|t|en) (wordt|worden|werd|werden)\b",
    re.IGNORECASE,
)
"""'Worden' with a participle in one clause; in 'ziek worden' someone does act."""
_JARGON = re.compile(rf"\b({'|'.join(PLAIN)})\b", re.IGNORECASE)


def plain_language(bench: Workbench) -> Iterator[Finding]:
    """Find sentences that are hard to read."""
    for place, key, text in _texts(bench):
        for sentence, length in _too_long(text):
            yield bench.report(
                place,
                "zin-lang",
                f"Deze zin heeft {length} woorden: «{sentence}»",
                f"Wie haast heeft, leest geen zin van meer dan {LONGEST} woorden. Maak er twee "
                "van.",
            )
        if key in ASKED and _BEGINS_PASSIVE.match(text):
            yield bench.report(
                place,
                "vraag-lijdend",
                f"Deze vraag zegt niet wie iets doet: «{text}»",
                "Vraag wie het doet of deed: niet 'Wordt er geholpen?' maar 'Helpt iemand u?'.",
            )
        if key in TO_DO and _PASSIVE.search(text):
            yield bench.report(
                place,
                "stap-lijdend",
                f"Deze tekst zegt niet wie iets doet: «{text}»",
                "Noem wie het doet: niet 'Er wordt een cursus gezocht', maar 'Zoek een cursus'.",
            )
        for word in _hard_words(text):
            yield bench.report(
                place,
                "woord-moeilijk",
                f"Het woord {word!r} kan eenvoudiger.",
                f"Schrijf bijvoorbeeld {PLAIN[word.lower()]!r}.",
            )


# Kept: between two looks at the knowledge few of its thousands of texts change.
@lru_cache(maxsize=20_000)
def _too_long(text: str) -> tuple[tuple[str, int], ...]:
    counted = [(one, len(_ASIDE.sub("", one).split())) for one in _SENTENCE.split(text)]
    return tuple((sentence, length) for sentence, length in counted if length > LONGEST)


@lru_cache(maxsize=20_000)
def _hard_words(text: str) -> tuple[str, ...]:
    return tuple(_JARGON.findall(text))


def _texts(bench: Workbench) -> Iterator[tuple[Place, str, str]]:
    """Yield every text that users read, with its place and its key."""
    knowledge = bench.knowledge
    items: list[tuple[Place, BaseModel]] = [
        *((Place("feiten", name), fact) for name, fact in knowledge.facts.items()),
        *((Place("begrippen", name), one.notion) for name, one in knowledge.notions.items()),
        *((Place("handelingen", name), one) for name, one in knowledge.actions.items()),
        *((Place("gronden", name), one) for name, one in knowledge.grounds.items()),
    ]
    for versions in knowledge.protocols.values():
        items.append((Place(versions[-1].file, ""), versions[-1].protocol))
    if knowledge.self_scan is not None:
        items.append((Place("zelfanalyse.yaml", ""), knowledge.self_scan))
    for index, script in enumerate(knowledge.scripts.values()):
        items.append((Place("intervisie.yaml", "", ("vormen", index)), script))
    for place, item in items:
        for path, text in _strings(item, ()):
            key = next(part for part in reversed(path) if isinstance(part, str))
            if key in READ:
                yield place.at(*path), key, text


def _strings(value: object, path: PathKey) -> Iterator[tuple[PathKey, str]]:
    """Yield every text in a model, with the way to it in the file."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, BaseModel):
        for name, field in type(value).model_fields.items():
            yield from _strings(getattr(value, name), (*path, field.alias or name))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _strings(item, (*path, index))
