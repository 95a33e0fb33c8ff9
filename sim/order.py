"""The order of what happens at one instant, the same in every engine.

At one instant, in this order, and by hash of the case (or account, or person) within each class, never by the order
in which things were scheduled:

1. completions of work;
2. shift changes and the weekly grid;
3. arrivals, ended waits and the births of cases, each running its case forward until it blocks;
4. one dispatch round: roles in listed order, company by company; each role's rule picks the task, the longest idle
   person gets it, until no pair is left;
5. leaving: patience that ends and windows that pass.

Work of zero length completes at the same instant, that is, in class 1 of a new round; a person freed by class 5 or a
case moved on by it is dispatched at the same instant, after all of class 5. Who is due to leave at the instant at which
a person frees is served.

What follows for another company of the market comes right after what it follows from: before the next event of the
instant, the next who leaves, the next role of a dispatch round.
"""

from __future__ import annotations

COMPLETION, SHIFT, ARRIVAL, LEAVE = (c << 60 for c in range(4))
"""Classes of an instant, as the upper bits of a heap key; the lower 60 bits are `rank` of an address."""

CHANGE, GRID, STAFF, SPENDING, OPENING = range(5)
"""Ranks within class 2 of what is nobody's in particular: a new design, customers who leave, people who leave and come,
money spent, openings; before all that has the rank of an address."""


def rank(key: int) -> int:
    """Give the place within a class: the upper 60 bits of a 64-bit address key."""
    return key >> 4
