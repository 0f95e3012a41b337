"""What a team can learn from following and deviating: figures per rule, never per person."""

from collections.abc import Sequence

import streamlit as st

from engine.decisions import Choice, Learned, RuleFigures
from engine.library import Knowledge
from engine.table_file import as_csv
from ui import resources
from ui.auth import access
from ui.charts import CONFIG
from ui.frame import knowledge_or_stop
from ui.learning_charts import TOO_FEW, WHY_HIDDEN, Row, in_words, intervals
from ui.learning_words import SIGN, choice_rows, ground_rows, result_rows, said, table
from ui.pictures import AS_TEXT
from ui.proposals import proposals
from ui.text import capital, count, plain

# Rules in the first picture; the list to choose from has all.
MOST = 10

_METHOD = (
    "- Een casus telt bij een regel één keer mee, met het laatste besluit. Verzonnen casussen "
    "tellen niet mee.\n"
    "- 'Geadviseerd' is: er is over besloten, of het advies ging mee in een verslag.\n"
    "- De streep door de stip is het 95 %-interval van Wilson: bij weinig casussen is hij lang, en "
    "zegt het getal nog weinig.\n"
    f"- {WHY_HIDDEN}\n"
    "- Er wordt nooit per persoon geteld. Een cijfer zegt iets over een regel en het werk, en "
    "niets over wie het goed doet.\n"
    "- 'Binnen vijf seconden' is gemeten vanaf het moment waarop het advies in beeld kwam. Een "
    "besluit waarvan dat niet bekend is, bijvoorbeeld van elders, telt daarbij niet mee.\n"
    "- Het resultaat komt uit de terugblik op het besluit, na 3, 6 of 12 maanden. Dat iets daarna "
    "gebeurde, wil niet zeggen dat het daardoor kwam."
)


def page() -> None:
    """Draw the signals, the rules that are deviated from, and one rule up close."""
    knowledge, record = knowledge_or_stop(), access()
    st.title("Leren van afwijken", anchor=False)
    st.markdown(
        "Wat valt op aan de besluiten van het hele team? Een afwijking is geen fout: wordt er vaak "
        "van een regel afgeweken, dan klopt misschien de regel niet."
    )
    learned = resources.learned(record)
    if learned.rules:
        _signals(learned)
        _deviations(learned)
        _up_close(learned, knowledge)
        _take_along(learned, knowledge)
    else:
        st.info(
            "Er zijn nog te weinig besluiten om iets te laten zien. Van een regel verschijnen "
            "cijfers vanaf 5 casussen.",
            icon=":material/hourglass_empty:",
        )
    with st.expander("Hoe deze cijfers tot stand komen", key="leren_uitleg"):
        st.markdown(_METHOD)
    proposals(record, knowledge)


def _signals(learned: Learned) -> None:
    st.header("Om samen te bespreken", anchor=False)
    if not learned.signals:
        st.caption("Niets springt eruit.")
        return
    lines = []
    for sign in dict.fromkeys(signal.sign for signal in learned.signals):
        what, ask = SIGN[sign]
        rules = [said(signal) for signal in learned.signals if signal.sign is sign]
        lines.append(f"**{plain(what)}.** {plain(ask)}\n")
        lines += [f"- {plain(rule)}" for rule in rules]
        lines.append("")
    st.markdown("\n".join(lines))


def _deviations(learned: Learned) -> None:
    st.header("Hoe vaak wordt afgeweken", anchor=False)
    rows = [
        Row(one.title, one.choices.parts[Choice.DEVIATED])
        for one in learned.rules
        if Choice.DEVIATED in one.choices.parts
    ]
    shown = [row for row in rows if row.share]
    if shown:
        st.caption(
            "De stip is het deel waarin is afgeweken. De streep laat zien hoe zeker dat is: hoe "
            "langer, hoe minder zeker."
        )
        _drawn(shown[:MOST], "afwijkingen")
        if len(shown) > MOST:
            st.caption(f"Dit zijn de {MOST} met het grootste deel. De andere kiest u hieronder.")
    elif not rows:
        st.caption("Van deze regels is nog niet afgeweken.")
    if hidden := sum(row.share is None for row in rows):
        rest = count(hidden, "regel", "regels")
        st.caption(f"Bij {rest} zijn de afwijkingen {TOO_FEW}.")
    if learned.too_few:
        rest = count(learned.too_few, "andere regel", "andere regels")
        st.caption(f"Bij {rest} zijn er te weinig besluiten om te tonen.")


def _up_close(learned: Learned, knowledge: Knowledge) -> None:
    st.header("Eén regel van dichtbij", anchor=False)
    by_rule = {one.rule: one for one in learned.rules}
    chosen = st.selectbox(
        "Kies een regel",
        list(by_rule),
        format_func=lambda rule: by_rule[rule].title,
        key="leren_regel",
    )
    if chosen is None:
        return
    figures: RuleFigures = by_rule[chosen]
    st.caption(f"Geadviseerd in {count(figures.choices.total or 0, 'casus', 'casussen')}.")
    for heading, rows, key in (
        ("Wat ermee gebeurde", choice_rows(figures), "keuzes"),
        ("Waarom ervan is afgeweken", ground_rows(figures, knowledge), "gronden"),
        ("Wat er later van kwam", result_rows(figures), "resultaten"),
    ):
        if rows:
            st.subheader(heading, anchor=False)
            _drawn(rows, key)


def _drawn(rows: Sequence[Row], key: str) -> None:
    """Draw shares, with the same as text; where nothing may be shown, only say so."""
    shown = [row for row in rows if row.share]
    if not shown:
        st.markdown("\n".join(f"- {plain(row.label)}: {TOO_FEW}" for row in rows))
        return
    st.plotly_chart(
        intervals(shown), key=f"leren_{key}", config=CONFIG, theme=None, width="stretch"
    )
    if hidden := [row.label for row in rows if not row.share]:
        st.caption(f"{capital(TOO_FEW)}: {plain('; '.join(hidden))}.")
    fold = st.expander(AS_TEXT, key=f"als_tekst_{key}", type="compact", on_change="rerun")
    if fold.open:
        lines = [f"- **{plain(row.label)}:** {plain(in_words(row))}" for row in rows]
        fold.markdown("\n".join(lines))


def _take_along(learned: Learned, knowledge: Knowledge) -> None:
    st.download_button(
        "Bewaar alle cijfers als tabel (CSV)",
        as_csv(table(learned, knowledge)),
        file_name="leren-van-afwijken.csv",
        mime="text/csv; charset=utf-8",
        key="leren_bewaren",
        icon=":material/download:",
        on_click="ignore",
    )


page()
