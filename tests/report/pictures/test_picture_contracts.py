"""What holds for every picture: bytes, footers, words; nothing on top of one another; nothing drawn from nothing."""

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from math import nan

import matplotlib
import pytest

from experiments.report import drawing
from experiments.report.boxes import boxes
from experiments.report.comparison import Estimate
from experiments.report.constraint_map import constraint_map
from experiments.report.fan import fan
from experiments.report.frontier_map import frontier_map
from experiments.report.inline import inline_svg
from experiments.report.interaction import interaction
from experiments.report.ledger import ledger
from experiments.report.morris_scatter import morris_scatter
from experiments.report.pareto import pareto
from experiments.report.sobol_bars import sobol_bars
from experiments.report.sweep_curves import sweep_curves
from experiments.report.tornado import tornado
from experiments.report.waterfall import waterfall

NAMES = ["boxes", "constraint_map", "fan", "frontier_map", "interaction", "ledger", "morris_scatter", "pareto",
         "sobol_bars", "sweep_curves", "tornado", "waterfall"]  # fmt: skip
HOSTILE = '_<script>alert("x")</script> & $\\frac{$ --> %s {{ 7*7 }}'


@pytest.fixture(scope="module")
def small(made):
    """Every picture once, coarse."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(drawing, "RASTER_DPI", 24)
        return {name: made.SMALL[name]() for name in NAMES}


QUICK = {"constraint_map", "pareto", "tornado"}


@pytest.mark.parametrize("name", [pytest.param(n, marks=[pytest.mark.slow] * (n not in QUICK)) for n in NAMES])
def test_equal_input_gives_equal_bytes(made, small, monkeypatch, name):
    monkeypatch.setattr(drawing, "RASTER_DPI", 24)
    before = dict(matplotlib.rcParams)
    assert made.SMALL[name]() == small[name]
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_tells_its_origin_and_how_to_read_it(made, small, name):
    found = small[name]
    assert found.name == name and found.name.isidentifier() and found.title
    assert found.png.startswith(b"\x89PNG")
    # matplotlib leaves the text of outlined letters in a comment.
    assert made.FOOTER in found.svg.decode()
    ElementTree.fromstring(inline_svg(found.svg, found.name).replace("xlink:", ""))
    assert re.search(r"[a-z0-9]\. [A-Z]", found.caption) and found.caption.endswith(".")


def crowded(made):
    """Every picture with long names and as much to draw as it takes."""
    fifteen, thirty = (
        made.Axis(made.LONG, "", range(1, 16)),
        made.Axis(made.LONG, "USD a year", range(20000, 170000, 10000)),
    )
    doubling = made.Axis("inquiries a week", "", [1, 2, 4, 8, 16, 32, 64])
    uneven = made.Axis("salespeople", "", [1, 2, 3, 5])
    rename = [made.Claim(made.LONG, made.LONG, claim.effects, 0.5) for claim in made.some_claims()]
    wide = replace(made.a_fan(), paths=[replace(path, name=made.LONG) for path in made.a_fan().paths])
    return {
        "waterfall": (waterfall, made.a_waterfall()),
        "waterfall from far": (waterfall, made.a_waterfall(level=3e8, shapley=False)),
        "waterfall down": (waterfall, made.a_waterfall(level=-8e5, times=-1.0)),
        "frontier 15 x 15": (frontier_map, made.a_frontier(fifteen, thirty)),
        "frontier to no scale": (frontier_map, made.a_frontier(doubling, uneven)),
        "constraint 15 x 15": (constraint_map, made.a_constraint(fifteen, thirty, times=20.0)),
        "constraint to no scale": (constraint_map, made.a_constraint(doubling, uneven)),
        "tornado": (tornado, made.a_tornado()),
        "tornado of one": (tornado, made.a_tornado(1, times=-1e7)),
        "fan": (fan, wide),
        "two objectives": (pareto, made.a_pareto(2)),
        "three objectives": (pareto, made.a_pareto(3, tried=30)),
        "ledger": (ledger, rename),
        "interaction 7 x 7": (interaction, made.an_interaction(7, 7)),
        "interaction 2 x 2": (interaction, made.an_interaction()),
        "sweep of four": (sweep_curves, made.a_sweep(4, lines=7)),
        "sweep on a log scale": (sweep_curves, made.a_sweep(2, 2, values=(1, 1.1, 1.3, 2, 8, 50, 90, 100), unit="USD")),
        "sweep of names": (sweep_curves, made.a_sweep(3, 7, values=("steady", made.LONG, "c", made.LONG + "."))),
        "boxes": (boxes, made.a_discovery()),
        "sobol": (sobol_bars, made.some_indices(), made.LONG),
        "morris": (morris_scatter, made.some_effects(), made.LONG, "USD a year"),
    }


CROWDED = ["waterfall", "frontier to no scale", "tornado", "fan", "two objectives", "ledger", "interaction 7 x 7",
           "sweep on a log scale", "sweep of names", "boxes", "morris"]  # fmt: skip
MORE_CROWDED = ["waterfall down", "waterfall from far", "frontier 15 x 15", "constraint 15 x 15",
                "constraint to no scale", "tornado of one", "three objectives", "interaction 2 x 2", "sweep of four",
                "sobol"]  # fmt: skip


@pytest.mark.parametrize("case", [*CROWDED, *(pytest.param(case, marks=pytest.mark.slow) for case in MORE_CROWDED)])
def test_no_text_lies_on_another_or_outside(made, painted, clashes, case):
    picture, *data = crowded(made)[case]
    assert clashes(painted(picture, *data, made.FOOTER)) == []


def test_texts_on_one_another_are_seen(painted, clashes, made):
    figure = painted(interaction, made.an_interaction(), made.FOOTER)
    figure.axes[0].text(0.0, 1.2e6, "here")
    figure.axes[0].text(0.0, 1.2e6, "there")
    assert clashes(figure) == ["'here' is on 'there'"]


def test_nothing_defined_draws_nothing(made):
    gone = Estimate()
    footer = made.FOOTER
    levers = [replace(lever, change=gone) for lever in made.a_waterfall().levers]
    assert waterfall(replace(made.a_waterfall(), levers=levers, total=gone), footer) is None
    grid = made.a_frontier()
    nothing = [[nan] * len(row) for row in grid.difference]
    assert frontier_map(replace(grid, difference=nothing, low=nothing, high=nothing), footer) is None
    roles = [[None] * len(row) for row in made.a_constraint().limiting]
    assert constraint_map(replace(made.a_constraint(), limiting=roles), footer) is None
    unknown = [made.Assumption("a", 0.0, 1.0, gone, gone)]
    assert tornado(replace(made.a_tornado(), assumptions=unknown), footer) is None
    assert fan(made.Fan([0, 1], [made.Path("a", [nan, nan], [nan, nan], [nan, nan])]), footer) is None
    lost = made.Candidate("a", [gone, Estimate(1.0)])
    assert pareto(replace(made.a_pareto(2), kept=[lost]), footer) is None
    assert ledger([made.Claim("a", "not run", [nan, nan], 1.0)], footer) is None
    assert interaction(made.Interaction("f", ["a"], "s", ["b"], [[gone]], "m", ""), footer) is None
    assert (
        sweep_curves(made.Sweep("f", "", [1.0], [made.SweepPanel("m", "", [made.SweepLine("a", [gone])])]), footer)
        is None
    )
    discovery = made.a_discovery(20)
    assert boxes(replace(discovery, boxes=[]), footer) is None
    assert boxes(replace(discovery, of_interest=[False] * 20), footer) is None
    assert sobol_bars([made.SobolIndex("a", gone, gone)], "m", footer) is None
    assert morris_scatter([made.MorrisEffect("a", gone, nan)], "m", "", footer) is None


def test_hostile_names_are_drawn_as_they_are(made, monkeypatch):
    monkeypatch.setattr(drawing, "RASTER_DPI", 24)
    rows = [made.Assumption(HOSTILE, HOSTILE, "b", Estimate(-1.0), Estimate(2.0))]
    found = tornado(made.Tornado(rows, Estimate(1.0), HOSTILE, HOSTILE, HOSTILE, HOSTILE), made.FOOTER)
    assert b"<script" not in found.svg
    ElementTree.fromstring(found.svg)


def test_values_too_large_to_be_counted_are_left_out(made, painted):
    infinite = Estimate(float("inf"), float("inf"), float("inf"))
    points = [Estimate(1.0, 0.5, 1.5), infinite, Estimate(2.0, 1.5, 2.5)]
    panel = made.SweepPanel("cost", "USD", [made.SweepLine("a", points)])
    figure = painted(sweep_curves, made.Sweep("inquiries", "", [1, 2, 3], [panel]), made.FOOTER)
    low, high = figure.axes[0].get_ylim()
    assert -1.0 < low < high < 4.0
