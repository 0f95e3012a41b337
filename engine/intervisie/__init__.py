"""What a group made of a case: where it differs and why, what to ask, and what to write down.

All of it is worked out from what one person may see of a meeting
(:class:`engine.decisions.MeetingView`), so none of it can show what is not shown yet.
"""

from engine.intervisie.differences import Compared, Difference, Spread, compare_all, spread
from engine.intervisie.minutes import file_name, handout, minutes
from engine.intervisie.practice import Practice, practices
from engine.intervisie.preparing import ProposalGround, Proposed, Suggestion, propose, suggest
from engine.intervisie.rule_test import RuleTest, rule_test
from engine.intervisie.talk import TalkQuestion, questions_for
from engine.intervisie.words import (
    DIFFERENCE,
    HOW_TO_READ,
    LEVEL,
    PHASE,
    STAGE,
    SURENESS,
    TEXT_CHOICE,
    difference_in_words,
    disputed_in_words,
    figure_in_words,
    knowing_in_words,
    reading_in_words,
    step_in_words,
)
from engine.recorded import rule_in_words

__all__ = [
    "DIFFERENCE",
    "HOW_TO_READ",
    "LEVEL",
    "PHASE",
    "STAGE",
    "SURENESS",
    "TEXT_CHOICE",
    "Compared",
    "Difference",
    "Practice",
    "ProposalGround",
    "Proposed",
    "RuleTest",
    "Spread",
    "Suggestion",
    "TalkQuestion",
    "compare_all",
    "difference_in_words",
    "disputed_in_words",
    "figure_in_words",
    "file_name",
    "handout",
    "knowing_in_words",
    "minutes",
    "practices",
    "propose",
    "questions_for",
    "reading_in_words",
    "rule_in_words",
    "rule_test",
    "spread",
    "step_in_words",
    "suggest",
]
