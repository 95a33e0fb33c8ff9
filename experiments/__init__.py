"""Many replications, and answers people can use."""

from experiments.compose import compose

__all__ = ["compose"]
