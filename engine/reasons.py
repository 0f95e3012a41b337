"""Reasons in plain Dutch, made from the proof and the sentences of facts and notions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engine.answers import one_of
from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Constant,
    Leaf,
    Not,
    Value,
    leaves,
    negate,
    origins,
)
from engine.consult import Advice, Consultation
from engine.explain import Conclusion, Proof, deciding
from engine.knowledge import Rule, Source
from engine.labels import CERTAINTY
from engine.library import Knowledge
from engine.prose import what_is_advised
from engine.search import Changes, Found
from engine.wording import Lexicon, amount_in_words, enumerate_dutch, say, say_reason
from engine.words import Certainty, FactKind, SourceKind


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence, and the reasons under it when it is a notion that was derived.

    Attributes:
        name: the fact or notion that the sentence is about; empty for a constant.
    """

    text: str
    name: str = ""
    because: tuple[Reason, ...] = ()


def reasons_of(
    advice: Advice, consultation: Consultation, knowledge: Knowledge
) -> tuple[Reason, ...]:
    """Return why a rule's condition is true or false; empty while that is unknown."""
    return reasons_for(advice.proof, consultation, knowledge)


def reasons_for(
    proof: Proof, consultation: Consultation, knowledge: Knowledge
) -> tuple[Reason, ...]:
    """Return why a proved condition is true or false; empty while that is unknown."""
    return _reasons(proof, consultation, knowledge.lexicon)


def _reasons(proof: Proof, consultation: Consultation, lexicon: Lexicon) -> tuple[Reason, ...]:
    found = (_reason(leaf, consultation, lexicon) for leaf in deciding(proof))
    return tuple(dict.fromkeys(found))


def _reason(proof: Proof, consultation: Consultation, lexicon: Lexicon) -> Reason:
    """Say one leaf the way it turned out; a leaf that is false is said as its opposite."""
    leaf = proof.condition if proof.truth else negate(proof.condition)
    if isinstance(leaf, All | AnyOf | AtLeast | Not):
        return Reason(say(leaf, lexicon), _name(proof.condition))
    if isinstance(leaf, Constant):
        return Reason(say(leaf, lexicon))
    conclusion = consultation.conclusions.get(leaf.name)
    if conclusion is None:
        value = consultation.facts.get(leaf.name)
        return Reason(say_reason(leaf, value, lexicon), leaf.name)
    because = _why(conclusion, leaf, consultation, lexicon)
    return Reason(say_reason(leaf, conclusion.value, lexicon), leaf.name, because)


def _why(
    conclusion: Conclusion, leaf: Leaf, consultation: Consultation, lexicon: Lexicon
) -> tuple[Reason, ...]:
    """Say why a notion has its value, or why it can't have one: the branches that decided it."""
    values = (value for value, _ in conclusion.derivation.branches)
    branches = list(zip(values, conclusion.proofs, strict=True))
    for value, proof in branches:
        if value == conclusion.value and proof.truth:
            return _reasons(proof, consultation, lexicon)
    asked = getattr(leaf, "values", ())
    found = (
        _reasons(proof, consultation, lexicon)
        for value, proof in branches
        if not conclusion.derivation.is_table or value in asked
    )
    return tuple(dict.fromkeys(reason for group in found for reason in group))


def _name(leaf: object) -> str:
    return str(getattr(leaf, "name", ""))


def step(advice: Advice, knowledge: Knowledge) -> str:
    """Say what a rule advises, as a whole phrase: the action, or to refrain from it."""
    action = knowledge.actions[advice.rule.advice.action]
    return what_is_advised(action, advice.rule.advice.direction)


def sources_in_words(
    references: Iterable[str], knowledge: Knowledge, *, with_version: bool = True
) -> tuple[str, ...]:
    """Say each source once, with its places, as "titel, vindplaatsen (gelezen: versie)"."""
    places: dict[str, list[str]] = {}
    for reference in references:
        name, _, section = reference.partition("#")
        places.setdefault(name, []).append(section)
    said = []
    for name, sections in places.items():
        source = knowledge.sources[name]
        read = f" (gelezen: {source.version_read})" if with_version else ""
        said.append(f"{_place(source, sections)}{read}")
    return tuple(said)


def _place(source: Source, sections: Iterable[str]) -> str:
    said = [
        f"artikel {section}" if source.kind is SourceKind.ACT and section[:1].isdigit() else section
        for section in sections
    ]
    return f"{source.title}, {enumerate_dutch(said, 'en')}"


def thresholds_of(
    advice: Advice, consultation: Consultation, knowledge: Knowledge
) -> tuple[str, ...]:
    """Say the thresholds that decided, with their value here and where it comes from."""
    names = threshold_names(advice, consultation)
    return tuple(threshold_in_words(name, consultation, knowledge) for name in names)


def threshold_in_words(
    name: str, consultation: Consultation, knowledge: Knowledge, *, with_version: bool = True
) -> str:
    """Say one threshold with its value in this consultation and where that comes from."""
    parameter, value = knowledge.parameters[name], consultation.program.parameters[name]
    unit = parameter.unit
    amount = (
        "geen grens" if value.value is None else amount_in_words(value.value, unit.one, unit.many)
    )
    said = sources_in_words(value.sources, knowledge, with_version=with_version)
    sources = "; ".join(said)
    check = "" if value.certainty is Certainty.READ else f"; {CERTAINTY[value.certainty]}"
    return f"{parameter.label}: {amount}, volgens {sources}{check}"


def threshold_names(advice: Advice, consultation: Consultation) -> tuple[str, ...]:
    """Return the thresholds that decided about an advice, by id, in order of the reasons."""
    decided = _leaves(advice.proof, consultation)
    return tuple(dict.fromkeys(name for leaf in decided for name in origins(leaf)))


def _leaves(proof: Proof, consultation: Consultation) -> Iterator[Leaf]:
    """Yield the leaves that decided, also those under notions."""
    for leaf in deciding(proof):
        yield from leaves(leaf.condition)
        conclusion = consultation.conclusions.get(_name(leaf.condition))
        for branch in conclusion.proofs if conclusion else ():
            yield from _leaves(branch, consultation)


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which an advice would come or go, in words.

    Attributes:
        facts: the facts that become otherwise, by id.
        said: how, as one clause: "de opleiding duurt hoogstens 12 maanden".
        answers: an answer to each of them, to try it with.
    """

    facts: tuple[str, ...]
    said: str
    answers: Mapping[str, Value]


def ways_in_words(found: Found, knowledge: Knowledge) -> tuple[Way, ...]:
    """Say each set of changes; those about the same questions are one, as alternatives."""
    groups: dict[tuple[str, ...], list[Changes]] = {}
    for changes in found.sets:
        groups.setdefault(tuple(one.fact for one in changes), []).append(changes)
    return tuple(
        Way(facts, _alternatives(group, knowledge), {one.fact: one.example for one in group[0]})
        for facts, group in groups.items()
    )


def _alternatives(group: list[Changes], knowledge: Knowledge) -> str:
    """Say sets about the same questions, after putting answers together that differ in one."""
    fact = knowledge.facts[group[0][0].fact]
    if len(group[0]) == 1 and fact.kind is FactKind.CHOICE:
        options = [
            option.id for option in fact.options if any(one.allows(option.id) for (one,) in group)
        ]
        return say(one_of(fact, options), knowledge.lexicon)
    said = [
        enumerate_dutch([say(one.said, knowledge.lexicon) for one in changes], "en")
        for changes in group
    ]
    # "A en B; of A en C": a comma would leave it to the reader where each set ends.
    return "; of ".join(said) if len(group[0]) > 1 else enumerate_dutch(said, "of")


def doubt_of(rule: Rule) -> str:
    """Say what isn't certain about a rule; empty when there is nothing to say."""
    if rule.doubt is None:
        return ""
    known = rule.certainty is Certainty.READ
    return rule.doubt if known else f"{CERTAINTY[rule.certainty].capitalize()}. {rule.doubt}"


def questions_of(names: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the questions behind the facts that an advice waits for."""
    return tuple(knowledge.facts[name].question for name in names)
