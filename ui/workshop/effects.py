"""What a change does for all clients: the cases it touches, what it breaks, and what checks say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import cast

import streamlit as st

from engine import labels
from engine.consequences import Consequences, Stage, Version, document, in_short, work_out
from engine.design.case_tests import Unexpected
from engine.design.versions import newest
from engine.library import Knowledge, NotCoveredError
from engine.note import to_markdown
from engine.note.html import to_html
from engine.paths import cases_folder
from engine.productions import BoundsError
from engine.recorded import rule_in_words
from engine.words import Turn
from ui.components import not_consulted
from ui.downloads import download
from ui.text import LOCAL, bullets_of, count, plain
from ui.workshop.desk import Desk
from ui.workshop.findings import about
from ui.workshop.health import Cases, cases, examine, examined, run
from ui.workshop.kept import keep, take
from ui.workshop.waiting import asked

_NAMED = 10
"""Ways in which a rule changes that are named with an example in a proposal."""
_STAGES = {
    Stage.READING: (0.0, 0.2, "De casussen worden gelezen"),
    Stage.CASES: (0.2, 0.8, "De casussen worden geraadpleegd"),
    Stage.CLIENTS: (0.8, 1.0, "Er wordt gezocht bij alle cliënten die er kunnen zijn"),
    Stage.DECISIONS: (1.0, 1.0, "De besluiten worden bekeken"),
}
"""From which part of the work to which, and what is looked at."""


def worked_out(desk: Desk) -> Consequences | None:
    """Return what the change that is typed now does; none if nobody asked yet."""
    return cast("Consequences | None", take("gevolgen", _mark(desk, cases(desk.knowledge))))


def touched_cases(desk: Desk) -> frozenset[str]:
    """Return the cases that the change of now touches; none if nobody asked yet."""
    found = worked_out(desk)
    differences = found.cases.differences if found else ()
    return frozenset(case.case.name for one in differences for case, _ in one.found)


def whom(found: Consequences) -> list[str]:
    """Say whom a change affects, for who reads the version later: in short, and rule by rule."""
    clients: dict[tuple[str, Turn], dict[str, str]] = {}
    for one in found.cases.differences:
        if one.turn is not Turn.OTHER:
            same = clients.setdefault((one.rule.title, one.turn), {})
            same |= {case.case.name: case.case.file.title for case, _ in one.found}
    lines = [
        f"{rule}: {labels.TURN[turn].lower()} bij {count(len(titles), 'casus', 'casussen')}, "
        f"zoals '{next(iter(titles.values()))}'."
        for (rule, turn), titles in list(clients.items())[:_NAMED]
    ]
    return [*in_short(found), *lines]


def effects(desk: Desk) -> None:
    """Draw what the new version does for all cases, which of them say otherwise, and the checks."""
    new = desk.trial.knowledge if desk.changed else None
    if new is None:
        why = (
            "In uw versie zit nog een fout. Herstel die eerst bij Bewerken."
            if desk.changed
            else "U hebt nog niets veranderd. Verander iets bij Bewerken."
        )
        st.info(why, icon=":material/edit:")
        return
    there = cases(desk.knowledge)
    st.subheader("Wie raakt dit?", anchor=False)
    _whom(desk, new, there)
    st.subheader("Toetsen van de casussen", anchor=False)
    _test_run(desk, new, there)
    st.subheader("Controles met alle cliënten", anchor=False)
    _checks(desk, new, there)


def _mark(desk: Desk, there: Cases) -> str:
    return f"{there.mark} {desk.trial_key}"


def _whom(desk: Desk, new: Knowledge, there: Cases) -> None:
    mark = _mark(desk, there)
    found = cast("Consequences | None", take("gevolgen", mark))
    if found is None:
        progress = asked(
            f"Leidraad raadpleegt alle {len(there.read)} casussen twee keer: zoals het nu is, en "
            "met uw versie. Daarna zoekt het voor elke regel de kleinste cliënt bij wie het "
            "advies anders wordt. Dat duurt ongeveer een halve minuut.",
            "Zoek uit wie dit raakt",
            "werkplaats_wie",
            ":material/groups:",
            first=True,
        )
        if progress is None:
            return
        old, proposed = Version("wat nu geldt", desk.knowledge), Version("uw voorstel", new)

        def tell(stage: Stage, done: int, total: int) -> None:
            begin, end, what = _STAGES[stage]
            part = done / max(total, 1)
            progress(begin + (end - begin) * part, what)

        made = work_out(old, proposed, cases_folder(), today=desk.today, progress=tell)
        keep("gevolgen", mark, made)
        st.rerun()
    report = document(found, datetime.now(LOCAL))
    st.markdown(bullets_of(in_short(found)))
    with st.expander("Het hele verslag", key="werkplaats_verslag"):
        st.markdown(to_markdown(report, top=3, escape=plain))
    download(
        "Bewaar het verslag (webpagina)",
        lambda: to_html(report).encode(),
        f"gevolgen-{desk.protocol}.html",
        "text/html; charset=utf-8",
        key="werkplaats_verslag_bewaren",
    )


def _test_run(desk: Desk, new: Knowledge, there: Cases) -> None:
    """Hold the new version against what the cases expect, beside how it is now."""
    own = there.of(*desk.touched)
    mark = _mark(desk, there)
    found = cast("tuple[Unexpected, ...] | None", take("toetsen", mark))
    if found is None:
        about = count(len(own), "casus zegt", "casussen zeggen")
        progress = asked(
            f"{about} welk advies er moet komen. Leidraad kijkt bij elke of dat met uw versie nog "
            "zo is.",
            "Toets de casussen",
            "werkplaats_toets",
            ":material/science:",
        )
        if progress is None:
            return
        try:
            before = run(newest(desk.knowledge), own, lambda part, said: progress(part / 2, said))
            after = run(newest(new), own, lambda part, said: progress((1 + part) / 2, said))
        except (NotCoveredError, BoundsError) as error:
            not_consulted(error)
            return
        known = {(one.case.name, one.rule, one.found) for one in before.unexpected}
        new_ones = (
            one for one in after.unexpected if (one.case.name, one.rule, one.found) not in known
        )
        keep("toetsen", mark, tuple(new_ones))
        st.rerun()
    if found:
        _unexpected(found, new)
    else:
        st.success("Alle casussen krijgen wat zij verwachten.", icon=":material/check_circle:")


def _unexpected(found: Sequence[Unexpected], new: Knowledge) -> None:
    """Say which rules give cases something else than they expect, with all of those cases."""
    names = dict.fromkeys(one.case.name for one in found)
    many = count(len(names), "casus krijgt", "casussen krijgen")
    st.warning(
        f"**{many} iets anders dan verwacht.** Is dat de bedoeling? Pas dan ook die casussen aan.",
        icon=":material/rule:",
    )
    groups: dict[tuple[str, str], list[Unexpected]] = {}
    for one in found:
        groups.setdefault((one.rule, _difference(one)), []).append(one)
    lines = []
    for (rule, difference), members in sorted(groups.items(), key=lambda one: -len(one[1])):
        where = count(len(members), "casus", "casussen")
        title = plain(rule_in_words(rule, new))
        lines.append(f"- **{title}.** {plain(difference)} Bij {where}.")
    st.markdown("\n".join(lines))
    fold = st.expander("Welke casussen", key="werkplaats_toets_welke", on_change="rerun")
    if not fold.open:
        return
    with fold:
        lines = []
        for name in names:
            members = [one for one in found if one.case.name == name]
            lines.append(f"- **{plain(members[0].case.file.title)}** :small[{plain(name)}]")
            lines += [
                f"  - {plain(rule_in_words(one.rule, new))}. {plain(_difference(one))}"
                for one in members
            ]
        st.markdown("\n".join(lines))


def _difference(one: Unexpected) -> str:
    expected = labels.STATUS[one.expected].lower() if one.expected else "niets"
    now = labels.STATUS[one.found].lower() if one.found else "geen advies"
    return f"Verwacht: {expected}. Met uw versie: {now}."


def _checks(desk: Desk, new: Knowledge, there: Cases) -> None:
    mark = f"controles {_mark(desk, there)}"
    found = examined(mark)
    if found is None:
        progress = asked(
            "Leidraad kijkt elke regel van uw versie na voor alle cliënten die er kunnen zijn. Dat "
            "duurt ongeveer een halve minuut.",
            "Kijk mijn versie na",
            "werkplaats_controles",
            ":material/rule:",
        )
        if progress is None:
            return
        examine(new, there.read, mark, progress)
        st.rerun()
    files = desk.changed
    own = [one for one in found.findings if one.diagnostic.file in files]
    if not own:
        st.success("De controles vinden niets in wat u veranderde.", icon=":material/check_circle:")
        return
    about(own, new, "eigen")
