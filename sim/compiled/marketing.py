"""Finished work that nobody asked for, as `sim.engine.marketing`: it lets money be spent, makes propositions, calls."""

from __future__ import annotations

from sim.compiled.calling import called
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.propositions import propose


@compiled
def note_worked(s, task, person):  # type: ignore[no-untyped-def]
    """Count a finished block of background work, and let it have its effect."""
    m = s.m
    y, activity, worked_ms = m[OUTREACH], m[m[task + Q_STEP] + S_ACTIVITY], m[task + Q_FIXED_MS]
    m[m[y + Y_DONE] + activity] += worked_ms
    money = m[y + Y_MONEY]
    for i in range(m[money + M_N_CAMPAIGNS]):
        campaign = m[money + M_CAMPAIGNS] + i * CAMPAIGN_SIZE
        if m[campaign + CAMPAIGN_ACTIVITY] == activity and m[campaign + CAMPAIGN_PROPOSITION_MS]:
            propose(s, activity, worked_ms, m[campaign + CAMPAIGN_PROPOSITION_MS])
    if activity == m[y + Y_CALLS]:
        called(s, worked_ms, person)
