"""A case on its way through a journey, as `sim.engine.case` and what that calls: forward until it is blocked.

Nothing here calls itself. Where the other engine lets a child wake its parent, the walk goes on with the parent.
"""

from __future__ import annotations

from math import floor

from sim.compiled import rows
from sim.compiled.accounts import add_case, case_ended
from sim.compiled.chance import absorb, case_id, rank, uniform
from sim.compiled.companies import own
from sim.compiled.draw import draw
from sim.compiled.events import CASE_BEGINS, WAIT_ENDS, WINDOW_PASSES, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.milestones import ask, miss_all, watch
from sim.compiled.offers import decides
from sim.compiled.pay import held_until, pay_for, pulls_in
from sim.compiled.people import pass_to
from sim.compiled.practices import follows
from sim.compiled.rivalry import is_lost, refused_to
from sim.compiled.rules import apply_rule, luck
from sim.compiled.service import enter, proceed
from sim.compiled.store import drop_case, new_case
from sim.compiled.turns import DescendsError, turn, turned_away, visit
from sim.order import ARRIVAL, LEAVE
from sim.outcomes import CUT, DONE
from sim.plan import CHOOSE, DO, START, WAIT
from sim.run_error import MAX_GENERATIONS


@compiled
def walk(s, case, step):  # type: ignore[no-untyped-def]
    """Go on at a step until the case, and whoever waits for it, is blocked or over."""
    m = s.m
    while True:
        m[case + C_STEP] = step
        if m[step + S_ASKS] >= 0:
            ask(s, case, m[step + S_ASKS])
        verb = m[step + S_VERB]
        if verb == DO:
            to = enter(s, case, step)
            if not to:
                return
        elif verb == CHOOSE:
            branch = _branch_of(s, case, step)
            rows.write_case(s, case, rows.CHOOSE, step, 0, -1, float(branch))
            to = m[m[step + S_TARGETS] + branch]
        elif verb == WAIT:
            to = _enter_wait(s, case, step)
            if not to:
                return
        elif verb == START:
            _start(s, case, step)
            if m[step + S_CHILD_WAITS]:
                return
            to = m[step + S_NEXT]
        elif m[step + S_CUSTOMER] and m[RIVALS] and is_lost(m, case):
            to = refused_to(s, case)
        else:
            case = _end(s, case, step)
            if not case:
                return
            to = m[m[case + C_STEP] + S_NEXT]
        step = m[m[case + C_JOURNEY] + J_VOID] if m[case + C_VOID] else to


@compiled
def go_on(s, case, how):  # type: ignore[no-untyped-def]
    """Go on from where the case is blocked; whatever else would have moved it on no longer does."""
    m = s.m
    turn(m, case)
    step, journey = m[case + C_STEP], m[case + C_JOURNEY]
    if m[step + S_VERB] == DO:
        to = proceed(s, case, step, how)
        if not to:
            return
    else:
        rows.write_case(s, case, rows.WAIT, step, 0, m[case + C_WAITING], 0.0)
        m[case + C_WAITING] = -1
        to = refused_to(s, case) if how == CUT else m[step + S_NEXT]
    walk(s, case, m[journey + J_VOID] if m[case + C_VOID] else to)


# -- beginning and ending


@compiled
def place_case(m, case, need, journey):  # type: ignore[no-untyped-def]
    """Give a new case of a need its address, which is the company's own, and its beginning."""
    _address(m, case, own(m, need), journey)
    m[case + C_NEED] = m[case + C_SALE] = need


@compiled
def _address(m, case, key, journey):  # type: ignore[no-untyped-def]
    """Give a new case its address and its beginning."""
    m[case + C_KEY], m[case + C_RANK], m[case + C_ID] = key, rank(key), case_id(key)
    m[case + C_JOURNEY], m[case + C_STEP], m[case + C_EPOCH] = journey, m[journey + J_FIRST], m[NOW]


@compiled
def register(s, case, opened):  # type: ignore[no-untyped-def]
    """Take in a case, and start its decision window, or let it go on if the need is older than the case."""
    m = s.m
    if m[case + C_OF]:
        add_case(m, m[case + C_OF], case)
    if m[m[case + C_JOURNEY] + J_N_LAPSING]:
        watch(s, case, -1)
    window = m[m[case + C_JOURNEY] + J_WINDOW]
    if window:
        u = uniform(absorb(m[case + C_NEED], m[window + N_WORD]))
        length = floor(draw(m, s.f, m[window + N_LAW], m[case + C_SEGMENT], u) + 0.5)
        since = opened if opened >= 0 else m[case + C_EPOCH]
        schedule(s.m, since + length, LEAVE | m[case + C_RANK], WINDOW_PASSES, case, m[case + C_BIRTH])


@compiled
def live(s, case):  # type: ignore[no-untyped-def]
    """Begin the walk."""
    m = s.m
    journey, first = m[case + C_JOURNEY], m[case + C_STEP]
    rows.write_case(s, case, rows.BEGIN, first, 0, m[case + C_EPOCH], _value(s, case))
    walk(s, case, m[journey + J_VOID] if m[case + C_VOID] else first)


@compiled
def _value(s, case):  # type: ignore[no-untyped-def]
    """Give the case's value, USD."""
    m = s.m
    return s.f[case + m[REGISTERS] + m[VALUE]] if m[VALUE] >= 0 else 0.0


@compiled
def _start(s, case, step):  # type: ignore[no-untyped-def]
    """Start another journey; it begins at its own rank among the arrivals of this instant."""
    m = s.m
    n = visit(m, case, m[step + S_VISIT])
    key = absorb(absorb(m[case + C_KEY], m[step + S_WORD]), n)
    child = new_case(s)
    _address(m, child, key, m[step + S_CHILD])
    m[child + C_NEED], m[child + C_SALE] = key, m[case + C_SALE]
    if m[case + C_NEED] != m[case + C_KEY]:
        m[child + C_NEED] = absorb(absorb(m[case + C_NEED], m[step + S_WORD]), n)
    m[child + C_ACCOUNT], m[child + C_SEGMENT], m[child + C_OF] = (
        m[case + C_ACCOUNT],
        m[case + C_SEGMENT],
        m[case + C_OF],
    )
    m[child + C_GENERATION] = m[case + C_GENERATION] + 1
    if m[child + C_GENERATION] > MAX_GENERATIONS:
        m[CIRCLING] = case
        raise DescendsError
    m[child + C_PARENT] = case if m[step + S_CHILD_WAITS] else 0
    for i in range(m[REGISTERS], m[REGISTERS] + m[N_REGISTERS]):
        m[child + i] = m[case + i]
    if m[step + S_BOOKS]:
        _book(s, case, step)
    turn(m, case)
    if m[case + C_BEREFT]:
        m[child + C_BEREFT], m[child + C_VOID] = 1, 1 - m[m[child + C_JOURNEY] + J_SURVIVES]
    schedule(s.m, m[NOW], ARRIVAL | m[child + C_RANK], CASE_BEGINS, child, 0)
    register(s, child, -1)


@compiled
def _book(s, case, step):  # type: ignore[no-untyped-def]
    value = _value(s, case)
    rows.write_case(s, case, rows.BOOK, step, s.m[case + C_LAST_PERSON], -1, value)
    pay_for(s, case, step, value)


@compiled
def _end(s, case, step):  # type: ignore[no-untyped-def]
    """End a case; whoever waits for it."""
    m = s.m
    value, parent = _value(s, case), m[case + C_PARENT]
    miss_all(s, case)
    if m[step + S_BOOKS]:
        _book(s, case, step)
    if m[step + S_BILLS]:
        rows.write_case(s, case, rows.BILL, step, 0, -1, value)
    rows.write_case(s, case, rows.END, step, 0, m[case + C_EPOCH], value)
    if m[case + C_OF]:
        case_ended(s, case, step, value)
    pass_to(m, case, 0)
    drop_case(m, case)
    return parent


# -- deciding and waiting


@compiled
def _branch_of(s, case, step):  # type: ignore[no-untyped-def]
    """Decide a choose: by a mark of the need, by probability, or by a rule."""
    m, f = s.m, s.f
    n = visit(m, case, m[step + S_VISIT])
    if m[step + S_PRACTICE] >= 0:
        return 0 if m[case + C_OF] and follows(m, m[case + C_OF], m[step + S_PRACTICE]) else 1
    if m[step + S_MARK] >= 0:
        return 0 if f[case + m[REGISTERS] + m[step + S_MARK]] > 0.0 else 1
    u = luck(m[case + C_KEY], m[step + S_WORD], n)
    if m[step + S_BRANCHES]:
        i = 0
        while i < m[step + S_BRANCHES] and f[m[step + S_CHANCES] + i] <= u:
            i += 1
        return i
    if m[RIVALS] and m[m[step + S_RULE] + R_VALUED]:
        return decides(s, case, step, u)
    return apply_rule(s, m[step + S_RULE], case, 1.0, 1.0, u)


@compiled
def _enter_wait(s, case, step):  # type: ignore[no-untyped-def]
    """Start a wait of the customer; the step to go to instead, or nothing."""
    m = s.m
    if m[case + C_EXPIRED]:
        return turned_away(m, case, step, refused_to(s, case))
    u = luck(m[case + C_KEY], m[step + S_WORD], visit(m, case, m[step + S_VISIT]))
    length = draw(m, s.f, m[step + S_WAIT], m[case + C_SEGMENT], u)
    if m[step + S_MOVABLE] and pulls_in(s, case, step):
        length *= s.f[m[FOLKS] + Z_HURRIED]
    until = m[NOW] + floor(length + 0.5)
    turn(m, case)
    m[case + C_WAITING] = m[NOW]
    schedule(s.m, until, ARRIVAL | m[case + C_RANK], WAIT_ENDS, case, m[case + C_TURN])
    return 0


@compiled
def end_wait(s, case, its_turn):  # type: ignore[no-untyped-def]
    """Go on after a wait, unless something else moved the case on or a quota holds the customer."""
    m = s.m
    if m[case + C_TURN] != its_turn:
        return
    if m[m[case + C_STEP] + S_MOVABLE]:
        until = held_until(s, case, m[case + C_STEP])
        if until > m[NOW]:
            schedule(m, until, ARRIVAL | m[case + C_RANK], WAIT_ENDS, case, its_turn)
            return
    go_on(s, case, DONE)
