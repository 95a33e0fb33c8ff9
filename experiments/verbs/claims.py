"""`orgsim claims`: every claim over all assumptions at once: the ledger."""

from __future__ import annotations

from typing import Any

from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.number import interval_text
from experiments.answers.provenance import asked_only, provenance
from experiments.answers.verdicts import Tried
from experiments.complaint import Rehearsed
from experiments.composing.choices import choices
from experiments.composing.claim_file import GROUP
from experiments.composing.claims import arms_of
from experiments.composing.compose import Composed
from experiments.composing.designs import about_one_design
from experiments.report.claims_tried import claims_document
from experiments.report.document import write_document
from experiments.running.rehearsal import together
from experiments.specs.claim import Claim
from experiments.verbs.verdict import over_all_assumptions
from sim.analysis.holm import holm_adjusted

WORDS = {"supported": "supported", "refuted": "refuted", "depends": "depends"}


def main(overrides: list[str], config_dir: str | None) -> None:
    """Hold every claim against an ensemble of assumptions, print the ledger, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every arm of every claim.
    config_dir : str or None
        A user's own configs, whose claims are tried as well.
    """
    about_one_design(overrides)
    # All of them first: a mistake in the last is told before the first is run.
    asked = {name: arms_of(name, overrides, config_dir) for name in choices(GROUP, config_dir)}
    data = {name: _config(claim, arms) for name, (claim, arms) in asked.items()}
    q = next(iter(next(iter(asked.values()))[1].values())).question
    e = q.verdict
    hashed = {"backend": q.backend, **{name: asked_only(one) for name, one in data.items()}}
    more = {**e.model_dump(exclude={"seed"}), "points_seed": e.seed}
    origin = provenance("claims", overrides, config_dir, hashed, seed=q.seed, **more)
    path = target(q.out, "claims", str(origin["config"]))
    with folder(path) as part:
        found = _all(asked, config_dir)
        adjusted = holm_adjusted([one.p for one in found.values()]).tolist()
        plain = {name: one.plain(p) for (name, one), p in zip(found.items(), adjusted, strict=True)}
        write_config(data, part, config_dir)
        write_json({"claims": plain, "provenance": origin}, part / "summary.json")
        document = claims_document(found, dict(zip(found, adjusted, strict=True)), origin, "The ledger of claims")
        write_document(document, part)
    _tell(found, adjusted)
    say(f"\nreport: {path / 'report.html'}")


def _all(asked: dict[str, tuple[Claim, dict[str, Composed]]], config_dir: str | None) -> dict[str, Tried]:
    found: dict[str, Tried] = {}
    rehearsed: dict[str, Rehearsed] = {}
    for name, (claim, arms) in asked.items():
        try:
            found[name] = over_all_assumptions(name, claim, arms, config_dir)
        except Rehearsed as told:
            rehearsed[name] = told
    if rehearsed:
        raise together(rehearsed)
    return found


def _config(claim: Claim, arms: dict[str, Composed]) -> dict[str, Any]:
    first = next(iter(arms.values())).data
    return {**first, "org": None, "claim": claim.model_dump(), "arms": {arm: c.data["org"] for arm, c in arms.items()}}


def _tell(found: dict[str, Tried], adjusted: list[float]) -> None:
    heads = f"{'claim':22}{'verdict':12}{'share of points':>24}  {'at the base':>36}"
    say(f"{heads}  {'least that matters':<32}{'p, Holm':>8}")
    for (name, one), p in zip(found.items(), adjusted, strict=True):
        v = one.verdict
        share = f"{v.share.mean:.1%} ({v.share.low:.0%} to {v.share.high:.0%})"
        least = f"{one.claim.minimum:g} {one.unit}"
        word = WORDS[v.verdict] + ("" if v.steady else " *")
        say(f"{name[:21]:22}{word:12}{share:>24}  {interval_text(one.base):>36}  {least:<32}{p:>8.2g}")
    say("\nSupported from 80 % of the points on, refuted up to 20 %; *: luck could still decide it.")
    say("p: that the contrast at the base is the least that matters, adjusted for the number of claims.")
    for name, one in found.items():
        if one.undefined:
            say(f"{name}: not defined at {one.undefined} points, which do not exceed the least that matters")
        if one.drivers:
            told = ", ".join(f"{'+' if d.effect > 0 else '-'}{driver}" for driver, d in one.drivers[:3])
            say(f"{name}: depends most on {told}")
