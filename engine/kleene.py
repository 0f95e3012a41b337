"""Logic in three values, after Kleene: true, false, and "cannot be said yet".

Unknown is never taken for false: an answer that is given stays right whatever becomes known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Truth = bool | None
"""``None`` is unknown."""


def all_of(values: Iterable[Truth]) -> Truth:
    """Kleene "and": false wins, then unknown."""
    result: Truth = True
    for value in values:
        if value is False:
            return False
        if value is None:
            result = None
    return result


def any_of(values: Iterable[Truth]) -> Truth:
    """Kleene "or": true wins, then unknown."""
    result: Truth = False
    for value in values:
        if value is True:
            return True
        if value is None:
            result = None
    return result


def at_least(count: int, values: Sequence[Truth]) -> Truth:
    """Three-valued counting: true when enough are true, false when enough can no longer be."""
    certain = sum(value is True for value in values)
    possible = certain + sum(value is None for value in values)
    if certain >= count:
        return True
    return None if possible >= count else False


def negation(value: Truth) -> Truth:
    """Kleene "not": unknown stays unknown."""
    return None if value is None else not value
