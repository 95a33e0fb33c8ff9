"""`orgsim twin`: every replication on both engines, and whether they say the same to the last bit."""

from __future__ import annotations

from experiments.answers.difference import first_difference, rows_of
from experiments.answers.folder import say
from experiments.complaint import Complaint, Failure
from experiments.composing.compose import Composed, composed
from experiments.composing.designs import about_one_design
from sim import simulate
from sim.choice import Uncovered
from sim.run_error import RunError
from sim.trace import Trace

BOTH = ("simpy", "compiled")


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run the replications of a config on both engines, and tell the first event in which they differ.

    Parameters
    ----------
    overrides : list of str
        As on the command line of `orgsim run`.
    config_dir : str or None
        A user's own configs.

    Raises
    ------
    Complaint
        If the compiled engine does not know all of it, or neither engine can go on.
    Failure
        If the engines differ.
    """
    about_one_design(overrides)
    c = composed(overrides, config_dir=config_dir)
    for r in range(c.question.replications):
        # The compiled engine first: what it does not know is told before anybody waits for the other.
        second, first = (_run(c, r, engine) for engine in reversed(BOTH))
        if isinstance(first, RunError) and isinstance(second, RunError) and str(first) == str(second):
            raise Complaint.about(first.path, first.rule)
        if isinstance(first, RunError) or isinstance(second, RunError):
            say("\n".join(f"{name}: {_told(found)}" for name, found in zip(BOTH, (first, second), strict=True)))
            raise Failure(f"the engines differ in replication {r}")
        for pair in zip((first, *first.rivals), (second, *second.rivals), strict=True):
            difference = first_difference(BOTH, pair)
            if difference is not None:
                say(f"replication {r}, company {pair[0].company}: " + "\n".join(difference.lines))
                raise Failure(f"the engines differ in replication {r}, row {difference.row:,}")
        say(f"replication {r}: identical: {_count(first):,} rows")


def _run(c: Composed, replication: int, engine: str) -> Trace | RunError:
    try:
        return simulate(c.scenario, seed=c.question.seed, replication=replication, engine=engine)
    except Uncovered as error:
        raise Complaint.about("engine", error.rule) from None
    except RunError as error:
        return error


def _told(found: Trace | RunError) -> str:
    return f"stops: {found}" if isinstance(found, RunError) else f"runs to its end: {_count(found):,} rows"


def _count(trace: Trace) -> int:
    return sum(len(rows_of(company).time_ms) for company in (trace, *trace.rivals))
