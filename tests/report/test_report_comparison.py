import math
import sys
from pathlib import Path

import pyarrow as pa
import pytest

from experiments.report import Comparison
from experiments.report.comparison import NOT_RECORDED


def test_reads_rows_from_a_list_and_from_arrow_alike(make_comparison):
    listed = make_comparison()
    columns = zip(*listed.rows, strict=True)
    names = ("design", "replication", "kpi", "value", "unit")
    table = pa.table({name: list(column) for name, column in zip(names, columns, strict=True)})
    arrow = make_comparison(rows=listed.rows)
    object.__setattr__(arrow, "rows", table)
    kpi = "throughput.orders_per_week"
    assert listed.values("traditional", kpi) == arrow.values("traditional", kpi)
    assert len(listed.values("traditional", kpi)) == 8


def test_what_is_missing_is_nan_with_no_replications(make_comparison):
    comparison = make_comparison()
    for found in (comparison.estimate("nobody", "x"), comparison.difference("nobody", "x")):
        assert math.isnan(found.mean) and found.n == 0 and not found.excludes_zero
    assert comparison.unit("x") == comparison.definition("x") == ""
    assert math.isnan(comparison.pairing("persuasion_only", "x").correlation)


def test_definition_of_a_family_serves_what_is_below(make_comparison):
    comparison = make_comparison(definitions={"flow.opportunity": "family", "flow.opportunity.x": "own"})
    assert comparison.definition("flow.opportunity.x") == "own"
    assert comparison.definition("flow.opportunity.y.median_h") == "family"
    assert comparison.definition("flow.order.y") == ""


def test_footer_tells_the_origin(make_comparison):
    footer = make_comparison().footer
    for part in ("3f9a1c07be42", "seed 1", "8 replications", "orgsim 0.1.0"):
        assert part in footer
    assert "1 replication " in make_comparison(replications=1).footer
    assert NOT_RECORDED in make_comparison(provenance={}).footer


def test_designs_must_be_there_and_differ():
    with pytest.raises(ValueError, match="at least one design"):
        Comparison([], [], {})
    with pytest.raises(ValueError, match=r"must differ.*'a', 'a'"):
        Comparison(["a", "a"], [], {})


def test_report_imports_neither_simulator_nor_configuration_but_plain_statistics():
    folder = Path(sys.modules["experiments.report"].__file__).parent
    for path in folder.glob("*.py"):
        lines = [line.split() for line in path.read_text(encoding="utf-8").splitlines()]
        names = {words[1] for words in lines if words[:1] in (["import"], ["from"])}
        imported = {name.split(".")[0] for name in names if not name.startswith("sim.analysis.")}
        assert not imported & {"sim", "hydra", "omegaconf", "simpy"}, path.name
        top = {w[1].split(".")[0] for line, w in zip(path.read_text().splitlines(), lines, strict=True)
               if w[:1] in (["import"], ["from"]) and not line.startswith(" ")
               and not w[1].startswith("sim.analysis.")}  # fmt: skip
        assert not top & {"matplotlib", "jinja2", "scipy", "pyarrow", "sim"}, path.name
