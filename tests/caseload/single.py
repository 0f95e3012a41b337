"""What a single consultation says of each advice, to hold a caseload against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from engine.caseload.grounds import Grounds
from engine.caseload.translate import CODE_OF, WITHHELD
from engine.conditions import Constant
from engine.consult import Advice, Consultation, _advice, _reasons_to_withhold
from engine.explain import Conclusion, Missing, Proof, deciding
from engine.library import Knowledge
from engine.program import Program
from engine.tree import facts_that_decided
from engine.words import Status


def consulted(consultation: Consultation, knowledge: Knowledge) -> dict[str, Grounds]:
    """The grounds of every advice as a consultation shows them."""
    found = {
        advice.rule.id: Grounds(
            CODE_OF[advice.status],
            tuple(one.name for one in facts_that_decided(advice, consultation, knowledge)),
            advice.missing,
        )
        for advice in consultation.advices
    }
    withheld = Grounds(WITHHELD, (), ())
    return found | {item.rule.id: withheld for item in consultation.withheld}


def advised(
    program: Program, conclusions: Mapping[str, Conclusion], knowledge: Knowledge
) -> dict[str, Grounds]:
    """The same from conclusions alone: a rule base that was made up has no words."""
    values = {name: item.value for name, item in conclusions.items() if item.value is not None}
    withheld = _reasons_to_withhold(knowledge, program, conclusions, values)
    missing = Missing(conclusions)
    found = {}
    for bound in program.asked_rules():
        rule = bound.rule.id
        if rule in withheld or f"{rule}:effect" in withheld:
            found[rule] = Grounds(WITHHELD, (), ())
            continue
        advice = _advice(bound.rule, program, conclusions, missing)
        decided = _nearest(advice, conclusions)
        found[rule] = Grounds(CODE_OF[advice.status], decided, advice.missing)
    return found


def _nearest(advice: Advice, conclusions: Mapping[str, Conclusion]) -> tuple[str, ...]:
    """The facts that decided, the shortest way first."""
    proofs = [advice.proof]
    if advice.status is Status.DEFEATED:
        proofs = [conclusions[other].proofs[0] for other in advice.defeated_by]
    ways = [way for proof in proofs for way in _ways(proof, conclusions)]
    found = {ways[place][-1]: 0 for place in range(len(ways))}
    for name in found:
        found[name] = min(len(way) for way in ways if way[-1] == name)
    return tuple(sorted(found, key=lambda name: found[name]))


def _ways(proof: Proof, conclusions: Mapping[str, Conclusion]) -> Iterator[tuple[str, ...]]:
    """Every way from a condition, through notions, to a fact that decided it."""
    for leaf in deciding(proof):
        if isinstance(leaf.condition, Constant):
            continue
        name = str(getattr(leaf.condition, "name", ""))
        if name not in conclusions:
            yield (name,)
            continue
        below = conclusions[name]
        branches = list(zip(below.derivation.branches, below.proofs, strict=True))
        shown = [part for (value, _), part in branches if part.truth and value == below.value][:1]
        if not shown:
            asked = getattr(leaf.condition, "values", ())
            shown = [
                part
                for (value, _), part in branches
                if not below.derivation.is_table or value in asked
            ]
        for part in shown:
            yield from ((name, *way) for way in _ways(part, conclusions))
