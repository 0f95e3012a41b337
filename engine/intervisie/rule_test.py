"""What a group proposes about a rule, as a case that a method designer can put in the folder.

The case is the frozen one, with what every rule says of it now; only the rule in question should
say what the group found. So the case fails until the rule is changed, and guards it afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from engine.consult import consult
from engine.course import verdict_in_words
from engine.decisions import RuleProposal
from engine.design.witness import write_case
from engine.library import Knowledge
from engine.note.content import lines_of
from engine.prose import LOCAL
from engine.words import Status

_WARNING = (
    "De feiten komen uit een casus in het dossier. Er staan geen namen in, maar samen kunnen zij",
    "naar iemand leiden. Houd dit bestand binnen uw organisatie, of verander de feiten eerst.",
)


@dataclass(frozen=True, slots=True)
class RuleTest:
    """A proposal as a test of the knowledge.

    Attributes:
        name: of the file.
        text: of the file, as ``cases/*/*.yaml`` has them.
        now: what the rule says of the case with the knowledge of now; ``None`` if it is not among
            the rules for the case any more, so that the file says nothing of it.
    """

    name: str
    text: str
    now: Status | None


def rule_test(proposal: RuleProposal, knowledge: Knowledge) -> RuleTest:
    """Make a test of a proposal.

    Args:
        proposal: what the group came to.
        knowledge: what the case is consulted with.

    Raises:
        NotCoveredError: the knowledge of now no longer covers the case.
        BoundsError: the knowledge is more than the rule engine can carry.
    """
    case, should_be = proposal.case, proposal.verdict.should_be
    statuses = {one.rule.id: one.status for one in consult(knowledge, case).advices}
    now = statuses.get(proposal.rule)
    if now is not None and should_be is not None:
        statuses[proposal.rule] = should_be
    name = f"voorstel-{proposal.meeting}"
    story = proposal.story or proposal.question
    remarks = _why(proposal, knowledge)
    text = write_case(case, name, proposal.title, story, statuses, remarks)
    return RuleTest(f"{name}.yaml", text, now)


def _why(proposal: RuleProposal, knowledge: Knowledge) -> Iterator[str]:
    """Say for whom opens the file where it comes from."""
    day = proposal.verdict.at.astimezone(LOCAL).date().isoformat()
    yield f"Voorstel uit intervisie, {day}, over de regel {proposal.rule}."
    for name, text in verdict_in_words(proposal.verdict, knowledge):
        first, *rest = lines_of(text)
        yield f"{name}: {first}"
        yield from rest
    yield from _WARNING
