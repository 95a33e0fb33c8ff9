"""Milestones of a case and what is expected of them, as `sim.engine.milestones` and `sim.engine.lapse`."""

from __future__ import annotations

from sim.compiled import rows
from sim.compiled.calendars import finish
from sim.compiled.events import LAPSES, schedule
from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.compiled.satisfaction import neglected, score, touched
from sim.compiled.store import give_room_back
from sim.order import ARRIVAL

_EVER = 1 << 62
NONE = -1


@compiled
def clock_of(m, case, milestone):  # type: ignore[no-untyped-def]
    """Give the instant from which a milestone's lead time runs; -1 if it has not been asked for."""
    if m[m[case + C_JOURNEY] + J_ASKED] >> milestone & 1:
        return m[case + m[CLOCKS] + milestone]
    return m[case + C_EPOCH]


@compiled
def ask(s, case, milestone):  # type: ignore[no-untyped-def]
    """Start the clock of a milestone that is asked for at a step, unless it runs."""
    m = s.m
    if m[case + m[CLOCKS] + milestone] < 0:
        m[case + m[CLOCKS] + milestone] = m[NOW]
        watch(s, case, milestone)


@compiled
def is_pending(m, case, i):  # type: ignore[no-untyped-def]
    """Whether the i-th milestone of a case's journey is asked for and not reached, and named here first."""
    journey = m[case + C_JOURNEY]
    first = m[journey + J_MILESTONES]
    milestone = m[first + 2 * i]
    if m[case + C_REACHED] >> milestone & 1 or clock_of(m, case, milestone) < 0:
        return False
    for j in range(i):
        if m[first + 2 * j] == milestone:
            return False
    return True


@compiled
def expected_ms(s, case, milestone):  # type: ignore[no-untyped-def]
    """Give by how much after its clock's start the customer expects a milestone; -1 for no expectation."""
    m = s.m
    e = m[MILESTONES] + milestone * MILESTONE_SIZE
    by = m[e + X_BY]
    ms = m[e + X_YES_MS] if by < 0 or s.f[case + m[REGISTERS] + by] > 0.0 else m[e + X_NO_MS]
    if ms < 0 or not m[e + X_BUSINESS]:
        return ms
    since = clock_of(m, case, milestone)
    return finish(m, m[CUSTOMER_HOURS], since, ms, 0, 0.0, _EVER) - since


@compiled
def reach(s, case, milestone, step, person):  # type: ignore[no-untyped-def]
    """Reach a milestone, if for the first time: write it down and let the account score it, unless it has lapsed."""
    m = s.m
    if m[case + C_REACHED] >> milestone & 1:
        return
    m[case + C_REACHED] |= 1 << milestone
    since = clock_of(m, case, milestone)
    if since < 0:
        return
    expected, account = expected_ms(s, case, milestone), m[case + C_OF]
    rows.write_case(s, case, rows.MILESTONE, step, person, since, float(expected))
    if not account:
        return
    if m[m[MILESTONES] + milestone * MILESTONE_SIZE + X_NEGLECT]:
        neglected(s, account, False)
    if expected >= 0 and not m[case + C_LAPSED] >> milestone & 1:
        touched(s, case, milestone, step, m[NOW] - since, expected, person)


@compiled
def miss_all(s, case):  # type: ignore[no-untyped-def]
    """Write down what a case that ends was asked for and has not reached."""
    m = s.m
    journey = m[case + C_JOURNEY]
    for i in range(m[journey + J_N_MILESTONES]):
        if is_pending(m, case, i):
            milestone, step = m[m[journey + J_MILESTONES] + 2 * i], m[m[journey + J_MILESTONES] + 2 * i + 1]
            since, expected = clock_of(m, case, milestone), float(expected_ms(s, case, milestone))
            rows.write_case(s, case, rows.MISSED, step, 0, since, expected)


# -- what lapses


@compiled
def watch(s, case, asked):  # type: ignore[no-untyped-def]
    """Watch over the milestones whose clock starts now: those of the case (-1), or the one asked for."""
    m = s.m
    journey = m[case + C_JOURNEY]
    for i in range(m[journey + J_N_LAPSING]):
        milestone, step = m[m[journey + J_LAPSING] + 2 * i], m[m[journey + J_LAPSING] + 2 * i + 1]
        if milestone == asked or (asked < 0 and not m[journey + J_ASKED] >> milestone & 1):
            _expire(s, case, milestone, step)


@compiled
def awaited(s, case):  # type: ignore[no-untyped-def]
    """Give, among those of its journey, the milestone that a case waits for; -1 if nothing is expected of it."""
    m = s.m
    journey, found = m[case + C_JOURNEY], NONE
    for i in range(m[journey + J_N_MILESTONES]):
        if is_pending(m, case, i):
            here = m[m[journey + J_MILESTONES] + 2 * i + 1] == m[case + C_STEP]
            if found < 0 or here:
                found = i
            if here:
                break
    if found < 0 or expected_ms(s, case, m[m[journey + J_MILESTONES] + 2 * found]) < 0:
        return NONE
    return found


@compiled
def let_down(s, case):  # type: ignore[no-untyped-def]
    """Run out of patience in a queue: what the customer waited for scores zero when its expectation expires."""
    m, found = s.m, awaited(s, case)
    if found >= 0:
        pair = m[m[case + C_JOURNEY] + J_MILESTONES] + 2 * found
        if not m[m[MILESTONES] + m[pair] * MILESTONE_SIZE + X_NEGLECT]:
            _expire(s, case, m[pair], m[pair + 1])


@compiled
def stood_up(s, case):  # type: ignore[no-untyped-def]
    """Come to an appointment that nobody else keeps: what was expected of it scores zero at once."""
    m, found = s.m, awaited(s, case)
    if found >= 0:
        pair = m[m[case + C_JOURNEY] + J_MILESTONES] + 2 * found
        score(s, case, m[pair], m[pair + 1], 0.0)


@compiled
def _expire(s, case, milestone, step):  # type: ignore[no-untyped-def]
    m = s.m
    expected = expected_ms(s, case, milestone)
    if expected >= 0 and m[case + C_OF]:
        due = max(m[NOW], clock_of(m, case, milestone) + expected)
        # Its room is kept until then, also if the case is over before.
        m[case + C_LAPSES] += 1
        schedule(s.m, due, ARRIVAL | m[case + C_RANK], LAPSES, case, milestone)


@compiled
def lapse(s, case, milestone):  # type: ignore[no-untyped-def]
    """Score zero, unless it happened, has lapsed before, or the account has left the case behind."""
    m = s.m
    if not ((m[case + C_REACHED] | m[case + C_LAPSED]) >> milestone & 1 or m[case + C_BEREFT]):
        _lapse(s, case, milestone)
    m[case + C_LAPSES] -= 1
    if m[case + C_OVER] and not m[case + C_LAPSES]:
        give_room_back(m, case)


@compiled
def _lapse(s, case, milestone):  # type: ignore[no-untyped-def]
    m = s.m
    m[case + C_LAPSED] |= 1 << milestone
    journey = m[case + C_JOURNEY]
    step, i = 0, 0
    while not step:
        if m[m[journey + J_MILESTONES] + 2 * i] == milestone:
            step = m[m[journey + J_MILESTONES] + 2 * i + 1]
        i += 1
    if m[m[MILESTONES] + milestone * MILESTONE_SIZE + X_NEGLECT]:
        since, expected = clock_of(m, case, milestone), float(expected_ms(s, case, milestone))
        rows.write_case(s, case, rows.LAPSE, step, 0, since, expected)
        neglected(s, m[case + C_OF], True)
    score(s, case, milestone, step, 0.0)
