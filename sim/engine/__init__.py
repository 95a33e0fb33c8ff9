"""The SimPy engine: marketing, people, cases and accounts as processes; reads a plan, writes a trace."""

from sim.engine.world import RunError, World

__all__ = ["RunError", "World"]
