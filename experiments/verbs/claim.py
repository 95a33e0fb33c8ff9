"""`orgsim claim NAME`: put one claim to the test, where it should hold and where it should fail."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite
from typing import Any

import numpy as np

from experiments.answers.folder import folder, say, target, write_config, write_json, write_results
from experiments.answers.number import interval_text
from experiments.answers.provenance import provenance
from experiments.answers.results import Results
from experiments.composing.choices import choices
from experiments.composing.claim_file import GROUP, claim_file
from experiments.composing.claims import asked_alike, claim_named, claim_of, composed_arms
from experiments.composing.compose import Composed
from experiments.running.points import run_points
from experiments.specs.claim import Claim
from sim.analysis.contrast import Term, contrast, mean_of
from sim.analysis.intervals import Interval
from sim.analysis.totals import Jackknife, of_totals
from sim.kpis.totals import totals

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
    name, rest = claim_named(overrides, config_dir)
    claim = claim_of(name, rest, config_dir)
    points = points_of(name, claim, rest, config_dir)
    first = next(iter(points.values()))
    q = first.question
    data = {**first.data, "org": None, "points": {point: c.data["org"] for point, c in points.items()}}
    origin = provenance("claim", overrides, config_dir, data, seed=q.seed, replications=q.replications)
    path = target(q.out, "claim", f"{name}-{origin['config']}")
    with folder(path) as part:
        results = run_points({point: c.scenario for point, c in points.items()}, q, title=f"claim {name}")
        found = {str(label): judged(claim, label, results) for label in claim.scenarios}
        write_results(results, part)
        write_config(data, part, config_dir)
        answer = {"asked": claim_file(name, config_dir), "claim": claim.model_dump(), "found": _plain(found)}
        write_json({**answer, "provenance": origin}, part / "summary.json")
    _tell(name, claim, found, results)
    say(f"\nwritten: {path}")


def points_of(
    name: str, claim: Claim, overrides: list[str], config_dir: str | None = None, scenarios: Iterable[str] | None = None
) -> dict[str, Composed]:
    """Compose every arm of a claim in some of its scenarios, by default in all; by ``SCENARIO: ARM``.

    Raises
    ------
    Complaint
        If an arm cannot be used, has no such measure, or is asked in another way than the others.
    """
    found: dict[str, Composed] = {}
    for label in claim.scenarios if scenarios is None else scenarios:
        circumstances = claim.scenarios[label].overrides  # type: ignore[index]
        for arm, c in composed_arms(name, claim, overrides, circumstances, config_dir).items():
            asked_alike(f"claim.arms.{arm}", c, next(iter(found.values()), c))
            found[_named(label, arm)] = c
    return found


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
    """
    values = results.values()
    terms, told = [], []
    for term in claim.contrast:
        measure = claim.measure_of(term)
        found = _measured(values[_named(scenario, term.arm)], measure)
        terms.append(Term(term.times, found))
        told.append((term.arm, measure, term.times, found.interval()))
    interval = contrast(terms)
    return Found(interval, _verdict(interval, claim.minimum), told)


def _measured(values: dict[str, list[float]], measure: str) -> Jackknife:
    of = totals(values).get(measure)
    if of is None:
        return mean_of(np.array(values[measure]))
    return of_totals([np.array(values[part]) for part in of.parts], of)


def _says(name: str, config_dir: str | None) -> str:
    claim = claim_file(name, config_dir).get("claim")
    return str(claim.get("says")) if isinstance(claim, dict) and "says" in claim else "says no claim"


def _verdict(found: Interval, minimum: float) -> str:
    if isfinite(found.low) and found.low >= minimum:
        return HOLDS
    return FAILS if isfinite(found.high) and found.high < minimum else UNDECIDED


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
            say(f"  {times:+g} x {arm:24}{interval_text(interval):>36}  {measure}, {unit[measure]}")
        say(f"  contrast{'':23}{interval_text(one.contrast):>36}  -> {one.verdict}")
    say("\n95 % intervals over paired replications: luck only. The assumptions behind the numbers are not varied.")
