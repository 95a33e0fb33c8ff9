"""When needs arise: latent sequences that belong to accounts, whatever the company does.

The k-th need of an account arises where the cumulative base intensity (season x hour of week x a market-wide weekly
gamma factor, mean 1) first covers the sum of its first k unit-exponential draws divided by its rate.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from math import floor, sqrt
from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.laws import LAWS
from sim.portable import log
from sim.worktime import DAY_MS, HOUR_MS, WEEK_MS

if TYPE_CHECKING:
    from sim.plan import Plan

_GAP, _PHASE, _WEEK, _WITHIN = (word_of(n) for n in ("gap", "phase", "market week", "within day"))


def need_key(stream_key: int, k: int) -> int:
    """Give the address of the k-th need of one stream of one account."""
    return absorb(stream_key, k)


def regular_epochs(key: int, rate_per_week: float) -> Iterator[tuple[int, int]]:
    """Yield (k, epoch in ms) of evenly spaced needs with a random phase, k = 1, 2, ..."""
    phase = uniform(absorb(key, _PHASE))
    k = 1
    while True:
        yield k, floor((k - phase) / rate_per_week * WEEK_MS + 0.5)
        k += 1


class Intensity:
    """The cumulative base intensity of one replication, in average weeks, made as far as it is needed.

    Parameters
    ----------
    plan : Plan
        Gives profile, season and the variance of the weekly factor.
    key : int
        Address of the market in this replication.
    """

    def __init__(self, plan: Plan, key: int) -> None:
        self._profile = plan.week_profile
        self._season = plan.season
        self._gamma = LAWS["gamma"](mean=1.0, cv=sqrt(plan.weekly_cv2)) if plan.weekly_cv2 > 0.0 else None
        self._key = absorb(key, _WEEK)
        self._sums = [0.0]

    def _extend(self) -> None:
        week = len(self._sums) - 1
        factor = self._season[week % 52 * len(self._season) // 52]
        if self._gamma is not None:
            factor *= self._gamma.quantile(uniform(absorb(self._key, week)))
        self._sums.append(self._sums[-1] + factor)

    def sums(self, weeks: int) -> list[float]:
        """Give the cumulative intensity at the beginning of each of so many weeks, and at the end of the last."""
        while len(self._sums) <= weeks:
            self._extend()
        return self._sums[: weeks + 1]

    def instant(self, mass: float) -> int:
        """Give the ms at which the cumulative intensity reaches `mass` average weeks."""
        sums = self._sums
        while sums[-1] <= mass:
            self._extend()
        week = bisect_right(sums, mass) - 1
        share = (mass - sums[week]) / (sums[week + 1] - sums[week])
        return week * WEEK_MS + self.within_week(share)

    def within_week(self, share: float) -> int:
        """Give the ms of the week at which a share of the week's needs has arisen."""
        profile = self._profile
        hour = min(bisect_right(profile, share), len(profile) - 1)
        before = profile[hour - 1] if hour else 0.0
        inside = (share - before) / (profile[hour] - before)
        return min(floor((hour + inside) * HOUR_MS), WEEK_MS - 1)

    def within_day(self, day: int, key: int, j: int) -> int:
        """Spread row j of a record over its day (counted from t=0) by the profile of that weekday; ms since t=0."""
        first = day % 7 * 24
        low = self._profile[first - 1] if first else 0.0
        high = self._profile[first + 23]
        u = uniform(absorb(absorb(key, _WITHIN), j))
        if high <= low:
            return day * DAY_MS + floor(u * DAY_MS)
        return day // 7 * WEEK_MS + self.within_week(low + u * (high - low))

    def epochs(self, key: int, rate_per_week: float) -> Iterator[tuple[int, int]]:
        """Yield (k, epoch in ms) of one latent sequence, k = 1, 2, ..."""
        gaps = absorb(key, _GAP)
        mass, k = 0.0, 1
        while True:
            mass -= log(uniform(absorb(gaps, k)))
            yield k, self.instant(mass / rate_per_week)
            k += 1
