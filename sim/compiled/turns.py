"""What a case counts: its visits, by which its luck is addressed, and its turns, which tell one wait from another."""

from __future__ import annotations

from sim.compiled.jit import compiled
from sim.compiled.memory import *
from sim.run_error import MAX_VISITS


class CirclesError(Exception):
    """A case goes in circles; the memory says which."""


class DescendsError(Exception):
    """Cases start one another without end; the memory says where."""


@compiled
def turn(m, case):  # type: ignore[no-untyped-def]
    """Go on: whatever was to move the case on no longer does. No two turns of a run have the same number."""
    m[TURNS] += 1
    m[case + C_TURN] = m[TURNS]


@compiled
def visit(m, case, place):  # type: ignore[no-untyped-def]
    """Count one more visit; every cycle of a journey counts somewhere."""
    at = case + CASE_FIXED + place
    n = m[at]
    if n >= MAX_VISITS:
        m[CIRCLING] = case
        raise CirclesError
    m[at] = n + 1
    return n


@compiled
def turned_away(m, case, step, to):  # type: ignore[no-untyped-def]
    """Give the way of who gets nothing at a step."""
    visit(m, case, m[step + S_VISIT])
    return to
