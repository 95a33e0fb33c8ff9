"""The ledger of claims on a page: what became of each over all assumptions at once."""

from __future__ import annotations

import json
import shutil
from math import nan
from pathlib import Path
from typing import Any

from experiments.answers.number import interval_text
from experiments.verbs.claims import main as run_claims
from sim.analysis.intervals import Interval

KEPT = Path("results/claims/ledger")
PICTURE = "claims_ledger.svg"
MOST_DRIVERS = 3
"""Assumptions that are told of each claim; all are in the folder."""
WORDS = {"supported": "**supported**", "refuted": "**refuted**", "depends": "depends"}

TEXT = """## The ledger

Every claim over all assumptions at once: {points} points spread over the ranges of all assumptions that bear on it
(`docs/assumptions.md`), the same points for all that is compared, {replications} replications each, the same
customers with the same luck. A claim is supported if its contrast exceeds the least that matters at 80 % of the
points or more, refuted if at 20 % or less; between them it depends on the assumptions. One primary measure and one
least difference per claim, fixed in its file before any of this was run. Designs are staffed as at the base at every
point.

    {command}

| claim | verdict | share of points | contrast at the base | least that matters | p, Holm | hangs most on |
|---|---|---|---|---|---|---|
{rows}

\\*: more replications could change the verdict, as too many points have an interval that holds the least that
matters. Share of points with its Wilson interval, those at which the contrast is not defined counted as not
exceeding: it says how far the claim hangs on the assumptions, not how probable it is. p: that the contrast where all
assumptions have their defaults is the least that matters, adjusted for {claims} claims. Hangs most on: + where more
of it makes the claim hold, - where less does; only what is told apart from chance.

![Contrasts of each claim over the points](claims_ledger.svg)
"""


def ledger(docs: Path) -> str:
    """Give the section, of runs that are kept or made now, and put its picture beside the page.

    Parameters
    ----------
    docs : Path
        Folder of the page.
    """
    file = KEPT / "summary.json"
    if not file.is_file():
        run_claims(["workers=2", f"out={KEPT}"], None)
    summary = json.loads(file.read_text(encoding="utf-8"))
    shutil.copyfile(KEPT / "figures" / "ledger.svg", docs / PICTURE)
    claims, origin = summary["claims"], summary["provenance"]
    return TEXT.format(
        points=origin["points"],
        replications=origin["replications"],
        command="orgsim claims workers=2",
        claims=len(claims),
        rows="\n".join(_row(name, one) for name, one in claims.items()),
    )


def _row(name: str, one: dict[str, Any]) -> str:
    share, base = one["share"], _interval(one["base"])
    undefined = f"; not defined at {one['undefined']} points" if one["undefined"] else ""
    unsure = "" if one["steady"] else " \\*"
    told = [f"{'+' if d['effect'] > 0 else '-'}`{d['assumption']}`" for d in one["drivers"][:MOST_DRIVERS]]
    cells = (
        f"[`{name}`](#{name})",
        WORDS[one["verdict"]] + unsure,
        f"{share['mean']:.1%} ({share['low']:.0%} to {share['high']:.0%}){undefined}",
        interval_text(base),
        f"{one['minimum']:g}" + ("" if one["unit"] == "1" else f" {one['unit']}"),
        "" if one["adjusted_p"] is None else f"{one['adjusted_p']:.2g}",
        ", ".join(told) or "none is told",
    )
    return f"| {' | '.join(cells)} |"


def _interval(plain: dict[str, float | None]) -> Interval:
    mean, low, high = (nan if (v := plain.get(key)) is None else v for key in ("mean", "low", "high"))
    return Interval(mean, low, high, 0)
