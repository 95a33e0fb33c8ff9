"""Accounts, one by one, and the orders in which they come up: arrays, as there may be millions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.companies import AT_START
from sim.compiled import memory as w
from sim.compiled.layout import Layout
from sim.demand import Intensity
from sim.draws import absorb, absorb_array, uniforms, word_of
from sim.plan import Plan
from sim.worktime import DAY_MS

_UNKNOWN_CHANNEL = -2


def accounts(layout: Layout) -> dict[int, float]:
    """Keep the accounts and what refers to them; give words of the run."""
    plan = layout.plan
    keys = _keys(plan, layout.market_key)
    order = np.argsort(keys >> np.uint64(4), kind="stable")
    customer = _customers(plan)
    ours = customer & _would_be_ours(layout, keys)
    n, size = len(keys), layout.account_size
    records = _records(plan, keys, order, ours, size)
    first = layout.block(records.ravel())
    by_place = first + size * np.arange(n, dtype=np.int64)
    records[:, w.U_STREAMS] = by_place + w.ACCOUNT_FIXED + len(plan.traits)
    at = np.empty(n, np.int64)
    at[order] = by_place
    prospects, called = at[~customer], by_place[~ours[order]]
    layout.called, layout.n_called = layout.block(called), len(called)
    recorded = _recorded(layout, keys, at, prospects) if plan.recorded_ms is not None else None
    words = -(-n // 32)
    return {
        w.ACCOUNTS: first,
        w.N_ACCOUNTS: n,
        w.ACCOUNT_SIZE: size,
        w.OWNERS_AT: layout.owners_at,
        w.PROSPECTS: layout.block(prospects),
        w.N_PROSPECTS: len(prospects),
        w.BY_INDEX: layout.block(at),
        w.CUSTOMER_BITS: layout.block(np.zeros(words, np.int64)),
        w.N_CUSTOMER_BITS: words,
        w.TIED_BITS: layout.block(np.zeros(words, np.int64)),
        w.RECORDED: layout.block(recorded.ravel()) if recorded is not None else w.NOTHING,
        w.N_RECORDED: len(recorded) if recorded is not None else 0,
    }


def _keys(plan: Plan, key: int) -> NDArray[np.uint64]:
    """Give the addresses of all accounts."""
    of_all, found = absorb(key, word_of("accounts")), [np.zeros(0, np.uint64)]
    for segment, name in enumerate(plan.segments):
        n = plan.customers[segment] + plan.prospects[segment]
        mine = np.uint64(absorb(of_all, word_of(f"segment {name}")))
        found.append(absorb_array(mine, np.arange(n, dtype=np.uint64)))
    return np.concatenate(found)


def _customers(plan: Plan) -> NDArray[np.bool_]:
    """Tell which accounts are customers of some company at t=0."""
    found = [np.zeros(0, np.bool_)]
    for c, p in zip(plan.customers, plan.prospects, strict=True):
        found += [np.ones(c, np.bool_), np.zeros(p, np.bool_)]
    return np.concatenate(found)


def _would_be_ours(layout: Layout, keys: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Tell which accounts are this company's if they are customers at t=0."""
    if not layout.ends:
        return np.ones(len(keys), np.bool_)
    places = uniforms(absorb_array(keys, word_of(AT_START)))
    return np.equal(np.searchsorted(np.asarray(layout.ends), places, side="right"), layout.company)


def _records(
    plan: Plan, keys: NDArray[np.uint64], order: NDArray[np.intp], ours: NDArray[np.bool_], size: int
) -> NDArray[np.int64]:
    """Give a row for each account, in which nothing has happened; by rank, since every week all come up by rank."""
    n = len(keys)
    found = np.zeros((n, size), np.int64)
    found[:, w.U_INDEX] = order
    found[:, w.U_KEY] = keys[order].view(np.int64)
    found[:, w.U_RANK] = (keys[order] >> np.uint64(4)).view(np.int64)
    found[:, w.U_PLACE] = np.arange(n)
    found[:, w.U_SEGMENT] = np.asarray(plan.account_segment)[order] if n else 0
    found[:, w.U_SINCE] = np.where(ours[order], 0, -1)
    found[:, w.U_MET_AT] = found[:, w.U_CALLED_WEEK] = -1
    found[:, w.U_CHANNEL] = _UNKNOWN_CHANNEL
    found[:, w.U_SATISFACTION] = np.float64(plan.satisfaction[0]).view(np.int64)
    return found


def _recorded(
    layout: Layout, keys: NDArray[np.uint64], at: NDArray[np.int64], prospects: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Give the recorded needs in the order in which they arise: account, instant, need."""
    plan, stream = layout.plan, layout.plan.needs
    assert plan.recorded_ms is not None
    assert stream is not None
    intensity = Intensity(plan, layout.market_key)
    taken: dict[int, int] = {}
    key, found = absorb(layout.market_key, word_of("recorded")), []
    key_of = dict(zip(at.tolist(), keys.tolist(), strict=True))
    who = prospects.tolist()
    for j, epoch in enumerate(plan.recorded_ms):
        account = who[absorb(absorb(key, word_of("row")), j) % len(who)]
        taken[account] = taken.get(account, 0) + 1
        instant = intensity.within_day(epoch // DAY_MS, key, j) if plan.recorded_by_day else epoch
        need = absorb(absorb(key_of[account], stream.word), taken[account])
        found.append((instant, layout.own(need) >> 4, j, account, need))
    rows = [(account, instant, need) for instant, _, _, account, need in sorted(found, key=lambda r: r[:3])]
    return np.array(rows, np.uint64).reshape(-1, w.RECORD_SIZE).view(np.int64)
