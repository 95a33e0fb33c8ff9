"""Many replications, and answers people can use."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from experiments.composing.compose import compose

__all__ = ["compose"]


def __getattr__(name: str) -> Any:
    """Import when it is asked for: the command line begins other work before it imports what takes most of a second."""
    if name != "compose":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from experiments.composing.compose import compose

    return compose
