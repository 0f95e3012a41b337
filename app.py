"""The entry point of the app: the frame and the router. Start it with ``make app``."""

from pathlib import Path

import streamlit as st

from ui.address import arrive
from ui.auth import ways
from ui.frame import dress, guarded

ui = Path(__file__).parent / "ui"
# Before the pages: without it, the browser fetches the icon of each page from outside.
st.set_page_config(page_icon=ui / "pictogram.svg", layout="wide")
dress()
open_to_me = ways()
st.logo(ui / "logo.svg", size="large")
pages = st.navigation(
    [
        st.Page(
            "ui/pages/raadplegen.py",
            title="Raadplegen",
            icon=":material/explore:",
            url_path="raadplegen",
            default=True,
        ),
        # These two are about the case that is open, which leads to them.
        st.Page("ui/pages/wat_als.py", title="Wat als", url_path="wat-als", visibility="hidden"),
        st.Page("ui/pages/verslag.py", title="Verslag", url_path="verslag", visibility="hidden"),
        st.Page("ui/pages/protocollen.py", title="Protocollen", icon=":material/menu_book:"),
        st.Page("ui/pages/intervisie.py", title="Intervisie", icon=":material/forum:"),
        st.Page("ui/pages/leren.py", title="Leren van afwijken", icon=":material/insights:"),
        st.Page("ui/pages/werkplaats.py", title="Werkplaats", icon=":material/build_circle:"),
        st.Page(
            "ui/pages/zelfanalyse.py", title="Zelfanalyse voor teams", icon=":material/groups:"
        ),
        # These two say themselves for whom they are; to others there is no way to them.
        st.Page(
            "ui/pages/doorlichten.py",
            title="Doorlichten",
            icon=":material/filter_alt:",
            visibility="visible" if open_to_me.screening else "hidden",
        ),
        st.Page(
            "ui/pages/bewaren.py",
            title="Bewaren en wissen",
            icon=":material/inventory_2:",
            url_path="bewaren",
            visibility="visible" if open_to_me.terms else "hidden",
        ),
        st.Page("ui/pages/over.py", title="Over Leidraad", icon=":material/info:", url_path="over"),
    ],
    # Who is not known here sees no way to anything.
    position="top" if open_to_me.pages else "hidden",
)
st.set_page_config(page_title=f"{pages.title} · Leidraad")
arrive(pages.url_path)
guarded(pages.run)
