"""What comes to the company of the needs of prospects: inquiries, referrals, needs found by cold calls.

Money is thought to be spent in full, the company's name to be neutral, and neither propositions nor nurturing to do
anything; referrals are those of the customers of t=0 at neutral satisfaction; cold calls touch all prospects alike.
"""

from __future__ import annotations

from math import exp

import numpy as np
from numpy.typing import NDArray

from sim.load.cases import Cases
from sim.load.drawn import Places
from sim.load.happenings import Happenings
from sim.load.load import Load
from sim.load.needs import Needs
from sim.load.tally import Tally
from sim.load.walk import Walk
from sim.plan import COLD, INBOUND, REFERRAL, Plan, PlanStream
from sim.reach import Reach
from sim.worktime import HOUR_MS, WEEK_MS, WEEKS_PER_YEAR


class Prospects:
    """Needs of prospects, walked once for each origin and each way in which marks that fall with contact turn out.

    Parameters
    ----------
    plan : Plan
        Market and design.
    stream : PlanStream
        The needs of prospects.
    size : int
        Needs in the sample of a segment.
    """

    def __init__(self, plan: Plan, stream: PlanStream, size: int) -> None:
        self._plan = plan
        self._stream = stream
        reference = Reach(plan).reference
        self._needs = [Needs(plan, stream, segment, size, reference) for segment in range(len(plan.prospects))]
        # By all that a walk depends on beside the need itself (segment, first step, whether it was found cold and the
        # marks that hold): the row of each need in the sample, -1 where it was not walked yet.
        self._known: dict[tuple[int, int, bool, bytes], Places] = {}
        # By row: how long a case keeps its account from being had for another one.
        self._away_ms = np.empty(0)
        self._happenings = Happenings()

    def add(self, reach: Reach, load: Load) -> None:
        """Add what comes of the needs, by origin; inquiries first, from which the share won is learned."""
        plan, stream, segments = self._plan, self._stream, range(len(self._needs))
        arising = [_arising(plan, stream, segment) for segment in segments]
        for segment, rows in zip(segments, self._walked(reach, [(s, INBOUND) for s in segments]), strict=True):
            load.needs["needs"] += arising[segment]
            reached = arising[segment] * reach.share
            met = reached * _available(plan, segment, reached, float(self._away_ms[rows].mean()))
            load.needs["not available"] += reached - met
            load.needs["inquiries"] += met
            self._write(segment, INBOUND, rows, met, load)
        inquiries, won = load.needs["inquiries"], _won(plan, stream, load)

        def met_otherwise(segment: int) -> dict[int, float]:
            referred = arising[segment] * (1.0 - reach.share) * _referred_share(plan)
            return {REFERRAL: referred, COLD: _found_by_calls(plan, stream, segment, reach, load)}

        likely = [(s, origin) for s in segments for origin, met in met_otherwise(s).items() if met > 0.0]
        rows_of = dict(zip(likely, self._walked(reach, likely), strict=True))  # all at once, which takes less time
        for segment in segments:
            # Asked again: where a journey has people call, the calls of earlier segments' cases find needs as well.
            for origin, met in met_otherwise(segment).items():
                if met > 0.0:
                    load.needs["referred" if origin == REFERRAL else "found by calls"] += met
                    if (segment, origin) not in rows_of:
                        (rows_of[segment, origin],) = self._walked(reach, [(segment, origin)])
                    self._write(segment, origin, rows_of[segment, origin], met, load)
        if plan.outreach.referral is not None and inquiries > 0.0:
            load.referred_customers = _referrals_of_one(plan, stream, reach) * won / inquiries

    def _write(self, segment: int, origin: int, rows: Places, met: float, load: Load) -> None:
        """Add what so many needs a year of an origin bring."""
        per_year = np.zeros(len(self._away_ms))
        per_year[rows] = met / len(rows) * self._needs[segment].likelihood(origin)
        self._happenings.write(Tally(self._plan, load), segment, per_year)

    def _walked(self, reach: Reach, asked: list[tuple[int, int]]) -> list[Places]:
        """Give the row of each need of the sample, for each (segment, origin); walk those that are new, all at once."""
        found, parts, taken = [], [], len(self._away_ms)
        for segment, origin in asked:
            needs = self._needs[segment]
            holding = needs.holding(reach.share, origin)
            rows = np.empty(needs.size, dtype=np.intp)
            for mine in _alike(holding):
                way = (segment, needs.first(origin), origin == COLD, holding[:, mine[0]].tobytes())
                known = self._known.setdefault(way, np.full(needs.size, -1, dtype=np.intp))
                new = mine[known[mine] < 0]
                known[new] = np.arange(taken, taken + len(new))
                taken += len(new)
                if len(new):
                    parts.append(needs.cases(known[new], new, origin, holding[:, new]))
                rows[mine] = known[mine]
            found.append(rows)
        if parts:
            cases = Cases.joined(parts)
            Walk(self._plan, self._happenings).walk(cases)
            self._away_ms = np.concatenate([self._away_ms, np.empty(taken - len(self._away_ms))])
            self._away_ms[cases.row] = cases.elapsed_ms
        return found


def _alike(holding: NDArray[np.bool_]) -> list[Places]:
    """Give the places of those in which the same marks hold, group by group."""
    groups = [np.arange(holding.shape[1])]
    for holds in holding:
        halves = [part for group in groups for part in (group[holds[group]], group[~holds[group]])]
        groups = [part for part in halves if len(part)]
    return groups


def _arising(plan: Plan, stream: PlanStream, segment: int) -> float:
    """Give the needs a year of those in a segment who are not its customers at t=0, heard of or not."""
    if plan.recorded_ms is not None:
        return plan.recorded_per_week * WEEKS_PER_YEAR * plan.prospects[segment] / max(1, sum(plan.prospects))
    return plan.open_at_start[segment] * stream.rate_per_week[segment] * WEEKS_PER_YEAR


def _available(plan: Plan, segment: int, reached: float, away_ms: float) -> float:
    """Give the share of time that a prospect is open to the company, in the long run.

    Between being reached, open prospects wait 1 / rate on average; then they are taken up for the customer's own
    time of a case, and for the rest after it (renewal-reward; Ross 2019, Introduction to Probability Models, 12th
    ed., sec. 7.4).
    """
    return 1.0 / (1.0 + reached / max(1, plan.open_at_start[segment]) / WEEKS_PER_YEAR * away_ms / WEEK_MS)


def _won(plan: Plan, stream: PlanStream, load: Load) -> float:
    """Give the new customers a year of the cases walked so far."""
    journey = plan.journeys[stream.journey].name
    ends = [s.name for s in plan.steps if s.journey == stream.journey and s.customer]
    return sum(load.ends[journey, end] for end in ends)


def _referred_share(plan: Plan) -> float:
    """Give the chance that a need which money does not bring is that of a prospect who was referred, and comes."""
    referral = plan.outreach.referral
    if referral is None:
        return 0.0
    a_year = sum(n * rate for n, rate in zip(plan.customers_at_start, referral.per_year, strict=True))
    fresh = a_year / WEEKS_PER_YEAR * referral.fresh_ms / WEEK_MS / max(1, sum(plan.prospects))
    return referral.reach * (1.0 - exp(-fresh))


def _referrals_of_one(plan: Plan, stream: PlanStream, reach: Reach) -> float:
    """Give the needs that the referrals of one customer bring, the mean over customers, before it leaves."""
    referral = plan.outreach.referral
    assert referral is not None
    run_years = plan.horizon_ms / WEEK_MS / WEEKS_PER_YEAR
    leaving = plan.churn_per_year or (0.0,) * len(plan.customers)
    years = [min(1.0 / h, run_years) if h > 0.0 else run_years for h in leaving]
    referrals = sum(n * r * y for n, r, y in zip(plan.customers_at_start, referral.per_year, years, strict=True))
    each = referrals / max(1, sum(plan.customers_at_start))
    needs_a_week = sum(n * r for n, r in zip(plan.prospects, stream.rate_per_week, strict=True))
    one = needs_a_week / max(1, sum(plan.prospects)) * referral.fresh_ms / WEEK_MS
    return each * one * (1.0 - reach.share) * referral.reach


def _found_by_calls(plan: Plan, stream: PlanStream, segment: int, reach: Reach, load: Load) -> float:
    """Give the opportunities a year that cold calls find: an open need is one not heard of and not yet over."""
    outreach = plan.outreach
    if outreach.calls < 0:
        return 0.0
    hours = sum(h for (_, a), h in load.work_h.items() if a == plan.activities[outreach.calls].name)
    touches = hours * HOUR_MS / outreach.touch_ms * plan.prospects[segment] / max(1, sum(plan.prospects))
    window, waiting = plan.journeys[stream.journey].window, 1.0
    if window >= 0:
        weeks = plan.named_laws[window][segment].mean / WEEK_MS
        waiting = 1.0 - exp(-stream.rate_per_week[segment] * (1.0 - reach.share) * weeks)
    return touches * (waiting * outreach.success + (1.0 - waiting) * outreach.push)
