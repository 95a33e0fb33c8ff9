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
from sim.portable import log, power
from sim.worktime import DAY_MS, HOUR_MS, WEEK_MS

if TYPE_CHECKING:
    from sim.plan import Plan, PlanMark

_GAP, _PHASE, _WEEK, _WITHIN = (word_of(n) for n in ("gap", "phase", "market week", "within day"))
CONTACT = word_of("contact")
LUCK = word_of("luck")


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


def draw_marks(
    registers: list[float],
    marks: tuple[PlanMark, ...],
    key: int,
    segment: int,
    luck: int,
    contact: float,
    reference: float,
) -> None:
    """Draw the marks of a need into the registers, each from its own address.

    Parameters
    ----------
    registers : list of float
        Written in place.
    marks : tuple of PlanMark
        In listed order; a mark may depend on those before it.
    key : int
        Address of the need.
    segment : int
        Segment of the account.
    luck : int
        Register of the need's luck; -1 if nobody reads it.
    contact : float
        The need's own place along the share of needs reached, in (0, 1); 0 where nothing is bought.
    reference : float
        Share of needs reached at which chances hold as stated.
    """
    if luck >= 0:
        registers[luck] = uniform(absorb(key, LUCK))
    for mark in marks:
        u = uniform(absorb(key, mark.word))
        if mark.chance:
            chance = mark.chance[segment]
            if mark.falls > 0.0 and contact > 0.0 and reference > 0.0:
                chance *= (1.0 - mark.falls) * power(contact / reference, -mark.falls)
            registers[mark.register] = 1.0 if u < chance else 0.0
        elif mark.by >= 0:
            registers[mark.register] = mark.law[0 if registers[mark.by] > 0.0 else 1].quantile(u)
        else:
            registers[mark.register] = mark.law[segment].quantile(u)
