"""The decisions that the user should look back on, on the page with the cases."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from engine.decisions import Access, CaseSummary, Deviation
from engine.wording import date_in_words
from ui import look_back, service, state
from ui.text import count, plain

SHOWN = 5


def due_list(record: Access, cases: Sequence[CaseSummary]) -> None:
    """List what is due for a look back, the longest due first; nothing if nothing is.

    Args:
        record: the record as this user may use it.
        cases: the cases that are theirs or are shared with them.
    """
    found = record.due(service.today())
    if not found:
        return
    titles = {case.id: case.title for case in cases}
    st.header(f"Om op terug te blikken ({len(found)})", anchor=False)
    with st.container(key="terugblikken", gap="small"):
        for due in found[:SHOWN]:
            decision = due.kept.decision
            what = "Afgeweken" if isinstance(decision, Deviation) else "Gevolgd"
            case = plain(titles.get(due.kept.case_id, due.kept.case_id))
            with st.container(
                horizontal=True, vertical_alignment="center", key=f"terug_{due.kept.seq}"
            ):
                st.markdown(
                    f"**{case}** · {what}: {plain(decision.advised.title)}  \n"
                    f":small[Terugblik vanaf {date_in_words(due.since)}]",
                    width="stretch",
                )
                st.button(
                    "Blik terug",
                    key=f"blik_terug_{due.kept.seq}",
                    icon=":material/event_repeat:",
                    help=f"In {case}",
                    on_click=_open,
                    args=(due.kept.case_id, due.kept.seq),
                )
        if len(found) > SHOWN:
            st.caption(f"En nog {count(len(found) - SHOWN, 'besluit', 'besluiten')}.")


@service.guarded()
def _open(case_id: str, seq: int) -> None:
    """Go to the form to look back on the decision at a place in the record."""
    state.set_case(case_id)
    # The page goes there by itself: focus.js knows what this button leads to.
    look_back.unfold(seq)
