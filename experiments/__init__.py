"""Many replications, and answers people can use."""

from experiments.composing.compose import compose

__all__ = ["compose"]
