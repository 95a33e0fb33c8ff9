"""One replication of an organization at work, and what can be said of it."""

from sim.kpis import measure
from sim.scenario import Scenario, ScenarioError
from sim.simulation import simulate

__all__ = ["Scenario", "ScenarioError", "measure", "simulate"]
