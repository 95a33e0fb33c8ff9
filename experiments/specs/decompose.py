"""decompose: which levers are pulled, on what, and what is asked of them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from experiments.specs.factor import Seed
from sim.scenario.part import Part

EXACT_UP_TO = 10
"""Levers of which all subsets are run: 1,024."""
ORDERS = 64
"""Orders drawn of more levers."""
MOST = 62
"""Levers, since a subset of them is one whole number."""

STEPS = (
    "service_answers",
    "no_cold_calls",
    "shared_queue",
    "coordinator",
    "engineers_design",
    "engineers_propose",
    "service_transacts",
    "service_serves",
    "account_managers",
    "marketing_money",
)
"""The levers that the designs `step_NN` pull one after the other."""


class Decompose(Part):
    """What levers bring one by one, of what they bring together."""

    base: Annotated[str, Field(min_length=1)] | None = None
    """Name of the design on which levers are pulled; by default the one in question (``org=``)."""
    levers: Annotated[list[str], Field(min_length=1, max_length=MOST)] = Field(default_factory=lambda: [*STEPS])
    """Names of levers, in the order in which they are pulled one after the other."""
    staffing: Literal["balanced", "given"] = "balanced"
    """balanced: every set of levers has the heads that the budget pays for, so that all cost the same; given: heads
    stay as they are, and sets of levers cost what they cost."""
    kpi: Annotated[str, Field(min_length=1)] = "money.contribution_less_opex_usd_per_year"
    """What is decomposed: a name of docs/kpis.md."""
    orders: Annotated[int, Field(ge=4, le=100_000)] | None = None
    """How many orders are drawn, each with its reverse, so an even number. By default none of up to 10 levers, of
    which all subsets are run, and 64 of more."""
    seed: Seed = 1
    """Of the orders."""

    @field_validator("levers")
    @classmethod
    def _each_once(cls, levers: list[str]) -> list[str]:
        twice = next((lever for lever in levers if levers.count(lever) > 1), None)
        if twice is not None:
            raise ValueError(f"each lever once; {twice!r} is there twice")
        return levers

    @field_validator("orders")
    @classmethod
    def _even(cls, orders: int | None) -> int | None:
        if orders is not None and orders % 2:
            raise ValueError(f"orders are drawn in pairs, each with its reverse, so an even number; got {orders}")
        return orders

    @property
    def drawn(self) -> int | None:
        """How many orders are drawn; None if all subsets are run."""
        if self.orders is not None:
            return self.orders
        return None if len(self.levers) <= EXACT_UP_TO else ORDERS
