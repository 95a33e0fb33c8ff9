"""What is measured, and how sure it is."""

from __future__ import annotations

from experiments.report.document import Table
from experiments.report.headline import HEADLINES
from experiments.report.sheets.item import tabled
from experiments.report.sheets.subject import Subject
from sim.kpis import Fold
from sim.planning import plan_of

EXAMPLES = 3

ESTIMATES = (
    "A measure is computed in each replication over the window, and its mean over replications has Student's 95 % "
    "interval. Ratios are of totals over all replications, with a jackknife interval; quantiles are of the durations "
    "of all replications together, with a bootstrap over replications.",
    "Designs meet the same customers with the same luck, so differences are taken replication by replication, with "
    "Student's interval of the paired differences; of many differences at once Holm's procedure tells which hold. "
    "Intervals show luck only: they say nothing about the assumptions behind the numbers.",
)


def measures(s: Subject) -> list[Table]:
    """Give the headline measures that there are, then how many of each family."""
    plans = [plan_of(c.scenario) for c in s.designs.values()]
    found = {name: one.unit for plan in plans for name, one in Fold(plan).result().items()}
    heads = [
        [line.label, line.kpi, found[line.kpi], {"higher": "higher", "lower": "lower", "": "neither"}[line.better]]
        for line in HEADLINES
        if line.kpi in found
    ]
    families: dict[str, list[str]] = {}
    for name in found:
        families.setdefault(name.partition(".")[0], []).append(name)
    rows = [
        [family, f"{len(names):,}", "; ".join(f"{name} ({found[name]})" for name in names[:EXAMPLES])]
        for family, names in families.items()
    ]
    tables = [tabled("All measures by family", ["family", "measures", "for example"], rows)]
    if heads:
        tables.insert(0, tabled("Measures that are read first", ["measure", "name", "unit", "better"], heads))
    return tables
