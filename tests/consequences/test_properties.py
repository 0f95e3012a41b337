"""Whatever versions are compared: nothing differs from itself, and the way back is the mirror."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.consequences import Consequences, Version, work_out
from engine.library import Knowledge
from engine.loading import assemble
from engine.reader import read_text
from engine.words import Turn
from tests.consequences.worlds import NEW_FACT, NEW_RULE, cases, texts
from tests.counts import examples
from tests.engine.worlds import PROTOCOL, TODAY

MIRROR = {
    Turn.COMES: Turn.GOES,
    Turn.GOES: Turn.COMES,
    Turn.PROVISIONAL: Turn.FIRM,
    Turn.FIRM: Turn.PROVISIONAL,
    Turn.STEP: Turn.STEP,
    Turn.OTHER: Turn.OTHER,
}
EDITS = (
    ("parameters/proef.yaml", "2026-01-01, waarde: 2500", "2026-01-01, waarde: 1000"),
    ("parameters/proef.yaml", "waarde: 12,", "waarde: 3,"),
    ("parameters/proefdorp.yaml", "waarde: 3000", "waarde: 500"),
    ("begrippen/proef.yaml", "[zorg, techniek]", "[techniek, horeca]"),
    ("begrippen/proef.yaml", "meer_dan: 24", "meer_dan: 60"),
    ("feiten/proef.yaml", "maximum: 120", "maximum: 90"),
    ("handelingen.yaml", "volgorde: 1", "volgorde: 5"),
    (PROTOCOL, "scholing_inzetten, richting: niet_doen", "scholing_inzetten, richting: doen"),
    (PROTOCOL, "kosten_bespreken, richting: doen", "scholing_inzetten, richting: niet_doen"),
    (PROTOCOL, "    uitzondering_op: [proef.inzetten]\n", ""),
    (PROTOCOL, "      een_van:\n        - kosten", "      alle:\n        - kosten"),
    (PROTOCOL, "kosten: {meer_dan: kosten_grens}", "kosten: {minstens: 2000}"),
    (PROTOCOL, "id: proef.kosten-bespreken", "id: proef.praten"),
    (
        PROTOCOL,
        "geldig_vanaf: 2026-01-01",
        "geldig_vanaf: 2026-01-01\ngeldig_tot_en_met: 2026-06-30",
    ),
)


def edited(numbers: frozenset[int], *, more: bool) -> Knowledge:
    """A version of the small knowledge base with some edits."""
    content = texts()
    for number in sorted(numbers):
        name, old, new = EDITS[number]
        content[name] = content[name].replace(old, new)
    if more:
        content["feiten/proef.yaml"] += NEW_FACT
        content[PROTOCOL] += NEW_RULE
    return assemble([read_text(text.encode(), name) for name, text in content.items()])


def versions() -> st.SearchStrategy[Knowledge]:
    numbers = st.frozensets(st.integers(0, len(EDITS) - 1), max_size=4)
    return st.builds(edited, numbers, more=st.booleans())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return cases(tmp_path_factory.mktemp("kennis") / "casussen")


def worked(one: Knowledge, other: Knowledge, folder: Path, *, on_the_day: bool) -> Consequences:
    return work_out(Version("a", one), Version("b", other), folder, TODAY, on_the_day=on_the_day)


def differences(found: Consequences) -> list[tuple[str, Turn, object, object, object]]:
    return [
        (
            one.rule.id,
            one.turn,
            one.then,
            one.now,
            tuple(case.case.case.id for case, _ in one.found),
        )
        for one in found.cases.differences
    ]


THOROUGH = settings(
    max_examples=examples(full=300, quick=25),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@THOROUGH
@given(versions(), st.booleans())
def test_nothing_differs_from_itself(folder: Path, one: Knowledge, on_the_day: bool) -> None:
    found = worked(one, one, folder, on_the_day=on_the_day)
    assert found.same_files
    assert found.items == ()
    assert found.cases.differences == ()
    assert found.cases.conflicts == ()
    assert (found.cases.touched, found.cases.asked) == (0, 0)
    assert all(one.old == one.new for one in found.cases.unread)


@THOROUGH
@given(versions(), versions(), st.booleans())
def test_the_way_back_is_the_mirror(
    folder: Path, one: Knowledge, other: Knowledge, on_the_day: bool
) -> None:
    there = worked(one, other, folder, on_the_day=on_the_day)
    back = worked(other, one, folder, on_the_day=on_the_day)
    assert differences(there) == [
        (rule, MIRROR[turn], now, then, names) for rule, turn, then, now, names in differences(back)
    ]
    assert [(item.kind, item.id, item.keys, item.is_new) for item in there.items] == [
        (item.kind, item.id, item.keys, item.is_gone) for item in back.items
    ]
    assert [(one.action, one.came) for one in there.cases.conflicts] == [
        (one.action, one.went) for one in back.cases.conflicts
    ]
    assert (there.cases.touched, there.cases.asked) == (back.cases.touched, back.cases.asked)
    assert [(one.name, one.old, one.new) for one in there.cases.unread] == [
        (one.name, one.new, one.old) for one in back.cases.unread
    ]
    assert there.cases.compared + len(there.cases.unread) == len(list(folder.rglob("*.yaml")))


def test_every_edit_is_noticed_in_the_knowledge_and_most_in_a_case(folder: Path) -> None:
    start = edited(frozenset(), more=False)
    noticed = []
    for number in range(len(EDITS)):
        found = worked(start, edited(frozenset({number}), more=False), folder, on_the_day=True)
        assert found.items, EDITS[number]
        noticed.append(not found.cases.is_empty)
    assert sum(noticed) > len(EDITS) / 2
