"""The origin of the numbers of an answer in one line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def footer(provenance: Mapping[str, Any]) -> str:
    """Give one line that tells any picture's origin.

    Parameters
    ----------
    provenance : mapping
        As the answer has it, with seed and replications.
    """
    n = provenance.get("replications", "")
    parts = [
        f"config {provenance.get('config', '')}",
        f"seed {provenance.get('seed', '')}",
        f"{n} replication{'' if n == 1 else 's'}",
        f"orgsim {provenance.get('orgsim', '')}",
    ]
    return "  ·  ".join(parts)
