"""The share of prospects' needs that a company hears of, as `sim.reach`, and what money and its name make of it."""

from __future__ import annotations

from sim.compiled.events import MONEY_IS_SPENT, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.rows import SPEND, write
from sim.compiled.store import fill
from sim.order import SHIFT, SPENDING
from sim.rules.marketing import adbudg, carried_over, reputed, spent_share
from sim.worktime import WEEK_MS, WEEKS_PER_YEAR


@compiled
def _settle_share(s):  # type: ignore[no-untyped-def]
    m, f = s.m, s.f
    y, r = m[OUTREACH], m[m[OUTREACH] + Y_RESPONSE]
    if not r or f[y + Y_NEEDS_PER_WEEK] <= 0.0:
        f[y + Y_SHARE] = 0.0
        return
    share = min(1.0, adbudg(f[y + Y_STOCK_USD], f[r], f[r + 1], f[r + 2], f[r + 3]) / f[y + Y_NEEDS_PER_WEEK])
    f[y + Y_SHARE] = reputed(share, f[y + Y_REACH], f[y + Y_NAME])


@compiled
def spend_weekly(s):  # type: ignore[no-untyped-def]
    """Spend a week's money, as far as the work on it was done, and begin the next week."""
    m, f = s.m, s.f
    y = m[OUTREACH]
    money, week = m[y + Y_MONEY], m[y + Y_WEEK]
    for_inquiries = f[money + M_USD] * f[money + M_INQUIRY_SHARE]
    if m[week + M_N_CAMPAIGNS] and m[NOW] > 0:
        for_inquiries, in_all = _rates(s, week)
        _note(s, in_all)
    f[y + Y_STOCK_USD] = carried_over(f[y + Y_STOCK_USD], for_inquiries, f[m[y + Y_RESPONSE] + 4])
    _settle_share(s)
    fill(m, m[y + Y_DONE], m[N_ACTIVITIES], 0)
    m[y + Y_WEEK], m[y + Y_MONDAY] = money, m[NOW]
    next_spending(s)


@compiled
def close_books(s):  # type: ignore[no-untyped-def]
    """Write down what has been spent in the week that the run ends in."""
    week = s.m[s.m[OUTREACH] + Y_WEEK]
    if s.m[week + M_N_CAMPAIGNS]:
        _note(s, _rates(s, week)[1])


@compiled
def _rates(s, week):  # type: ignore[no-untyped-def]
    """Give what this week's work lets be spent on inquiries, and in all, in USD a year, as the week began."""
    m, f = s.m, s.f
    usd, done = f[week + M_USD], m[m[OUTREACH] + Y_DONE]
    for_inquiries = in_all = usd * f[week + M_FREE_SHARE]
    for i in range(m[week + M_N_CAMPAIGNS]):
        campaign = m[week + M_CAMPAIGNS] + i * CAMPAIGN_SIZE
        worked = float(m[done + m[campaign + CAMPAIGN_ACTIVITY]])
        rate = usd * f[campaign + CAMPAIGN_SHARE] * spent_share(worked, f[campaign + CAMPAIGN_PLANNED_MS])
        in_all += rate
        for_inquiries += 0.0 if m[campaign + CAMPAIGN_PROPOSITION_MS] else rate
    return for_inquiries, in_all


@compiled
def _note(s, usd_per_year):  # type: ignore[no-untyped-def]
    write(s, SPEND, -1, -1, -1, -1, -1, s.m[s.m[OUTREACH] + Y_MONDAY], usd_per_year / WEEKS_PER_YEAR)


@compiled
def next_spending(s):  # type: ignore[no-untyped-def]
    """Let money be spent on the next Monday."""
    m = s.m
    y = m[OUTREACH]
    at = m[y + Y_SPENDING_WEEK] * WEEK_MS
    if at < m[HORIZON]:
        m[y + Y_SPENDING_WEEK] += 1
        schedule(s.m, at, SHIFT | SPENDING, MONEY_IS_SPENT, 0, 0)


@compiled
def remember(s, over_neutral):  # type: ignore[no-untyped-def]
    """Let a week pass in which customers were, on average, so much more satisfied than neutral."""
    f, y = s.f, s.m[OUTREACH]
    f[y + Y_NAME] = carried_over(f[y + Y_NAME], over_neutral, f[y + Y_HALF_LIFE])
    _settle_share(s)
