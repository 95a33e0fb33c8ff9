"""What is published and what arithmetic expects, held against runs: `python -m experiments.pages.validation`.

Reads `configs/validation.yaml`, runs the base company for some minutes and writes `docs/validation.md`.
"""

from __future__ import annotations

from math import isfinite

import numpy as np
import yaml
from numpy.typing import NDArray
from pydantic import Field

from experiments.answers.both_ways import ALL, Hours, both_ways
from experiments.answers.results import Results
from experiments.composing.compose import Composed, composed
from experiments.composing.config_root import config_root
from experiments.running.points import run_points
from sim.analysis.intervals import Interval, mean_interval
from sim.analysis.pooled import Cohort, Pooled, bootstrap_interval, cohorts_of, share_of
from sim.analysis.summary import QUANTILES
from sim.analysis.totals import of_totals, ratio_of
from sim.load import offered_load
from sim.planning import plan_of
from sim.scenario.part import Part

ALLOWED = 0.05
"""A larger difference between expected and simulated hours is to be explained."""


class Line(Part):
    """A published figure and the measures to hold against it."""

    what: str
    published: tuple[float, float] = Field(strict=False)
    """Range."""
    source: str
    sum: list[str]
    over: list[str] = Field(default_factory=list)
    times: float = 1.0
    unit: str = ""
    patient_within_h: float | None = None
    """If given, `sum` names a stage, and the figure is the share that would be through by then if nobody left."""
    set: str | None = None
    """The input that sets it; None: it comes out of others."""
    because: str | None = None
    """Why it lies outside, if it does."""


class Figures(Part):
    """Published figures, and the runs to hold against them."""

    runs: list[str]
    lines: list[Line]


class Work(Part):
    """Hours a year that arithmetic expects of a role."""

    role: str
    work: list[str] | None = None
    """Activities; None: all the role does, hand-offs and set-up included."""
    arithmetic_h: float
    because: str | None = None
    """Why runs differ from the load check by more than `ALLOWED`, if they do."""


class Loads(Part):
    """Hours that arithmetic expects, by design, and the runs to hold against them."""

    runs: list[str]
    designs: dict[str, list[Work]]


class Validation(Part):
    """The whole of `configs/validation.yaml`."""

    figures: Figures
    loads: Loads


def read() -> Validation:
    """Give what is to be held against runs."""
    return Validation.model_validate(yaml.safe_load((config_root() / "validation.yaml").read_text("utf-8")))


def figure(line: Line, results: Results) -> Interval:
    """Give what runs say of a published figure.

    Raises
    ------
    KeyError
        If there is no such measure.
    """
    (values,) = results.values().values()
    stage, _, ending = line.sum[0].rpartition(".")
    if line.patient_within_h is not None:
        return mean_interval(_patient(_cohort(results, line.sum[0]), line.patient_within_h))
    if ending in QUANTILES:
        value, resamples = Pooled(_cohort(results, stage)).quantile(*QUANTILES[ending])
        return bootstrap_interval(line.times * value, line.times * resamples, len(values[line.sum[0]]))
    whole = np.sum([values[kpi] for kpi in line.sum], axis=0)
    if not line.over:
        return mean_interval(line.times * whole)
    over = np.sum([values[kpi] for kpi in line.over], axis=0)
    return of_totals([whole, over], ratio_of("whole", "over", line.times)).interval()


def _cohort(results: Results, stage: str) -> Cohort:
    design, replications = results.rows[0][0], sorted({row[1] for row in results.rows})
    return cohorts_of(results.cohorts, {design: replications})[design, stage]


def _patient(cohort: Cohort, hours: float) -> NDArray[np.float64]:
    """Give the share that would reach a milestone in time if nobody left before, by replication (Kaplan and Meier)."""
    reached, missed, open_ = (cohort.counts[:, fate] for fate in range(3))
    share = share_of(np.stack((reached, np.zeros_like(missed), missed + open_), axis=1))
    return np.asarray(share[:, np.searchsorted(cohort.hours, hours, side="right") - 1])


def verdict(found: Interval, published: tuple[float, float]) -> str:
    """Say where an interval lies: inside a range, or overlapping it, or below or above."""
    low, high = published
    if found.high < low:
        return "below"
    if found.low > high:
        return "above"
    return "inside" if low <= found.low and found.high <= high else "overlaps"


def hours_of(line: Work, hours: list[Hours]) -> tuple[float, float, float]:
    """Give hours expected by the load check, expected for the cases that began, and simulated."""
    wanted = {ALL} if line.work is None else {*line.work}
    mine = [h for h in hours if h.role == line.role and h.activity in wanted]
    if len(mine) != len(wanted):
        raise KeyError(f"{line.role} does not do all of {sorted(wanted)}")
    return sum(h.expected_h for h in mine), sum(h.of_cases_h for h in mine), sum(h.simulated_h for h in mine)


def main() -> None:
    """Run, and write the page."""
    whole = read()
    figures, loads = whole.figures, whole.loads
    _, results = _run(figures.runs)
    page = [_HEAD.format(runs=" ".join(figures.runs))]
    page += [_figure_row(line, figure(line, results)) for line in figures.lines]
    page += ["", *(f"- **{line.what}**: {line.because}" for line in figures.lines if line.because)]
    page.append(_LOADS.format(runs=" ".join(loads.runs)))
    for design, lines in loads.designs.items():
        c, results = _run([f"org={design}", *loads.runs])
        plan, (kpis,) = plan_of(c.scenario), results.means().values()
        hours = both_ways(plan, offered_load(plan), kpis)
        page.append(_DESIGN.format(design=design))
        page += [_load_row(line, *hours_of(line, hours)) for line in lines]
        explained = [(line, line.because) for line in lines if line.because]
        page += ["", *(f"- **{_named(line)}** ({line.role}): {because}" for line, because in explained), ""]
    (config_root().parent / "docs" / "validation.md").write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")


def _run(overrides: list[str]) -> tuple[Composed, Results]:
    c = composed([*overrides, "workers=2"])
    return c, run_points({"it": c.scenario}, c.question, title=" ".join(overrides[:1]))


def _figure_row(line: Line, found: Interval) -> str:
    low, high = line.published
    percent = not line.unit and high <= 1.1
    form = (lambda x: f"{100 * x:.0f} %") if percent else (lambda x: f"{x:.3g}")
    simulated = f"{form(found.mean)} ({form(found.low)} to {form(found.high)})" if isfinite(found.low) else "-"
    origin = f"set: {line.set}" if line.set else "came out"
    unit = f" {line.unit}" if line.unit else ""
    return (
        f"| {line.what} | {form(low)} to {form(high)}{unit} | {simulated} | {verdict(found, line.published)} "
        f"| {origin} | {line.source} |"
    )


def _named(line: Work) -> str:
    return "all" if line.work is None else ", ".join(line.work)


def _load_row(line: Work, expected: float, of_cases: float, simulated: float) -> str:
    off = simulated / of_cases - 1.0
    mark = " **" if abs(off) > ALLOWED else ""
    numbers = f"{line.arithmetic_h:,.0f} | {expected:,.0f} | {of_cases:,.0f} | {simulated:,.0f}"
    return f"| {line.role} | {_named(line)} | {numbers} | {100 * off:+.1f} %{mark} |"


_HEAD = """# Validation

What is published, held against runs of the base company; then hours that arithmetic expects, held against runs. Written
by `make validation`, which runs for some minutes; the explanations are in `configs/validation.yaml`.

## Published figures

`{runs}`, started from the base's customers. *Set*: an input fixes it, so agreement is no evidence. *Came out*: nothing
was tuned to it. Verdict: whether the 95 % interval of the simulated mean lies inside the published range, overlaps it,
or lies below or above.

| figure | published | simulated | verdict | origin | source |
|---|---|---|---|---|---|"""

_LOADS = """
## Hours by role and activity

*Arithmetic*: expected values by hand, without recurrence, escalation, hand-offs, set-up and queues. *Load check*:
`orgsim check`, which has all these but queues. *Of these cases*: the load check, scaled journey by journey to the cases
that began in the runs, since customers come and go. *Off*: runs against that; what is off by more than 5 % is marked **
and explained below. Runs: `{runs}`.
"""

_DESIGN = """### {design}

| role | work | arithmetic, h a year | load check | of these cases | simulated | off |
|---|---|---|---|---|---|---|"""


if __name__ == "__main__":
    main()
