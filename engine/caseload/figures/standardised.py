"""One difference between two shares over many strata, as if both had the same mix of clients.

The difference is that of Mantel and Haenszel for risks, with the variance of Greenland and Robins,
"Estimation of a common effect parameter from sparse follow-up data", Biometrics 41 (1985), 55-68;
both as in Rothman, Greenland and Lash, *Modern Epidemiology*, third edition (2008), chapter 15,
whose table 15-1 is a test.

Where several differences are looked at, some will seem large by chance. Intervals are widened so
that they all hold at once in 95 of 100 caseloads (Bonferroni: Dunn, "Multiple comparisons among
means", Journal of the American Statistical Association 56 (1961), 52-64).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

_CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Pair:
    """How often something happened in a group and in the others, among clients who are alike.

    Attributes:
        count: how often in the group.
        total: out of how many there.
        other_count: how often in the others.
        other_total: out of how many there.
    """

    count: int
    total: int
    other_count: int
    other_total: int


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference between two shares, between -1 and 1.

    Attributes:
        value: the share in the group minus that in the others.
        interval: from and up to what it can well be; ``None`` where that can't be worked out,
            because in every stratum it happened to all or to none.
    """

    value: float
    interval: tuple[float, float] | None


def difference(
    pairs: Iterable[Pair], comparisons: int = 1, confidence: float = _CONFIDENCE
) -> Difference | None:
    """Return the standardised difference; ``None`` if there is no stratum with both.

    Args:
        pairs: one for each stratum.
        comparisons: how many differences are looked at together.
        confidence: how sure all their intervals are together.
    """
    both = [one for one in pairs if one.total and one.other_total]
    weight = sum(one.total * one.other_total / (one.total + one.other_total) for one in both)
    if not both:
        return None
    value = sum(_weighed(one) for one in both) / weight
    spread = sqrt(sum(_variance(one) for one in both)) / weight
    if spread == 0:
        return Difference(value, None)
    half = spread * NormalDist().inv_cdf(1 - (1 - confidence) / (2 * max(1, comparisons)))
    return Difference(value, (max(-1.0, value - half), min(1.0, value + half)))


def _weighed(one: Pair) -> float:
    everyone = one.total + one.other_total
    return (one.count * one.other_total - one.other_count * one.total) / everyone


def _variance(one: Pair) -> float:
    own = one.count * (one.total - one.count) * one.other_total**3
    others = one.other_count * (one.other_total - one.other_count) * one.total**3
    return (own + others) / (one.total * one.other_total * (one.total + one.other_total) ** 2)
