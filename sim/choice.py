"""Which engine runs: the answer is the same, so that only what is known and what is worth it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sim.plan import Plan, PlanSource
from sim.worktime import WEEK_MS

ENGINES = ("simpy", "compiled", "auto")
WORTH_LOADING = 5_000
"""Cases that SimPy works on while the compiled engine is loaded: about a second."""
WORTH_COMPILING = 200_000
"""Cases that SimPy works on while the compiled engine is made: about a minute."""


class Uncovered(ValueError):  # noqa: N818 (it is about what is asked for, not about a fault)
    """What is to be run has something that the compiled engine does not know.

    Parameters
    ----------
    names : sequence of str
        What it does not know.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        super().__init__(f"engine: {self.rule}")

    @property
    def rule(self) -> str:
        """What is wrong, without saying where."""
        return f"the compiled engine does not know yet: {', '.join(self.names)}; engine=simpy does"


@dataclass(frozen=True)
class Choice:
    """An engine, and why it is the one."""

    engine: str
    because: str


def chosen(asked: str, plans: Sequence[Plan], cases: float | None = None) -> Choice:
    """Choose the engine for one replication, or for many that one process runs.

    Parameters
    ----------
    asked : str
        One of `ENGINES`.
    plans : sequence of Plan
        Of all companies of the market.
    cases : float, optional
        Cases that the process will work on; by default those expected in one replication.

    Raises
    ------
    ValueError
        For an unknown engine.
    Uncovered
        If the compiled engine is asked for and does not know all that the plans have.
    """
    if asked not in ENGINES:
        raise ValueError(f"engine: must be one of {', '.join(ENGINES)} (got {asked!r})")
    if asked == "simpy":
        return Choice("simpy", "asked for")
    cases = sum(map(cases_of, plans)) if cases is None else cases
    if asked == "auto" and cases < WORTH_LOADING:
        return Choice("simpy", "little to do")
    from sim import compiled

    unknown = tuple(dict.fromkeys(name for plan in plans for name in compiled.uncovered(plan)))
    if asked == "compiled":
        if unknown:
            raise Uncovered(unknown)
        return Choice("compiled", "asked for")
    if unknown:
        return Choice("simpy", f"the compiled engine does not know yet: {', '.join(unknown)}")
    if cases < WORTH_COMPILING and not compiled.is_ready():
        return Choice("simpy", "less to do than it takes to compile the other, which was not needed here before")
    return Choice("compiled", "much to do")


def cases_of(plan: Plan) -> float:
    """Give roughly how many cases and blocks of background work begin in a run, before any of them starts others."""
    weeks = plan.horizon_ms / WEEK_MS
    needs = [(stream.rate_per_week, plan.customers_at_start) for stream in plan.streams]
    if plan.needs is not None and plan.recorded_ms is None:
        needs.append((plan.needs.rate_per_week, plan.open_at_start))
    each_week = sum(rate * n for rates, accounts in needs for rate, n in zip(rates, accounts, strict=True))
    for role in plan.roles:
        each_week += sum(work.blocks * (role.headcount if work.per_person else 1) for work in role.background)
    recorded = len(plan.recorded_ms) if plan.recorded_ms is not None else 0
    return recorded + each_week * weeks + sum(_cases_from(source, plan.horizon_ms) for source in plan.sources)


def _cases_from(source: PlanSource, horizon_ms: int) -> float:
    mean = source.interarrival.mean
    most = horizon_ms / mean if mean > 0.0 else float(source.count)
    return min(most, float(source.count)) if source.count >= 0 else most
