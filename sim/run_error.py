"""A run that cannot go on."""

from __future__ import annotations

MAX_VISITS = 1_000
"""Of one step by one case."""
MAX_GENERATIONS = 10_000
"""Cases in a row, each of which started the next."""


class RunError(Exception):
    """A run that cannot go on; names the path in the scenario and the rule."""

    def __init__(self, path: str, rule: str) -> None:
        self.path = path
        self.rule = rule
        super().__init__(f"{path}: {rule}")

    @classmethod
    def circles(cls, journey: str, step: str) -> RunError:
        """Say that a case comes back to a step without end."""
        return cls(f"journey.{journey}.steps.{step}", f"visited more than {MAX_VISITS} times by one case")

    @classmethod
    def descends(cls, journey: str, step: str) -> RunError:
        """Say that cases start one another without end."""
        rule = f"more than {MAX_GENERATIONS:,} cases in a row, each started by the one before"
        return cls(f"journey.{journey}.steps.{step}", rule)
