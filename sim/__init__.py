"""One replication of an organization at work, and what can be said of it."""

from sim.imported import IMPORTED_AT as _IMPORTED_AT  # noqa: F401 (read before all others are)
from sim.kpis import measure
from sim.scenario import Scenario, ScenarioError
from sim.simulation import simulate

__all__ = ["Scenario", "ScenarioError", "measure", "simulate"]
