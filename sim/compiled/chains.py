"""Records linked both ways in the order in which they came; two places tell where the first and the last stand."""

from __future__ import annotations

from sim.compiled.jit import compiled


@compiled
def append(m, first, last, before, after, record):  # type: ignore[no-untyped-def]
    """Put a record behind all others; its links are the words `before` and `after` of it."""
    end = m[last]
    m[record + before], m[record + after] = end, 0
    if end:
        m[end + after] = record
    else:
        m[first] = record
    m[last] = record


@compiled
def remove(m, first, last, before, after, record):  # type: ignore[no-untyped-def]
    """Take a record out from between its neighbors; its own links stay as they are."""
    previous, following = m[record + before], m[record + after]
    if previous:
        m[previous + after] = following
    else:
        m[first] = following
    if following:
        m[following + before] = previous
    else:
        m[last] = previous
