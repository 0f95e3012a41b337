"""What every page stands in: the look, the language, and a net under everything that can fail."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from engine.decisions import NoCaseError, RecordError
from engine.library import Knowledge
from ui import resources, state
from ui.components import findings, notices
from ui.door import admit
from ui.shelf import Reading
from ui.text import plain

_LOG = logging.getLogger(__name__)
_STYLE = Path(__file__).parent / "stijl.css"

# What Streamlit leaves undone for who hears the page or works from the keyboard. It is one element
# and always the same, so the browser runs it once.
_SCRIPTS = "".join(
    f"<script>{(Path(__file__).parent / name).read_text(encoding='utf-8')}</script>"
    for name in ("dutch.js", "focus.js", "leaving.js")
)

# Streamlit keeps the place where the user was on the page, also when all of it is replaced.
_TO_TOP = """<script>document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);</script>"""


def dress() -> None:
    """Set the look and the language of the page."""
    st.html(_STYLE)
    st.html(_SCRIPTS, unsafe_allow_javascript=True)
    if state.take_to_top():
        st.html(_TO_TOP, unsafe_allow_javascript=True)


def guarded(run: Callable[[], None]) -> None:
    """Run a page; whatever fails becomes a Dutch message, never a traceback."""
    if way := state.take_way():
        st.switch_page(way)

    def page() -> None:
        notices()
        if admit():
            run()
        resources.spare_the_collector()

    netted(page)


def netted(run: Callable[[], None]) -> None:
    """Draw a page, or a part that is drawn by itself; what fails becomes a Dutch message."""
    try:
        run()
    except NoCaseError:
        # It was erased while it was open: without it there is nothing to draw.
        state.set_case(None)
        state.notify("Deze casus staat niet meer in het dossier.", "fout")
        st.rerun()
    except RecordError as error:
        _LOG.warning("The record failed: %s", error)
        st.error(f"**Het dossier werkt niet.** {plain(str(error))}", icon=":material/folder_off:")
    except resources.NoKnowledgeError:
        no_knowledge(resources.reading())
    except Exception:
        _LOG.exception("A page failed.")
        st.error(
            "**Er ging iets mis in Leidraad.** Wat u vastlegde, is bewaard. Laad de pagina "
            "opnieuw; blijft dit zo, meld het dan aan de beheerder.",
            icon=":material/error:",
        )


def knowledge_or_stop() -> Knowledge:
    """Return the knowledge to work with; say so when it is not that of now.

    Raises:
        NoKnowledgeError: there has been no good version yet.
    """
    reading = resources.reading()
    if reading.knowledge is None:
        raise resources.NoKnowledgeError
    if reading.findings:
        st.warning(
            "**De bestanden met kennis bevatten een fout.** Leidraad werkt door met de laatste "
            "versie die goed was.",
            icon=":material/build:",
        )
        with st.expander("Wat er mis is", key="kennis_fouten_uitklap"):
            findings(reading.findings, "kennis_fouten")
    return reading.knowledge


def no_knowledge(reading: Reading) -> None:
    """Say what is wrong with the knowledge when there is nothing to work with."""
    st.error(
        "**Leidraad kan nu geen advies geven: de bestanden met kennis bevatten een fout.** "
        "Herstel wat hieronder staat en laad de pagina opnieuw. Dossiers blijven bewaard.",
        icon=":material/build:",
    )
    findings(reading.findings, "kennis_fouten")
