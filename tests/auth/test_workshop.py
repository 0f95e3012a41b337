"""Who works in the workshop: the method designer. Everyone else reads."""

from __future__ import annotations

import pytest

from engine.decisions import Record, Role
from tests.app.conftest import own_folders
from tests.app.helpers import click, keys, text
from tests.auth.test_attacks import BO, Start, record, start

__all__ = ["own_folders", "record", "start"]


@pytest.mark.parametrize("role", list(Role))
def test_only_a_designer_changes_a_protocol(start: Start, record: Record, role: Role) -> None:
    record.people.take_role(BO, Role.PROFESSIONAL, by="toets")
    record.people.give_role(BO, role, by="toets")
    at = start(sub="bo")
    at.switch_page("ui/pages/werkplaats.py").run()
    assert not at.exception
    designs = role is Role.DESIGNER
    assert ("Hier werken methodeontwikkelaars" in text(at)) is not designs
    assert ("werkplaats_alles_nakijken" in keys(at)) is designs
    assert ("Voorstellen van groepen" in text(at)) is designs
    click(at, "werkplaats_open_proef")
    # A part that isn't theirs isn't there, also for who names it.
    at.session_state["werkplaats_delen_proef"] = "Bewerken"
    at.run()
    assert not at.exception
    assert bool(at.get("bidi_component")) is designs
    assert "Bewerken" in [tab.label for tab in at.tabs] or not designs
