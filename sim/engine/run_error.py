"""A run that cannot go on."""

from __future__ import annotations


class RunError(Exception):
    """A run that cannot go on; names the path in the scenario and the rule."""

    def __init__(self, path: str, rule: str) -> None:
        self.path = path
        self.rule = rule
        super().__init__(f"{path}: {rule}")
