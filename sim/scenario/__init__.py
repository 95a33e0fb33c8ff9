"""What a user may say: market, journeys, activities, org design, horizon. Strict, frozen, plain data."""

from sim.scenario.problems import Problem, ScenarioError
from sim.scenario.scenario import Scenario

__all__ = ["Problem", "Scenario", "ScenarioError"]
