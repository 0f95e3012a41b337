"""What groups propose about rules is on the page of method designers, and of nobody else."""

from __future__ import annotations

import pytest

from engine.decisions import Record, Role
from tests.app.conftest import own_folders
from tests.app.helpers import text
from tests.auth.test_attacks import BO, Start, record, start

__all__ = ["own_folders", "record", "start"]


@pytest.mark.parametrize("role", list(Role))
def test_proposals_are_for_method_designers(start: Start, record: Record, role: Role) -> None:
    record.people.take_role(BO, Role.PROFESSIONAL, by="toets")
    record.people.give_role(BO, role, by="toets")
    at = start(sub="bo")
    at.switch_page("ui/pages/leren.py").run()
    assert not at.exception
    assert ("Voorstellen van groepen" in text(at)) is (role is Role.DESIGNER)
