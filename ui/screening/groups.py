"""Groups beside each other: how outcomes are spread, and whether like clients are treated alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from engine.caseload.columns import options_of
from engine.caseload.figures.contact import Contact, Silence, is_quiet, known_silence, quiet
from engine.caseload.figures.counting import OUTCOMES
from engine.caseload.figures.spread import spread
from engine.caseload.figures.treatment import Happened, Treatment, column_is, treatment
from engine.caseload.review import Review
from engine.program import build_program
from engine.prose import first_of
from engine.small_numbers import Shown
from engine.wording import amount_in_words, digits, say_fact, say_value
from engine.words import Status
from ui.learning_charts import WHY_HIDDEN, Row, in_words, intervals
from ui.pictures import AS_TEXT
from ui.screening.charts import difference_in_words, differences
from ui.screening.clients import outcome_in_words, rule_titles
from ui.screening.figures import draw, sums, table
from ui.screening.room import KEYS, Desk
from ui.text import plain

_UNKNOWN_GROUP = "groep onbekend"
_QUIET_MONTHS = 6
_NAMED = 5
_SILENT = "(stil)"
"""Stands for silence among what can be compared; nothing in a file can be called so."""

_CANT_SAY = (
    "De cliënten zijn gelijk voor de regel. Zij kunnen verschillen in iets waar de regel niet naar "
    "vraagt, of in hoe goed een team het opschrijft. Een verschil is een reden om met elkaar te "
    "praten, en geen bewijs dat iemand tekort is gedaan. Geen verschil is ook geen bewijs dat "
    "alles goed gaat."
)


def groups(on: Desk, review: Review) -> None:
    """Draw the choice of a group, and what is compared by it."""
    names = [one.group for one in review.report.groups]
    if not names:
        st.info(
            "Uw bestand heeft geen kolom met groepen, zoals een team. Kies bij 'Andere koppeling' "
            "een kolom als groep.",
            icon=":material/groups:",
        )
        return
    by = st.selectbox(
        "Welke groepen", names, format_func=str, key=f"{KEYS}groep", persist_state="session"
    )
    titles = rule_titles(review)
    given = {one.rule: one.given for one in sums(on, review).outcomes.rules}
    # What is advised most stands first: of most rules nothing is to be seen.
    ordered = sorted(titles, key=lambda rule: -given.get(rule, 0))
    rule = st.selectbox(
        "Welke regel",
        ordered,
        format_func=titles.__getitem__,
        key=f"{KEYS}groep_regel",
        persist_state="session",
    )
    ground = next(one.ground for one in review.report.groups if one.group == by)
    if ground is not None:
        st.warning(plain(ground.warning), icon=":material/balance:")
    _spread(on, review, by, rule)
    _quiet(on, review, by)
    _treatment(on, review, by, rule)
    st.caption(WHY_HIDDEN)


def _spread(on: Desk, review: Review, by: str, rule: str) -> None:
    st.header("Hoe vaak deze uitkomst per groep voorkomt", anchor=False)
    outcome = st.selectbox(
        "Welke uitkomst",
        [one for one in OUTCOMES if one != Status.DOES_NOT_HOLD],
        format_func=outcome_in_words,
        key=f"{KEYS}groep_uitkomst",
        persist_state="session",
    )
    ground = next(one.ground for one in review.report.groups if one.group == by)
    found = on.work.once(("spread", by, rule), lambda: spread(review.results(), rule, by, ground))
    rows = [Row(one.group or _UNKNOWN_GROUP, one.shares.part(outcome)) for one in found.groups]
    never = [
        row.label
        for row, one in zip(rows, found.groups, strict=True)
        if outcome not in one.shares.parts and one.shares.total is not None
    ]
    _shares(rows, never, "spreiding")


def _shares(rows: Sequence[Row], never: Sequence[str], key: str) -> None:
    """Draw shares with their intervals; a group in which it never is, is said apart."""
    shown = [row for row in rows if row.share]
    cells = [(row.label, "komt niet voor" if row.label in never else in_words(row)) for row in rows]
    said = table(("Groep", "Hoe vaak"), cells)
    if shown:
        st.caption(
            "De stip is het aandeel, de streep hoe zeker dat is. Overlappen strepen, trek dan geen "
            "conclusie uit het verschil."
        )
        draw(intervals(shown), key, said)
        if left := [plain(row.label) for row in rows if not row.share]:
            st.caption(
                f"Niet in het plaatje: {first_of(left, _NAMED)}. Bij '{AS_TEXT}' staat waarom."
            )
    else:
        st.markdown(said)


def _quiet(on: Desk, review: Review, by: str) -> None:
    st.header("Stil, per groep", anchor=False)
    found = known_silence(on.knowledge, review.program.authority, review.reference)
    silence = found or Silence(_QUIET_MONTHS)
    told = on.work.once(("quiet", by), lambda: quiet(review.facts(), review.reference, silence, by))
    months = amount_in_words(silence.months, "maand", "maanden")
    st.caption(f"Stil is: het laatste contact is meer dan {months} geleden.")
    rows = [Row(one.group or _UNKNOWN_GROUP, one.shares.part(Contact.QUIET)) for one in told.groups]
    never = [
        one.group or _UNKNOWN_GROUP for one in told.groups if _never(one.shares, Contact.QUIET)
    ]
    _shares(rows, never, "stil_groep")


def _never(shares: Shown[Contact], kind: Contact) -> bool:
    return shares.total is not None and kind not in shares.parts


@dataclass(frozen=True, slots=True)
class _Done:
    """What is compared: whether something was done or is so.

    Attributes:
        said: as a Dutch clause after "of".
        often: as a Dutch clause after "bij 10 van de 100 gelijke cliënten vaker".
        name: tells it from others.
    """

    said: str
    often: str
    name: tuple[str, ...]
    happened: Happened


def _done(on: Desk, review: Review, by: str) -> _Done:
    """Let the user choose what is compared: silence, or an answer in the file."""
    facts, lexicon = on.knowledge.facts, on.knowledge.lexicon
    answered = [one.fact for one in review.report.columns if options_of(facts[one.fact])]
    groups = {one.group: one for one in review.report.groups if one.group != by}
    chosen = st.selectbox(
        "Waarover gaat het",
        [_SILENT, *groups, *sorted(answered, key=lambda name: facts[name].label.lower())],
        format_func=lambda name: (
            "Of het stil is" if name == _SILENT else facts[name].label if name in facts else name
        ),
        key=f"{KEYS}groep_waarover",
        persist_state="session",
    )
    if chosen == _SILENT:
        silence = known_silence(on.knowledge, review.program.authority, review.reference)
        months, day = (silence or Silence(_QUIET_MONTHS)).months, review.reference
        return _Done("het stil is", "stil", (_SILENT,), lambda files: is_quiet(files, day, months))
    in_group = chosen in groups
    value = st.selectbox(
        "Welk antwoord",
        sorted(groups[chosen].values) if in_group else options_of(facts[chosen]),
        format_func=lambda told: told if in_group else say_value(chosen, told, lexicon),
        key=f"{KEYS}groep_antwoord_{chosen}",
        persist_state="session",
    )
    said = f"{chosen} {value!r} is" if in_group else f"geldt: {say_fact(chosen, value, lexicon)}"
    return _Done(said, "dit antwoord", (chosen, value), column_is(chosen, value))


def _treatment(on: Desk, review: Review, by: str, rule: str) -> None:
    st.header("Gelijke behandeling", anchor=False)
    st.markdown(
        "Doen groepen verschillend bij cliënten die voor deze regel gelijk zijn? Gelijk is: met "
        "hetzelfde advies, om dezelfde redenen."
    )
    done = _done(on, review, by)
    ground = next(one.ground for one in review.report.groups if one.group == by)

    def look() -> Treatment:
        authority, protocol = review.program.authority.id, rule.partition(".")[0]
        alone = build_program(on.knowledge, (protocol,), authority, review.reference)
        files = review.facts()
        return treatment(alone, files, review.reference, rule, by, done.happened, ground=ground)

    found = on.work.once(("treatment", by, rule, done.name), look)
    if not any(one.difference for one in found.differences):
        st.info(
            "Er zijn te weinig cliënten die voor deze regel gelijk zijn om groepen te vergelijken.",
            icon=":material/balance:",
        )
        return
    st.caption(
        f"Vergeleken is of {plain(done.said)}. Het gaat om ongeveer {digits(found.compared)} "
        f"cliënten. Ongeveer {digits(found.alone)} hebben geen gelijke in een andere groep; van "
        f"ongeveer {digits(found.unknown)} is het onbekend. Bekeken: "
        f"{amount_in_words(found.comparisons, 'verschil', 'verschillen')}. De intervallen houden "
        "daar rekening mee. +0,10 betekent: bij 10 van de 100 gelijke cliënten vaker "
        f"{done.often} dan bij de andere groepen."
    )
    rows = [(one.group, difference_in_words(one)) for one in found.differences]
    draw(differences(found.differences), "verschil", table(("Groep", "Verschil"), rows))
    st.markdown(f"**Wat dit niet kan zeggen.** {_CANT_SAY}")
