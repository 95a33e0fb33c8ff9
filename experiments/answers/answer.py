"""From the rows of replications to what can be said of designs."""

from __future__ import annotations

from typing import Any

from experiments.answers.results import Results


def summary_of(results: Results, designs: list[str]) -> dict[str, Any]:
    """Give means, intervals and paired differences, and which numbers inside drift.

    Parameters
    ----------
    results : Results
        Of all replications.
    designs : list of str
        In the order of the answer; differences are to the first.

    Returns
    -------
    dict
        As `sim.analysis.summarize` gives it: quantiles of durations are those of all replications together, ratios
        are of totals. Besides ``"drift": {DESIGN: {NAME: {level, change, low, high, drifts}}}`` and
        ``"unsteady": {DESIGN: [KPI, ...]}``, the lead times that rest on a number that drifts.
    """
    from sim.analysis import drifts, summarize
    from sim.analysis.drift import number_behind
    from sim.kpis.totals import totals

    known = totals({row[2] for row in results.rows})
    summary = summarize(results.rows, designs=designs, cohorts=results.cohorts, totals=known)
    drift = drifts(results.rows)
    unsteady = {
        design: [kpi for kpi in cells if drift.get(design, {}).get(number_behind(kpi) or "", {}).get("drifts", False)]
        for design, cells in summary["designs"].items()
    }
    return {**summary, "drift": drift, "unsteady": unsteady}
