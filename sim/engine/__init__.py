"""The SimPy engine: marketing, people, cases and accounts as processes; reads a plan, writes a trace."""

from sim.engine.run_error import RunError
from sim.engine.world import World

__all__ = ["RunError", "World"]
