"""Who sits in which seat, as `sim.engine.staff`: people begin, give notice, leave, and somebody else comes."""

from __future__ import annotations

from sim.compiled.anew import NOT_BEGUN, ask_anew
from sim.compiled.appointments import put
from sim.compiled.bonds import forget, share_of
from sim.compiled.calendars import closing, is_away, is_open, next_open
from sim.compiled.chance import absorb, rank, uniform
from sim.compiled.churn import churn
from sim.compiled.desk import free, seat, unseat
from sim.compiled.events import COMES_BACK, HIRES, LEAVES, schedule
from sim.compiled.hands import left_of, part_of
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.people import NOBODY_LEAVES, new_person, ramp_weeks, worked_by
from sim.compiled.rows import DEPART, FOLLOW, JOIN, STOP, TIED, write, write_person, write_task
from sim.compiled.store import drop_task
from sim.compiled.taking_back import take_back_of
from sim.order import SHIFT
from sim.outcomes import DISMISSED, MOVED, OVER, QUIT, RETURNED
from sim.worktime import DAY_MS, WEEK_MS


@compiled
def open_up(s):  # type: ignore[no-untyped-def]
    """Put everybody in their place at t=0, the last first: each then stands before all of the role who are there."""
    m = s.m
    for i in range(m[N_SEATS]):
        at = m[SEATS] + (m[N_SEATS] - 1 - i) * SEAT_SIZE
        if m[at + SEAT_ROLE]:
            place(s, new_person(s, at))


# -- coming


@compiled
def hire(s, at):  # type: ignore[no-untyped-def]
    """Let somebody begin in a vacant seat, if the design still has it."""
    m, f = s.m, s.f
    desk = m[at + SEAT_ROLE]
    # The design may have given up a post since it fell vacant.
    if not desk or m[at + SEAT_PERSON]:
        return
    m[at + SEAT_CAME] += 1
    person = new_person(s, at)
    cost_usd = f[m[FOLKS] + Z_PAY_SHARE] * (f[desk + D_PAY_USD] + f[desk + D_VARIABLE_USD])
    write_person(s, JOIN, person, -1, cost_usd)
    m[person + P_HIRED_WEEK] = m[NOW] // WEEK_MS
    place(s, person)


@compiled
def place(s, person):  # type: ignore[no-untyped-def]
    """Seat somebody, who begins at once if the role is open, unless away that day."""
    m, now = s.m, s.m[NOW]
    desk, today = m[person + P_DESK], m[NOW] // DAY_MS
    always, absence = m[m[desk + D_CALENDAR] + K_ALWAYS] != 0, s.f[desk + D_ABSENCE]
    begins = always or m[desk + D_SESSION] <= now < m[desk + D_OPEN_UNTIL]
    if begins and (m[person + P_MOVED_DAY] == today or (absence > 0.0 and not always)):
        m[person + P_PRESENT] = 0 if is_away(m, person, absence, today) else 1
    m[m[person + P_SEAT] + SEAT_PERSON] = person
    seat(s, person)
    if begins and m[person + P_PRESENT]:
        free(m, person)
    elif always:
        schedule(m, (today + 1) * DAY_MS, SHIFT | rank(m[person + P_KEY]), COMES_BACK, person, desk)


@compiled
def come_back(m, person, desk):  # type: ignore[no-untyped-def]
    """Let somebody who was away when coming to a role that never closes begin there, if it still is theirs."""
    if not m[person + P_PRESENT] and not m[person + P_GONE] and m[person + P_DESK] == desk:
        m[person + P_PRESENT] = 1
        free(m, person)


@compiled
def _begin_in(s, person, desk):  # type: ignore[no-untyped-def]
    """Begin in another role, as a newcomer to its work; a day that has begun in the old one stays as it is."""
    m, now = s.m, s.m[NOW]
    today = now // DAY_MS
    begun = next_open(m, m[m[person + P_DESK] + D_CALENDAR], today * DAY_MS) < now
    m[person + P_MOVED_DAY] = today if begun else -1
    m[person + P_MOVED_AWAY] = 1 if begun and not m[person + P_PRESENT] else 0
    m[person + P_DESK], m[person + P_JOINED], m[person + P_LEAVING] = desk, now, NOBODY_LEAVES
    m[person + P_GROUP], m[person + P_PRESENT] = -1, 1
    s.f[person + P_RAMP_WEEKS] = ramp_weeks(s, person)


# -- going


@compiled
def give_notice(s, person, why):  # type: ignore[no-untyped-def]
    """Let a person leave at the end of the shift; who has none, when the task in hand is done."""
    m, now = s.m, s.m[NOW]
    calendar = m[m[person + P_DESK] + D_CALENDAR]
    if m[calendar + K_ALWAYS] and m[person + P_TASK]:
        m[person + P_LEAVING] = why
    elif m[calendar + K_ALWAYS] or not is_open(m, calendar, now):
        leave(s, person, why)
    else:
        schedule(m, closing(m, calendar, now), SHIFT | rank(m[person + P_KEY]), LEAVES, person, why)


@compiled
def let_go(s, person, why):  # type: ignore[no-untyped-def]
    """Let a person leave a role when the task in hand is done."""
    if s.m[person + P_TASK]:
        s.m[person + P_LEAVING] = why
    else:
        left(s, person, why)


@compiled
def leave(s, person, why):  # type: ignore[no-untyped-def]
    """Leave now; what is left of the task in hand goes to somebody else."""
    m = s.m
    if m[person + P_GONE]:
        return
    task = m[person + P_TASK]
    if not task:
        left(s, person, why)
        return
    left_ms = _interrupt(s, person, task)
    m[task + Q_STATE] = OVER
    left(s, person, why)
    if m[task + Q_RESUMES]:
        ask_anew(s, task, NOT_BEGUN if m[person + P_OUTCOME] == RETURNED else left_ms, person)
    else:
        drop_task(m, task)


@compiled
def _interrupt(s, person, task):  # type: ignore[no-untyped-def]
    """Stop in the middle of a task; the ms of it that are left to do."""
    m = s.m
    done_ms, part = worked_by(s, person, m[person + P_BEGAN], m[NOW]), part_of(m, person, m[person + P_PART])
    write_task(s, task, STOP, m[part], person, m[person + P_BEGAN], float(done_ms))
    left_ms = left_of(s, person, done_ms)
    m[person + P_TASK] = 0
    m[person + P_STAMP] += 1
    return left_ms


@compiled
def left(s, person, why):  # type: ignore[no-untyped-def]
    """Take the consequences of a person's leaving, who has nothing in hand any more."""
    m, desk, at = s.m, s.m[person + P_DESK], s.m[person + P_SEAT]
    if why == MOVED and not m[at + SEAT_ROLE]:
        why = DISMISSED  # the post it was to go to is gone again
    m[person + P_GONE] = 0 if why == MOVED else 1
    m[person + P_STAMP] += 1
    m[at + SEAT_PERSON] = 0
    unseat(m, person)
    write_person(s, DEPART, person, m[person + P_JOINED], float(why))
    if why == MOVED:
        _begin_in(s, person, m[at + SEAT_ROLE])
        write_person(s, JOIN, person, -1, 0.0)
        place(s, person)
    else:
        m[person + P_PRESENT] = 0
    task = take_back_of(s, desk, person)
    while task:
        after = m[task + Q_LINK]
        if m[task + Q_RESUMES]:
            ask_anew(s, task, NOT_BEGUN, 0)
        elif why == MOVED and m[task + Q_ID] >= 0:
            m[task + Q_DESK] = m[person + P_DESK]
            put(s, task)
        else:
            drop_task(m, task)
        task = after
    if why == MOVED:
        return
    _take_along(s, person)
    if why == QUIT:
        due = m[NOW] + m[m[FOLKS] + Z_VACANCY_MS]
        schedule(m, due, SHIFT | rank(m[person + P_KEY]), HIRES, at, 0)


@compiled
def _take_along(s, person):  # type: ignore[no-untyped-def]
    """Let accounts leave with a leaver, each with a chance in proportion to the share of its ties."""
    m, follow = s.m, s.f[s.m[FOLKS] + Z_FOLLOW]
    if not m[m[FOLKS] + Z_RESPOND]:
        return
    if follow > 0.0:
        tie = m[person + P_TIES]
        while tie:  # of its accounts, those that are customers now; then by their hash
            place = m[m[tie + TIE_ACCOUNT] + U_PLACE]
            m[m[TIED_BITS] + (place >> 5)] |= m[m[CUSTOMER_BITS] + (place >> 5)] & 1 << (place & 31)
            tie = m[tie + TIE_ALSO]
        for word in range(m[N_CUSTOMER_BITS]):
            bits, at = m[m[TIED_BITS] + word], word << 5
            m[m[TIED_BITS] + word] = 0
            while bits:
                if bits & 1:
                    _maybe_follow(s, m[ACCOUNTS] + at * m[ACCOUNT_SIZE], person, follow)
                bits >>= 1
                at += 1
    forget(m, person)


@compiled
def _maybe_follow(s, account, person, follow):  # type: ignore[no-untyped-def]
    m, share = s.m, share_of(s, account, person)
    if share <= 0.0:
        return
    role, index = m[m[person + P_DESK] + D_INDEX], m[person + P_INDEX]
    write(s, TIED, -1, m[account + U_INDEX], -1, role, index, -1, share)
    if uniform(absorb(absorb(m[account + U_KEY], m[W_FOLLOW]), m[person + P_KEY])) < follow * share:
        write(s, FOLLOW, -1, m[account + U_INDEX], -1, role, index, m[account + U_SINCE], share)
        churn(s, account)
