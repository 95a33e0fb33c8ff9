"""`orgsim claim NAME`: put one claim to the test, where it should hold and where it should fail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from experiments.choices import choices
from experiments.claim_spec import Claim
from experiments.complaint import Complaint
from experiments.compose import Composed, composed
from experiments.config_root import config_root
from experiments.folder import folder, provenance, say, target, write_config, write_json, write_results
from experiments.runner import Job, Results, run_jobs
from sim.analysis.contrast import Term, contrast, mean_of
from sim.analysis.intervals import Interval
from sim.analysis.totals import Jackknife, of_totals
from sim.kpis.totals import totals
from sim.scenario.problems import nearest

GROUP = "experiment/claims"
HOLDS, FAILS, UNDECIDED = "holds", "fails", "undecided"


@dataclass(frozen=True)
class Found:
    """What a scenario says of a claim.

    Attributes
    ----------
    contrast : Interval
        In the unit of the claim's measure.
    verdict : str
        `HOLDS` if the interval lies at or above the least that matters, `FAILS` if it lies below, else `UNDECIDED`.
    terms : list of (str, str, float, Interval)
        Arm, measure, weight and its value.
    """

    contrast: Interval
    verdict: str
    terms: list[tuple[str, str, float, Interval]]


def main(overrides: list[str], config_dir: str | None) -> None:
    """Run all arms of a claim in all its scenarios, print the verdicts, write the folder; without a name list claims.

    Parameters
    ----------
    overrides : list of str
        The name of a claim, then as on the command line; they go into every arm.
    config_dir : str or None
        A user's own configs.
    """
    known = choices(GROUP, config_dir)
    if not overrides:
        for name in known:
            say(f"{name:24}{_says(name, config_dir)}")
        return
    name, *rest = overrides
    if name not in known:
        raise Complaint.about("claim", f"no such claim{nearest(name, known)}", repr(name))
    claim = claim_of(name, rest, config_dir)
    points = points_of(name, claim, rest, config_dir)
    first = next(iter(points.values()))
    q = first.question
    data = {**first.data, "org": None, "points": {point: c.data["org"] for point, c in points.items()}}
    origin = {**provenance(["claim", *overrides], data), "seed": q.seed, "replications": q.replications}
    path = target(q.out, "claim", f"{name}-{origin['config']}")
    with folder(path) as part:
        results = run_points(points, title=f"claim {name}")
        found = {str(label): judged(claim, label, results) for label in claim.scenarios}
        write_results(results, part)
        write_config(data, part / "config.yaml")
        write_json({"claim": claim.model_dump(), "found": _plain(found), "provenance": origin}, part / "summary.json")
    _tell(name, claim, found, results)
    say(f"\nwritten: {path}")


def points_of(
    name: str, claim: Claim, overrides: list[str], config_dir: str | None = None, scenarios: Iterable[str] | None = None
) -> dict[str, Composed]:
    """Compose every arm of a claim in some of its scenarios, by default in all; by ``SCENARIO: ARM``."""
    return {
        _named(label, arm): _composed(name, [*claim.scenarios[label].overrides, *own, *overrides], config_dir)  # type: ignore[index]
        for label in (claim.scenarios if scenarios is None else scenarios)
        for arm, own in claim.arms.items()
    }


def run_points(points: dict[str, Composed], *, title: str) -> Results:
    """Run all replications of all points on the same customers."""
    q = next(iter(points.values())).question
    jobs = [Job(p, c.scenario, q.seed, r, q.engine) for r in range(q.replications) for p, c in points.items()]
    return run_jobs(jobs, q.workers, title=title).ordered(list(points))


def claim_of(name: str, overrides: list[str], config_dir: str | None = None) -> Claim:
    """Give the claim of a config.

    Raises
    ------
    Complaint
        If the config says no claim, or cannot be used.
    """
    claim = _composed(name, overrides, config_dir).question.claim
    if claim is None:
        raise Complaint.about("claim", "the experiment says no claim", repr(name))
    return claim


def judged(claim: Claim, scenario: str, results: Results) -> Found:
    """Judge a claim by the results of one of its scenarios.

    Parameters
    ----------
    claim : Claim
        What is claimed.
    scenario : str
        Its name.
    results : Results
        Rows of the designs ``SCENARIO: ARM``.

    Returns
    -------
    Found

    Raises
    ------
    Complaint
        If an arm has no such measure.
    """
    values = results.values()
    terms, told = [], []
    for i, term in enumerate(claim.contrast):
        measure, at = term.measure or claim.measure, f"claim.contrast.{i}"
        found = _measured(values[_named(scenario, term.arm)], measure, at)
        terms.append(Term(term.times, found))
        told.append((term.arm, measure, term.times, found.interval()))
    interval = contrast(terms)
    return Found(interval, _verdict(interval, claim.minimum), told)


def _measured(values: dict[str, list[float]], measure: str, at: str) -> Jackknife:
    if measure not in values:
        raise Complaint.about(at, f"the design has no such measure{nearest(measure, values)}", repr(measure))
    of = totals(values).get(measure)
    if of is None:
        return mean_of(np.array(values[measure]))
    return of_totals([np.array(values[part]) for part in of.parts], of)


def _says(name: str, config_dir: str | None) -> str:
    """Read what a claim says, without composing the company it is about."""
    import yaml

    for root in (*([Path(config_dir)] if config_dir else []), config_root()):
        file = root / GROUP / f"{name}.yaml"
        if file.is_file():
            claim = (yaml.safe_load(file.read_text(encoding="utf-8")) or {}).get("claim") or {}
            return str(claim.get("says", "says no claim"))
    return ""


def _verdict(found: Interval, minimum: float) -> str:
    if isfinite(found.low) and found.low >= minimum:
        return HOLDS
    return FAILS if isfinite(found.high) and found.high < minimum else UNDECIDED


def _composed(name: str, overrides: list[str], config_dir: str | None) -> Composed:
    return composed([f"+experiment=claims/{name}", *overrides], config_dir=config_dir)


def _named(scenario: str, arm: str) -> str:
    return f"{scenario}: {arm}"


def _plain(found: dict[str, Found]) -> dict[str, Any]:
    return {
        label: {
            "verdict": one.verdict,
            "contrast": one.contrast.plain(),
            "terms": [{"arm": arm, "measure": m, "times": w, **i.plain()} for arm, m, w, i in one.terms],
        }
        for label, one in found.items()
    }


def _tell(name: str, claim: Claim, found: dict[str, Found], results: Results) -> None:
    unit = {kpi: unit for _, _, kpi, _, unit in results.rows}
    say(f"{name}: {claim.says}")
    say(f"It holds if the contrast is at least {claim.minimum:g} {unit[claim.measure]}: {claim.minimum_because}.")
    for label, one in found.items():
        say(f"\nwhere it should {label.removesuffix('s')}: {claim.scenarios[label].because}")  # type: ignore[index]
        for arm, measure, times, interval in one.terms:
            say(f"  {times:+g} x {arm:24}{interval.text(',.4g'):>34}  {measure}, {unit[measure]}")
        say(f"  contrast{'':23}{one.contrast.text(',.4g'):>34}  -> {one.verdict}")
    say("\n95 % intervals over paired replications: luck only. The assumptions behind the numbers are not varied.")
