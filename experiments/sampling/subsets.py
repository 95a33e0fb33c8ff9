"""Subsets of levers: which ones are run, what they are called, and their scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from experiments.complaint import Complaint
from experiments.composing.space import Setting, Space
from experiments.specs.decompose import Decompose
from sim.analysis.shapley_orders import Orders, antithetic_orders, subsets_needed
from sim.scenario import Scenario

NONE = "none"
"""What the subset without any lever is called."""


def orders_of(asked: Decompose) -> Orders | None:
    """Give the orders that are drawn, each with its reverse; None if all subsets are run."""
    if asked.drawn is None:
        return None
    return antithetic_orders(len(asked.levers), asked.drawn // 2, asked.seed)


def subsets_of(levers: int, orders: Orders | None) -> list[int]:
    """Give the subsets that are run, bit i for lever i.

    Parameters
    ----------
    levers : int
        How many there are.
    orders : ndarray or None
        Those drawn; None for all subsets.

    Returns
    -------
    list of int
        Each once. None and all come first, then those that are nearly so, in which mistakes show soonest. Those that
        the given order comes through and each lever alone are always among them.
    """
    alone = [1 << i for i in range(levers)]
    wanted = range(1 << levers) if orders is None else {*subsets_needed(orders), *prefixes(levers), *alone}
    return sorted(wanted, key=lambda s: (min(s.bit_count(), levers - s.bit_count()), s.bit_count(), s))


def prefixes(levers: int) -> list[int]:
    """Give the subsets that the given order comes through, from none to all."""
    return [(1 << n) - 1 for n in range(levers + 1)]


def pulled_in(subset: int, levers: Sequence[str]) -> list[str]:
    """Give the levers of a subset, in the given order."""
    return [lever for i, lever in enumerate(levers) if subset >> i & 1]


class SubsetPoints:
    """Scenarios of a design with subsets of levers pulled.

    Parameters
    ----------
    space : Space
        What they have in common.
    common : Setting
        Choices and values of all of them.
    always : sequence of str
        Levers pulled before all others in every one.
    levers : sequence of str
        In order.
    subsets : sequence of int
        See `subsets_of`.
    """

    def __init__(
        self, space: Space, common: Setting, always: Sequence[str], levers: Sequence[str], subsets: Sequence[int]
    ) -> None:
        self._space, self._common, self._always = space, common, list(always)
        self._levers, self.subsets = list(levers), list(subsets)

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self.subsets)

    def __iter__(self) -> Iterator[tuple[str, Scenario]]:
        """Give name and scenario of each.

        Raises
        ------
        Complaint
            With every problem found, and at which subset.
        """
        for subset in self.subsets:
            yield self.name(subset), self.scenario(subset)

    def look_ahead(self) -> None:
        """Make the scenario of all levers and of each alone, so that mistakes are told before anything is run.

        Raises
        ------
        Complaint
            With what is wrong with the first that cannot be run.
        """
        for subset in [*(1 << i for i in range(len(self._levers))), (1 << len(self._levers)) - 1]:
            self.scenario(subset)

    def name(self, subset: int) -> str:
        """Give what a subset is called: its levers."""
        return "+".join(pulled_in(subset, self._levers)) or NONE

    def scenario(self, subset: int) -> Scenario:
        """Give the scenario of a subset, staffed."""
        try:
            return self._space.at(self.setting(subset)).scenario
        except Complaint as complaint:
            raise complaint.located(f"with the levers {self.name(subset)}") from None

    def setting(self, subset: int) -> dict[str, object]:
        """Give choices and values of a subset."""
        return {**self._common, "lever": [*self._always, *pulled_in(subset, self._levers)]}
