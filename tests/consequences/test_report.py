"""The report on a new version: to the letter, and never anything else than what differs."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from engine.consequences import Consequences, Version, as_json, document, work_out
from engine.decisions import Event
from engine.design.differing import EveryClient
from engine.loading import load
from engine.note import to_markdown
from engine.note.content import Heading
from engine.note.html import to_html
from engine.words import Turn
from tests.consequences.worlds import CASES, Log, cases, changed, next_version, put, texts
from tests.engine.worlds import PROTOCOL, TODAY
from tests.golden import check_golden

GOLDEN = Path(__file__).parent / "goud"
NOW = datetime(2026, 11, 22, 21, 30, tzinfo=UTC)
LATER = {PROTOCOL.replace("2026", "2027"): ("geldig_vanaf: 2026-01-01", "geldig_vanaf: 2027-01-01")}


EVERYONE = tuple(CASES)
OF_BOTH = tuple(name for name in CASES if name != "jong")


def decided() -> list[Event]:
    """Decisions that the new version sees in several ways, and some that may not be seen."""
    log = Log()
    for number in range(30):
        case = f"c-{number}"
        facts: dict[str, Any] = {"kosten": 2700, "richting": "horeca"}
        log.opened(case, **(facts if number < 20 else {"kosten": 9000}))
        (log.deviates if number % 3 == 0 else log.follows)(case, "proef.te-duur")
    for number in range(8):
        log.opened(f"c-klein-{number}", kosten=1200)
        log.follows(f"c-klein-{number}", "proef.kosten-bespreken")
    log.opened("c-voorbeeld", example=True, kosten=1200)
    log.follows("c-voorbeeld", "proef.kosten-bespreken")
    return log.events


def found(
    tmp_path: Path,
    new: dict[str, str],
    *,
    events: list[Event] | None = None,
    on_the_day: bool = False,
    old: dict[str, str] | None = None,
    names: Collection[str] = EVERYONE,
) -> Consequences:
    before = load(put(tmp_path / "oud", texts() if old is None else old))
    after = load(put(tmp_path / "nieuw", new))
    return work_out(
        Version("oud", before),
        Version("nieuw", after),
        cases(tmp_path / "casussen", names),
        TODAY,
        on_the_day=on_the_day,
        events=events,
    )


def test_the_whole_report_in_every_form(tmp_path: Path) -> None:
    one = found(tmp_path, next_version(), events=decided())
    report = document(one, NOW)
    check_golden(GOLDEN / "verslag.md", to_markdown(report))
    check_golden(GOLDEN / "verslag.html", to_html(report))
    told = json.dumps(as_json(one), ensure_ascii=False, indent=2)
    check_golden(GOLDEN / "verslag.json", f"{told}\n")


def test_the_other_way_round(tmp_path: Path) -> None:
    one = found(tmp_path, texts(), old=next_version(), events=decided())
    check_golden(GOLDEN / "terug.md", to_markdown(document(one, NOW)))


def test_nothing_to_tell(tmp_path: Path) -> None:
    one = found(tmp_path, texts(), events=[], names=OF_BOTH)
    assert one.is_empty
    check_golden(GOLDEN / "gelijk.md", to_markdown(document(one, NOW)))


def test_what_is_only_written_otherwise_changes_nothing(tmp_path: Path) -> None:
    one = found(
        tmp_path,
        changed(texts(), (PROTOCOL, "titel: Proefprotocol", "titel:  Proefprotocol")),
        names=OF_BOTH,
    )
    assert one.is_empty
    assert not one.same_files
    assert "er is geen regel, grens of vraag anders" in to_markdown(document(one, NOW))


def test_a_version_that_begins_later_counts_unless_each_day_is_asked(tmp_path: Path) -> None:
    later = {
        name: changed(texts(), (PROTOCOL, *edit))[PROTOCOL].replace(
            "meer_dan: kosten_grens", "meer_dan: 5000"
        )
        for name, edit in LATER.items()
    }
    one = found(tmp_path, texts() | later)
    assert {change.rule.id for change in one.cases.differences} >= {"proef.te-duur"}
    assert [item.id for item in one.items if item.is_new] == ["proef 2027-01-01"]
    same = found(tmp_path, texts() | later, on_the_day=True)
    assert same.cases.is_empty
    assert "op de dag van die casus" in to_markdown(document(same, NOW))


def test_a_threshold_that_ended_does_not_come_back(tmp_path: Path) -> None:
    new = changed(
        texts(),
        (
            "parameters/proef.yaml",
            "vanaf: 2020-01-01, voor: gemeente, waarde: geen",
            "vanaf: 2020-01-01, tot_en_met: 2025-12-31, voor: gemeente, waarde: geen",
        ),
        (
            "parameters/proefdorp.yaml",
            "vanaf: 2026-06-01",
            "vanaf: 2024-01-01, tot_en_met: 2024-12-31",
        ),
    )
    old = changed(
        new, ("parameters/proef.yaml", "2026-01-01, waarde: 2500", "2026-01-01, waarde: 1000")
    )
    one = found(tmp_path, new, old=old)
    touched = {case.case.case.id for item in one.cases.differences for case, _ in item.found}
    assert "gemeente" in touched


def test_the_smallest_client_comes_first(tmp_path: Path) -> None:
    one = found(tmp_path, changed(texts(), (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: 1")))
    sizes = [[case.size for case, _ in item.found] for item in one.cases.differences]
    assert sizes == [sorted(group) for group in sizes]
    assert max(map(len, sizes)) > 1


def test_another_step_is_a_difference_though_the_status_is_the_same(tmp_path: Path) -> None:
    flip = (PROTOCOL, "kosten_bespreken, richting: doen", "kosten_bespreken, richting: niet_doen")
    one = found(tmp_path, changed(texts(), flip))
    (difference,) = one.cases.differences
    assert difference.turn is Turn.STEP
    assert difference.then is difference.now
    text = to_markdown(document(one, NOW))
    assert "De stap was: 'Bespreek de kosten'." in text
    assert "Deze regel adviseert nu een andere stap: 'Bespreek de kosten niet'." in text


def test_a_difference_that_no_case_shows_is_told_with_a_client(tmp_path: Path) -> None:
    limit = (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: 2501")
    old = changed(texts(), (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: 2500"))
    one = found(tmp_path, changed(texts(), limit), old=old)
    assert one.cases.differences == ()
    assert not one.is_empty
    text = to_markdown(document(one, NOW))
    assert "Bij geen daarvan verandert een advies." in text
    assert "  - Geen casus laat dit zien.\n" in text
    assert "    - De opleiding kost 2.501 euro.\n" in text


def test_what_was_not_found_out_is_named(tmp_path: Path) -> None:
    one = found(tmp_path, changed(texts(), (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: 9000")))
    late = replace(one, clients=EveryClient((), 2, ("proef.te-duur",)))
    text = to_markdown(document(late, NOW))
    assert "Bij 2 regels is nagerekend dat het advies voor niemand verandert." in text
    assert "> **Niet alles is nagerekend**" in text
    assert "Van deze regels is het niet nagegaan: proef.te-duur." in text


HOSTILE = "Te <script>alert(1)</script> *duur* [x](https://kwaad.invalid)"


def test_what_the_knowledge_says_is_no_more_than_text(tmp_path: Path) -> None:
    title = (PROTOCOL, "titel: Te duur", f'titel: "{HOSTILE}"')
    limit = (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: 1")
    report = document(found(tmp_path, changed(texts(), title, limit)), NOW)
    page = to_html(report)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    tokens = MarkdownIt("commonmark").enable("table").parse(to_markdown(report))
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert not kinds & {"html_inline", "html_block", "link_open", "image"}


@pytest.mark.parametrize("new", [next_version(), texts()], ids=["anders", "gelijk"])
def test_the_headings_go_down_one_at_a_time(tmp_path: Path, new: dict[str, str]) -> None:
    report = document(found(tmp_path, new, events=decided()), NOW)
    levels = [part.level for part in report.parts if isinstance(part, Heading)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert re.search(r"\d\.\d{4,}", to_markdown(report)) is None
