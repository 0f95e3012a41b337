"""What groups propose about rules, for method designers: to read, and as a test to take along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from engine.course import agreed_in_words, verdict_in_words
from engine.decisions import Access, RuleProposal
from engine.intervisie import RuleTest, rule_test
from engine.labels import STATUS
from engine.library import Knowledge, NotCoveredError
from engine.productions import BoundsError
from engine.recorded import rule_in_words
from engine.words import Status
from ui.text import plain, sentence
from ui.verdicts import day_of, parts

SHOWN = 20

_TRY_IT = (
    "1. Zet het bestand in een map onder `cases/`, bijvoorbeeld `cases/voorstellen/`.\n"
    "2. Geef de opdracht `leidraad toets`. Die vergelijkt de regel met wat de groep vond.\n"
    "3. Neemt u het voorstel over? Verander dan de regel of de tekst, en toets opnieuw."
)
_CAREFUL = (
    "De feiten komen uit een casus in het dossier. Er staan geen namen in, maar samen kunnen zij "
    "naar iemand leiden. Houd het bestand binnen uw organisatie, of verander de feiten eerst."
)


def proposals(
    record: Access,
    knowledge: Knowledge,
    protocol: str = "",
    below: Callable[[str, str], None] | None = None,
) -> None:
    """Draw what groups propose about rules, the last first; nothing for who may not see it.

    Args:
        record: the record as this user may use it.
        knowledge: where rules have their names; what the cases are consulted with.
        protocol: the only one whose rules it is about; empty for all.
        below: draws what can be done with a proposal, for its rule and a key.
    """
    if not record.meetings.can_see_proposals:
        return
    (st.subheader if protocol else st.header)("Voorstellen van groepen", anchor=False)
    found = [
        one
        for one in record.meetings.proposals(knowledge)
        if not protocol or one.rule.partition(".")[0] == protocol
    ]
    if not found:
        about = " over dit protocol" if protocol else ""
        st.info(
            f"Er zijn nog geen voorstellen{about}. Vindt een groep bij intervisie dat een regel "
            "anders of duidelijker moet? Dan staat dat hier zodra de bijeenkomst is afgesloten.",
            icon=":material/inbox:",
        )
        return
    st.caption(
        "U ziet dit als methodeontwikkelaar. Er staat niet bij wie er was. Leidraad houdt niet bij "
        "of een voorstel is opgepakt: een voorstel blijft hier staan."
    )
    for one in found[:SHOWN]:
        with st.container(border=True, key=f"kaart_voorstel_{one.meeting}", gap="small"):
            _proposal(one, knowledge, "####" if protocol else "###")
            if below:
                below(one.rule, f"voorstel_{one.meeting}")
    if len(found) > SHOWN:
        st.caption(
            f"De laatste {SHOWN} staan hier. Alle {len(found)} krijgt u met de opdracht "
            "`leidraad voorstellen`."
        )


def _proposal(proposal: RuleProposal, knowledge: Knowledge, heading: str) -> None:
    # The rule is the heading already.
    verdict = replace(proposal.verdict, rule=None)
    said = verdict_in_words(verdict, knowledge) + agreed_in_words(proposal.agreed)
    st.markdown(
        f"{heading} {plain(rule_in_words(proposal.rule, knowledge))}\n\n"
        f":small[{day_of(verdict)} · {plain(proposal.rule)}]\n\n{parts(said)}"
    )
    fold = st.expander(
        "De casus, als toets voor de kennis",
        key=f"voorstel_toets_{proposal.meeting}",
        icon=":material/science:",
        type="compact",
        on_change="rerun",
    )
    # The case is consulted for it, so it is made when it is opened.
    if fold.open:
        with fold:
            _test(proposal, knowledge)


def _test(proposal: RuleProposal, knowledge: Knowledge) -> None:
    st.markdown(f"**{plain(sentence(proposal.title))}** {plain(proposal.story)}")
    try:
        test = rule_test(proposal, knowledge)
    except (NotCoveredError, BoundsError) as error:
        st.warning(
            f"**Van deze casus is nu geen toets te maken.** {plain(str(error))}",
            icon=":material/build:",
        )
        return
    st.markdown(f"{_standing(test, proposal.verdict.should_be)}\n\n{_TRY_IT}")
    st.download_button(
        "Bewaar de casus als toets (YAML)",
        test.text,
        test.name,
        "application/yaml; charset=utf-8",
        key=f"voorstel_bewaren_{proposal.meeting}",
        icon=":material/download:",
        on_click="ignore",
    )
    st.caption(_CAREFUL)


def _standing(test: RuleTest, should_be: Status | None) -> str:
    """Say what the rule says of the case now, beside what the group wants."""
    if test.now is None:
        return (
            "De regel hoort met de kennis van nu niet meer bij deze casus. De toets zegt dus niets "
            "over het voorstel."
        )
    now = f"Met de kennis van nu is de regel hier: **{STATUS[test.now].lower()}**."
    if should_be is None:
        return f"{now} De toets bewaakt dat dit zo blijft als u de tekst duidelijker maakt."
    if test.now is should_be:
        return f"{now} Dat is wat de groep voorstelt. De toets bewaakt dat het zo blijft."
    return (
        f"{now} De groep stelt voor: **{STATUS[should_be].lower()}**. De toets mislukt dus tot de "
        "regel anders is."
    )
