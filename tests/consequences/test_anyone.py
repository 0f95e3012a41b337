"""Every client that there can be: no difference is missed, none is made up, and none is smaller."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.case import Case
from engine.compare import Change, compare
from engine.consult import consult
from engine.design.comparing import is_nothing
from engine.design.differing import compare_clients
from engine.design.versions import newest
from engine.library import Knowledge
from engine.words import FactKind, Status, Turn
from tests.consequences.test_properties import MIRROR, versions
from tests.consequences.worlds import changed, texts
from tests.counts import examples
from tests.engine.test_compare import answer_to
from tests.engine.worlds import PROTOCOL, TODAY, knowledge, knowledge_with

THOROUGH = settings(max_examples=examples(full=300, quick=25), deadline=None)


def differs(old: Knowledge, new: Knowledge, authority: str, facts: dict[str, Any]) -> list[Change]:
    """What consulting both versions about one client says, as far as it is something."""
    seen = []
    for known in (old, new):
        case = Case("iemand", TODAY, authority, ("proef",))
        for name, raw in facts.items():
            if name in known.facts:
                case = case.answer(known, name, raw)
        seen.append(consult(known, case))
    found = compare(seen[0], seen[1], new, old).changes
    return [one for one in found if not is_nothing(one.then, one.now)]


@st.composite
def clients(draw: st.DrawFn, old: Knowledge, new: Knowledge) -> dict[str, Any]:
    """A client whom both versions can be asked about, whatever is known or not."""
    facts = {**old.facts, **new.facts}
    asked = [name for name in facts if name != "instantie"]
    some = draw(st.lists(st.sampled_from(asked), unique=True))
    answers = {name: draw(answer_to(facts[name])) for name in some}
    return {
        name: raw
        for name, raw in answers.items()
        if raw not in (None, "onbekend", "betwist")
        and not (facts[name].kind is FactKind.NUMBER and raw > 90)
    } | (
        {"kosten": draw(st.sampled_from((400, 700, 1200, 2600, 9000)))} if "kosten" in some else {}
    )


@THOROUGH
@given(st.data(), versions(), versions(), st.sampled_from(("uwv", "proefdorp")))
def test_whoever_meets_a_difference_it_was_found_and_with_no_more_facts(
    data: st.DataObject, one: Knowledge, other: Knowledge, authority: str
) -> None:
    old, new = newest(one), newest(other)
    found = compare_clients(old, new, TODAY, budget=600)
    assert found.undecided == ()
    smallest = {(item.change.rule.id, item.change.turn): len(item.facts) for item in found.found}
    for _ in range(10):
        facts = data.draw(clients(old, new))
        for change in differs(old, new, authority, facts):
            assert smallest[change.rule.id, change.turn] <= len(facts)


@THOROUGH
@given(versions(), versions())
def test_whoever_is_found_meets_the_difference_and_the_way_back_is_the_mirror(
    one: Knowledge, other: Knowledge
) -> None:
    old, new = newest(one), newest(other)
    there, back = compare_clients(old, new, TODAY), compare_clients(new, old, TODAY)
    for item in there.found:
        changes = differs(old, new, item.authority, dict(item.facts))
        assert (item.change.rule.id, item.change.turn) in {(c.rule.id, c.turn) for c in changes}
    assert {(item.change.rule.id, item.change.turn, len(item.facts)) for item in there.found} == {
        (item.change.rule.id, MIRROR[item.change.turn], len(item.facts)) for item in back.found
    }
    assert there.same == back.same


@THOROUGH
@given(versions())
def test_nothing_differs_from_itself_and_that_is_proved(one: Knowledge) -> None:
    found = compare_clients(newest(one), newest(one), TODAY)
    assert found.is_proof
    assert found.same == 3 + ("proef.jong" in str(one.contents))


def test_the_smallest_client_stands_on_the_edge_between_two_limits() -> None:
    limit = ("parameters/proef.yaml", "2026-01-01, waarde: 2500", "2026-01-01, waarde: 3000")
    found = compare_clients(knowledge(), knowledge_with(changed(texts(), limit)), TODAY)
    (gone,) = (item for item in found.found if item.change.turn is Turn.GOES)
    assert (gone.change.rule.id, gone.change.then) == ("proef.te-duur", Status.HOLDS)
    assert set(gone.facts) == {"kosten"}
    assert 2500 < int(str(gone.facts["kosten"])) <= 3000
    assert found.undecided == ()


def test_a_condition_that_is_written_otherwise_is_proved_to_be_the_same() -> None:
    other = (
        PROTOCOL,
        "kosten: {tussen: [1000, 2500]}",
        "alle: [{kosten: {minstens: 1000}}, {kosten: {hoogstens: 2500}}]",
    )
    found = compare_clients(knowledge(), knowledge_with(changed(texts(), other)), TODAY)
    assert found.is_proof


def test_a_question_of_another_kind_and_a_time_that_is_up_leave_it_undecided() -> None:
    kind = (
        "feiten/proef.yaml",
        "zin: de cliënt wil de opleiding\n    zin_niet: de cliënt wil de opleiding niet\n"
        "    soort: ja_nee\n",
        "zin: de wens is {}\n    soort: aantal\n    eenheid: {een: punt, meer: punten}\n",
    )
    asked = (PROTOCOL, "gemotiveerd: ja", "gemotiveerd: {minstens: 3}")
    never = (PROTOCOL, "meer_dan: kosten_grens", "meer_dan: 9000")
    other = knowledge_with(changed(texts(), kind, asked, never))
    found = compare_clients(knowledge(), other, TODAY)
    assert (found.found, found.is_proof) == ((), False)
    assert "proef.te-duur" in found.undecided
    late = compare_clients(knowledge(), knowledge_with(changed(texts(), never)), TODAY, budget=0)
    assert set(late.undecided) == {"proef.te-duur", "proef.inzetten"}
    assert late.same == 1


def test_a_difference_that_needs_a_later_day_is_found_on_the_first_such_day() -> None:
    late = "alle: [{laatste_cursus: {vanaf: 2027-01-01}}, {laatste_cursus: {ouder_dan: 2 jaren}}"
    one, other = (
        knowledge_with(changed(texts(), (PROTOCOL, "kosten: {meer_dan: kosten_grens}", condition)))
        for condition in (f"{late}]", f"{late}, {{gemotiveerd: ja}}]")
    )
    found = compare_clients(one, other, TODAY)
    gone = next(item for item in found.found if item.change.rule.id == "proef.te-duur")
    assert gone.day == date(2029, 1, 2)
    assert gone.facts["laatste_cursus"] == date(2027, 1, 1)
    assert found.undecided == ()


def test_a_question_that_shares_no_answer_is_known_of_nobody() -> None:
    other = changed(
        texts(),
        ("feiten/proef.yaml", "id: zorg,", "id: zorgen,"),
        ("feiten/proef.yaml", "id: techniek,", "id: bouw,"),
        ("feiten/proef.yaml", "id: horeca,", "id: keuken,"),
        ("begrippen/proef.yaml", "[zorg, techniek]", "[zorgen, keuken]"),
    )
    found = compare_clients(knowledge(), knowledge_with(other), TODAY)
    assert all("richting" not in item.facts for item in found.found)
    assert found.undecided == ()


def test_what_can_not_be_asked_in_one_version_is_undecided_and_the_rest_is_not() -> None:
    gap = (
        "parameters/proef.yaml",
        "vanaf: 2020-01-01, waarde: 12",
        "vanaf: 2020-01-01, voor: uwv, waarde: 12",
    )
    rule = texts()[PROTOCOL].partition("  - id: proef.kosten-bespreken")[2].replace("1000", "900")
    neighbour = (
        "protocol: buur\ntitel: Buur\ngeldig_vanaf: 2026-01-01\ntoelichting: Alleen voor tests.\n"
        f"regels:\n  - id: buur.kosten-bespreken{rule}"
    )
    both = {**texts(), "protocollen/buur/2026-01-01.yaml": neighbour}
    old, new = knowledge_with(both), knowledge_with(changed(both, gap))
    assert old.protocols_on(TODAY) == new.protocols_on(TODAY)
    found = compare_clients(old, new, TODAY)
    # The municipality has no value for "duur_maximum" any more, which only "proef" asks for.
    assert found.found == ()
    assert found.undecided == ("proef.inzetten", "proef.kosten-bespreken", "proef.te-duur")
    assert found.same == 1
