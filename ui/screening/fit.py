"""The third step: the file is read whole, and what was met is shown before any rule runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import streamlit as st

from engine.caseload.intake import Progress as Rows
from engine.caseload.intake import take_in
from engine.caseload.intake_report import ColumnReport, IntakeReport
from engine.caseload.pace import Pace
from engine.library import Knowledge
from engine.wording import amount_in_words, enumerate_dutch
from ui.screening.room import KEYS, Desk
from ui.screening.trouble import told_plainly
from ui.text import plain
from ui.workshop.waiting import Progress, working

_SHOWN = 10
_LISTED = 200


def read(on: Desk) -> None:
    """Read the file, with how far it is; a click stops it, and leaves nothing."""
    work = on.work
    if work.source is None or work.coupling is None:
        return
    # A click ends this, and must not begin it again.
    work.going = ""
    progress = working(f"{KEYS}lezen")
    source, coupling = work.source, work.coupling
    with told_plainly():
        found = on.room.attempt(
            lambda place: take_in(
                source, coupling, on.knowledge, place, progress=told(progress, "rijen gelezen")
            )
        )
        if found is not None:
            work.unread()
            work.intake, work.coupling = found, coupling
    st.rerun()


def told(progress: Progress, what: str) -> Rows:
    """Turn rows and shares into what the user reads about how far it is."""
    pace = Pace()

    def tell(done: int, share: float | None) -> None:
        progress(share or 0.0, pace.told(done, what, share))

    return tell


def report(on: Desk) -> None:
    """Draw what was met."""
    intake = on.work.intake
    if intake is None:
        return
    found = intake.report
    st.header("Wat Leidraad las", anchor=False)
    _beginning(found)
    for why in found.stops:
        st.error(f"**Leidraad bekijkt dit bestand niet.** {plain(why)}", icon=":material/block:")
    if intake.aside is not None:
        with st.container(key=f"{KEYS}opzij"):
            st.download_button(
                f"Bewaar de rijen die opzij staan ({found.aside})",
                intake.aside.read_bytes,
                file_name="opzij.csv",
                mime="text/csv; charset=utf-8",
                key=f"{KEYS}opzij_bewaren",
                icon=":material/download:",
                on_click="ignore",
            )
    _impossible(found)
    _groups(found)
    if found.kept:
        _unknown(found, on.knowledge)
    _rest(found, on.knowledge)


def _beginning(found: IntakeReport) -> None:
    said = [f"{plain(found.read_as)}.", *map(plain, found.remarks)]
    clients = amount_in_words(found.kept, "cliënt", "cliënten")
    rows = amount_in_words(found.aside, "rij", "rijen")
    said.append(f"**{clients} om te bekijken, {rows} opzij gezet.**")
    if found.doubles:
        said.append(
            f"Daarvan hebben er {found.doubles} een kenmerk dat vaker voorkomt. Leidraad kiest "
            "niet welke rij klopt."
        )
    if found.blank:
        said.append(f"{amount_in_words(found.blank, 'lege rij', 'lege rijen')} overgeslagen.")
    st.markdown(" ".join(said))


def _impossible(found: IntakeReport) -> None:
    wrong = [one for one in found.columns if one.refused]
    if not wrong:
        return
    st.subheader("Waarden die niet kunnen", anchor=False)
    st.caption("Zo'n rij staat in haar geheel opzij. Verbeter haar in uw bestand, en lees opnieuw.")
    st.markdown("\n".join(line for one in wrong[:_LISTED] for line in _refusals(one, found)))


def _refusals(one: ColumnReport, found: IntakeReport) -> Iterator[str]:
    yield f"- **{plain(one.column)}**: {one.refused} keer"
    for example in one.examples:
        lines = enumerate_dutch([str(line) for line in example.lines], "en")
        yield f"  - {found.line_word} {lines}: '{plain(example.value)}'. {plain(example.reason)}"


def _groups(found: IntakeReport) -> None:
    for one in found.groups:
        if one.ground:
            st.warning(
                f"**Groep {plain(one.group)}.** {plain(one.ground.warning)}",
                icon=":material/balance:",
            )


def _unknown(found: IntakeReport, knowledge: Knowledge) -> None:
    st.subheader("Wat onbekend is", anchor=False)
    columns = sorted(found.columns, key=lambda one: -one.unknown)
    if not any(one.unknown for one in columns):
        st.caption("Van elke cliënt is elk gekoppeld feit bekend.")
        return
    st.markdown(_unknown_table(columns[:_SHOWN], found, knowledge))
    if len(columns) > _SHOWN:
        fold = st.expander(
            f"Alle feiten ({len(columns)})", key=f"{KEYS}onbekend_alles", on_change="rerun"
        )
        if fold.open:
            fold.markdown(_unknown_table(columns, found, knowledge))


def _unknown_table(
    columns: Sequence[ColumnReport], found: IntakeReport, knowledge: Knowledge
) -> str:
    lines = ["| Feit | Kolom | Onbekend |", "|---|---|---|"]
    for one in columns:
        share = f"{100 * one.unknown / found.kept:.1f}".replace(".", ",")
        fact = plain(knowledge.facts[one.fact].label)
        lines.append(f"| {fact} | {plain(one.column)} | {share} % ({one.unknown}) |")
    return "\n".join(lines)


def _rest(found: IntakeReport, knowledge: Knowledge) -> None:
    """Fold away what was not used and what no column gives."""
    lists = [
        ("Niet gekoppeld, dus niet gebruikt", [*found.uncoupled, *found.ignored]),
        (
            "Zonder kolom, dus bij iedereen onbekend",
            [knowledge.facts[name].label for name in found.unanswered],
        ),
    ]
    fixed = [f"{knowledge.facts[name].label}: {told}" for name, told in found.for_all.items()]
    lists.append(("Volgens u bij iedereen hetzelfde", fixed))
    parts = [(title, names) for title, names in lists if names]
    if not parts and not found.unsafe:
        return
    fold = st.expander("Wat verder opviel", key=f"{KEYS}verder", on_change="rerun")
    if not fold.open:
        return
    with fold:
        for title, names in parts:
            rest = f" en nog {len(names) - _LISTED}" if len(names) > _LISTED else ""
            said = ", ".join(plain(one) for one in names[:_LISTED])
            st.markdown(f"**{title} ({len(names)}):** {said}{rest}.")
        if found.unsafe:
            st.markdown("\n".join(f"- {plain(one)}" for one in found.unsafe))
