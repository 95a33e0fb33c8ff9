"""What sheets are about: the designs of a question, as they were composed, and where they come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from experiments.composing.compose import Composed
from experiments.question import Question
from experiments.report.sheets.numbers import Numbers
from sim.scenario import Scenario
from sim.scenario.org import Org


@dataclass(frozen=True)
class Subject:
    """What sheets are about.

    Attributes
    ----------
    designs : mapping of str to Composed
        By name, the reference first; they differ in their org designs only.
    overrides : tuple of str
        Of the command.
    numbers : Numbers
        All numbers of the config, and where they come from.
    origin : mapping
        The provenance.
    """

    designs: Mapping[str, Composed]
    overrides: tuple[str, ...]
    numbers: Numbers
    origin: Mapping[str, Any]

    @property
    def names(self) -> list[str]:
        """Names of the designs in question."""
        return list(self.designs)

    @property
    def scenario(self) -> Scenario:
        """The scenario of the first design; what is no org design is the same in all."""
        return next(iter(self.designs.values())).scenario

    @property
    def question(self) -> Question:
        """What is asked."""
        return next(iter(self.designs.values())).question

    @cached_property
    def orgs(self) -> dict[str, Org]:
        """All org designs there are by name, each once: those in question, then those before, after, beside them."""
        found, s = {name: c.scenario.org for name, c in self.designs.items()}, self.scenario
        others = {f"run-in: {s.run_in.name}": s.run_in} if s.run_in is not None else {}
        others |= {f"from week {change.week:g}: {change.org.name}": change.org for change in s.changes}
        others |= {f"rival {i + 1}: {org.name}": org for i, org in enumerate(s.rivals)}
        for name, org in others.items():
            if org not in found.values():
                found[name] = org
        return found
