"""The address of a result: what was asked, so that the same question finds it and no other does."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import sim
from sim.scenario import Scenario

_LENGTH = 32


class Address(NamedTuple):
    """Where a replication stands.

    Attributes
    ----------
    point : str
        Of its scenario under a version of the model, see `point_of`.
    seed, replication : int
        The address of all chance in it.
    """

    point: str
    seed: int
    replication: int


def point_of(scenario: Scenario) -> str:
    """Give the address of a scenario under this version of the model, whichever engine runs it.

    Parameters
    ----------
    scenario : Scenario
        Staffed, as it would be run.

    Returns
    -------
    str
        32 hexadecimal digits.
    """
    asked = json.dumps(scenario.model_dump(mode="json"), sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(f"{model_version()}\n{asked}".encode()).hexdigest()[:_LENGTH]


@lru_cache(maxsize=1)
def model_version() -> str:
    """Give the version of the model: a hash of the sources of `sim`, since any of them may change a number."""
    root = Path(sim.__file__).parent
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.py"), key=lambda p: p.relative_to(root).as_posix()):
        text = path.read_bytes()
        found.update(f"{path.relative_to(root).as_posix()} {len(text)}\n".encode() + text)
    return found.hexdigest()[:_LENGTH]
