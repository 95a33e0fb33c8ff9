"""Working-time arithmetic in the memory: the integers of `sim.worktime.Calendar`."""

from __future__ import annotations

from sim.compiled.chance import absorb, uniform
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.worktime import DAY_MS, LONGEST_REST_DAYS, WEEK_MS

_GIVE_UP_MS = LONGEST_REST_DAYS * DAY_MS


@compiled
def is_closed_day(m, k, day):  # type: ignore[no-untyped-def]
    """Whether nobody works on a day."""
    for i in range(m[k + K_CLOSED], m[k + K_CLOSED] + m[k + K_CLOSED_DAYS]):
        if m[i] == day:
            return True
    return False


@compiled
def _session_before(m, k, into):  # type: ignore[no-untyped-def]
    """Give the session that begins last at or before an instant of the week; -1 if none does."""
    openings = m[k + K_OPENINGS]
    i = m[k + K_SESSIONS] - 1
    while i >= 0 and m[openings + i] > into:
        i -= 1
    return i


@compiled
def is_open(m, k, t):  # type: ignore[no-untyped-def]
    """Whether a calendar is open at an instant."""
    into = t % WEEK_MS
    i = _session_before(m, k, into)
    return i >= 0 and into < m[m[k + K_CLOSINGS] + i] and not is_closed_day(m, k, t // DAY_MS)


@compiled
def next_opening(m, k, t):  # type: ignore[no-untyped-def]
    """Give the first beginning of a session strictly after an instant."""
    into = t % WEEK_MS
    base = t - into
    i = _session_before(m, k, into) + 1
    while True:
        if i == m[k + K_SESSIONS]:
            i, base = 0, base + WEEK_MS
        opening = base + m[m[k + K_OPENINGS] + i]
        if not is_closed_day(m, k, opening // DAY_MS):
            return opening
        i += 1


@compiled
def next_open(m, k, t):  # type: ignore[no-untyped-def]
    """Give the first open instant at or after one."""
    return t if is_open(m, k, t) else next_opening(m, k, t)


@compiled
def closing(m, k, t):  # type: ignore[no-untyped-def]
    """Give the end of the session that is open at an instant."""
    into = t % WEEK_MS
    return t - into + m[m[k + K_CLOSINGS] + _session_before(m, k, into)]


@compiled
def _weekly(m, k, t):  # type: ignore[no-untyped-def]
    """Give the open ms in [0, t) as if there were no holidays."""
    week, into = t // WEEK_MS, t % WEEK_MS
    i = _session_before(m, k, into)
    whole = week * m[k + K_OPEN_PER_WEEK]
    if i < 0:
        return whole
    start, end = m[m[k + K_OPENINGS] + i], m[m[k + K_CLOSINGS] + i]
    return whole + m[m[k + K_BEFORE] + i] + min(into, end) - start


@compiled
def cumulative(m, k, t):  # type: ignore[no-untyped-def]
    """Give the open ms in [0, t); before t=0, less than nothing."""
    total = _weekly(m, k, t)
    for i in range(m[k + K_CLOSED], m[k + K_CLOSED] + m[k + K_CLOSED_DAYS]):
        start, end = m[i] * DAY_MS, (m[i] + 1) * DAY_MS
        if start >= 0 and start < t:
            total -= _weekly(m, k, min(t, end)) - _weekly(m, k, start)
        elif start < 0 and end > t:
            total += _weekly(m, k, end) - _weekly(m, k, max(t, start))
    return total


@compiled
def is_away(m, person, absence, day):  # type: ignore[no-untyped-def]
    """Whether a person is away on a day, counted from t=0."""
    if day == m[person + P_MOVED_DAY]:
        return m[person + P_MOVED_AWAY] != 0
    return uniform(absorb(absorb(m[person + P_KEY], m[W_ABSENCE]), day)) < absence


@compiled
def worked(m, k, a, b, person, absence):  # type: ignore[no-untyped-def]
    """Give the open ms in [a, b), less those of days on which a person is away."""
    if absence <= 0.0:
        return cumulative(m, k, b) - cumulative(m, k, a)
    total, day = 0, a // DAY_MS
    while day * DAY_MS < b:
        if not is_away(m, person, absence, day):
            total += cumulative(m, k, min(b, (day + 1) * DAY_MS)) - cumulative(m, k, max(a, day * DAY_MS))
        day += 1
    return total


@compiled
def finish(m, k, start, work, person, absence, until):  # type: ignore[no-untyped-def]
    """Give the instant at which work is done, or some instant not before `until`; -1 if no open day comes for long.

    Somebody is away on days only where `absence` is above 0.
    """
    if work <= 0:
        return start
    if absence <= 0.0 and m[k + K_ALWAYS]:
        return start + work
    into = start % WEEK_MS
    base = start - into
    closed_days = m[k + K_CLOSED_DAYS]
    if absence <= 0.0 and (closed_days == 0 or start // DAY_MS > m[m[k + K_CLOSED] + closed_days - 1]):
        weeks = (work - 1) // m[k + K_OPEN_PER_WEEK]
        work -= weeks * m[k + K_OPEN_PER_WEEK]
        base += weeks * WEEK_MS
    i = _session_before(m, k, into)
    at = base + into
    if i < 0:
        i, at = 0, base + m[m[k + K_OPENINGS]]
    give_up = at + _GIVE_UP_MS
    while True:
        end = base + m[m[k + K_CLOSINGS] + i]
        if at < end:
            day = at // DAY_MS
            if not is_closed_day(m, k, day) and not (absence > 0.0 and is_away(m, person, absence, day)):
                if work <= end - at:
                    return at + work
                work -= end - at
                give_up = end + _GIVE_UP_MS
            elif at > give_up:
                return -1
        i += 1
        if i == m[k + K_SESSIONS]:
            i, base = 0, base + WEEK_MS
        at = base + m[m[k + K_OPENINGS] + i]
        if at >= until:
            return at


@compiled
def opening_of(m, k, t):  # type: ignore[no-untyped-def]
    """Give the opening of the session that is open at an instant."""
    into = t % WEEK_MS
    return t - into + m[m[k + K_OPENINGS] + _session_before(m, k, into)]
