"""What a letter to the client is made of: spoken to the reader, and never about "de cliënt"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

from engine.knowledge import Phrased
from engine.library import Knowledge
from engine.loading import load

KNOWLEDGE = Path(__file__).resolve().parents[2] / "knowledge"
FILES = sorted(
    f"{kind}/{path.name}"
    for kind in ("feiten", "begrippen")
    for path in KNOWLEDGE.glob(f"{kind}/*")
)
ABOUT_THE_READER = re.compile(
    r"\b(cli[eë]nt\w*|klant\w*|hij of zij|hem of haar|zijn of haar)\b", re.IGNORECASE
)
# One form throughout: "u hebt", "u kunt", "u wilt".
OTHER_FORM = re.compile(r"\bu (heeft|kan|wil)\b", re.IGNORECASE)
A_DECISION_IN_WRITING = re.compile(r"\bbrief met (een|het) besluit\b")
YOU = re.compile(r"\b(u|uw)\b", re.IGNORECASE)


@cache
def known() -> Knowledge:
    return load(KNOWLEDGE)


def items(file: str) -> Iterator[Phrased]:
    """Give every fact or notion of a file, as the engine knows it."""
    kind = file.split("/")[0]
    written = yaml.safe_load((KNOWLEDGE / file).read_text(encoding="utf-8"))[kind]
    for entry in written:
        name = entry["id"]
        yield known().facts[name] if kind == "feiten" else known().notions[name].notion


def both_ways(item: Phrased) -> Iterator[tuple[str | None, str | None]]:
    """Give each text as a letter has it, where that is another one, beside the usual text."""
    yield item.sentence_you, item.sentence
    yield item.sentence_not_you, item.sentence_not
    for option in item.options:
        yield option.label_you, option.label


def said_to_the_client(file: str) -> Iterator[tuple[str, str]]:
    """Give every sentence, negation and option label of a file, as a letter has them."""
    for item in items(file):
        phrasing = known().client_lexicon[item.id]
        yield item.id, phrasing.sentence
        yield item.id, phrasing.sentence_not
        for option in item.options:
            yield f"{item.id}: {option.id}", phrasing.labels[option.id]


def complaints(text: str) -> list[str]:
    """Say what is wrong with a piece of a sentence in a letter, if anything."""
    found = [f"'{match[0]}'" for match in ABOUT_THE_READER.finditer(text)]
    found += [f"'{match[0]}'" for match in OTHER_FORM.finditer(text)]
    found += ["a full stop"] if text.endswith(".") else []
    found += ["two spaces or a loose one"] if " ".join(text.split()) != text else []
    return found


def test_every_kind_of_slip_is_seen() -> None:
    slips = [
        "de cliënt wil werken",
        "een client",
        "de klant belt",
        "wat hij of zij wil",
        "zijn of haar plan",
        "u heeft een plan",
        "u hebt een plan.",
        "u hebt  een plan",
    ]
    assert [slip for slip in slips if not complaints(slip)] == []
    assert complaints("u hebt uw plan met ons besproken") == []


@pytest.mark.parametrize("file", FILES)
def test_a_letter_speaks_to_the_client(file: str) -> None:
    wrong = {
        f"{name}: {text}": found
        for name, text in said_to_the_client(file)
        if (found := complaints(text))
    }
    assert wrong == {}


@pytest.mark.parametrize("file", FILES)
def test_a_letter_has_the_answer_where_the_sentence_has_it(file: str) -> None:
    other = [
        item.id
        for item in items(file)
        for own, usual in both_ways(item)
        if own is not None and (usual is None or own.count("{}") != usual.count("{}"))
    ]
    assert other == []


@pytest.mark.parametrize("file", FILES)
def test_words_for_a_letter_are_only_there_where_they_differ(file: str) -> None:
    same = [
        item.id
        for item in items(file)
        for own, usual in both_ways(item)
        if own is not None and own == usual
    ]
    assert same == []


@pytest.mark.parametrize("file", FILES)
def test_the_professional_is_not_the_one_spoken_to(file: str) -> None:
    # In a usual sentence "u" is the professional who reads it; a letter says that in other words.
    wrong = {
        f"{item.id}: {usual}"
        for item in items(file)
        for own, usual in both_ways(item)
        if own is None and usual is not None and YOU.search(usual)
    }
    assert wrong == set()


def test_a_letter_can_name_every_action() -> None:
    actions = known().actions.values()
    unnamed = [item.id for item in actions if None in (item.title_you, item.title_not_you)]
    assert unnamed == []
    wrong = {
        title: found
        for action in actions
        for title in (action.title_you, action.title_not_you)
        if title is not None and (found := complaints(title.removesuffix(".")))
    }
    assert wrong == {}


def test_a_letter_names_an_action_in_whole_sentences() -> None:
    titles = [
        title
        for item in known().actions.values()
        for title in (item.title_you, item.title_not_you)
        if title is not None
    ]
    assert [one for one in titles if not one[:1].isupper() or not one.endswith(".")] == []


def test_a_letter_announces_a_written_decision_with_legal_effect_and_no_other() -> None:
    actions = known().actions.values()
    announced = {item.id for item in actions if A_DECISION_IN_WRITING.search(item.title_you or "")}
    assert announced == {item.id for item in actions if item.legal_effect}
    refused = [
        item.id for item in actions if A_DECISION_IN_WRITING.search(item.title_not_you or "")
    ]
    assert refused == []


def test_a_letter_asks_the_client_in_decent_questions() -> None:
    facts = [fact for fact in known().facts.values() if fact.question_you is not None]
    assert len(facts) > 100
    wrong = {
        fact.id: fact.question_you
        for fact in facts
        if complaints((fact.question_you or "").removesuffix("."))
        or "?" not in (fact.question_you or "")
        or not fact.in_letter
    }
    assert wrong == {}


def test_every_decision_in_law_says_what_it_means_to_the_client() -> None:
    actions = known().actions.values()
    assert [item.id for item in actions if item.legal_effect is (item.decision_kind is None)] == []


def test_only_a_death_stops_a_letter() -> None:
    stops = [
        (fact.id, option.id)
        for fact in known().facts.values()
        for option in fact.options
        if option.no_letter
    ]
    assert stops == [("verblijf", "overleden")]
