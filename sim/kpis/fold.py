"""All families of measures over one pass of the rows."""

from __future__ import annotations

from typing import Protocol

from sim.kpis.appointments import Appointments
from sim.kpis.by_segment import BySegment
from sim.kpis.channels import Channels
from sim.kpis.demand import Demand
from sim.kpis.flow import Flow
from sim.kpis.market_share import MarketShare
from sim.kpis.money import Money
from sim.kpis.new_customers import NewCustomers
from sim.kpis.origins import Origins
from sim.kpis.pay import Pay
from sim.kpis.people import People
from sim.kpis.quantity import Measure
from sim.kpis.rows import Ints
from sim.kpis.satisfaction import Satisfaction
from sim.kpis.throughput import Throughput
from sim.kpis.turnover import Turnover
from sim.plan import Plan
from sim.trace import Block


class Family(Protocol):
    """Measures that belong together, folded block by block."""

    def add(self, block: Block) -> None:
        """Fold the next block."""
        ...

    def result(self) -> dict[str, Measure]:
        """Give the measures of what was folded so far."""
        ...


class Fold:
    """Folds rows into measures, block by block.

    What is remembered grows with the number of unfinished cases, accounts, people, weeks and days of absence, by 8
    bytes for each finished case and milestone (their exact quantiles), and by 24 for each transaction and wait for
    persuasion of people on commission, not with the number of rows.

    Parameters
    ----------
    plan : Plan
        What is run; gives the window.
    """

    def __init__(self, plan: Plan) -> None:
        self._flow = Flow(plan)
        self.families: tuple[Family, ...] = (
            Demand(plan),
            Throughput(plan),
            self._flow,
            People(plan),
            Satisfaction(plan),
            BySegment(plan),
            Channels(plan),
            Money(plan),
            Turnover(plan),
            Appointments(plan),
            NewCustomers(plan),
            Origins(plan),
            Pay(plan),
            MarketShare(plan),
        )

    def add(self, block: Block) -> None:
        """Fold the next block; blocks come in the order of the trace."""
        for family in self.families:
            family.add(block)

    def result(self) -> dict[str, Measure]:
        """Give all measures, by dotted name."""
        return {name: measure for family in self.families for name, measure in family.result().items()}

    def cohorts(self) -> dict[str, Ints]:
        """Give the sketches of durations, shape (3, cells) each; see `sim.kpis.sketch`."""
        return self._flow.cohorts()
