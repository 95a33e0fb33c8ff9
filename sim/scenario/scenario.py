"""The whole description of one replication: what customers need, who does it, and for how long."""

from __future__ import annotations

from typing import Any

from pydantic import Field, ValidationError

from sim.scenario.change import Change
from sim.scenario.journey import Activity, Journey
from sim.scenario.market import Market
from sim.scenario.org import Org
from sim.scenario.part import Part
from sim.scenario.people import People
from sim.scenario.problems import ScenarioError, problems_of
from sim.scenario.rivalry import MOST_RIVALS
from sim.scenario.run import Run, Source


class Scenario(Part):
    """One market, its journeys, one org design and a horizon; everything a run needs but chance."""

    market: Market = Market()
    journey: dict[str, Journey]
    activity: dict[str, Activity]
    org: Org
    """The design in question."""
    run_in: Org | None = None
    """The design of the warm-up, if it is another one: all designs then start from the same company."""
    changes: list[Change] = []
    """Designs that follow, each from some week on."""
    rivals: list[Org] = Field(default=[], max_length=MOST_RIVALS)
    """Designs of the other companies in the market, each held to from t=0 to the end."""
    people: People = People()
    source: dict[str, Source] = {}
    run: Run

    @property
    def companies(self) -> list[Scenario]:
        """The scenario as each company sees it, itself first in question: this one, then each rival's.

        A rival keeps its design through the run-in and all changes, which are of the design in question alone.
        """
        designs, found = [self.org, *self.rivals], [self]
        shares = self.market.rivalry.shares_at_start or [1.0 / len(designs)] * len(designs)
        for c in range(1, len(designs)):
            rivalry = self.market.rivalry.model_copy(
                update={"shares_at_start": [shares[c], *(s for i, s in enumerate(shares) if i != c)]}
            )
            others = [design for i, design in enumerate(designs) if i != c]
            seen = {"org": designs[c], "run_in": None, "changes": [], "rivals": others}
            found.append(
                self.model_copy(update={**seen, "market": self.market.model_copy(update={"rivalry": rivalry})})
            )
        return found

    @classmethod
    def read(cls, data: dict[str, Any]) -> Scenario:
        """Validate plain data.

        Parameters
        ----------
        data : dict
            Nested dicts, lists, strings and numbers, as YAML gives them.

        Raises
        ------
        ScenarioError
            With every problem found: first of form, then, if the form is right, of names that refer to one
            another.
        """
        from sim.scenario.checks import check

        try:
            scenario = cls.model_validate(data)
        except ValidationError as error:
            raise ScenarioError(problems_of(error, cls)) from None
        problems = list(dict.fromkeys(check(scenario)))
        if problems:
            raise ScenarioError(problems)
        return scenario
