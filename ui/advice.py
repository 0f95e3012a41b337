"""The next steps: what to know first, the advices that hold, and the rest folded away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from engine import labels
from engine.consult import Advice, Conflict, Withheld
from engine.reasons import questions_of, reasons_of, step
from engine.wording import enumerate_dutch
from engine.words import Status
from ui import in_sight, service, state
from ui.card import card
from ui.components import no_advice
from ui.desk import Desk
from ui.reasoning import chosen
from ui.text import count, plain, sentence


def next_steps(desk: Desk) -> None:
    """Draw the right side of the page: warnings first, then the steps in order."""
    st.header("Volgende stappen", anchor="stappen")
    given = desk.given()
    _summary(desk, len(given))
    _withheld(desk.consultation.withheld)
    if desk.recorded:
        _close_form_without_advice(given)
    for number, conflict in enumerate(desk.consultation.conflicts):
        _conflict(conflict, number, desk)
    if desk.recorded:
        seen_now = {advice.rule.id: advice.status for advice in given}
        in_sight.note(desk.consultation.case.id, seen_now)
    shown = chosen(desk)
    seen: set[tuple[str, str]] = set()
    for advice in given:
        what = (advice.rule.advice.action, advice.rule.advice.direction)
        card(advice, desk, chosen=advice is shown, again=what in seen)
        seen.add(what)
    _folded(desk, Status.OPEN, "Nog te bepalen", _open_item)
    _folded(desk, Status.DEFEATED, "Vervalt door een uitzondering", _defeated_item)
    _folded(desk, Status.DOES_NOT_HOLD, "Geldt hier niet", _silent_item)


def _summary(desk: Desk, given: int) -> None:
    """Say in a line where the case stands, the provisional advices first."""
    provisional = len(desk.having(Status.PROVISIONAL))
    waiting = len(desk.having(Status.OPEN))
    aim = "om over te besluiten" if desk.recorded else "om te wegen"
    so_far = f"{count(given, 'stap', 'stappen')} {aim} · {waiting} nog te bepalen"
    if provisional:
        steps = "1 stap is" if provisional == 1 else f"{provisional} stappen zijn"
        then = (
            "Beantwoord eerst de vragen die openstaan, of besluit nu en houd daar rekening mee."
            if desk.recorded
            else "Dat hangt af van de vragen die openstaan."
        )
        st.warning(
            f"{steps} **voorlopig**: een uitzondering kan dat nog veranderen. {then}",
            icon=":material/hourglass_top:",
        )
    if desk.consultation.withheld:
        # What is open or does not hold may rest on what could not be worked out: no conclusions.
        rest = " Wat hieronder staat, gaat alleen over de andere regels."
        answers = "uw antwoorden; die blijven bewaard" if desk.recorded else "de antwoorden"
        st.error(
            f"**{no_advice(desk.consultation)}.** Dat ligt aan Leidraad, niet aan {answers}."
            f"{rest if desk.consultation.advices else ''}",
            icon=":material/report:",
        )
        if desk.consultation.advices:
            st.caption(so_far)
        return
    fresh = desk.recorded and any(one.fresh for one in desk.consultation.questions)
    if not given and waiting and fresh:
        st.info(
            "Er geldt nog geen advies. Beantwoord de vraag over de situatie: na elk antwoord "
            "ziet u hier meteen wat er volgt.",
            icon=":material/info:",
        )
    elif not given and waiting:
        st.info(
            "Er geldt nog geen advies. Dat hangt af van wat nog niet bekend is of betwist wordt. "
            "Zoek dat eerst uit; bij 'Nog te bepalen' staat waar het om gaat.",
            icon=":material/info:",
        )
    elif not given:
        st.info(
            "De gekozen protocollen geven in deze situatie geen advies. Hieronder staat per regel "
            "waarom niet. Klopt dat niet? Kijk dan of alle antwoorden juist zijn.",
            icon=":material/info:",
        )
    else:
        st.caption(so_far)


def _withheld(withheld: Sequence[Withheld]) -> None:
    """Say which advices are not given; rules with the same reason stand together."""
    for number, reason in enumerate(dict.fromkeys(item.reason for item in withheld)):
        titles = [plain(item.rule.title) for item in withheld if item.reason == reason]
        about = titles[0] if len(titles) == 1 else f"{len(titles)} regels"
        st.error(
            f"**Geen advies over: {about}.** {plain(reason)} Beslis hierover zonder Leidraad.",
            icon=":material/report:",
        )
        if len(titles) > 1:
            with st.expander(f"Om welke regels het gaat ({len(titles)})", key=f"geen_{number}"):
                st.markdown("\n".join(f"- {title}" for title in titles))


def _close_form_without_advice(given: Sequence[Advice]) -> None:
    """Say that the form to deviate is gone when the advice it was about is."""
    rule = state.deviating()
    if rule and rule not in {advice.rule.id for advice in given}:
        state.deviate_from(None)
        st.warning(
            "Het advies waarvan u wilde afwijken, geldt nu niet meer. Uw uitleg is niet "
            "opgeslagen. Kopieer wat u wilt bewaren.",
            icon=":material/alt_route:",
        )
        for text in service.typed_to_deviate(rule):
            st.text(text)


def _conflict(conflict: Conflict, number: int, desk: Desk) -> None:
    """Show two rules that contradict each other, without choosing."""
    action = desk.knowledge.actions[conflict.action]
    for_it = "; ".join(plain(desk.title(rule)) for rule in conflict.do)
    against = "; ".join(plain(desk.title(rule)) for rule in conflict.do_not)
    with st.container(border=True, key=f"kaart_tegenstrijdig_{number}"):
        st.markdown(":red-badge[:material/compare_arrows: Tegenstrijdig]")
        st.markdown(f"### {plain(action.title)}, of juist niet?")
        later = " Een open vraag kan dit nog oplossen." if conflict.provisional else ""
        st.markdown(
            "Twee regels spreken elkaar hier tegen. Leidraad kiest niet; weeg beide redenen."
            f"{later}"
        )
        st.markdown(f"- **Ervoor:** {for_it}\n- **Ertegen:** {against}")


def _folded(desk: Desk, status: Status, title: str, item: Callable[[Advice, Desk], str]) -> None:
    """Draw a group of advices that ask no decision, folded in one list."""
    group = desk.having(status)
    if not group:
        return
    fold = st.expander(f"{title} ({len(group)})", key=f"groep_{status.value}", on_change="rerun")
    # Over all protocols this is most of the page, and seldom read: it is made when it is opened.
    if not fold.open:
        return
    with fold:
        st.caption(labels.STATUS_MEANING[status])
        for protocol, part in desk.by_protocol(group):
            if len(desk.consultation.case.protocols) > 1:
                st.markdown(f"**{plain(protocol)}**")
            st.markdown("\n".join(item(advice, desk) for advice in part))


def _line(advice: Advice, desk: Desk) -> str:
    said = plain(step(advice, desk.knowledge))
    return f"- **{said}**  \n  {plain(advice.rule.title)}. {plain(advice.rule.because)}"


def _under(title: str, lines: Sequence[str]) -> str:
    return f"\n  - {title}" + "".join(f"\n    - {line}" for line in lines) if lines else ""


def _open_item(advice: Advice, desk: Desk) -> str:
    asked = [plain(item) for item in questions_of(advice.missing, desk.knowledge)]
    return _line(advice, desk) + _under("Hiervoor is nog nodig:", asked)


def _defeated_item(advice: Advice, desk: Desk) -> str:
    by = [plain(desk.title(rule)) for rule in advice.defeated_by]
    return _line(advice, desk) + _under("Dit gaat voor:", by)


def _silent_item(advice: Advice, desk: Desk) -> str:
    reasons = reasons_of(advice, desk.consultation, desk.knowledge)
    because = plain(sentence(enumerate_dutch([reason.text for reason in reasons], "en")))
    said = plain(step(advice, desk.knowledge))
    return f"- **{plain(advice.rule.title)}** ({said})  \n  {because}"
