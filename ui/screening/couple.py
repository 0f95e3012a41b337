"""The second step: what is in each column. What Leidraad thinks is shown; the user decides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import streamlit as st

from engine.caseload.coupled import coupling_of
from engine.caseload.drafting import CouplingDraft
from engine.caseload.suggest import Suggestion
from engine.knowledge import Fact
from engine.reader import MAX_BYTES, read_text
from engine.words import DecimalMark, Likeness
from ui import resources, service, state
from ui.screening.by_hand import by_hand, for_all
from ui.screening.room import KEYS, READING, Desk, forget, own_room
from ui.screening.trouble import told_plainly
from ui.text import count, plain

_DOSSIER, _DECIMAL, _COUPLING = f"{KEYS}kenmerk", f"{KEYS}decimaal", f"{KEYS}koppeling"
_ASKED = 60
"""Suggestions that are asked about; in a file with more, the columns are called quite otherwise."""

_LISTED = 400
_ANSWERS = 6
_DECIMALS = {None: "niet van belang", DecimalMark.COMMA: "komma", DecimalMark.POINT: "punt"}


def couple(on: Desk) -> None:
    """Draw what each column is taken for, with what is still to be said."""
    found, draft = on.work.suggestions, on.work.draft
    if found is None or draft is None:
        return
    st.header("Wat staat er in de kolommen?", anchor=False)
    st.markdown(
        "Leidraad zoekt bij elke kolom het feit dat erbij hoort. Alleen wat precies zo heet, staat "
        "vast. Een voorstel geldt pas als u het aanvinkt. Een kolom zonder feit gebruikt Leidraad "
        "niet."
    )
    _dossier(on, draft)
    _suggested([one for one in found.columns if _is_asked(one)], draft, on)
    by_hand(on, draft)
    for_all(on, draft)
    _settled(draft, on)
    _refused(one for one in found.columns if one.refused)
    _file(draft)
    st.button(
        "Lees het hele bestand",
        key=f"{KEYS}lees",
        type="primary",
        icon=":material/fact_check:",
        on_click=_check,
    )


def _is_asked(one: Suggestion) -> bool:
    """Whether someone has to say something about a suggestion before it holds."""
    if one.refused or not one.fact:
        return False
    return one.likeness is not Likeness.SAME or bool(one.values or one.unknown)


def _dossier(on: Desk, draft: CouplingDraft) -> None:
    source = on.work.source
    columns = list(source.columns) if source else []
    # The list shows text as it is, without reading it as Markdown.
    st.selectbox(
        "Welke kolom heeft uw eigen kenmerk van de cliënt?",
        columns,
        index=columns.index(draft.dossier) if draft.dossier in columns else None,
        placeholder="Kies een kolom",
        help="Een nummer of code die alleen u begrijpt. Nooit een naam of een BSN.",
        key=_DOSSIER,
        on_change=_set_dossier,
    )


@service.guarded()
def _set_dossier() -> None:
    draft = own_room().work.draft
    if draft is not None:
        draft.dossier = st.session_state.get(_DOSSIER) or ""


def _suggested(asked: Sequence[Suggestion], draft: CouplingDraft, on: Desk) -> None:
    """Draw each suggestion with a box to tick."""
    if not asked:
        return
    st.subheader(f"Voorstellen om na te kijken ({len(asked)})", anchor=False)
    st.caption("Klopt een voorstel? Vink het aan.")
    facts = on.knowledge.facts
    for number, one in enumerate(asked[:_ASKED]):
        sure = "zelfde naam, andere antwoorden" if one.likeness is Likeness.SAME else one.likeness
        st.checkbox(
            f"**{plain(one.column)}** is: {plain(facts[one.fact].label)} ({sure})",
            draft.follows(one),
            key=f"{KEYS}voorstel_{number}",
            on_change=_take_over,
            args=(number, one),
        )
        if said := answers_in_words(one, facts[one.fact]):
            st.caption(said)
    if len(asked) > _ASKED:
        rest = count(len(asked) - _ASKED, "voorstel", "voorstellen")
        st.caption(f"En nog {rest}. Koppel die hieronder zelf, of met een koppelingbestand.")


def answers_in_words(one: Suggestion, fact: Fact) -> str:
    """Say which cells are taken for which answer, as Markdown; empty if none has to be."""
    labels = {option.id: option.label for option in fact.options}
    pairs = [(cell, labels.get(answer, answer)) for cell, answer in one.values.items()]
    parts = [f"'{plain(cell)}' is {plain(answer)}" for cell, answer in pairs[:_ANSWERS]]
    if len(pairs) > _ANSWERS:
        parts.append(f"nog {len(pairs) - _ANSWERS}")
    if one.unknown:
        parts.append("onbekend is " + ", ".join(f"'{plain(cell)}'" for cell in one.unknown))
    if one.unread:
        cells = ", ".join(f"'{plain(cell)}'" for cell in one.unread)
        parts.append(f"geen antwoord gevonden voor {cells}")
    return "; ".join(parts)


@service.guarded()
def _take_over(number: int, one: Suggestion) -> None:
    """Use a column as was suggested, or leave it out again."""
    draft = own_room().work.draft
    if draft is None:
        return
    if st.session_state.get(f"{KEYS}voorstel_{number}"):
        draft.take_over(one)
    else:
        draft.leave(one)


def _settled(draft: CouplingDraft, on: Desk) -> None:
    """List what every column is used for, folded away: there can be hundreds."""
    used = {column: use for column, use in draft.uses.items() if not use.is_nothing}
    left = [column for column in draft.uses if column not in used and column != draft.dossier]
    fold = st.expander(
        f"De koppeling zoals zij nu is ({count(len(used), 'kolom', 'kolommen')} gekoppeld, "
        f"{len(left)} niet)",
        key=f"{KEYS}koppeling_nu",
        icon=":material/list:",
        on_change="rerun",
    )
    if not fold.open:
        return
    facts = on.knowledge.facts
    likeness = (
        {one.column: one.likeness for one in on.work.suggestions.columns}
        if (on.work.suggestions)
        else {}
    )
    lines = ["| Kolom | Wordt | Hoe zeker |", "|---|---|---|"]
    for column, use in list(used.items())[:_LISTED]:
        fact = facts.get(use.fact)
        said = f"groep '{use.group}'" if use.group else (fact.label if fact else use.fact)
        sure = likeness.get(column) or "zelf gekozen"
        lines.append(f"| {plain(column)} | {plain(said)} | {sure} |")
    with fold:
        if used:
            st.markdown("\n".join(lines))
        if len(used) > _LISTED:
            st.caption(f"En nog {len(used) - _LISTED}.")
        if left:
            names = ", ".join(plain(one) for one in left[:_LISTED])
            st.markdown(f"**Niet gekoppeld, dus niet gebruikt:** {names}")


def _refused(refused: Iterable[Suggestion]) -> None:
    if lines := [f"- {plain(one.refused)}" for one in refused]:
        st.warning("**Deze kolommen gebruikt Leidraad niet**\n\n" + "\n".join(lines))


def _file(draft: CouplingDraft) -> None:
    """Offer to keep the coupling, or to use one that was made before."""
    fold = st.expander(
        "Een koppeling bewaren of opnieuw gebruiken",
        key=f"{KEYS}koppeling_bestand",
        icon=":material/save:",
        on_change="rerun",
    )
    if not fold.open:
        return
    with fold:
        st.markdown(
            "Een koppeling is een klein bestand zonder cliënten erin. Met de opdracht `leidraad "
            "doorlicht` kunt u het ook gebruiken."
        )
        st.download_button(
            "Bewaar deze koppeling",
            draft.as_yaml(),
            file_name="koppeling.yaml",
            mime="application/yaml; charset=utf-8",
            key=f"{KEYS}koppeling_bewaren",
            icon=":material/download:",
            on_click="ignore",
        )
        st.file_uploader(
            "Gebruik een koppeling van eerder",
            key=_COUPLING,
            max_upload_size=1,
            on_change=_use_file,
        )


@service.guarded()
def _use_file() -> None:
    """Go on with a coupling that was made before."""
    room, sent = own_room(), st.session_state.get(_COUPLING)
    source = room.work.source
    if sent is None or source is None:
        return
    with told_plainly():
        content = sent.read(MAX_BYTES + 1)
        made = coupling_of(read_text(content, "De koppeling"), resources.working_knowledge())
        room.work.draft = CouplingDraft.from_coupling(made, source.columns)
        forget((f"{KEYS}voorstel_", _DOSSIER))
        state.notify("De koppeling is overgenomen. Kijk haar na.")


@service.guarded()
def _check() -> None:
    """Hold the coupling against the knowledge; only then the file is read."""
    work = own_room().work
    if work.draft is None:
        return
    if not work.draft.dossier:
        state.notify("Kies eerst welke kolom uw eigen kenmerk van de cliënt heeft.", "fout")
        return
    with told_plainly():
        work.coupling = work.draft.checked(resources.working_knowledge())
        work.going = READING
