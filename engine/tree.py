"""The whole reasoning behind an advice: every condition with its truth, down to the facts.

A reason says shortest what decided. Who wants to check the advice reads everything that the rule
asks, what came of each part, and where each notion and threshold comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.conditions import All, AnyOf, AtLeast, Constant, Leaf, Not, OneOf, origins
from engine.consult import Advice, Consultation
from engine.explain import Conclusion, Proof
from engine.kleene import Truth
from engine.labels import CERTAINTY
from engine.library import Knowledge
from engine.reasons import Reason, reasons_for, sources_in_words, threshold_in_words
from engine.wording import heading, say_fact, say_leaf, say_value
from engine.words import Certainty, Status


class LineKind(StrEnum):
    """What one line of the reasoning is about."""

    GROUP = "groep"
    FACT = "feit"
    NOTION = "begrip"
    LIMIT = "grens"
    EXCEPTION = "uitzondering"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the whole reasoning, and the lines under it.

    Attributes:
        text: what is asked, as a clause; for a group, the heading above its parts.
        truth: ``None`` is still open.
        name: the fact or notion that it asks about, or the rule that is an exception.
        answer: what is known of a fact or notion with more answers than yes and no.
        because: the lines under it, in reading order.
        sources: where a notion or a threshold comes from, in words; which version was read is
            said with the rule.
        doubt: how sure that is, where it was not read in the source itself.
        again: it was explained above, and isn't explained again.
    """

    text: str
    truth: Truth
    kind: LineKind
    name: str = ""
    answer: str = ""
    because: tuple[Line, ...] = ()
    sources: tuple[str, ...] = ()
    doubt: str = ""
    again: bool = False


@dataclass(frozen=True, slots=True)
class Decisive:
    """A fact that decided about an advice, and what it did.

    Attributes:
        name: the id of the fact.
        text: the fact as it is, as a clause.
        did: what followed from it, step by step; the last is about the rule.
    """

    name: str
    text: str
    did: tuple[str, ...]


def tree_of(advice: Advice, consultation: Consultation, knowledge: Knowledge) -> tuple[Line, ...]:
    """Return the whole reasoning: what the rule asks, then the exceptions to it."""
    return tuple(_Tree(consultation, knowledge).rule(advice.rule.id))


class _Tree:
    """Builds the lines for one advice; a notion is explained where it comes first."""

    def __init__(self, consultation: Consultation, knowledge: Knowledge) -> None:
        self._consultation = consultation
        self._knowledge = knowledge
        self._explained: set[str] = set()

    def rule(self, rule: str) -> Iterator[Line]:
        """Yield the condition of a rule, and each exception with all that is under it."""
        yield self._line(self._consultation.conclusions[rule].proofs[0])
        program = self._consultation.program
        for other, effect in program.effects[rule]:
            title = program.rules[other].rule.title
            value = self._consultation.conclusions[effect].value
            truth = None if value is None else value == "ja"
            line = Line(title, truth, LineKind.EXCEPTION, other)
            again = other in self._explained
            self._explained.add(other)
            yield (
                replace(line, again=True)
                if again
                else replace(line, because=tuple(self.rule(other)))
            )

    def _line(self, proof: Proof) -> Line:
        condition = proof.condition
        if isinstance(condition, All | AnyOf | AtLeast | Not):
            parts = tuple(self._line(part) for part in proof.parts)
            if len(parts) == 1 and not isinstance(condition, Not):
                return parts[0]
            return Line(heading(condition), proof.truth, LineKind.GROUP, because=parts)
        return self._leaf(condition, proof.truth)

    def _leaf(self, leaf: Leaf, truth: Truth) -> Line:
        text = say_leaf(leaf, self._knowledge.lexicon)
        sources = tuple(
            threshold_in_words(name, self._consultation, self._knowledge, with_version=False)
            for name in origins(leaf)
        )
        if isinstance(leaf, Constant):
            return Line(text, truth, LineKind.LIMIT, sources=sources)
        conclusion = self._consultation.conclusions.get(leaf.name)
        if conclusion is None:
            answer = "" if _says_all(leaf, truth) else self._answer(leaf.name)
            return Line(text, truth, LineKind.FACT, leaf.name, answer, sources=sources)
        return self._notion(text, leaf, truth, conclusion)

    def _answer(self, name: str) -> str:
        """Say what is known of a fact, where the clause with its truth doesn't say so."""
        case, lexicon = self._consultation.case, self._knowledge.lexicon
        if name in case.disputed:
            return "betwist"
        value = self._consultation.facts.get(name)
        if value is None:
            return "nog niet bekend"
        return say_value(name, value, lexicon) if "{}" in lexicon[name].sentence else ""

    def _notion(self, text: str, leaf: Leaf, truth: Truth, conclusion: Conclusion) -> Line:
        name = conclusion.derivation.name
        notion = self._knowledge.notions[name].notion
        lexicon = self._knowledge.lexicon
        answer = ""
        given = conclusion.derivation.is_table and conclusion.value in lexicon[name].labels
        if given and not _says_all(leaf, truth):
            answer = say_value(name, str(conclusion.value), lexicon)
        line = Line(text, truth, LineKind.NOTION, name, answer)
        if name in self._explained:
            return replace(line, again=True)
        self._explained.add(name)
        sure = notion.certainty is Certainty.READ
        return replace(
            line,
            because=tuple(self._under(leaf, conclusion)),
            sources=sources_in_words(notion.sources, self._knowledge, with_version=False),
            doubt="" if sure else CERTAINTY[notion.certainty],
        )

    def _under(self, leaf: Leaf, conclusion: Conclusion) -> Iterator[Line]:
        """Yield what makes a notion so: its condition, or the rows of its table."""
        name, lexicon = conclusion.derivation.name, self._knowledge.lexicon
        if not conclusion.derivation.is_table:
            line = self._line(conclusion.proofs[0])
            if isinstance(leaf, OneOf) is ("ja" in getattr(leaf, "values", ())):
                yield line
            else:
                # The notion is asked not to be so; its own condition says when it is.
                said = say_fact(name, "ja", lexicon)
                yield Line(said, line.truth, LineKind.GROUP, because=(line,))
            return
        rows = len(self._knowledge.notions[name].notion.table)
        branches = zip(conclusion.derivation.branches, conclusion.proofs, strict=True)
        for number, ((value, _), proof) in enumerate(branches):
            said = say_fact(name, value, lexicon)
            if number < rows:
                yield Line(said, proof.truth, LineKind.GROUP, because=(self._line(proof),))
            else:
                yield Line(f"in alle andere gevallen: {said}", proof.truth, LineKind.GROUP)


def _says_all(leaf: Leaf, truth: Truth) -> bool:
    """Whether a clause that is true names the one answer that there can be."""
    return bool(truth) and isinstance(leaf, OneOf) and len(leaf.values) == 1


def facts_that_decided(
    advice: Advice, consultation: Consultation, knowledge: Knowledge
) -> tuple[Decisive, ...]:
    """Return each fact that decided about an advice with what it did, the shortest way first.

    Empty while the advice is still to be determined.
    """
    found: dict[str, Decisive] = {}
    proofs = [(advice.proof, _outcome(advice))]
    if advice.status is Status.DEFEATED:
        # What the rule itself asks decided nothing any more.
        proofs = [
            (
                consultation.conclusions[other].proofs[0],
                f"de uitzondering '{consultation.program.rules[other].rule.title}' gaat voor",
            )
            for other in advice.defeated_by
        ]
    for proof, outcome in proofs:
        reasons = reasons_for(proof, consultation, knowledge)
        for item in _decisive(reasons, (outcome,), knowledge):
            known = found.get(item.name)
            if known is None or len(item.did) < len(known.did):
                found[item.name] = item
    return tuple(sorted(found.values(), key=lambda item: len(item.did)))


def _outcome(advice: Advice) -> str:
    """Say what the facts did to the rule itself; an exception has an outcome of its own."""
    title = advice.rule.title
    if advice.status is Status.DOES_NOT_HOLD:
        return f"de regel '{title}' geldt niet"
    if advice.status is Status.HOLDS:
        return f"de regel '{title}' geldt"
    return f"aan de voorwaarden van de regel '{title}' is voldaan"


def _decisive(
    reasons: Iterable[Reason], did: tuple[str, ...], knowledge: Knowledge
) -> Iterator[Decisive]:
    """Yield the facts under reasons, each with what followed from it."""
    for reason in reasons:
        if reason.name in knowledge.facts:
            yield Decisive(reason.name, reason.text, did)
        else:
            yield from _decisive(reason.because, (reason.text, *did), knowledge)
