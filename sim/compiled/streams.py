"""Latent sequences of needs, as `sim.demand` has them: each account follows its own, whatever the company does.

How far a sequence has been followed stands in the account: the sum of its exponential draws, and how many there were.
"""

from __future__ import annotations

from math import floor

from sim.compiled.chance import absorb, rank, uniform
from sim.compiled.companies import own
from sim.compiled.events import NEED_ARISES, schedule
from sim.compiled.intensity import instant
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.order import ARRIVAL
from sim.portable import log
from sim.worktime import WEEK_MS


@compiled
def need_key(m, account, stream, k):  # type: ignore[no-untyped-def]
    """Give the address of the k-th need of a stream of an account."""
    return absorb(absorb(m[account + U_KEY], m[stream + H_WORD]), k)


@compiled
def start_streams(s, account):  # type: ignore[no-untyped-def]
    """Begin the recurring needs of a customer from now on."""
    m = s.m
    for i in range(m[N_STREAMS]):
        stream = m[STREAMS] + i * STREAM_SIZE
        if not m[stream + H_HAZARD] and s.f[m[stream + H_RATES] + m[account + U_SEGMENT]] > 0.0:
            rewind(s, account, i)
            follow(s, account, i, m[stream + H_REGULAR])


@compiled
def rewind(s, account, i):  # type: ignore[no-untyped-def]
    """Begin a sequence anew."""
    at = s.m[account + U_STREAMS] + 2 * i
    s.f[at], s.m[at + 1] = 0.0, 0


@compiled
def follow(s, account, i, regular):  # type: ignore[no-untyped-def]
    """Go on to the next need of a sequence that has not passed yet, and let it arise in its time."""
    m, f = s.m, s.f
    stream, at = m[STREAMS] + i * STREAM_SIZE, m[account + U_STREAMS] + 2 * i
    key, rate = absorb(m[account + U_KEY], m[stream + H_WORD]), f[m[stream + H_RATES] + m[account + U_SEGMENT]]
    epoch = -1
    while epoch < m[NOW]:
        m[at + 1] += 1
        k = m[at + 1]
        if regular:
            epoch = floor((k - uniform(absorb(key, m[W_PHASE]))) / rate * WEEK_MS + 0.5)
        else:
            f[at] -= log(uniform(absorb(absorb(key, m[W_GAP]), k)))
            epoch = instant(s, f[at] / rate)
        if epoch >= m[HORIZON]:
            return
    which = m[account + U_TENURE] * (m[N_STREAMS] + 1) + i
    schedule(s.m, epoch, ARRIVAL | rank(own(m, need_key(m, account, stream, k))), NEED_ARISES, account, which)
