"""How far it is and how long it still takes is said no more precisely than it is known."""

from __future__ import annotations

import pytest

from engine.caseload.pace import Pace, left_in_words


def test_what_is_left_follows_from_what_is_done() -> None:
    now = [100.0]
    pace = Pace(lambda: now[0])
    now[0] = 130.0
    assert pace.left(0.25) == 90.0
    assert pace.left(1.0) == 0.0
    assert pace.told(25_000, "cliënten bekeken", 0.25) == (
        "25.000 cliënten bekeken, 25 procent. Nog ongeveer 2 minuten."
    )


@pytest.mark.parametrize("share", [None, 0.0, 0.01])
def test_at_the_beginning_nothing_is_promised(share: float | None) -> None:
    pace = Pace(lambda: 5.0)
    assert pace.left(share) is None
    assert "Nog" not in pace.told(10, "rijen gelezen", share)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "Nog een paar seconden."),
        (9.9, "Nog een paar seconden."),
        (44, "Nog ongeveer 40 seconden."),
        (89, "Nog ongeveer 90 seconden."),
        (90, "Nog ongeveer 2 minuten."),
        (400, "Nog ongeveer 7 minuten."),
    ],
)
def test_seconds_in_words(seconds: float, said: str) -> None:
    assert left_in_words(seconds) == said
