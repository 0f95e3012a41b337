"""Who follows the link to a meeting before logging in, doesn't lose the code on the way."""

from __future__ import annotations

from tests.app.conftest import own_folders
from tests.app.helpers import text
from tests.auth.test_attacks import Start, record, start

__all__ = ["own_folders", "record", "start"]


def test_the_door_says_how_to_come_in_after_logging_in(start: Start) -> None:
    at = start(is_logged_in=False)
    assert "intervisie" not in text(at)
    at.query_params["sessie"] = "bcdfghjk"
    at.run()
    assert not at.exception
    assert "Meld u aan" in text(at)
    assert "typ de code **bcdf ghjk**" in text(at)
