"""What has changed under a decision since it was made."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.decisions import Record, follow
from engine.standing import changes, facts_under, flagged
from tests.decisions.world import TODAY, consulted, knowledge

RULE = "proef.tijdelijk"
"""Rests on the wish, and on the illness by way of its exception; on nothing else."""

_answers = st.fixed_dictionaries(
    {},
    optional={
        "wil": st.sampled_from(
            ["ja", "nee", "onbekend", {"betwist": {"client": "ja", "arts": "nee"}}]
        ),
        "ziek": st.sampled_from(["ja", "nee", "betwist"]),
        "maanden": st.integers(0, 3),
        "sinds": st.dates(),
    },
)


def test_a_rule_rests_on_its_own_facts_and_those_of_its_exceptions() -> None:
    program = consulted().program
    assert facts_under(RULE, program, knowledge()) == ("wil", "ziek")
    assert facts_under("proef.wet", program, knowledge()) == ("wil",)
    assert facts_under("proef.verzonnen", program, knowledge()) == ()


@settings(max_examples=60, deadline=None)
@given(before=st.sampled_from([{}, {"ziek": "nee"}, {"maanden": 2}]), after=_answers)
def test_only_what_a_rule_rests_on_changes_a_decision(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    then, now = consulted(**before), consulted(**after)
    decided = follow(then, RULE, decided_on=TODAY)
    said = changes(decided.advised, then.receipt.as_json(), now, knowledge())

    def under(seen: Any) -> list[Any]:
        receipt = seen.receipt.as_json()
        return [
            (receipt["known"].get(name), receipt["disputed"].get(name)) for name in ("wil", "ziek")
        ]

    assert bool(said) is (under(then) != under(now))
    if said:
        assert said.endswith(".")
        assert "toen" in said
        assert "nu" in said


def test_the_words_say_from_what_to_what() -> None:
    then = consulted(sinds=TODAY)
    decided = follow(then, "proef.wet", decided_on=TODAY)
    dispute = {"betwist": {"client": "ja", "professional": "nee"}}
    now = consulted(wil=dispute)
    assert changes(decided.advised, then.receipt.as_json(), now, knowledge()) == (
        "Het advies was toen: geldt. Het is nu: nog te bepalen. De wens: toen ja, nu betwist (de "
        "cliënt zegt ja en de professional zegt nee)."
    )


def test_flags_come_in_the_order_of_the_decisions(record: Record) -> None:
    then = consulted()
    record.open_case(then.case, title="Proef", story="", actor="ik")
    for rule in ("proef.werkwijze", RULE, "proef.wet"):
        record.decide(follow(then, rule, decided_on=TODAY), then, actor="ik")
    latest = {kept.decision.advised.rule: kept for kept in record.decisions("c-proef")}
    assert flagged(consulted(), knowledge(), latest) == []
    ill = flagged(consulted(ziek="nee"), knowledge(), latest)
    assert [(flag.kept.decision.advised.rule, flag.decidable) for flag in ill] == [(RULE, True)]
    gone = flagged(consulted(wil="nee"), knowledge(), latest)
    assert [flag.kept.decision.advised.rule for flag in gone] == [
        "proef.werkwijze",
        RULE,
        "proef.wet",
    ]
    assert not any(flag.decidable for flag in gone)
