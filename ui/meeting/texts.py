"""The free texts of a case, put before the facilitator one by one: what does the group read?"""

from __future__ import annotations

import streamlit as st

from engine.decisions import ELEMENTS, INSTEAD, CaseCopy, ReviewedText, TextChoice
from engine.intervisie.words import TEXT_CHOICE
from engine.library import Knowledge
from engine.words import Element
from ui import privacy, state
from ui.drafts import Draft
from ui.text import plain

FORM: state.Form = "bijeenkomst"
TITLE = "title"

_LABELS = {TITLE: "De titel", "story": "Het verhaal", "instead": INSTEAD}
_LONGEST = 4000


def label_of(field: str, knowledge: Knowledge) -> str:
    """Say which text a field is (Dutch).

    Args:
        field: as :class:`engine.decisions.ReviewedText` names it.
        knowledge: where the questions are defined.
    """
    element = field.partition("elements.")[2]
    if element:
        return ELEMENTS[Element(element)].label
    fact = knowledge.facts.get(field)
    return fact.question if fact else _LABELS.get(field, field)


def review(copy: CaseCopy, draft: Draft, knowledge: Knowledge) -> bool:
    """Draw the texts up to the first that was not looked at yet; say whether all were."""
    st.header("Wat leest de groep?", anchor=False)
    st.caption(
        "Wat iemand zelf typte, kan verraden wie de cliënt is. Lees daarom elke tekst na. Haal "
        "namen, plaatsen en bedrijven eruit, en uit de titel en het verhaal ook wat de collega "
        "besloot. De antwoorden op de vragen gaan vanzelf mee. Is de cliënt daaraan te herkennen, "
        "kies dan een andere casus."
    )
    texts = _texts(copy)
    for number, (field, text) in enumerate(texts.items(), start=1):
        place = f"Tekst {number} van {len(texts)}"
        _one(copy, field, text, draft, label_of(field, knowledge), place)
        if _reviewed(copy, field, text) is None:
            return False
    return True


def reviewed(copy: CaseCopy) -> tuple[ReviewedText, ...]:
    """Return how the texts were looked at, as the page has it now."""
    found = (_reviewed(copy, field, text) for field, text in _texts(copy).items())
    return tuple(one for one in found if one is not None)


def _texts(copy: CaseCopy) -> dict[str, str]:
    """Return the texts of a copy; the group needs a title, also where there is none."""
    return {TITLE: "", **copy.texts}


def _key(copy: CaseCopy, field: str) -> str:
    return f"tekst_{copy.origin}_{copy.seq}_{field}"


def _one(copy: CaseCopy, field: str, text: str, draft: Draft, label: str, place: str) -> None:
    """Draw one text with the choice of what becomes of it."""
    key = _key(copy, field)
    with st.container(border=True, key=f"kaart_{key}", gap="small"):
        said = plain(text) or ":small[Deze tekst is leeg. Schrijf er zelf een.]"
        st.markdown(f"### {plain(label)}\n\n> {said}")
        options = _options(field, text)
        chosen = st.radio(
            f"{place}: wat doet u ermee?",
            options,
            index=None,
            format_func=TEXT_CHOICE.__getitem__,
            horizontal=True,
            key=draft.key(key, among=options),
        )
        if chosen is TextChoice.REWRITTEN:
            st.text_area(
                "Zo leest de groep het", max_chars=_LONGEST, key=draft.key(f"{key}_nieuw", text)
            )
        privacy.field_concerns(FORM, f"texts.{field}")


def _reviewed(copy: CaseCopy, field: str, text: str) -> ReviewedText | None:
    """Return what becomes of a text; ``None`` if that wasn't chosen or nothing was written."""
    key = _key(copy, field)
    chosen = st.session_state.get(key)
    if chosen == TextChoice.LEFT_OUT:
        return ReviewedText(field=field, choice=TextChoice.LEFT_OUT)
    written = text
    if chosen == TextChoice.REWRITTEN:
        written = str(st.session_state.get(f"{key}_nieuw") or "").strip()
    if chosen is None or not written:
        return None
    # Who opens a text to rewrite it and changes nothing, keeps it.
    kept = TextChoice.KEPT if written == text else TextChoice.REWRITTEN
    return ReviewedText(field=field, choice=kept, text=written)


def _options(field: str, text: str) -> list[TextChoice]:
    """Return what can become of a text; the group needs a title, and nothing can't be kept."""
    return [
        one
        for one in TextChoice
        if not (one is TextChoice.LEFT_OUT and field == TITLE)
        and not (one is TextChoice.KEPT and not text)
    ]
