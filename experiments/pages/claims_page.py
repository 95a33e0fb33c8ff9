"""The page of claims: `python -m experiments.pages.claims_page` runs those without an answer, and writes it.

Answers are kept in `results/claims/NAME`, the ledger in `results/claims/ledger`. One to another contrast or other
circumstances is run again; after a change of the company itself, remove them.
"""

from __future__ import annotations

import json
import shutil
from math import nan
from pathlib import Path
from typing import Any

from experiments.composing.choices import choices
from experiments.composing.claim_file import GROUP, beside, claim_file
from experiments.composing.config_root import config_root
from experiments.pages.ledger import ledger
from experiments.verbs.claim import main as run_claim
from sim.analysis.intervals import Interval

KEPT = Path("results/claims")

PAGE = """# Claims

Each claim of the argument for the separated sales role, as one contrast of one primary measure and the least
difference that matters; they are in `configs/experiment/claims/`. First what becomes of each when all assumptions
vary at once; then, for each, circumstances where it should hold and where it should fail. `make claims` runs all of
it and writes this page.
"""

TWO = """## Where each holds and where it fails

`orgsim claim NAME` runs one of these. In two sets of circumstances a verdict is *holds* if the whole 95 % interval
reaches the least that matters, *fails* if the whole interval is below it, else *undecided*. That shows that the model
can say either, and what it hangs on; the verdict on the claim is the ledger's.
"""


def main() -> None:
    """Run what is missing, and write the page."""
    sections, unmet, known = [], [], 0
    for name in choices(GROUP):
        summary = kept(KEPT / name)
        if summary.get("asked") != claim_file(name):
            shutil.rmtree(KEPT / name, ignore_errors=True)
            run_claim([name, "workers=2", f"out={KEPT / name}"], None)
            summary = kept(KEPT / name)
        sections.append(section(name, summary))
        known += len(summary["found"])
        unmet += [
            f"`{name}` {one['verdict']} where it {label}"
            for label, one in summary["found"].items()
            if one["verdict"] != label
        ]
    told = "all of them come out as they should." if not unmet else "not as they should: " + "; ".join(unmet) + "."
    docs = config_root().parent / "docs"
    page = "\n".join([PAGE, ledger(docs), TWO, f"There are {known} sets of circumstances; {told}\n", *sections])
    (docs / "claims.md").write_text(page, encoding="utf-8")


def kept(folder: Path) -> dict[str, Any]:
    """Read the answer in a folder; nothing if there is none."""
    file = folder / "summary.json"
    return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}


def section(name: str, summary: dict[str, Any]) -> str:
    """Give what a claim's answer says, as Markdown."""
    claim, found = summary["claim"], summary["found"]
    terms = " ".join(f"{t['times']:+g} x {t['arm']} (`{t['measure'] or claim['measure']}`)" for t in claim["contrast"])
    lines = [
        f"### `{name}`",
        "",
        claim["says"],
        "",
        f"- every arm has: `{' '.join(beside(summary['asked']))}`",
        f"- contrast: {terms}",
        f"- least that matters: {claim['minimum']:g}, since {claim['minimum_because']}",
        *(f"- {arm}: `{' '.join(overrides)}`" for arm, overrides in claim["arms"].items()),
        "",
        "| should | circumstances | arms | contrast | verdict |",
        "|---|---|---|---|---|",
    ]
    for scenario, one in found.items():
        told = claim["scenarios"][scenario]
        changed = f" (`{' '.join(told['overrides'])}`)" if told["overrides"] else ""
        arms = ", ".join(f"{t['arm']} {_found({'mean': t['mean']})}" for t in one["terms"])
        cells = (scenario, f"{told['because']}{changed}", arms, _found(one["contrast"]), one["verdict"])
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])


def _found(plain: dict[str, float | None]) -> str:
    mean, low, high = (nan if (v := plain.get(key)) is None else v for key in ("mean", "low", "high"))
    return Interval(mean, low, high, 0).text(",.4g")


if __name__ == "__main__":
    main()
