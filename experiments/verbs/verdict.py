"""`orgsim verdict NAME`: one claim over all assumptions at once: supported, refuted, or what it depends on."""

from __future__ import annotations

from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.number import interval_text
from experiments.answers.provenance import provenance
from experiments.answers.verdicts import Tried, tried
from experiments.complaint import Rehearsed
from experiments.composing.claims import arms_of, claim_named
from experiments.composing.compose import Composed
from experiments.question import Question
from experiments.report.claims_tried import claims_document
from experiments.report.document import write_document
from experiments.running.points import cube
from experiments.running.rehearsal import together
from experiments.sampling.ensemble import Arms, EnsemblePoints, positions
from experiments.specs.claim import Claim

MOST_DRIVERS = 8
"""Assumptions that are printed; all are in the folder."""


def main(overrides: list[str], config_dir: str | None) -> None:
    """Hold a claim against an ensemble of assumptions, print the verdict, write the folder.

    Parameters
    ----------
    overrides : list of str
        The name of a claim, then as on the command line; they go into every arm.
    config_dir : str or None
        A user's own configs.
    """
    name, rest = claim_named(overrides, config_dir)
    claim, arms = arms_of(name, rest, config_dir)
    first = next(iter(arms.values()))
    q, data = first.question, {**first.data, "org": None, "arms": {arm: c.data["org"] for arm, c in arms.items()}}
    e = q.verdict
    more = {**e.model_dump(exclude={"seed"}), "points_seed": e.seed}
    origin = provenance("verdict", overrides, config_dir, data, seed=q.seed, **more)
    path = target(q.out, "verdict", f"{name}-{origin['config']}")
    with folder(path) as part:
        found = over_all_assumptions(name, claim, arms, config_dir)
        write_config(data, part, config_dir)
        write_json({"claim": claim.model_dump(), **found.plain(found.p), "provenance": origin}, part / "summary.json")
        write_document(claims_document({name: found}, {name: found.p}, origin, claim.says), part)
    tell(found, q)
    say(f"\nreport: {path / 'report.html'}")


def over_all_assumptions(name: str, claim: Claim, arms: dict[str, Composed], config_dir: str | None) -> Tried:
    """Run all arms of a claim at the base and at all points of the ensemble; judge what comes out."""
    q = next(iter(arms.values())).question
    asked, measures = Arms(arms, config_dir), claim.measures()
    where = positions(asked, q.verdict.points, q.verdict.seed)
    parts = {
        f"{name}, base": (EnsemblePoints(asked, None), q.verdict.at_base),
        name: (EnsemblePoints(asked, where), q.verdict.replications),
    }
    found, rehearsed = [], {}
    for title, (points, replications) in parts.items():
        try:
            found.append(cube(points, q, measures, title=title, replications=replications))
        except Rehearsed as told:
            rehearsed[title] = told
    if rehearsed:
        raise together(rehearsed)
    at_base, over = found
    return tried(name, claim, at_base, over, where, [one.name for one in asked.assumptions])


def tell(found: Tried, question: Question) -> None:
    """Print a verdict and what it rests on."""
    claim, v, e = found.claim, found.verdict, question.verdict
    say(f"{found.name}: {claim.says}")
    say(f"It counts where the contrast exceeds {claim.minimum:g} {found.unit}: {claim.minimum_because}.")
    share = f"{v.share.mean:.1%} ({v.share.low:.0%} to {v.share.high:.0%})"
    said = {"supported": "supported", "refuted": "refuted", "depends": "depends on the assumptions"}[v.verdict]
    say(f"\nverdict: {said}")
    say(f"  it exceeds that at {share} of {e.points} points of {found.assumptions} assumptions at once")
    say("  supported from 80 % on, refuted up to 20 %")
    if found.undefined:
        say(f"  at {found.undefined} points the contrast is not defined: they do not exceed it")
    if not v.steady:
        say(f"  not steady: at {v.unsure_share:.0%} of the points luck could decide; verdict.replications=N takes more")
    if not v.enough_points:
        say("  fewer than 64 points: a trial run, no verdict to be quoted")
    say(f"  with all assumptions at their defaults: {interval_text(found.base)} {found.unit}, {e.at_base} replications")
    if not found.drivers:
        say("  no assumption is told to move it more than the others")
    for name, driver in found.drivers[:MOST_DRIVERS]:
        say(f"  {'+' if driver.effect > 0 else '-'} {abs(driver.effect):.2f}  {name}")
