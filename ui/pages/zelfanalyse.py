"""The self-scan: a team looks at its own way of working. Nothing is kept and nothing is sent."""

import streamlit as st

from engine.reasons import sources_in_words
from ui import service
from ui.frame import knowledge_or_stop
from ui.self_scan import NO_SCORE, as_text, ask, what_may_help
from ui.text import plain


def page() -> None:
    """Draw the questions, and below them what may help."""
    knowledge = knowledge_or_stop()
    scan = knowledge.self_scan
    if scan is None:
        st.title("Zelfanalyse", anchor=False)
        st.info("Er staat geen zelfanalyse in de map met kennis.", icon=":material/info:")
        return
    st.title(plain(scan.title), anchor=False)
    st.markdown(plain(scan.explanation))
    st.info(
        f"{NO_SCORE} Leidraad bewaart en verstuurt uw antwoorden niet. Ze verdwijnen als u dit "
        "venster sluit.",
        icon=":material/lock:",
    )
    answers = ask(scan)
    what_may_help(scan, answers)
    sources = sources_in_words(scan.sources, knowledge)
    if answers:
        st.download_button(
            "Bewaar de uitkomst als tekst",
            as_text(scan, answers, sources, service.today()),
            file_name="zelfanalyse.txt",
            mime="text/plain; charset=utf-8",
            key="zelfanalyse_bewaren",
            icon=":material/download:",
            on_click="ignore",
        )
    with st.expander("Waar de vragen op rusten", key="zelfanalyse_bronnen"):
        st.markdown("\n".join(f"- {plain(source)}" for source in sources))
        for number, question in enumerate(scan.in_order(), start=1):
            said = "; ".join(sources_in_words(question.sources, knowledge))
            st.markdown(f"**Vraag {number}:** {plain(said)}")


page()
