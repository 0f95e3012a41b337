"""What a whole caseload shows: where clients end, what to ask first, how quiet it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from engine import labels
from engine.caseload.figures.blocking import Blocker
from engine.caseload.figures.contact import (
    Contact,
    Silence,
    known_silence,
    longest_quiet,
    quiet,
)
from engine.caseload.figures.flow import Flow, Kind, flow, label
from engine.caseload.review import Review
from engine.caseload.summary import Counted, counted, in_short
from engine.program import Program, build_program
from engine.wording import amount_in_words, date_in_words, digits, enumerate_dutch
from engine.words import Certainty, Status
from ui.charts import CONFIG
from ui.map_chart import MAP_CONFIG
from ui.pictures import AS_TEXT
from ui.screening.charts import Bar, bars
from ui.screening.clients import look_at, outcome_in_words
from ui.screening.flow_chart import WIDTH, flow_figure
from ui.screening.room import KEYS, Desk
from ui.text import bullets_of, capital, plain

_BLOCKERS, _LONGEST_QUIET = 15, 20


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table in Markdown; what is in it is shown as it is."""
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    lines += [f"| {' | '.join(plain(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)


def draw(figure: Any, key: str, said: str, *, opened: bool = False) -> None:
    """Draw a figure with the same as a table, for who can't see or tap it.

    Args:
        figure: the figure.
        key: tells it from others on the page.
        said: the table, as Markdown.
        opened: whether the table shows at once.
    """
    st.plotly_chart(figure, key=f"{KEYS}{key}", config=CONFIG, theme=None, width="stretch")
    as_table(key, said, opened=opened)


def as_table(key: str, said: str, *, opened: bool = False) -> None:
    """Fold away a figure as a table."""
    fold = st.expander(
        AS_TEXT, opened, key=f"als_tekst_{KEYS}{key}", type="compact", on_change="rerun"
    )
    if fold.open:
        fold.markdown(said)


def sums(on: Desk, review: Review) -> Counted:
    """Return what was counted of all rules, once for each review."""
    return on.work.once(("sums",), lambda: counted(review, on.knowledge))


def in_sum(on: Desk, review: Review) -> None:
    """Say in a few lines what came of the review."""
    st.markdown(bullets_of(in_short(sums(on, review))))


def flows(on: Desk, review: Review) -> None:
    """Draw for one protocol where clients end, and what each of its rules says."""
    titles = {one.protocol.id: one.protocol.title for one in review.program.protocols}
    chosen = st.selectbox(
        "Welk protocol",
        list(titles),
        format_func=titles.__getitem__,
        key=f"{KEYS}stroom_protocol",
        persist_state="session",
    )
    if chosen is None:
        return
    program = _alone(on, review, chosen)
    found = on.work.once(
        ("flow", chosen), lambda: flow(program, review.facts(), review.reference, chosen)
    )
    st.header("Van gronden naar uitkomsten", anchor=False)
    st.markdown(
        "Elke cliënt gaat één weg: langs de vragen waarin de regels verschil maken, naar de eerste "
        "regel die een advies geeft, en naar de stap."
    )
    if found.several:
        st.caption(
            f"Bij {amount_in_words(found.several, 'cliënt', 'cliënten')} geven meer regels een "
            "advies. Hier telt alleen de eerste."
        )
    _draw_flow(found, [label(node, on.knowledge, program) for node in found.nodes], chosen)
    st.header("Uitkomst per regel", anchor=False)
    _outcomes(on, review, chosen)


def _alone(on: Desk, review: Review, protocol: str) -> Program:
    """Return a program with one protocol only: much less has to be worked out."""
    authority = review.program.authority.id
    return build_program(on.knowledge, (protocol,), authority, review.reference)


def _draw_flow(found: Flow, names: Sequence[str], protocol: str) -> None:
    """Draw the flow where there is room for it; on a phone a list of bars takes its place."""
    with st.container(key=f"redekaart_plek_{KEYS}{protocol}"):
        with st.container(key=f"redekaart_breed_{WIDTH // 100}_{KEYS}{protocol}"):
            st.plotly_chart(
                flow_figure(found, names),
                key=f"{KEYS}stroom_{protocol}",
                config=MAP_CONFIG,
                theme=None,
                width="content",
            )
        with st.container(key=f"redekaart_smal_{WIDTH // 100}_{KEYS}{protocol}"):
            rows = [
                Bar(name, node.files, digits(node.files))
                for node, name in zip(found.nodes, names, strict=True)
                if node.kind in (Kind.RULE, Kind.OUTCOME)
            ]
            st.plotly_chart(
                bars(rows, found.nodes[0].files),
                key=f"{KEYS}stroom_smal_{protocol}",
                config=CONFIG,
                theme=None,
                width="stretch",
            )
    cells = [(names[link.source], names[link.target], digits(link.files)) for link in found.links]
    as_table(f"stroom_{protocol}", table(("Van", "Naar", "Cliënten"), cells))


def _outcomes(on: Desk, review: Review, protocol: str) -> None:
    """List what each rule says of how many clients; a table would not fit on a phone."""
    rules = review.program.rules
    lines, silent = [], 0
    for one in sums(on, review).outcomes.of_protocol(protocol):
        said = [
            f"{digits(many)} {outcome_in_words(kind).lower()}"
            for kind, many in one.counts.items()
            if many and kind != Status.DOES_NOT_HOLD
        ]
        if said:
            lines.append(f"- **{plain(rules[one.rule].rule.title)}:** {', '.join(said)}")
        else:
            silent += 1
    st.markdown("\n".join(lines))
    if silent:
        rest = amount_in_words(silent, "regel geldt", "regels gelden")
        st.caption(f"{capital(rest)} bij niemand.")


def asking(on: Desk, review: Review) -> None:
    """Draw which unknown facts keep most advices waiting."""
    blocked = review.blocked
    st.header("Wat u het eerst kunt vragen", anchor=False)
    if blocked is None or not blocked.facts:
        st.success("Geen enkel advies wacht op een antwoord.", icon=":material/check_circle:")
        return
    st.markdown(
        f"Bij {amount_in_words(blocked.waiting, 'cliënt', 'cliënten')} wacht een advies op een "
        "antwoord. De volgorde is die van de vragen bij één cliënt: hoger als meer adviezen erop "
        "wachten, lager als het antwoord meer moeite kost. Wat een deskundige moet vaststellen, "
        "staat onderaan."
    )
    st.caption(
        "Vol: bij zoveel cliënten wacht er verder niets. Licht: er ontbreekt ook iets anders."
    )
    shown = blocked.facts[:_BLOCKERS]
    rows = [
        Bar(
            one.fact.label,
            one.files,
            f"{digits(one.files)}, {digits(one.settles_files)} daarmee rond",
            one.settles_files,
        )
        for one in shown
    ]
    said = "\n".join(_question(one) for one in blocked.facts)
    draw(bars(rows, max(one.files for one in shown)), "vragen", said)
    if rest := len(blocked.facts) - len(shown):
        st.caption(f"Als tekst staan er nog {rest}.")


def _question(one: Blocker) -> str:
    """Say of one question how many wait for it, and who knows the answer, as Markdown."""
    who = enumerate_dutch([labels.RESPONDENT[name] for name in one.fact.respondents], "of")
    advices = amount_in_words(one.advices, "advies wacht", "adviezen wachten")
    return (
        f"- **{plain(one.fact.question)}** Wie het weet: {plain(who)}. Bij "
        f"{amount_in_words(one.files, 'cliënt', 'cliënten')}; daarmee rond: "
        f"{digits(one.settles_files)}. {capital(advices)} erop."
    )


def silence(on: Desk, review: Review) -> None:
    """Draw around how many clients it is quiet, and around whom the longest."""
    st.header("Stille cliënten", anchor=False)
    known = known_silence(on.knowledge, review.program.authority, review.reference)
    months = st.number_input(
        "Stil is: het laatste contact is meer maanden geleden dan",
        min_value=1,
        max_value=120,
        value=known.months if known else 6,
        step=1,
        key=f"{KEYS}stil_maanden",
        persist_state="session",
    )
    if known is None or known.value is None:
        st.caption("De kennis heeft hier geen grens voor. U kiest dus zelf.")
    elif months == known.months:
        sure = known.value.certainty
        doubt = "" if sure is Certainty.READ else f" Let op: {plain(labels.CERTAINTY[sure])}."
        st.caption(f"De grens van {known.months} maanden komt uit de kennis.{doubt}")
    facts, day = review.facts(), review.reference
    wanted = Silence(int(months))
    found = on.work.once(("quiet", months), lambda: quiet(facts, day, wanted))
    told = {
        Contact.QUIET: "Stil",
        Contact.RECENT: "Niet stil",
        Contact.UNKNOWN: "Laatste contact onbekend",
        Contact.AHEAD: "Laatste contact na de peildatum (kan niet)",
    }
    rows = [
        Bar(said, found.counts[kind], digits(found.counts[kind])) for kind, said in told.items()
    ]
    draw(
        bars(rows, found.counts.total()),
        "stil",
        table(("Contact", "Cliënten"), [(row.label, row.said) for row in rows]),
    )
    st.caption("Onbekend telt apart, en nooit als stil: misschien schreef niemand het contact op.")
    longest = on.work.once(
        ("longest", months), lambda: longest_quiet(facts, day, int(months), _LONGEST_QUIET)
    )
    if not longest:
        return
    st.subheader("Het langst stil", anchor=False)
    for name, last in longest:
        st.button(
            f"{plain(name)}: {date_in_words(last)}",
            key=f"{KEYS}stil_{name.encode().hex()}",
            type="tertiary",
            icon=":material/arrow_forward:",
            icon_position="right",
            on_click=look_at,
            args=(name,),
        )
