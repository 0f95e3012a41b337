"""How far a long piece of work is, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable

from engine.wording import amount_in_words

_MINUTE = 60
_FIRST_SHARE = 0.02
"""Before this much is done, an estimate says more about the beginning than about the rest."""


class Pace:
    """Measures one piece of work from its beginning, such as reading a file."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Begin to measure.

        Args:
            clock: gives seconds; only how they differ counts.
        """
        self._clock = clock
        self._begin = clock()

    def left(self, share: float | None) -> float | None:
        """Return how many seconds are left if it goes on as it went.

        Args:
            share: what part is done, from 0 to 1; ``None`` if that isn't known.

        Returns:
            Seconds; ``None`` while that can't be said.
        """
        if share is None or share < _FIRST_SHARE:
            return None
        return (self._clock() - self._begin) * (1 - share) / share

    def told(self, done: int, what: str, share: float | None) -> str:
        """Say how far it is (Dutch).

        Args:
            done: how many rows or clients.
            what: what was done with them, such as ``rijen gelezen``.
            share: as for :meth:`left`.
        """
        said = amount_in_words(done, what, what)
        if share is not None:
            said += f", {int(share * 100)} procent"
        left = self.left(share)
        return f"{said}." if left is None else f"{said}. {left_in_words(left)}"


def left_in_words(seconds: float) -> str:
    """Say how long it still takes, no more precisely than is known (Dutch)."""
    if seconds < 10:
        return "Nog een paar seconden."
    if seconds < 1.5 * _MINUTE:
        return f"Nog ongeveer {round(seconds, -1):.0f} seconden."
    return f"Nog ongeveer {seconds / _MINUTE:.0f} minuten."
