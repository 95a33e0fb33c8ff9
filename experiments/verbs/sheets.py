"""`orgsim sheets`: the reporting sheets STRESS-DES and ODD of a question, filled from its config; runs nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.provenance import provenance
from experiments.composing.compose import Composed, composed
from experiments.composing.designs import composed_designs
from experiments.report.document import Document, write_document
from experiments.report.origin import footer
from experiments.report.sheets import odd, stress_des
from experiments.report.sheets.experiment import counted
from experiments.report.sheets.item import Item, sheet
from experiments.report.sheets.numbers import numbers_of
from experiments.report.sheets.subject import Subject

FILES = {"stress_des.md": stress_des, "odd.md": odd}


def main(overrides: list[str], config_dir: str | None) -> None:
    """Write both sheets as Markdown, and as one page.

    Parameters
    ----------
    overrides : list of str
        As on the command line; with ``designs=[...]`` about several designs, else about one.
    config_dir : str or None
        A user's own configs.
    """
    designs = _designs(overrides, config_dir)
    data, q = _config(designs), next(iter(designs.values())).question
    origin = provenance("sheets", overrides, config_dir, data, seed=q.seed, replications=q.replications)
    subject = Subject(designs, tuple(overrides), numbers_of(designs, overrides, config_dir), origin)
    items = {stress_des: stress_des.stress_des(subject), odd: odd.odd(subject)}
    path = target(q.out, "sheets", str(origin["config"]))
    with folder(path) as part:
        for name, guideline in FILES.items():
            _write_sheet(part / name, guideline, items[guideline], subject)
        write_config(data, part, config_dir)
        write_json({"designs": subject.names, "provenance": origin}, part / "summary.json")
        write_document(_document(items, subject), part)
    for name, guideline in FILES.items():
        say(f"{guideline.GUIDELINE}: {len(items[guideline])} items, {path / name}")
    say(counted(subject))
    say(f"\nreport: {path / 'report.html'}")


def _designs(overrides: list[str], config_dir: str | None) -> dict[str, Composed]:
    if any(o.lstrip("+").startswith("designs=") for o in overrides):
        return composed_designs(overrides, config_dir)
    c = composed(overrides, config_dir=config_dir)
    return {c.scenario.org.name: c}


def _config(designs: dict[str, Composed]) -> dict[str, Any]:
    """Give the resolved config: what is common once, and each design's own part."""
    common = next(iter(designs.values())).data
    if len(designs) == 1:
        return common
    return {**common, "designs": list(designs), "org": {name: c.data["org"] for name, c in designs.items()}}


def _about(guideline: Any, subject: Subject) -> list[str]:
    return [
        f"The items are those of {guideline.SOURCE}. What is said of designs, work, numbers, runs and versions is read "
        "from the config and from the sources; nothing was run for it.",
        f"Config {subject.origin['config']}, orgsim {subject.origin['orgsim']}, model {subject.origin['model'][:12]}.",
    ]


def _write_sheet(path: Path, guideline: Any, items: list[Item], subject: Subject) -> None:
    title = f"{guideline.GUIDELINE}: {', '.join(subject.names)}"
    path.write_text(sheet(title, _about(guideline, subject), items, guideline.PARTS), encoding="utf-8")


def _document(items: dict[Any, list[Item]], subject: Subject) -> Document:
    sections = [item.section(guideline.GUIDELINE) for guideline, found in items.items() for item in found]
    return Document(
        title=f"Reporting sheets: {', '.join(subject.names)}",
        question="What it takes to judge the model, or to make it again: by the items of STRESS-DES, then of ODD.",
        summary=(),
        sections=sections,
        provenance=subject.origin,
        footer=footer(subject.origin),
        cautions=("The sheets describe the model and the question; they hold no result.",),
    )
