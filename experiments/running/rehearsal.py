"""A dry run: how many points there are, how long they will take, and how much disk they need."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from experiments.answers.duration import duration
from experiments.complaint import Rehearsed
from experiments.running.runner import Wanted, known
from experiments.store import Store, asked

if TYPE_CHECKING:
    from experiments.question import Question


def rehearse(store: Store, question: Question, wanted: Wanted) -> None:
    """Say what a question takes, as far as it can be told before, and end the command.

    What has been run before tells how long a replication takes and how much it writes; where nothing has, the first
    replication of the first point is run, twice if the first has an engine to load.

    Raises
    ------
    Rehearsed
        Always.
    """
    addresses: dict[str, int] = {}
    first = None
    for name, scenario in wanted.points:
        first = (name, scenario) if first is None else first
        point = asked(scenario).point
        addresses[point] = len(store.missing([point], wanted.seed, wanted.replications))
    missing, takes_s = sum(addresses.values()), 0.0
    lines = [
        f"points: {len(wanted.points):,}"
        + (f" ({len(addresses):,} of them different)" if len(addresses) < len(wanted.points) else ""),
        f"replications: {len(addresses) * wanted.replications:,}, of which {missing:,} are not known yet",
    ]
    if missing and first is not None:
        speed = store.speed()
        if speed is None:
            for n in (1, 2):
                known(store, question, replace(wanted, points={first[0]: first[1]}.items(), replications=n))
            speed = store.speed()
        assert speed is not None
        seconds, size = speed
        free = shutil.disk_usage(store.path).free
        workers = 1 if question.backend == "serial" else question.workers
        takes_s = missing * seconds / workers
        lines += [
            f"time: about {duration(takes_s)} with {workers} worker{'s' * (workers > 1)}, at "
            f"{seconds:.2g} s a replication (measured; other points may differ)",
            f"disk: about {bytes_told(missing * size)} in {store.path}, where {bytes_told(free)} are free",
        ]
    raise Rehearsed("\n".join(lines), missing, takes_s)


def together(told: Mapping[str, Rehearsed]) -> Rehearsed:
    """Say what several parts of a question take.

    Parameters
    ----------
    told : mapping of str to Rehearsed
        By what the parts are called.
    """
    replications, seconds = sum(one.replications for one in told.values()), sum(one.seconds for one in told.values())
    parts = [f"{name}\n{one}" for name, one in told.items()]
    total = f"all together: {replications:,} replications that are not known yet, about {duration(seconds)}"
    return Rehearsed("\n\n".join([*parts, total]), replications, seconds)


def bytes_told(n: float) -> str:
    """Write a size in the unit in which people say it."""
    for unit in ("B", "kB", "MB"):
        if n < 1000.0:
            return f"{n:.3g} {unit}"
        n /= 1000.0
    return f"{n:.3g} GB"
