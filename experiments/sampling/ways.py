"""The ways from one design to another, each run up to every month at which is looked."""

from __future__ import annotations

from collections.abc import Iterator

from experiments.complaint import Complaint
from experiments.composing.space import Setting, Space
from experiments.specs.transition import Transition
from sim.scenario import Scenario

WEEKS_A_MONTH = 52 / 12
NEVER = "never"


class Ways:
    """What is run for a transition, as the runner takes it.

    Until the change is made a way is the same as never changing, and is not run again.

    Parameters
    ----------
    space : Space
        What all points have in common.
    asked : Transition
        Designs and months.
    """

    def __init__(self, space: Space, asked: Transition) -> None:
        self._space, self._asked = space, asked
        self.starts: dict[str, float | None] = {NEVER: None} | {called(start): start for start in asked.starts}
        self.months = asked.looks

    def __len__(self) -> int:
        """Give how many points there are."""
        return len(self.starts) * len(self.months)

    def __iter__(self) -> Iterator[tuple[str, Scenario]]:
        """Give name and scenario of each, month by month."""
        for month in self.months:
            for way in self.starts:
                yield named(way, month), self.scenario(way, month)

    def setting(self, way: str, month: float) -> Setting:
        """Give what is set for a way that is looked at in a month."""
        start, since = self.starts[way], self._asked.since
        made = start is not None and start < month
        week = 0.0 if start is None else _weeks(since + start)
        changes = [{"week": week, "design": self._asked.after}] if made else []
        return {"org": self._asked.before, "run.weeks": _weeks(since + month), "changes": changes}

    def scenario(self, way: str, month: float) -> Scenario:
        """Give the scenario of a way up to a month."""
        try:
            return self._space.at(self.setting(way, month)).scenario
        except Complaint as complaint:
            raise complaint.located(named(way, month)) from None

    def look_ahead(self) -> None:
        """Make every way up to its last month, so that what cannot be is told before anything is run."""
        for way in self.starts:
            self.scenario(way, self.months[-1])


def called(start: float) -> str:
    """Name a way."""
    return "now" if start == 0 else f"in {start:g} months"


def named(way: str, month: float) -> str:
    """Name a point."""
    return f"{way}, month {month:g}"


def years(asked: Transition, month: float) -> float:
    """Give how long it is from the first month that is looked at to another."""
    return _weeks(asked.since + month) / 52


def _weeks(months: float) -> float:
    return round(months * WEEKS_A_MONTH, 6)
