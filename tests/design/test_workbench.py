"""Which days and authorities are looked at, and which rules can still be mended."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from engine.case_file import ReadCase
from engine.conditions import All, AnyOf, AtLeast, Constant, Not, OneOf
from engine.design.checks import check
from engine.design.claims import SECONDS
from engine.design.places import Place, Places, parts_of_condition, with_part
from engine.design.workbench import Workbench
from tests.design.corpus import BROKEN, LIMITS, NOTIONS, PROTOCOL, instead
from tests.design.world import Edit, cases_for, edited, findings, knowledge_after

NEXT = "protocollen/proef/2027-01-01.yaml"
NEVER = instead("alle: [gemotiveerd: ja, gemotiveerd: nee]")


def bench(*edits: Edit) -> Workbench:
    knowledge = knowledge_after(*edits)
    cases: list[ReadCase] = cases_for(knowledge)
    return Workbench(knowledge, cases, SECONDS)


def next_version(*edits: Edit) -> Edit:
    """The protocol once more, from a later day, after some edits."""
    text = edited(edits)[PROTOCOL]
    return (NEXT, "", text.replace("geldig_vanaf: 2026-01-01", "geldig_vanaf: 2027-01-01"))


def test_every_authority_is_looked_at_on_every_day_of_change() -> None:
    looked_at = [(one.day, one.authority) for one in bench().settings]
    assert looked_at == [
        (day, authority)
        for day in (date(2026, 1, 1), date(2026, 6, 1))
        for authority in ("uwv", "proefdorp")
    ]


def test_a_day_on_which_nothing_changes_for_a_rule_is_not_looked_at_again() -> None:
    one = bench()
    (rule,) = [rule for rule in one.rules if rule.id == "proef.te-duur"]
    # Only the village has another value from June on.
    assert [(it.day.month, it.authority) for it in one.settings_of(rule)] == [
        (1, "uwv"),
        (1, "proefdorp"),
        (6, "proefdorp"),
    ]


def test_an_old_version_is_left_alone_and_a_new_one_is_looked_at_from_its_first_day() -> None:
    assert findings(NEVER, next_version()) == []
    (found,) = [
        one for one in findings(next_version(NEVER)) if one.diagnostic.code == "regel-nooit"
    ]
    assert found.diagnostic.file == NEXT


def test_a_condition_on_a_fixed_day_can_come_true_years_later() -> None:
    late = instead(
        "alle:\n"
        "  - laatste_cursus: {vanaf: 2027-01-01}\n"
        "  - laatste_cursus: {ouder_dan: rust_tussen_cursussen}"
    )
    turning = {date(2027, 7, day) for day in (1, 2, 3)}
    assert {one.day for one in bench(late).settings} == {
        date(2026, 1, 1),
        date(2026, 6, 1),
    } | turning
    assert "regel-nooit" not in {one.diagnostic.code for one in findings(late)}


@pytest.mark.parametrize(
    ("others", "ever"),
    [
        # Between a month and two months ago, and in the first half of June.
        (("vanaf: 2026-06-01", "tot_en_met: 2026-06-14", "ouder_dan: 1 maand"), True),
        (("voor: 1960-01-01", "vanaf: 1959-12-31", "ouder_dan: 67 jaren"), True),
        (("vanaf: 2026-06-01", "ouder_dan: 30 jaren", "hoogstens_oud: 31 jaren"), True),
        (("vanaf: 2026-06-01", "ouder_dan: 3 maanden", "hoogstens_oud: 2 maanden"), False),
    ],
)
def test_a_day_and_an_age_go_together_on_the_very_days_on_which_they_can(
    others: tuple[str, ...], ever: bool
) -> None:
    both = instead("\n".join(("alle:", *(f"  - laatste_cursus: {{{one}}}" for one in others))))
    found = {one.diagnostic.code for one in findings(both)}
    assert ("regel-nooit" not in found) is ever


def test_a_threshold_without_a_value_takes_away_only_its_own_settings() -> None:
    gap = (LIMITS, "{vanaf: 2020-01-01, waarde: 6,", "{vanaf: 2020-01-01, voor: uwv, waarde: 6,")
    assert {one.authority for one in bench(gap).settings} == {"uwv"}
    assert "regel-nooit" in {one.diagnostic.code for one in findings(gap, NEVER)}


def test_a_protocol_that_misses_a_value_takes_nothing_from_another() -> None:
    gap = (LIMITS, "{vanaf: 2020-01-01, waarde: 6,", "{vanaf: 2020-01-01, voor: uwv, waarde: 6,")
    text = edited(())[PROTOCOL].replace("proef", "buur").replace("buurwet", "proefwet")
    begin, _, rest = text.partition("als:\n      een_van:")
    rest = rest.partition("    dan:")[2]
    only_there = "als:\n      alle: [instantie: gemeente, gemotiveerd: ja]\n    dan:"
    neighbour = ("protocollen/buur/2026-01-01.yaml", "", f"{begin}{only_there}{rest}")
    names = {one.authority: one.program.protocols for one in bench(gap, neighbour).settings}
    assert [one.protocol.id for one in names["proefdorp"]] == ["buur"]
    assert "regel-nooit" not in {one.diagnostic.code for one in findings(gap, neighbour)}


def test_where_nobody_can_be_advised_nothing_is_said_of_clients() -> None:
    gap = (LIMITS, "{vanaf: 2020-01-01, waarde: 6,", "{vanaf: 2030-01-01, waarde: 6,")
    ended = (
        PROTOCOL,
        "geldig_vanaf: 2026-01-01\n",
        "geldig_vanaf: 2026-01-01\ngeldig_tot_en_met: 2029-12-31\n",
    )
    assert bench(gap, ended).settings == ()
    assert {one.diagnostic.code for one in findings(gap, ended, NEVER)} == {"ongebruikt"}


@pytest.mark.parametrize("path", [("als",), ("bronnen", 0), ("zin",)])
def test_a_place_is_the_line_of_the_part_itself(path: tuple[str | int, ...]) -> None:
    knowledge = knowledge_after()
    file, line, column = Places(knowledge).find(Place("begrippen", "kansrijk", path))
    assert file == NOTIONS
    rest = edited(())[NOTIONS].splitlines()[line - 1][column - 1 :]
    expected = {"als": "richting: [zorg", "bronnen": '"proefwet#1"', "zin": "de opleiding geeft"}
    assert rest.startswith(expected[str(path[0])])


def test_an_item_that_is_nowhere_has_no_place() -> None:
    with pytest.raises(KeyError):
        Places(knowledge_after()).find(Place("begrippen", "bestaat_niet"))


def test_every_part_of_a_condition_can_be_found_and_replaced() -> None:
    one, other, third = (OneOf(name, ("ja",)) for name in ("een", "ander", "derde"))
    condition = All((one, Not(AnyOf((other, AtLeast(1, (third,)))))))
    parts = list(parts_of_condition(condition, ("als",)))
    assert [part.path for part in parts] == [
        ("als",),
        ("als", "alle", 0, "een"),
        ("als", "alle", 1),
        ("als", "alle", 1, "geen_van", 0, "ander"),
        ("als", "alle", 1, "geen_van", 1),
        ("als", "alle", 1, "geen_van", 1, "van", 0, "derde"),
    ]
    true = Constant(truth=True)
    assert [with_part(condition, part.way, true) for part in parts] == [
        true,
        All((true, condition.parts[1])),
        All((one, true)),
        All((one, Not(AnyOf((true, AtLeast(1, (third,))))))),
        All((one, Not(AnyOf((other, true))))),
        All((one, Not(AnyOf((other, AtLeast(1, (true,))))))),
    ]
    with pytest.raises(LookupError):
        with_part(one, (0,), true)


def test_checks_in_many_threads_find_the_same() -> None:
    edits = BROKEN["tegenstrijdig"][1]
    knowledge = knowledge_after(*edits)
    cases = cases_for(knowledge)
    expected = check(knowledge, cases)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: check(knowledge, cases), range(8)))
    assert found == [expected] * 8
