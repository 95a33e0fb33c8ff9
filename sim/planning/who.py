"""Which roles do an activity."""

from __future__ import annotations

from sim.planning.names import Names, cumulative
from sim.scenario.appointment import SELF


def who_does(n: Names, name: str) -> tuple[tuple[tuple[int, ...], ...], tuple[float, ...]]:
    """Give the roles that do an activity.

    Parameters
    ----------
    n : Names
        Of a checked scenario.
    name : str
        An activity.

    Returns
    -------
    roles : tuple of tuple of int
        By segment: first those of a journey's steps, then those that only book with it.
    shares : tuple of float
        Cumulative shares where a draw decides between the first of them; empty otherwise.
    """
    roles, shares = _of_steps(n, name)
    for activity, booked in n.s.org.appointments.items():
        if booked.booked_by is None or booked.booking != name:
            continue
        more = who_does(n, activity)[0] if booked.booked_by == SELF else _everywhere(n, booked.booked_by)
        roles = tuple((*a, *(r for r in b if r not in a)) for a, b in zip(roles, more, strict=True))
    return roles, shares


def _of_steps(n: Names, name: str) -> tuple[tuple[tuple[int, ...], ...], tuple[float, ...]]:
    given = n.s.org.who.get(name)
    who = given.usual if given is not None else None
    if who is not None and who.role is not None:
        return _everywhere(n, who.role), ()
    if who is not None and who.by_segment is not None:
        return tuple((n.roles.index(r),) for r in n.by_segment(who.by_segment)), ()
    if who is not None and who.shares is not None:
        return _everywhere(n, *who.shares), cumulative(tuple(who.shares.values()))
    return ((),) * len(n.segments), ()


def _everywhere(n: Names, *roles: str) -> tuple[tuple[int, ...], ...]:
    return (tuple(n.roles.index(r) for r in roles),) * len(n.segments)


def by_practice_of(n: Names, name: str) -> tuple[tuple[int, int], ...]:
    """Give (practice, role) of an activity for accounts that follow a practice which the design offers."""
    given = n.s.org.who.get(name)
    roles = (given.by_practice if given is not None else None) or {}
    return tuple((n.practices.index(p), n.roles.index(r)) for p, r in roles.items() if p in n.s.org.offers)
