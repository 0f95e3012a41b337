"""The workshop: how the protocols are doing, and changing one before it counts for anyone."""

import streamlit as st

from ui.auth import access
from ui.frame import knowledge_or_stop
from ui.text import plain
from ui.workshop.checks import checks
from ui.workshop.desk import Desk, desk
from ui.workshop.edit import edit
from ui.workshop.effects import effects
from ui.workshop.opened import OPEN, PART, choose, part_key
from ui.workshop.overview import overview
from ui.workshop.preview import preview
from ui.workshop.proposal import proposal
from ui.workshop.reading import picture, read

_READ = {"Lezen": read, "Redenering": picture, "Controles": checks}
_DESIGN = {
    PART: edit,
    "Eén cliënt": preview,
    "Gevolgen": effects,
    "Voorstel": proposal,
}


def page() -> None:
    """Draw the list of protocols, or the one that is open."""
    knowledge, record = knowledge_or_stop(), access()
    st.title("Werkplaats", anchor=False)
    if not record.can_design:
        st.info(
            "Hier werken methodeontwikkelaars aan de protocollen. U kunt lezen hoe een protocol in "
            "elkaar zit en hoe het ervoor staat. Klopt er iets niet? Zeg het tegen een "
            "methodeontwikkelaar, of neem het mee naar intervisie.",
            icon=":material/visibility:",
        )
    name = OPEN.current()
    if name in knowledge.protocols:
        _protocol(desk(knowledge, str(name), record))
        return
    if record.can_design:
        st.markdown(
            "Zie hoe de protocollen ervoor staan. Verander er een, zie voor wie dat iets uitmaakt, "
            "en maak er een voorstel van. Wat geldt, verandert hier nooit."
        )
    overview(knowledge, record)


def _protocol(on: Desk) -> None:
    st.button(
        "Naar alle protocollen",
        key="werkplaats_terug",
        type="tertiary",
        icon=":material/arrow_back:",
        on_click=choose,
        args=(None,),
    )
    st.header(plain(on.released.protocol.title), anchor=False)
    if on.may_design and on.is_behind:
        st.warning(
            "**Wat is uitgebracht, is veranderd sinds u begon.** Uw tekst gaat nog uit van de "
            "versie van toen. Kijk na wat er anders is, of begin bij Bewerken opnieuw.",
            icon=":material/sync_problem:",
        )
    parts = {**_READ, **(_DESIGN if on.may_design else {})}
    tabs = st.tabs(list(parts), key=part_key(on.protocol), on_change="rerun")
    for tab, draw in zip(tabs, parts.values(), strict=True):
        if tab.open:
            with tab:
                draw(on)


page()
