"""The address of a result: what was asked, so that the same question finds it and no other does."""

from __future__ import annotations

import hashlib
import json
import zlib
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
        Of its scenario under a version of the model, see `Asked`.
    seed, replication : int
        The address of all chance in it.
    """

    point: str
    seed: int
    replication: int


class Asked(NamedTuple):
    """A point of an experiment, as it can be sent to whoever runs it.

    Attributes
    ----------
    point : str
        Its address under this version of the model, whichever engine runs it: 32 hexadecimal digits.
    text : bytes
        Its scenario, packed.
    """

    point: str
    text: bytes

    def scenario(self) -> Scenario:
        """Give the scenario."""
        return Scenario.read(json.loads(zlib.decompress(self.text)))


def asked(scenario: Scenario) -> Asked:
    """Give the address and the packed text of a scenario, which is staffed, as it would be run."""
    # In the order in which it is described: that of the steps and branches of a journey counts.
    text = scenario.model_dump_json().encode()
    return Asked(hashlib.sha256(f"{model_version()}\n".encode() + text).hexdigest()[:_LENGTH], zlib.compress(text, 1))


@lru_cache(maxsize=1)
def model_version() -> str:
    """Give the version of the model: a hash of the sources of `sim`, since any of them may change a number."""
    root = Path(sim.__file__).parent
    found = hashlib.sha256()
    for path in sorted(root.rglob("*.py"), key=lambda p: p.relative_to(root).as_posix()):
        text = path.read_bytes()
        found.update(f"{path.relative_to(root).as_posix()} {len(text)}\n".encode() + text)
    return found.hexdigest()[:_LENGTH]
