"""Campaigns and calls must be somebody's work, and the market must say what comes of them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sim.scenario.problems import Problem, by_segment, shown, unknown

if TYPE_CHECKING:
    from sim.scenario.scenario import Scenario


def outreach(s: Scenario) -> Iterator[Problem]:
    """Find what is wrong with campaigns, calls and what the market makes of them."""
    market, org = s.market, s.org
    worked: dict[str, float] = {}
    for role in org.roles.values():
        for b in role.background.values():
            worked[b.activity] = worked.get(b.activity, 0.0) + b.hours_per_week * (b.per == "role" or role.headcount)
    seen: dict[str, str] = {}
    for name, campaign in org.campaigns.items():
        at = f"org.campaigns.{name}"
        yield from unknown(f"{at}.work", campaign.work, "activity", s.activity)
        if campaign.work in s.activity and not worked.get(campaign.work):
            yield Problem(f"{at}.work", "no role has hours of it among its background work", shown(campaign.work))
        if campaign.work in seen:
            yield Problem(f"{at}.work", f"is the work of campaign '{seen[campaign.work]}' already", campaign.work)
        seen.setdefault(campaign.work, name)
        if campaign.makes == "propositions" and market.propositions is None:
            yield Problem("market.propositions", f"is needed: campaign '{name}' makes propositions")
    total = math.fsum(c.share for c in org.campaigns.values())
    if total > 1.0 + 1e-9:
        yield Problem("org.campaigns", "shares of the money must not add up to more than 1", f"{total:g}")
    if org.calls is not None:
        yield from unknown("org.calls.work", org.calls.work, "activity", s.activity)
        for needed, part in (("market.touch", market.touch), ("market.needs", market.needs)):
            if part is None:
                yield Problem(needed, "is needed for cold calls (org.calls)")
    if org.nurtures and market.nurture is None:
        yield Problem("market.nurture", "is needed where accounts are nurtured (org.nurtures)")
    if market.touch is not None and market.touch.push > market.touch.success:
        rule = f"must not exceed the chance with an open need, {market.touch.success:g}"
        yield Problem("market.touch.push", rule, shown(market.touch.push))
    if market.referral is not None:
        at = "market.referral.per_customer_per_year"
        yield from by_segment(market.segments, at, market.referral.per_customer_per_year)
        if not any(g.prospects for g in market.segments.values()):
            yield Problem("market.referral", "somebody must be there to be referred: no segment has prospects")
