"""Earlier deviations on the same rule, with their facts beside those of this case."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any

import streamlit as st

from engine.consult import Advice, Consultation
from engine.decisions import Access, Deviation, StoredDecision
from engine.library import Knowledge
from engine.standing import facts_under, is_known, standing_in_words
from ui.text import capital, count, moment, plain
from ui.verdicts import in_short

_ALL = "in alle casussen"
_OWN = "in uw eigen casussen, in casussen die met u zijn gedeeld en in voorbeelden"
"""Where earlier deviations are looked for; who may read along in other cases reads them there."""


class Likeness(Enum):
    """How an answer in an earlier case relates to the one in this case."""

    DIFFERENT = ":material/compare_arrows: Anders"
    UNKNOWN = ":material/help: Niet te vergelijken"
    SAME = ":material/equal: Gelijk"


def precedents(
    advice: Advice, consultation: Consultation, knowledge: Knowledge, record: Access
) -> None:
    """Draw the earlier deviations on a rule, folded away until someone wants to see them.

    Args:
        advice: the advice that the user is about to deviate from.
        consultation: the case as it is now.
        knowledge: where facts and grounds have their names.
        record: where the earlier deviations are, as far as this user may see them.
    """
    rule = advice.rule.id
    fold = st.expander(
        "Eerdere afwijkingen van deze regel", key=f"eerder_{rule}", on_change="rerun"
    )
    if not fold.open:
        return
    found = record.deviations_on(rule)
    where = _ALL if record.actor.alone else _OWN
    with fold:
        if not found:
            st.caption(f"Van deze regel is nog niet afgeweken {where}.")
            return
        st.caption(
            f"De laatste afwijkingen, {where}. Ze binden u niet: kijk wat er hetzelfde is en wat "
            "niet."
        )
        st.markdown("\n\n".join(_told(one, rule, consultation, knowledge, record) for one in found))


def _told(
    kept: StoredDecision,
    rule: str,
    consultation: Consultation,
    knowledge: Knowledge,
    record: Access,
) -> str:
    """Tell one earlier deviation: why, what instead, what a group found, and the facts."""
    decision = kept.decision
    if not isinstance(decision, Deviation):
        return ""
    ground = knowledge.grounds.get(decision.ground)
    own = kept.case_id == consultation.case.id
    where = "in deze casus" if own else f"casus {plain(kept.case_id)}"
    head = (
        f"**{plain(ground.label if ground else 'Een grond die er niet meer is')}** · {where} · "
        f"{moment(kept.at)}  \n**Wat er in plaats daarvan gebeurde:** {plain(decision.instead)}"
        f"{in_short(record.meetings.verdicts_about(kept))}"
    )
    return f"{head}\n\n{_table(kept.receipt, rule, consultation, knowledge)}"


def _table(
    then: Mapping[str, Any], rule: str, consultation: Consultation, knowledge: Knowledge
) -> str:
    """Put the facts under a rule side by side, those that differ first."""
    here = consultation.receipt.as_json()
    rows: dict[Likeness, list[str]] = {likeness: [] for likeness in Likeness}
    open_in_both = 0
    for name in facts_under(rule, consultation.program, knowledge):
        if not (is_known(name, here) or is_known(name, then)):
            open_in_both += 1
            continue
        likeness = alike(name, here, then)
        label = plain(capital(knowledge.facts[name].label))
        now, earlier = (plain(standing_in_words(name, one, knowledge)) for one in (here, then))
        told = "" if likeness is Likeness.SAME else f": {earlier}"
        rows[likeness].append(f"| {label} | {now} | {likeness.value}{told} |")
    lines = [row for group in rows.values() for row in group]
    parts = ["\n".join(["| Feit | Hier | Eerder |", "|---|---|---|", *lines])] if lines else []
    if open_in_both:
        many = count(open_in_both, "feit is", "feiten zijn")
        parts.append(f"Nog {many} hier en toen niet bekend of betwist.")
    return "\n\n".join(parts)


def alike(name: str, here: Mapping[str, Any], then: Mapping[str, Any]) -> Likeness:
    """Compare one fact in two receipts; what is unknown or disputed can't be compared."""
    if not (is_known(name, here) and is_known(name, then)):
        return Likeness.UNKNOWN
    same = here["known"][name] == then["known"][name]
    return Likeness.SAME if same else Likeness.DIFFERENT
