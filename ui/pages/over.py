"""What Leidraad is and is not, and where things are kept."""

import streamlit as st

from engine import VERSION
from engine.decisions import RecordError, default_url, record_file
from engine.paths import knowledge_folder
from ui.auth import NAME_VARIABLE, current_actor, name_is_given
from ui.door import name_form
from ui.text import plain

IS = """
- Een leidraad bij het kiezen van een volgende stap, op basis van protocollen en wetten.
- Elk advies zegt waarom het geldt, op welke bron het rust en hoe zeker dat is.
- U volgt het advies, of legt uit waarom niet. Beide worden bewaard.
- Wat niet bekend is of betwist wordt, telt als onbekend. Onbekend is nooit hetzelfde als nee.
"""
IS_NOT = """
- Geen besluit. U beslist, na overleg met de cliënt.
- Geen oordeel over een persoon, en geen voorspelling.
- Geen plek voor namen, burgerservicenummers of diagnoses.
- Geen vervanging van de wet, de verordening of het beleid van uw organisatie.
"""


def page() -> None:
    """Draw the page."""
    st.title("Over Leidraad", anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        st.header("Wat het is", anchor=False)
        st.markdown(IS)
    with right:
        st.header("Wat het niet is", anchor=False)
        st.markdown(IS_NOT)
    st.header("De voorbeelden zijn verzonnen", anchor=False)
    st.markdown(
        "Alle cliënten die als fictief voorbeeld in de lijst staan, bestaan niet. Lijkt er een op "
        "iemand die u kent, dan is dat toeval. Ook gemeenten met het woord 'fictief' erachter "
        "bestaan niet."
    )
    _you()
    st.header("Waar het dossier staat", anchor=False)
    st.markdown(f"{_place()} Leidraad verstuurt niets.")
    st.caption(f"Versie {VERSION} · kennis uit de map {plain(knowledge_folder().name)}")


def _you() -> None:
    """Say who the record takes the user for, and let who works alone change their name."""
    try:
        actor = current_actor()
    except RecordError:
        return
    st.header("Wie u bent", anchor=False)
    if actor.alone:
        st.markdown(
            f"U werkt alleen, op deze computer, als **{plain(actor.name)}**. Er is geen "
            "aanmelding. U hebt alle rollen en alles in het dossier is van u."
        )
        if name_is_given():
            st.caption(f"Uw naam komt uit {NAME_VARIABLE}; verander hem daar.")
            return
        with st.expander("Uw naam veranderen", key="naam_veranderen"):
            name_form("Bewaar mijn naam", actor.name)
        return
    teams = f" Teams: {plain(', '.join(sorted(actor.teams)))}." if actor.teams else ""
    st.markdown(
        f"U bent aangemeld als **{plain(actor.name)}**, kenmerk {plain(actor.id)}. Rollen: "
        f"{plain(', '.join(sorted(actor.roles)))}.{teams} De beheerder geeft de rollen."
    )


def _place() -> str:
    """Say where the record is, without the password that an address may hold."""
    file = record_file(default_url())
    if file is not None:
        place = plain(str(file))
        return f"Antwoorden en besluiten staan in één bestand op deze computer: {place}."
    return "Antwoorden en besluiten staan in de database die uw beheerder heeft ingesteld."


page()
