"""One config with some of its choices and values changed, many times over, without composing it anew each time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any

from experiments.complaint import Complaint
from experiments.composing.choices import GROUPS, LISTED, choice_exists, choices, choices_exist
from experiments.composing.chosen import Chosen
from experiments.composing.compose import Composed, composed_of
from experiments.composing.lever_sets import LeverSets
from experiments.composing.resolved import misnamed, resolved
from experiments.question import Question
from sim.scenario import Problem

Setting = Mapping[str, Any]
"""Choices and values by their paths, as ``{"org": "traditional", "market.needs.rate": 1.2}``."""

MOST_KEPT = 64
"""Combinations of choices whose config is kept at a time: there may be thousands of sets of levers."""


class Space:
    """What all points of an experiment have in common.

    Groups (``org``, ``market``, ``lever``, ...) are composed once for every combination of choices that comes up,
    sets of levers without reading any file twice, and values are put in place in the plain data: composing takes a
    second, validating what came of it some milliseconds.

    Parameters
    ----------
    overrides : sequence of str
        As on the command line; they go into every point.
    config_dir : str, optional
        A user's own configs.
    """

    def __init__(self, overrides: Sequence[str], config_dir: str | None = None) -> None:
        self._overrides, self._config_dir = list(overrides), config_dir
        self._composed: dict[tuple[str, ...], dict[str, Any]] = {}
        self._orgs: dict[str, dict[str, Any]] = {}
        self._referred: set[str] = set()
        self._levers = LeverSets(config_dir)
        self._chosen = Chosen()

    def at(self, setting: Setting) -> Composed:
        """Give the config of a point.

        Parameters
        ----------
        setting : mapping
            Choices and values; values go in after choices and after the overrides of all points.

        Raises
        ------
        Complaint
            With every problem found.
        """
        of_all = [key for key in setting if key.partition(".")[0] in Question.model_fields or key == "run.replications"]
        if of_all:
            raise Complaint([Problem(key, "is the same at all points: it is no part of a company") for key in of_all])
        data = self.data_at(setting)
        return composed_of(data, self._overrides, config_dir=self._config_dir, org_of=self.org, designs=self._designs)

    def data_at(self, setting: Setting) -> dict[str, Any]:
        """Give the resolved config of a point as plain data of its own, not validated."""
        chosen = {k: v for k, v in setting.items() if self._composes(k, v)}
        base = self._base(chosen)
        # A value that others refer to has to be there while they are resolved.
        followed = {k: v for k, v in setting.items() if k not in chosen and _among(k, self._referred)}
        if followed:
            base = self._base({**chosen, **followed})
        data = deepcopy(base)
        values = {k: v for k, v in setting.items() if k not in chosen and k not in followed}
        problems = [p for key in values if (p := misnamed(data, key)) is not None]
        if problems:
            raise Complaint(problems)
        for key, value in values.items():
            put(data, key, value)
        return data

    def org(self, name: str) -> dict[str, Any]:
        """Give the data of a design as its file has it."""
        if name not in self._orgs:
            found = resolved([f"org={name}"], config_dir=self._config_dir, choosing=self._chosen)["org"]
            assert isinstance(found, dict)
            self._orgs[name] = found
        return deepcopy(self._orgs[name])

    @cached_property
    def _designs(self) -> list[str]:
        """Names of all designs."""
        return choices("org", self._config_dir)

    def _composes(self, key: str, value: Any) -> bool:
        return (key in GROUPS and isinstance(value, str)) or key in (*LISTED, "experiment")

    def _base(self, chosen: Setting) -> dict[str, Any]:
        for group, value in chosen.items():
            if group in LISTED:
                choices_exist(group, value, self._config_dir)
            elif group in GROUPS or group == "experiment":
                choice_exists(group, str(value), self._config_dir)
        words = [f"{'+' * (key == 'experiment')}{key}={_spelled(value)}" for key, value in chosen.items()]
        if tuple(words) not in self._composed:
            kept = [o for o in self._overrides if o.lstrip("+").partition("=")[0] not in chosen]
            choosing = self._levers if "lever" in chosen else self._chosen
            found = resolved([*kept, *words], config_dir=self._config_dir, referred=self._referred, choosing=choosing)
            if len(self._composed) >= MOST_KEPT:
                del self._composed[next(iter(self._composed))]
            self._composed[tuple(words)] = found
        return self._composed[tuple(words)]


def put(data: dict[str, Any], key: str, value: Any) -> None:
    """Put a value in its place in a config, as an override on the command line does.

    Parameters
    ----------
    data : dict
        Changed in place.
    key : str
        Path of the value; mappings on the way that are not there are made.
    value : any
        A mapping is merged into the one that is there; anything else takes the place of what is there.

    Raises
    ------
    Complaint
        If the path goes through something that is no mapping.
    """
    *above, last = key.split(".")
    at: Any = data
    for i, part in enumerate(above):
        at = at.setdefault(part, {})
        if isinstance(at, list) and i + 1 < len(above) and above[i + 1].isdecimal():
            raise Complaint.about(key, "an item of a list cannot be set by itself; give the whole list")
        if not isinstance(at, dict):
            raise Complaint([Problem(key, f"{'.'.join(above[: i + 1])} is no mapping", repr(at))])
    if isinstance(value, dict) and isinstance(at.get(last), dict):
        for name, inner in value.items():
            put(at[last], str(name), inner) if "." not in str(name) else at[last].update({name: inner})
    else:
        at[last] = deepcopy(value)


def _among(key: str, referred: set[str]) -> bool:
    return any(key == other or key.startswith(f"{other}.") or other.startswith(f"{key}.") for other in referred)


def _spelled(value: Any) -> str:
    """Write a value as an override has it."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return f"[{','.join(_spelled(v) for v in value)}]"
    return json.dumps(value)
