"""What one user is busy with in one session. What has to last is in the record, not here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, cast
from uuid import UUID, uuid4

import streamlit as st

from engine.decisions import Said, new_case_id
from ui.address import Opened

_OPEN_CASE = Opened("casus")
_EDITING = "wijzigt_feit"
_DEVIATING = "wijkt_af_van"
_RECONSIDERING = "herziet"
_CHOSEN = "gekozen_stap"
_ASKED = "gestelde_vragen"
_ESCALATING = "legt_voor"
_JUDGING = "oordeelt_opnieuw"
_DISPUTING = "betwist_feit"
_NOTICES = "meldingen"
_ERRORS = "veldfouten"
_QUESTIONED = "bevraagde_woorden"
_NOTICED = "bevraagde_teksten"
_TOKENS = "eenmalige_sleutels"
_PSEUDONYMS = "kenmerken"
_NEW_CASE = "nieuwe_casus_open"
_TO_TOP = "naar_boven"
_GOES_TO = "gaat_naar"
_SEEN = "gezien_tot"
_SAID = "bron_van_de_antwoorden"

WHY_NOT = "waarom_niet_handeling"
"""The key of the list in which the user names another step."""

_HALF_DONE = (
    _EDITING,
    _DEVIATING,
    _ESCALATING,
    _RECONSIDERING,
    _CHOSEN,
    _ASKED,
    _JUDGING,
    _DISPUTING,
    _ERRORS,
    _QUESTIONED,
    _NOTICED,
    _NEW_CASE,
    _SAID,
    WHY_NOT,
)
SUBJECTS = "protocollen_wijzigen"
"""The key of what unfolds the choice of protocols of a case."""

EVERYTHING = "alles"
"""Names the checkbox that stands for all others of its group; no protocol is called so."""

Tone = Literal["gelukt", "fout"]
Form = Literal[
    "aanvulling",
    "antwoord",
    "afwijking",
    "bijeenkomst",
    "bron",
    "doorlichten",
    "grens",
    "groepsantwoord",
    "meedoen",
    "nieuw",
    "notitie",
    "oordeel",
    "proef",
    "protocollen",
    "regel",
    "terugblik",
    "uitspraak",
    "verbetering",
    "voorleggen",
    "voorstel",
    "wissen",
]
"""The forms in which something can be wrong: what is added in a meeting, an answer, a deviation, a
meeting that is prepared, where answers come from, the rules for a file of clients, a new value for
a threshold, what a participant answers, taking part, a new case, a note of a meeting, one's own
judgement, an answer that is tried out, the subjects of a case, a rule that is changed, a look back
on a decision, the verdict of a group, a correction, a question to a manager or lawyer, a proposal,
the erasure of a case."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that is shown once, at the top of the page."""

    text: str
    tone: Tone


def case_id() -> str | None:
    """Return the case that is open."""
    if _OPEN_CASE.moved:
        set_case(_OPEN_CASE.address)
    return _OPEN_CASE.current()


def set_case(name: str | None) -> None:
    """Open a case, or none, and forget what was half done in the one before."""
    _OPEN_CASE.set(name)
    forget(_HALF_DONE)


def forget(half_done: Iterable[str]) -> None:
    """Forget what was half done, and go to the top of what is shown instead."""
    go_to_top()
    for key in half_done:
        st.session_state.pop(key, None)


def go_to(page: str) -> None:
    """Go to another page once this click has been dealt with."""
    st.session_state[_GOES_TO] = page


def take_way() -> str | None:
    """Return once the page that a click leads to."""
    return cast("str | None", st.session_state.pop(_GOES_TO, None))


def go_to_top() -> None:
    """Go to the top of the page, where something new must be seen."""
    st.session_state[_TO_TOP] = True


def take_to_top() -> bool:
    """Return once whether the top of the page has something new that must be seen."""
    return bool(st.session_state.pop(_TO_TOP, False))


def making_case() -> bool:
    """Whether the form for a new case is open."""
    return bool(st.session_state.get(_NEW_CASE))


def seen() -> dict[str, int]:
    """Return up to which event the user has seen each case that was open in this session."""
    return cast("dict[str, int]", st.session_state.setdefault(_SEEN, {}))


def said() -> Said:
    """Return who gives the answers in the conversation of now, as far as the user noted that."""
    return cast("Said", st.session_state.get(_SAID, Said()))


def say(said: Said) -> None:
    """Note who gives the answers from now on, until another case is opened."""
    st.session_state[_SAID] = said


def make_case(wanted: bool) -> None:
    """Open or close the form for a new case."""
    st.session_state[_NEW_CASE] = wanted
    clear_errors("nieuw")


def editing() -> str | None:
    """Return the fact whose question the user asked for."""
    return cast("str | None", st.session_state.get(_EDITING))


def edit(fact: str | None) -> None:
    """Put the question of one fact first, or leave the order to the engine."""
    st.session_state[_EDITING] = fact
    st.session_state[_DISPUTING] = None
    clear_errors("antwoord")


def keep_in_front(fact: str) -> None:
    """Keep the question of a fact first, with all that was filled in about it."""
    st.session_state[_EDITING] = fact


def disputing() -> str | None:
    """Return the fact of which the user says who holds what."""
    return cast("str | None", st.session_state.get(_DISPUTING))


def dispute(fact: str | None) -> None:
    """Open the form that asks who says what about a fact, or close it."""
    st.session_state[_DISPUTING] = fact
    clear_errors("antwoord")


def judging_again() -> str | None:
    """Return the case that the user judges once more."""
    return cast("str | None", st.session_state.get(_JUDGING))


def judge_again(case: str | None) -> None:
    """Ask for the user's own judgement of a case once more, or leave it as it was."""
    st.session_state[_JUDGING] = case
    close_form("oordeel")


def deviating() -> str | None:
    """Return the rule whose deviation form is open."""
    return cast("str | None", st.session_state.get(_DEVIATING))


def deviate_from(rule: str | None) -> None:
    """Open the deviation form of one rule, or close it."""
    st.session_state[_DEVIATING] = rule
    st.session_state[_ESCALATING] = None
    close_form("afwijking")


def escalating() -> str | None:
    """Return the rule whose form to put it before someone is open."""
    return cast("str | None", st.session_state.get(_ESCALATING))


def escalate(rule: str | None) -> None:
    """Open the form to put an advice before someone, or close it; one form at a time."""
    deviate_from(None)
    st.session_state[_ESCALATING] = rule
    close_form("voorleggen")


def chosen_step() -> str | None:
    """Return the rule whose reasoning the user wants to read."""
    return cast("str | None", st.session_state.get(_CHOSEN))


def choose_step(rule: str | None) -> None:
    """Show the reasoning of one rule."""
    st.session_state[_CHOSEN] = rule


def no_longer_needed(case: str, open_questions: Iterable[str], answered: int) -> int:
    """Return how many questions the last answer in a case made superfluous, besides its own.

    Args:
        case: the case that is open.
        open_questions: the questions that still matter.
        answered: how many answers there are; a new one is what can make others superfluous.
    """
    now = frozenset(open_questions)
    before = cast("tuple[str, frozenset[str], int, int] | None", st.session_state.get(_ASKED))
    gone = 0
    if before is not None and before[0] == case:
        gone = max(0, len(before[1] - now) - 1) if answered > before[2] else 0
        if before[1] == now and before[2] == answered:
            gone = before[3]
    st.session_state[_ASKED] = (case, now, answered, gone)
    return gone


def close_subjects() -> None:
    """Fold the choice of protocols away again."""
    st.session_state[SUBJECTS] = False


def reconsidering() -> str | None:
    """Return the decided rule on which the user wants to decide again."""
    return cast("str | None", st.session_state.get(_RECONSIDERING))


def reconsider(rule: str | None) -> None:
    """Offer the choices again for a rule that was decided."""
    st.session_state[_RECONSIDERING] = rule


def errors(form: Form) -> Mapping[str, str]:
    """Return what is wrong in a form that was sent, by field."""
    return _errors().get(form, {})


def set_errors(form: Form, found: Mapping[str, str]) -> None:
    """Keep what is wrong in a form, to show it next to its fields."""
    _errors()[form] = dict(found)


def clear_errors(form: Form) -> None:
    """Forget what was wrong in one form; those of the others stay."""
    _errors().pop(form, None)


def close_form(form: Form) -> None:
    """Forget what was wrong in a form and which words were asked about: it is done with."""
    clear_errors(form)
    _questioned().pop(form, None)
    _noticed().pop(form, None)


def questioned(form: Form) -> Mapping[str, tuple[str, ...]]:
    """Return the words in a form that the user was asked about, by field."""
    return _questioned().get(form, {})


def ask_about(form: Form, words: Iterable[tuple[str, str]]) -> None:
    """Keep which words in a form the user is asked about, besides those of before.

    Args:
        form: the form that was sent.
        words: the field and the word, for each of them.
    """
    asked = dict(questioned(form))
    for field, word in words:
        asked[field] = tuple(dict.fromkeys((*asked.get(field, ()), word)))
    _questioned()[form] = asked


def noticed(form: Form) -> Mapping[str, tuple[str, str]]:
    """Return the question about each text in a form that the user was asked, with that text."""
    return _noticed().get(form, {})


def notice_texts(form: Form, found: Mapping[str, tuple[str, str]]) -> bool:
    """Keep what the user is asked about the texts of a form.

    Args:
        form: the form that was sent.
        found: by field, the question and the text that it is about.

    Returns:
        Whether there is anything new in it: saving the same text again is the answer.
    """
    before = noticed(form)
    _noticed()[form] = dict(found)
    return any(before.get(field, ("", ""))[1] != text for field, (_, text) in found.items())


def _noticed() -> dict[Form, Mapping[str, tuple[str, str]]]:
    return cast(
        "dict[Form, Mapping[str, tuple[str, str]]]", st.session_state.setdefault(_NOTICED, {})
    )


def _questioned() -> dict[Form, Mapping[str, tuple[str, ...]]]:
    return cast(
        "dict[Form, Mapping[str, tuple[str, ...]]]", st.session_state.setdefault(_QUESTIONED, {})
    )


def _errors() -> dict[Form, Mapping[str, str]]:
    return cast("dict[Form, Mapping[str, str]]", st.session_state.setdefault(_ERRORS, {}))


def box(group: str, name: str) -> str:
    """Return the key of one checkbox of a group."""
    return f"{group}:{name}"


def ticked(group: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return which of the names have a checkbox in the group that is ticked, in order."""
    return tuple(name for name in names if st.session_state.get(box(group, name)))


def notify(text: str, tone: Tone = "gelukt") -> None:
    """Show a message at the top of the next page that is drawn; one on a failure is scrolled to."""
    st.session_state.setdefault(_NOTICES, []).append(Notice(text, tone))
    if tone == "fout":
        st.session_state[_TO_TOP] = True


def notices_wait() -> bool:
    """Whether there is a message to show."""
    return bool(st.session_state.get(_NOTICES))


def take_notices() -> list[Notice]:
    """Return the messages that wait, and forget them."""
    return cast("list[Notice]", st.session_state.pop(_NOTICES, []))


def token(act: str) -> UUID:
    """Return the key under which one intended act is recorded.

    It stays the same until :func:`spend`, so a double click or a rerun records nothing twice.
    """
    tokens = cast("dict[str, UUID]", st.session_state.setdefault(_TOKENS, {}))
    return tokens.setdefault(act, uuid4())


def pseudonym(act: UUID) -> str:
    """Return the id for the case that an act opens: the same whenever that act is sent again."""
    made = cast("dict[UUID, str]", st.session_state.setdefault(_PSEUDONYMS, {}))
    return made.setdefault(act, new_case_id())


def spend(act: str) -> None:
    """Say that an act has been recorded, so that the next one gets a key of its own."""
    cast("dict[str, UUID]", st.session_state.get(_TOKENS, {})).pop(act, None)
