"""Reasons in plain Dutch, made from the proof and the sentences of facts and notions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engine.conditions import (
    All,
    AnyOf,
    AtLeast,
    Constant,
    Leaf,
    Not,
    leaves,
    negate,
    origins,
)
from engine.consult import Advice, Consultation
from engine.explain import Conclusion, Proof, deciding
from engine.knowledge import Rule, Source
from engine.labels import CERTAINTY
from engine.library import Knowledge
from engine.wording import Lexicon, amount_in_words, enumerate_dutch, say, say_reason
from engine.words import Certainty, Direction, SourceKind


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
    return _reasons(advice.proof, consultation, knowledge.lexicon)


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
    return action.title if advice.rule.advice.direction is Direction.DO else action.title_not


def sources_in_words(references: Iterable[str], knowledge: Knowledge) -> tuple[str, ...]:
    """Say each source once, with its places, as "titel, vindplaatsen (gelezen: versie)"."""
    places: dict[str, list[str]] = {}
    for reference in references:
        name, _, section = reference.partition("#")
        places.setdefault(name, []).append(section)
    return tuple(_source(knowledge.sources[name], sections) for name, sections in places.items())


def _source(source: Source, sections: Iterable[str]) -> str:
    said = [
        f"artikel {section}" if source.kind is SourceKind.ACT and section[:1].isdigit() else section
        for section in sections
    ]
    return f"{source.title}, {enumerate_dutch(said, 'en')} (gelezen: {source.version_read})"


def thresholds_of(
    advice: Advice, consultation: Consultation, knowledge: Knowledge
) -> tuple[str, ...]:
    """Say the thresholds that decided, with their value here and where it comes from."""
    program = consultation.program
    said = []
    for name in threshold_names(advice, consultation):
        parameter, value = knowledge.parameters[name], program.parameters[name]
        unit = parameter.unit
        amount = (
            "geen grens"
            if value.value is None
            else amount_in_words(value.value, unit.one, unit.many)
        )
        sources = "; ".join(sources_in_words(value.sources, knowledge))
        check = "" if value.certainty is Certainty.READ else f"; {CERTAINTY[value.certainty]}"
        said.append(f"{parameter.label}: {amount}, volgens {sources}{check}")
    return tuple(said)


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


def doubt_of(rule: Rule) -> str:
    """Say what isn't certain about a rule; empty when there is nothing to say."""
    if rule.doubt is None:
        return ""
    known = rule.certainty is Certainty.READ
    return rule.doubt if known else f"{CERTAINTY[rule.certainty].capitalize()}. {rule.doubt}"


def questions_of(names: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    """Return the questions behind the facts that an advice waits for."""
    return tuple(knowledge.facts[name].question for name in names)
