"""What if, in front of the group: other answers are tried on the frozen case; nothing is kept."""

from __future__ import annotations

import streamlit as st

from engine.compare import compare
from engine.consult import consult
from engine.decisions import MeetingView
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from ui import scratch
from ui.components import not_consulted
from ui.differences import side_by_side, what_changes
from ui.what_if import choose_answer, facts_that_matter, tried_answers


def what_if(view: MeetingView, knowledge: Knowledge) -> None:
    """Draw the trial, folded away until the group wants it.

    Args:
        view: the meeting, of which the advice was shown.
        knowledge: what the case is consulted with.
    """
    fold = st.expander(
        "Wat als? Probeer met de groep een ander antwoord",
        key="bijeenkomst_wat_als",
        icon=":material/science:",
        on_change="rerun",
    )
    if not fold.open or view.frozen is None:
        return
    with fold:
        case = view.frozen
        laid = scratch.lay(case, knowledge)
        try:
            now = consult(knowledge, case)
            tried = consult(knowledge, laid.case) if laid.changes else now
        except (NotCoveredError, BoundsError) as error:
            not_consulted(error, also=", dus ook geen proef")
            return
        facts = facts_that_matter(now, tried, knowledge)
        first = [name for name in view.asked if name in facts]
        choose_answer(case, laid, list(dict.fromkeys([*first, *facts])), knowledge)
        tried_answers(case, laid, knowledge, works=False)
        found = compare(now, tried, knowledge)
        if laid.changes:
            what_changes(found, knowledge)
            side_by_side(found, knowledge)
