"""The SimPy engine: marketing, people, cases and accounts as processes; reads a plan, writes a trace."""

from sim.engine.world import World

__all__ = ["World"]
