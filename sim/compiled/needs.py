"""Needs that arise in accounts, as `sim.engine.needs`: whether the company hears of them, and the cases they become."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.accounts import assign, available, mark_case
from sim.compiled.chance import absorb, rank, uniform
from sim.compiled.companies import own
from sim.compiled.events import ROW_ARISES, schedule
from sim.compiled.jit import compiled
from sim.compiled.marks import draw_marks
from sim.compiled.memory import *
from sim.compiled.practices import follows, may_adopt
from sim.compiled.propositions import answered
from sim.compiled.rivalry import enters
from sim.compiled.store import fill, new_case
from sim.compiled.streams import follow, need_key
from sim.compiled.walk import live, place_case, register
from sim.order import ARRIVAL
from sim.outcomes import REACHED, UNREACHED, UNUSABLE
from sim.plan import INBOUND, PROPOSITION, REFERRAL
from sim.rules.marketing import either
from sim.rules.pace import kept
from sim.worktime import WEEK_MS, YEAR_MS


@compiled
def arise(s, account, which):  # type: ignore[no-untyped-def]
    """Let the next need of a sequence arise, if the account is still what it was when the sequence began."""
    m, f = s.m, s.f
    size = m[N_STREAMS] + 1
    tenure, i = which // size, which % size
    if m[account + U_TENURE] != tenure and i < m[N_STREAMS]:
        return
    stream, k = m[STREAMS] + i * STREAM_SIZE, m[m[account + U_STREAMS] + 2 * i + 1]
    need = need_key(m, account, stream, k)
    if i == m[N_STREAMS]:
        meet(s, account, need)
    else:
        since = m[account + U_SINCE]
        if since < 0:
            return
        first_year = not m[account + U_FROM_START] and m[NOW] < since + YEAR_MS
        if not first_year or uniform(absorb(need, m[W_FIRST_YEAR])) < f[stream + H_FIRST_YEAR]:
            begin_recurring(s, account, stream, need)
    follow(s, account, i, m[stream + H_REGULAR])


# -- needs of prospects


@compiled
def next_row(s, i):  # type: ignore[no-untyped-def]
    """Let a recorded need arise in its time."""
    m = s.m
    record = m[RECORDED] + i * RECORD_SIZE
    if i < m[N_RECORDED] and m[record + E_TIME] < m[HORIZON]:
        schedule(s.m, m[record + E_TIME], ARRIVAL | rank(own(m, m[record + E_NEED])), ROW_ARISES, i, 0)


@compiled
def row_arises(s, i):  # type: ignore[no-untyped-def]
    """Let a recorded need meet the company, or not."""
    record = s.m[RECORDED] + i * RECORD_SIZE
    meet(s, s.m[record + E_ACCOUNT], s.m[record + E_NEED])
    next_row(s, i + 1)


@compiled
def meet(s, account, need):  # type: ignore[no-untyped-def]
    """Let one need meet the company, or not."""
    m, f = s.m, s.f
    stream = m[STREAMS] + m[N_STREAMS] * STREAM_SIZE
    contact, share = uniform(absorb(own(m, need), m[W_CONTACT])), f[m[OUTREACH] + Y_SHARE]
    origin = INBOUND if contact < share else _origin(s, account, contact)
    outcome = UNUSABLE
    if origin < 0:
        outcome = UNREACHED
        m[account + U_OPEN], m[account + U_OPEN_NEED], m[account + U_OPEN_SINCE] = 1, need, m[NOW]
    elif available(m, account):
        outcome = REACHED
    step = m[m[m[stream + H_JOURNEY] + J_FIRST] + S_INDEX]
    rows.write(s, rows.NEED, -1, m[account + U_INDEX], step, -1, -1, -1, outcome)
    if outcome == REACHED:
        take_up(s, account, need, origin, m[NOW], 0)


@compiled
def _origin(s, account, contact):  # type: ignore[no-untyped-def]
    """Tell how a need comes to the company that money alone does not bring; -1 if it does not."""
    m, f = s.m, s.f
    y = m[OUTREACH]
    share = f[y + Y_SHARE]
    if f[y + Y_NURTURE] > 0.0 and m[account + U_MET_AT] >= 0:
        weeks = (m[NOW] - m[account + U_MET_AT]) / WEEK_MS
        share = either(share, kept(f[y + Y_NURTURE], weeks, f[y + Y_NURTURE_HALF_LIFE]))
        if contact < share:
            return INBOUND
    if m[y + Y_LIFT]:
        share = either(share, answered(s))
        if contact < share:
            return PROPOSITION
    if m[y + Y_REFERS] and m[NOW] < m[account + U_REFERRED_UNTIL]:
        share = either(share, f[y + Y_REFER_REACH])
        if contact < share:
            return REFERRAL
    return -1


@compiled
def take_up(s, account, need, origin, opened, person):  # type: ignore[no-untyped-def]
    """Make an opportunity of a need that arose at some instant; whoever called owns the account from now on."""
    m = s.m
    stream = m[STREAMS] + m[N_STREAMS] * STREAM_SIZE
    m[account + U_NEED], m[account + U_IN_NEED], m[account + U_OPEN] = own(m, need), 1, 0
    journey, role, index = m[stream + H_JOURNEY], -1, -1
    if person:
        assign(m, account, person)
        role, index = m[m[person + P_DESK] + D_INDEX], m[person + P_INDEX]
    if origin != INBOUND:
        step = m[m[journey + J_FIRST] + S_INDEX]
        rows.write(s, rows.ORIGIN, -1, m[account + U_INDEX], step, role, index, opened, float(origin))
    begin(s, account, journey, stream, need, uniform(absorb(m[account + U_NEED], m[W_CONTACT])), origin, opened, 0.0)


# -- cases of accounts


@compiled
def begin_recurring(s, account, stream, need):  # type: ignore[no-untyped-def]
    """Let a recurring need begin its case, in the journey that the account's practices call for."""
    m, head_start = s.m, 0.0
    journey = m[stream + H_JOURNEY]
    for i in range(m[stream + H_N_VARIANTS]):
        pair = m[stream + H_VARIANTS] + 2 * i
        if follows(m, account, m[pair]):
            journey = m[pair + 1]
            break
    practice = m[stream + H_PRACTICE]
    if practice >= 0:
        if not may_adopt(s, account, practice):
            return
        case = m[account + U_FIRST_CASE]
        while case:
            if m[case + C_JOURNEY] == journey:
                return
            case = m[case + C_AFTER]
        head_start = s.f[m[PRACTICES] + practice * PRACTICE_SIZE + G_OPENNESS]
    begin(s, account, journey, stream, need, 0.0, INBOUND, -1, head_start)


@compiled
def begin(s, account, journey, stream, need, contact, origin, opened, head_start):  # type: ignore[no-untyped-def]
    """Let a root case of an account begin: draw its marks, then let it live."""
    m, f = s.m, s.f
    case = new_case(s)
    registers = case + m[REGISTERS]
    fill(m, registers, m[N_REGISTERS], 0)
    m[case + C_OF], m[case + C_ACCOUNT], m[case + C_SEGMENT] = account, m[account + U_INDEX], m[account + U_SEGMENT]
    draw_marks(s, case, m[stream + H_MARKS], m[stream + H_N_MARKS], need, contact)
    mark_case(s, account, case)
    if head_start != 0.0 and m[GOODWILL] >= 0:
        f[registers + m[GOODWILL]] += head_start
    place_case(m, case, need, journey)
    if origin != INBOUND:
        entry = m[journey + J_ENTRIES] + 2 * origin
        m[case + C_STEP], m[case + C_REACHED] = m[entry], m[entry + 1]
    register(s, case, opened)
    if m[RIVALS]:
        enters(m, case)
    live(s, case)
