"""Advices as cards and decisions as feedback find each other, and keep to the form."""

from __future__ import annotations

from pathlib import Path

from engine.cards import cards, feedback
from engine.decisions import Record, follow, skip
from tests.decisions import world

RULE = "proef.werkwijze"


def test_a_card_has_what_the_specification_requires() -> None:
    seen = world.consulted()
    made = cards(seen, world.knowledge())["cards"]
    assert len(made) == len(seen.advices) - 1
    for card in made:
        assert 0 < len(card["summary"]) < 140
        assert card["indicator"] in ("info", "warning", "critical")
        assert card["source"]["label"].startswith("Leidraad, Proef")
        assert card["selectionBehavior"] == "at-most-one"
        assert card["detail"]
    assert len({card["uuid"] for card in made}) == len(made)


def test_an_act_is_a_warning_and_names_the_grounds() -> None:
    made = {card["summary"]: card for card in cards(world.consulted(), world.knowledge())["cards"]}
    assert made["Proefregel wet"]["indicator"] == "warning"
    assert made["Proefregel werkwijze"]["indicator"] == "info"
    codes = [one["code"] for one in made["Proefregel wet"]["overrideReasons"]]
    assert codes == ["veiligheid", "anders"]
    assert made["Proefregel overweging"]["overrideReasons"] == []


def test_a_decision_is_feedback_on_its_card(tmp_path: Path) -> None:
    seen, knowledge = world.consulted(), world.knowledge()
    ids = {card["summary"]: card["uuid"] for card in cards(seen, knowledge)["cards"]}
    with Record.open(f"sqlite:///{tmp_path}/een.db", clock=world.clock) as record:
        record.open_case(seen.case, title="Proef", story="", actor="an")
        record.decide(follow(seen, "proef.wet", decided_on=world.TODAY), seen, actor="an")
        record.decide(world.deviation(seen, RULE), seen, actor="an")
        record.decide(skip(seen, "proef.overweging", decided_on=world.TODAY), seen, actor="an")
        kept = record.decisions("c-proef")
    accepted, overridden, skipped = (feedback(one, knowledge) for one in kept)
    assert accepted["card"] == ids["Proefregel wet"]
    assert accepted["outcome"] == "accepted"
    suggestions = [card["suggestions"][0]["uuid"] for card in cards(seen, knowledge)["cards"]]
    assert accepted["acceptedSuggestions"][0]["id"] in suggestions
    assert overridden["card"] == ids["Proefregel werkwijze"]
    assert overridden["outcome"] == "overridden"
    assert overridden["overrideReason"]["reason"]["code"] == "veiligheid"
    assert overridden["overrideReason"]["userComment"].startswith("Eerst samen")
    assert (skipped["outcome"], "overrideReason" in skipped) == ("overridden", False)
