"""Hydra's `--multirun`: overrides that have several values, as one command for each combination."""

from __future__ import annotations

from collections.abc import Sequence

from experiments.complaint import Complaint
from experiments.composing.resolved import cut_apart, first_line, quoted

MOST_JOBS = 1_000


def jobs(overrides: Sequence[str]) -> list[list[str]]:
    """Give the overrides of each job, in Hydra's order: the last override changes fastest.

    Parameters
    ----------
    overrides : sequence of str
        As on the command line, some with several values: ``org=traditional,persuasion_only``, ``seed=range(1,4)``.

    Raises
    ------
    Complaint
        If an override cannot be read, or there are too many jobs.
    """
    from hydra._internal.core_plugins.basic_sweeper import BasicSweeper
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    try:
        parsed = OverridesParser.create().parse_overrides([quoted(o) for o in overrides])
        found = BasicSweeper.split_arguments(parsed, max_batch_size=None)[0]
    except HydraException as error:
        raise Complaint.about("override", f"{first_line(error)}{cut_apart(overrides)}") from None
    if len(found) > MOST_JOBS:
        rule = f"has more than {MOST_JOBS:,} jobs; orgsim sweep takes as many points, at a small part of the time"
        raise Complaint.about("--multirun", rule, f"{len(found):,}")
    return [list(job) for job in found]
