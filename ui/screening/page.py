"""The page on a whole file of clients, step by step."""

from __future__ import annotations

import streamlit as st

from engine.decisions import AccessError
from engine.reader import os_error_in_words
from ui.auth import access
from ui.frame import knowledge_or_stop
from ui.screening import ask, fit
from ui.screening.choose import choose
from ui.screening.client import client
from ui.screening.couple import couple
from ui.screening.results import results
from ui.screening.room import KEYS, READING, SCREENING, Desk, begin_anew, desk, own_room
from ui.service import guarded
from ui.text import plain

_STEPS = ("Bestand", "Kolommen", "Inlezen en regels", "Uitkomst")


def page() -> None:
    """Draw the step that the user is at."""
    knowledge, record = knowledge_or_stop(), access()
    st.title("Doorlichten", anchor=False)
    try:
        on = desk(knowledge, record)
    except AccessError:
        st.info(
            "Deze pagina is voor leidinggevenden. Een jurist kan hier zien hoe het werkt, met een "
            "verzonnen bestand.",
            icon=":material/lock:",
        )
        return
    except OSError as error:
        st.error(
            f"**Leidraad kan nu geen bestand inlezen:** {os_error_in_words(error)}. Meld dit aan "
            "de beheerder.",
            icon=":material/folder_off:",
        )
        return
    work = on.work
    # Whoever sees the page again no longer waits for what went on before.
    work.attempt = None
    if work.source is not None and not work.made_up and not record.can_screen:
        begin_anew(on.room)
    if work.review is not None and work.client is not None:
        client(on, work.review, work.client)
        return
    _beginning(on)
    step = _step(on)
    _where(on, step)
    if work.going:
        # What stood here must be gone while the file is read or the rules are applied: a form that
        # is still there looks as if it can be used.
        st.empty()
        if work.going == READING:
            fit.read(on)
        else:
            ask.run(on)
        return
    with st.container(key=f"{KEYS}stap"):
        if work.review is not None:
            results(on, work.review)
        elif work.intake is not None:
            fit.report(on)
            ask.ask(on)
        elif work.source is not None:
            couple(on)
        else:
            choose(on)


def _beginning(on: Desk) -> None:
    st.markdown(
        "De regels kijken naar alle cliënten in een bestand. U ziet naar wie u kunt kijken, en "
        "waarom. Leidraad besluit niets en geeft niemand een score."
    )
    if on.work.source is None:
        st.info(
            "**Leidraad bewaart niets van uw bestand.** Het staat in een tijdelijke map die alleen "
            "bij dit venster hoort. Sluit u het venster, valt de verbinding weg of begint u "
            "opnieuw, dan is alles weg. Mag u deze gegevens hiervoor gebruiken? Vraag dat vooraf "
            "aan uw privacyfunctionaris.",
            icon=":material/lock:",
        )


def _step(on: Desk) -> int:
    work = on.work
    found = (work.source, work.intake or work.going, work.review or work.going == SCREENING)
    return sum(bool(one) for one in found)


def _where(on: Desk, step: int) -> None:
    """Say at which step the user is, with the way back to earlier ones."""
    work = on.work
    if work.source is None:
        return
    said = plain("verzonnen bestand" if work.made_up else work.source.name)
    st.caption(f"Stap {step + 1} van {len(_STEPS)}: {_STEPS[step]} · {said}")
    with st.container(horizontal=True, gap="small", key=f"{KEYS}stappen"):
        for label, icon, key, shown in (
            ("Ander bestand", "restart_alt", "opnieuw", True),
            ("Andere koppeling", "link", "andere_koppeling", work.intake is not None),
            ("Andere regels", "rule", "andere_regels", work.review is not None),
        ):
            if shown:
                st.button(
                    label,
                    key=f"{KEYS}{key}",
                    type="tertiary",
                    icon=f":material/{icon}:",
                    on_click=_back,
                    args=(key,),
                )


@guarded()
def _back(to: str) -> None:
    """Go back to a step; what came after it is taken away."""
    room = own_room()
    room.work.take_back()
    if to == "opnieuw":
        begin_anew(room)
    elif to == "andere_koppeling":
        room.work.unread()
