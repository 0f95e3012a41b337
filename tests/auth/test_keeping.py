"""Who sees for how long cases are kept: who administers, and a lawyer who only reads it."""

from __future__ import annotations

import pytest

from engine.decisions import Record, Role
from tests.app.conftest import own_folders
from tests.app.helpers import keys, text
from tests.auth.test_attacks import BO, MINE, Start, record, start

__all__ = ["own_folders", "record", "start"]


@pytest.mark.parametrize("role", list(Role))
def test_the_page_is_for_who_keeps_terms(start: Start, record: Record, role: Role) -> None:
    record.people.take_role(BO, Role.PROFESSIONAL, by="toets")
    record.people.give_role(BO, role, by="toets")
    at = start(sub="bo")
    before = record.verify().events
    at.switch_page("ui/pages/bewaren.py").run()
    assert not at.exception
    sees = role in (Role.ADMINISTRATOR, Role.LAWYER)
    assert ("Nog niet aan de beurt" in text(at)) is sees
    assert ("Deze pagina is voor de beheerder en de jurist" in text(at)) is not sees
    assert (MINE in text(at)) is sees
    # The list names no more than a reference and days: nobody's case is read.
    assert record.verify().events == before
    if not sees:
        return
    at.selectbox(key="bewaren_casus").set_value(MINE).run()
    assert ("wissen" in keys(at)) is (role is Role.ADMINISTRATOR)
    assert ("Alleen de beheerder kan een casus wissen" in text(at)) is (role is Role.LAWYER)
    assert record.verify().events == before
