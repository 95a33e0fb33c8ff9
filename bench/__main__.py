"""`python -m bench`: measure, print, and write `docs/performance.md` with its picture."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from bench import draw, machine, memory, queue_depth, speed
from bench.orgsim_models import NotAvailable

PARTS = ("speed", "depth", "memory")


def main(words: list[str] | None = None) -> int:
    """Run the asked parts.

    Parameters
    ----------
    words : list of str, optional
        Command line; by default the process's own.

    Returns
    -------
    int
        0, or 1 if something could not be measured (it is named on stderr).
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure orgsim beside plain SimPy.")
    parser.add_argument("--full", action="store_true", help="ten times the customers; takes minutes")
    parser.add_argument("--rounds", type=int, default=5, help="paired rounds (default 5)")
    parser.add_argument("--engines", nargs="+", default=["simpy"], help="engines to measure (default simpy)")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="what to measure (default all)")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder of the page and the picture")
    asked = parser.parse_args(words)

    try:
        results = measured(asked.parts, asked.engines, rounds=asked.rounds, full=asked.full)
    except NotAvailable as error:
        print(f"cannot measure: {error}", file=sys.stderr)
        for model, customers in speed.SIZES.items():
            per_s = speed.plain_per_s(model, customers, asked.rounds)
            print(f"plain SimPy alone, model {model.upper()}: {per_s:,.0f} customers/s", file=sys.stderr)
        return 1
    print(draw.tables(results))
    if set(asked.parts) == set(PARTS):
        for path in draw.write(results, asked.out):
            print(f"wrote {path}")
    else:
        print("(a page is written only when all parts are measured)")
    return 0


def measured(parts: list[str], engines: list[str], *, rounds: int, full: bool) -> draw.Results:
    """Measure the parts one after another.

    Parameters
    ----------
    parts : list of {"speed", "depth", "memory"}
        Which.
    engines : list of str
        Engines of this project.
    rounds : int
        Paired rounds.
    full : bool
        Whether with ten times the customers.

    Returns
    -------
    Results
        Empty where a part was not asked for.

    Raises
    ------
    NotAvailable
        If something cannot be run.
    """
    sizes = speed.FULL_SIZES if full else speed.SIZES
    speeds, depths, memories = [], [], []
    if "speed" in parts:
        for engine in engines:
            for model, customers in sizes.items():
                speeds.append(speed.measure_speed(model, engine, customers=customers, rounds=rounds))
    if "depth" in parts:
        for engine in engines:
            crowd = partial(queue_depth.crowd_scenario, engine=engine)
            served = (40_000, 40_000) if full else (10_000, 10_000)
            depths.append(queue_depth.measure_depth(f"orgsim, {engine}", crowd, served=served, rounds=rounds))
        # A long queue costs stock SimPy so much that few customers and rounds show it.
        plain, served = queue_depth.crowd_plain, (20_000, 1_000)
        depths.append(queue_depth.measure_depth("plain SimPy", plain, served=served, rounds=min(rounds, 3)))
    if "memory" in parts:
        lengths = memory.FULL_LENGTHS if full else memory.LENGTHS
        for engine in engines:
            for kept in (False, True):
                memories.append(memory.measure_memory("a", engine, kept=kept, lengths=lengths))
    return draw.Results(machine.describe(), rounds, tuple(speeds), tuple(depths), tuple(memories))


if __name__ == "__main__":
    sys.exit(main())
