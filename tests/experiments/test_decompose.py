"""What each lever brings: known answers by hand, through the whole command; and what is refused."""

import json

import numpy as np
import pytest
import yaml

from experiments.answers.decomposition import decomposed
from experiments.cli import main
from experiments.composing.config_root import config_root
from experiments.composing.space import Space
from experiments.report import lever_shares, waterfall
from experiments.sampling.subsets import SubsetPoints, orders_of, prefixes, subsets_of
from experiments.specs.decompose import STEPS, Decompose

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.2", "run.warmup_weeks=0.1", "replications=2", "engine=simpy"]
COST = "decompose.kpi=money.operating_expense_usd_per_year"
NAMES = ["dearer", "more", "machines"]
LEVERS = {
    "pay": "roles: {server: {pay_usd: 10000}}",  # pulled in all sets; the command's own numbers go in after levers
    "dearer": "roles: {server: {pay_usd: 20000}}",
    "more": "roles: {server: {headcount: 6}}",
    "machines": "machines_usd_per_year: 7000",
}


@pytest.fixture
def own(tmp_path):
    """Give a directory of levers whose cost is known by hand."""
    (tmp_path / "lever").mkdir()
    for name, text in LEVERS.items():
        (tmp_path / "lever" / f"{name}.yaml").write_text(f"# @package org\n{text}\n")
    return tmp_path


def decompose(own, *overrides, levers="[dearer,more,machines]"):
    given = ["--config-dir", str(own), *SHORT, "+lever=[pay]", f"decompose.levers={levers}"]
    return ["decompose", *given, "decompose.staffing=given", COST, *overrides]


def told(folder):
    return json.loads((folder / "summary.json").read_text())["decompose"]


def test_costs_fall_to_levers_as_by_hand(own, capsys, tmp_path):
    """4 servers at 10,000 cost 40,000; at 20,000 twice that; 6 of them 60,000 and 120,000; machines add 7,000."""
    out = tmp_path / "out"
    assert main(decompose(own, f"out={out}")) == 0
    found = told(out)
    assert found["level"]["mean"] == pytest.approx(40_000)
    assert found["whole"]["mean"] == pytest.approx(87_000)
    by_name = {one["lever"]: one for one in found["levers"]}
    assert [by_name[name]["step"]["mean"] for name in NAMES] == pytest.approx([40_000, 40_000, 7_000])
    assert [by_name[name]["share"]["mean"] for name in NAMES] == pytest.approx([50_000, 30_000, 7_000])
    assert [by_name[name]["alone"] for name in NAMES] == pytest.approx([40_000, 20_000, 7_000])
    assert [by_name[name]["most"] for name in NAMES] == pytest.approx([60_000, 40_000, 7_000])
    assert "more" in by_name["dearer"]["most_after"]
    assert "more" not in by_name["dearer"]["least_after"]
    assert found["interactions"][0]["levers"] == ["dearer", "more"]
    assert found["interactions"][0]["mean"] == pytest.approx(20_000)
    assert [pair["mean"] for pair in found["interactions"][1:]] == pytest.approx([0, 0])
    assert found["synergy"]["mean"] == pytest.approx(20_000)
    assert found["remainder"] == pytest.approx(0, abs=1e-6)
    assert (found["subsets"], found["orders"]) == (8, "all")
    lines = capsys.readouterr().out.splitlines()
    assert next(line for line in lines if line.startswith("dearer")).split()[1:3] == ["+40.0", "(+40.0"]
    points = (out / "points.csv").read_text().splitlines()
    assert len(points) == 1 + 8
    assert points[0].startswith("point,dearer,more,machines,kpi,mean")
    page = (out / "report.html").read_text()
    assert "dearer with more" in page
    assert (out / "figures" / "waterfall.svg").is_file()
    assert lever_shares.AT_SAME_COST in waterfall.CAPTION
    assert "same yearly cost" not in page  # heads are as given


def test_drawn_orders_add_up_as_well(own, tmp_path):
    assert main(decompose(own, f"out={tmp_path / 'out'}", "decompose.orders=4", "quiet=true")) == 0
    found = told(tmp_path / "out")
    assert found["orders"] == 4
    assert sum(one["share"]["mean"] for one in found["levers"]) == pytest.approx(found["whole"]["mean"])
    shares = {one["lever"]: one["share"]["mean"] for one in found["levers"]}
    # An order and its reverse have each of two before the other once: their shares do not hang on which are drawn.
    assert shares == pytest.approx({"dearer": 50_000, "more": 30_000, "machines": 7_000})
    assert found["interactions"] == []


def test_paired_by_replication_and_by_hand():
    # Two levers, three replications: a brings 1, 2, 3; b brings 2 in all; both bring 4 in all.
    base = np.array([10.0, 20.0, 30.0])
    values = {0: base, 1: base + np.array([1, 2, 3]), 2: base + 2, 3: base + 4}
    found = decomposed(["a", "b"], values, None, "kpi", "1")
    a, b = found.levers
    # a: (1 + 2) / 2, (2 + 2) / 2, (3 + 2) / 2 = 1.5, 2, 2.5 -> 2 -+ 4.303 x .5 / sqrt(3)
    assert a.share.mean == 2.0
    assert a.share.high - 2.0 == pytest.approx(4.3027 * 0.5 / 3**0.5, abs=1e-3)
    assert (b.share.mean, b.step.mean, b.alone, b.least, b.most) == (2.0, 2.0, 2.0, 2.0, 2.0)
    assert (found.whole.mean, found.whole.low, found.whole.high) == (4.0, 4.0, 4.0)
    assert found.synergy.mean == 0.0
    assert found.remainder == 0.0


def test_replications_in_which_some_set_has_no_value_are_left_out_of_everything():
    values = {0: np.array([0.0, 0.0, 5.0]), 1: np.array([1.0, 1.0, np.nan])}
    found = decomposed(["a"], values, None, "kpi", "1")
    assert (found.replications, found.left_out, found.level.mean, found.whole.mean) == (2, 1, 0.0, 1.0)


def test_one_replication_has_no_intervals_and_no_value_at_all_no_numbers():
    found = decomposed(["a"], {0: np.array([1.0]), 1: np.array([3.0])}, None, "kpi", "1")
    assert found.whole.mean == 2.0
    assert found.plain()["whole"]["low"] is None
    found = decomposed(["a"], {0: np.array([np.nan]), 1: np.array([3.0])}, None, "kpi", "1")
    assert found.plain()["whole"]["mean"] is None
    assert found.plain()["levers"][0]["most"] is None


def test_which_subsets_are_run():
    assert subsets_of(2, None) == [0, 3, 1, 2]
    assert prefixes(3) == [0, 1, 3, 7]
    asked = Decompose(levers=[f"lever_{i}" for i in range(11)])
    orders = orders_of(asked)
    assert orders.shape == (32, 2, 11)
    some = subsets_of(11, orders)
    assert len(some) == len(set(some)) < 2 + 64 * 10 + 2 * 11
    assert {*prefixes(11), *(1 << i for i in range(11))} <= {*some}
    assert {some[0], some[1]} == {0, 2**11 - 1}
    assert orders_of(Decompose(levers=asked.levers[:10])) is None
    assert np.array_equal(orders_of(asked), orders)


def test_the_levers_by_default_are_those_of_the_steps():
    files = sorted((config_root() / "org").glob("step_*.yaml"))
    listed = [part["/lever"] for f in files for part in yaml.safe_load(f.read_text())["defaults"] if "/lever" in part]
    assert [*STEPS] == [name for names in listed for name in names]


@pytest.mark.slow
def test_every_set_of_the_default_levers_can_be_staffed_within_the_budget():
    asked = Decompose()
    subsets = subsets_of(len(asked.levers), None)
    points = SubsetPoints(Space([]), {"org.staffing": "balanced"}, [], asked.levers, subsets)
    heads = {name: sum(role.headcount for role in scenario.org.roles.values()) for name, scenario in points}
    assert len(heads) == 1024
    assert min(heads.values()) > 24  # the crew, and others


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ({"levers": []}, "at least 1 item"),
        ({"levers": ["more", "more"]}, "each lever once; 'more' is there twice"),
        ({"orders": 5}, "orders are drawn in pairs, each with its reverse, so an even number; got 5"),
        ({"orders": 0}, "greater than or equal to 4"),
        ({"staffing": "lean"}, "'balanced' or 'given'"),
        ({"laver": ["more"]}, "Extra inputs are not permitted"),
    ],
)
def test_what_can_not_be_meant_is_refused(said, rule):
    with pytest.raises(ValueError, match=rule):
        Decompose.model_validate(said)


@pytest.mark.parametrize(
    ("overrides", "rule"),
    [
        (["decompose.levers=[dearer,mor]"], "decompose.levers: no such choice; did you mean 'more'? (got 'mor')"),
        (["decompose.kpi=money.operating"], "decompose.kpi: no such measure"),
        (["decompose.base=textbok"], "decompose.base: no such choice; did you mean 'textbook'?"),
        (["decompose.staffing=balanced"], "org.budget_usd_per_year: is needed for balanced staffing"),
        (["decompose.laver=[more]"], "decompose.laver: unknown name; did you mean 'levers'?"),
        (["+lever=[more]"], "decompose.levers: is pulled in every subset by the command itself (got 'more')"),
    ],
)
def test_bad_input_is_told_in_one_line(own, complaints, workplace, overrides, rule):
    (line,) = complaints(*decompose(own), *overrides)
    assert line.startswith(rule)
    assert list(workplace.iterdir()) == []


def test_a_set_that_can_not_be_run_is_named_before_anything_is_run(own, complaints, workplace):
    (own / "lever" / "nobody.yaml").write_text("# @package org\nroles: {server: {headcount: -1}}\n")
    (line,) = complaints(*decompose(own, levers="[machines,nobody]"))
    assert line.startswith("org.roles.server.headcount: ")
    assert "(with the levers nobody)" in line
    assert list(workplace.iterdir()) == []
