"""Made-up answers to draw: numbers shaped like results, from fixed formulas and generators, that prove nothing."""

import math
import sys
from itertools import combinations
from math import nan
from types import SimpleNamespace

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.text import Text

from experiments.report.boxes import boxes
from experiments.report.comparison import Estimate
from experiments.report.constraint_map import ConstraintMap, constraint_map
from experiments.report.discovery import Box, Discovery, Factor, Limit
from experiments.report.drawing import FOOTER_IN, SETTINGS
from experiments.report.fan import Fan, Path, fan
from experiments.report.frontier_map import FrontierMap, frontier_map
from experiments.report.grid import Axis
from experiments.report.interaction import Interaction, interaction
from experiments.report.ledger import Claim, ledger
from experiments.report.lever_steps import Lever, Waterfall
from experiments.report.morris_scatter import MorrisEffect, morris_scatter
from experiments.report.pareto import Candidate, Objective, Pareto, pareto
from experiments.report.sobol_bars import SobolIndex, sobol_bars
from experiments.report.sweep_curves import Sweep, SweepLine, SweepPanel, sweep_curves
from experiments.report.tornado import Assumption, Tornado, tornado
from experiments.report.waterfall import waterfall

FOOTER = "config 3f9a1c07be42  ·  seed 1  ·  20 replications  ·  orgsim 0.1.0"
LONG = "pre-order engineering group with a written kit for every hand-off"


def about(mean, half):
    return Estimate(mean, mean - abs(half), mean + abs(half), 20)


def a_waterfall(level=1_130_000.0, times=1.0, shapley=True):
    changes = {
        "customer service answers": (212_000, 60_000),
        "shared queue": (148_000, 70_000),
        "coordinator": (-61_000, 45_000),
        "pre-order engineering": (394_000, 110_000),
        "account managers": (31_000, 52_000),
        "portal": (88_000, 30_000),
        "marketing money": (-127_000, 140_000),
        LONG: (9_000, 80_000),
    }
    levers = []
    for name, (change, half) in changes.items():
        share = about(0.8 * change * times + 15_000 * times, 0.7 * half * times) if shapley else Estimate()
        least, most = (
            (share.mean - 1.8 * half * abs(times), share.mean + 2.5 * half * abs(times)) if shapley else (nan, nan)
        )
        levers.append(Lever(name, about(change * times, half * times), share, least, most))
    total = sum(change for change, _ in changes.values()) * times
    return Waterfall("traditional", "persuasion_only", level, levers, about(total, 190_000 * times))


def a_short_waterfall():
    """Two levers, one order: 100 + 30 - 10 = 120."""
    levers = [Lever("up", about(30.0, 10.0), about(25.0, 8.0), 10.0, 40.0), Lever("down", about(-10.0, 20.0))]
    return Waterfall("before", "after", 100.0, levers, about(20.0, 15.0), "money", "USD")


def a_frontier(x=None, y=None, holes=True, times=1.0):
    x = x or Axis("inquiries a week", "", [2, 4, 6, 8, 10, 12, 14, 16])
    y = y or Axis("salespeople", "", [2, 4, 6, 8, 10, 12])
    span_x, span_y = x.values[-1] - x.values[0] or 1.0, y.values[-1] - y.values[0] or 1.0
    tables = [[], [], []]
    for j, v in enumerate(y.values):
        rows = [[], [], []]
        for i, u in enumerate(x.values):
            a, b = (u - x.values[0]) / span_x, (v - y.values[0]) / span_y
            mean = (620_000 * (a - 0.45) - 300_000 * (b - 0.3) ** 2 - 90_000 * b) * times
            half = (60_000 + 50_000 * b) * abs(times)
            hole = holes and i == 0 and j == len(y.values) - 1
            for row, value in zip(rows, (mean, mean - half, mean + half), strict=True):
                row.append(nan if hole else value)
        for table, row in zip(tables, rows, strict=True):
            table.append(row)
    return FrontierMap(x, y, *tables, "persuasion_only", "traditional, tuned", base=(x.values[0] + 0.4 * span_x, 8))


def a_constraint(x=None, y=None, times=1.0):
    x = x or Axis("inquiries a week", "", [2, 4, 6, 8, 10, 12, 14, 16])
    y = y or Axis("salespeople", "", [2, 4, 6, 8, 10, 12])
    roles = ["salesperson", "engineer", "customer service", "field crew for installation and commissioning"]
    limiting, worth = [], []
    for j in range(len(y.values)):
        row, values = [], []
        for i in range(len(x.values)):
            a, b = i / max(1, len(x.values) - 1), j / max(1, len(y.values) - 1)
            need = {roles[0]: a - b, roles[1]: 0.7 * a + 0.2 * b - 0.3, roles[2]: 0.3 * a, roles[3]: a * b - 0.35}
            role = max(need, key=need.get)
            row.append(role if need[role] > 0.12 else "")
            values.append(need[role] * 310_000 * times if row[-1] else nan)
        limiting.append(row)
        worth.append(values)
    limiting[-1][0], worth[-1][0] = None, nan
    return ConstraintMap(x, y, roles, limiting, worth, "traditional", base=(8, 8))


def a_tornado(count=19, times=1.0):
    assumptions = []
    for k in range(count):
        size = 420_000 * math.exp(-0.22 * k) * times
        low, high = (180_000 * times - size * (0.5 + 0.1 * (k % 5)), 180_000 * times + size * (1 - 0.1 * (k % 4)))
        if k % 6 == 3:
            low = 180_000 * times + 0.4 * size
        if k % 4 == 1:
            low, high = high, low
        name = LONG if k == 4 else f"assumption number {k + 1}"
        assumptions.append(Assumption(name, 0.05 * (k + 1), 0.2 * (k + 1), about(low, 50_000 * times),
                                      about(high, 70_000 * times)))  # fmt: skip
    assumptions.append(Assumption("lost", 1, 2, Estimate(), Estimate()))
    return Tornado(assumptions, about(180_000 * times, 60_000 * times), "persuasion_only", "traditional",
                   "contribution less paid opex", "USD a year")  # fmt: skip


def a_fan(times=1.0):
    months = list(range(-6, 37))
    paths = []
    for name, starts in (("start now", 0), ("start in 12 months", 12), ("start in 24 months", 24), ("never", nan)):
        middle, total = [], 0.0
        for month in months:
            since = month - starts
            flow = 95_000.0 if not since >= 0 else -190_000.0 + 65_000.0 * since if since < 6 else 170_000.0
            total += flow * times
            middle.append(total)
        wide = [60_000.0 * abs(times) * (k + 1) ** 0.5 for k in range(len(months))]
        low, high = ([m + s * w for m, w in zip(middle, wide, strict=True)] for s in (-1, 1.2))
        paths.append(Path(name, low, middle, high))
    return Fan(months, paths)


def a_pareto(objectives=3, kept=11, tried=160, seed=5):
    random = np.random.default_rng(seed)
    wanted = (Objective("contribution less paid opex", "USD a year"), Objective("time to proposal", "h", "lower"),
              Objective("satisfaction index"))[:objectives]  # fmt: skip
    scale, level = np.array([600_000.0, -200.0, 0.08])[:objectives], np.array([1e6, 400.0, 0.7])[:objectives]
    cloud = random.normal(size=(tried, objectives)) * 0.35
    points = []
    for k in range(kept):
        angle = 0.5 * math.pi * k / max(1, kept - 1)
        points.append([math.cos(angle), math.sin(angle), 0.6 * math.sin(3 * angle) ** 2][:objectives])
    front = level + scale * np.array(points)

    def candidate(name, values):
        return Candidate(name, [about(float(v), float(abs(s)) * 0.07) for v, s in zip(values, scale, strict=True)])

    found = [candidate(f"{'design ' if k else LONG}{k + 1}", values) for k, values in enumerate(front)]
    return Pareto(wanted, (level + scale * cloud).tolist(), found, candidate("traditional", level - 0.2 * scale))


def some_claims(points=64, seed=2, count=15):
    random = np.random.default_rng(seed)
    claims = []
    for k in range(count):
        effects = random.normal(3.0 - 0.4 * k, 1.0 + 0.1 * k, size=points)
        if k == 3:
            effects[:2] = 80.0
        if k == 7:
            effects[:] = nan
        share = (effects > 1.0).mean()
        verdict = "supported" if share >= 0.8 else "refuted" if share <= 0.2 else "depends"
        name = LONG if k == 2 else f"C{k + 1} a claim in a few words"
        claims.append(Claim(name, "not run" if k == 7 else verdict, effects.tolist(), 1.0))
    return claims


def an_interaction(lines=2, levels=2):
    names = ["as before", "customer service answers", LONG, "d", "e", "f", "g"]
    means = [[about(1e6 + 2e5 * i + 1e5 * j + 2.5e5 * i * j, 6e4) for i in range(levels)] for j in range(lines)]
    return Interaction("who answers", names[:levels], "marketing money",
                       [f"{10 * k + 10} % more" for k in range(lines)], means, "contribution less paid opex",
                       "USD a year", about(250_000.0, 90_000.0) if lines == levels == 2 else Estimate())  # fmt: skip


def a_sweep(panels=1, lines=3, values=(2, 4, 6, 8, 10, 14, 20), unit=""):
    measures = (("new customers", "per week"), ("contribution less paid opex", "USD a year"),
                ("inquiries ever answered", "share"), ("time to proposal, median", "h"))  # fmt: skip
    scales = (0.2, 90_000.0, 0.06, 30.0)
    found = []
    for (measure, measure_unit), scale in zip(measures[:panels], scales, strict=False):
        drawn = []
        for j in range(lines):
            points = [about(scale * (1 + math.log1p(k + 1) * (1 + 0.4 * j)), scale * 0.25) for k in range(len(values))]
            if j == 1 and len(values) > 3:
                points[3] = Estimate()
            drawn.append(SweepLine(("traditional", "persuasion_only", LONG, "d", "e", "f", "g")[j], points))
        found.append(SweepPanel(measure, measure_unit, drawn))
    return Sweep("inquiries a week", unit, values, found)


def a_discovery(cases=300, seed=8):
    random = np.random.default_rng(seed)
    factors = [
        Factor("inquiries", "a week", 2.0, 20.0, random.uniform(2, 20, cases).tolist()),
        Factor("chance that a kit is complete", "share", 0.4, 0.95, random.uniform(0.4, 0.95, cases).tolist()),
        Factor(LONG, "USD a year", 60_000.0, 180_000.0, random.uniform(60_000, 180_000, cases).tolist()),
        Factor("patience", "h", 8.0, 200.0, random.uniform(8, 200, cases).tolist()),
    ]
    score = [a / 20 + b + random.normal(0, 0.12) for a, b in zip(factors[0].values, factors[1].values, strict=True)]
    return Discovery(
        factors,
        [value > 1.25 for value in score],
        "persuasion_only brings more than traditional",
        [
            Box("box 1", [Limit("inquiries", 11.0, math.inf), Limit("chance that a kit is complete", 0.66, 0.95)]),
            Box("box 2", [Limit("chance that a kit is complete", 0.8, 0.95), Limit(LONG, 60_000.0, 120_000.0)]),
        ],
    )


def some_indices(count=17):
    indices = []
    for k in range(count):
        share = math.exp(-0.3 * k)
        name = LONG if k == 1 else f"factor {k + 1}"
        indices.append(SobolIndex(name, about(0.3 * share - 0.01, 0.04), about(0.4 * share + 0.01, 0.05)))
    return indices


def some_effects(count=20, seed=4):
    random = np.random.default_rng(seed)
    effects = []
    for k in range(count):
        size = 300_000 * math.exp(-0.35 * k)
        sigma = size * float(random.uniform(0.2, 1.4))
        effects.append(MorrisEffect(LONG if k == 1 else f"factor {k + 1}", about(size, 0.15 * size), sigma))
    return effects


FEW, FEWER = Axis("inquiries a week", "", [2, 16]), Axis("salespeople", "", [2, 6])
SMALL = {
    "waterfall": lambda: waterfall(a_short_waterfall(), FOOTER),
    "frontier_map": lambda: frontier_map(a_frontier(FEW, FEWER), FOOTER),
    "constraint_map": lambda: constraint_map(a_constraint(FEW, FEWER), FOOTER),
    "tornado": lambda: tornado(a_tornado(2), FOOTER),
    "fan": lambda: fan(a_fan(), FOOTER),
    "pareto": lambda: pareto(a_pareto(2, kept=2, tried=9), FOOTER),
    "ledger": lambda: ledger(some_claims(points=5, count=2), FOOTER),
    "interaction": lambda: interaction(an_interaction(), FOOTER),
    "sweep_curves": lambda: sweep_curves(a_sweep(lines=2, values=(2, 4, 8)), FOOTER),
    "boxes": lambda: boxes(a_discovery(12), FOOTER),
    "sobol_bars": lambda: sobol_bars(some_indices(2), "contribution", FOOTER),
    "morris_scatter": lambda: morris_scatter(some_effects(3), "contribution", "USD a year", FOOTER),
}
"""Every picture once, with little to draw."""


@pytest.fixture(scope="session")
def made():
    """What makes answers to draw."""
    return SimpleNamespace(**{name: value for name, value in globals().items() if not name.startswith("_")})


@pytest.fixture
def painted(monkeypatch):
    """Give the figure of a picture, laid out and not written; None where the picture gives None."""

    def paint_only(picture, *arguments, **keywords):
        figures = []

        def keep(name, title, caption, footer, size_in, paint):
            layout = ConstrainedLayoutEngine(
                h_pad=0.08, w_pad=0.08, rect=(0.0, FOOTER_IN / size_in[1], 1.0, 1.0 - FOOTER_IN / size_in[1])
            )
            figure = Figure(figsize=size_in, layout=layout)
            FigureCanvasAgg(figure)
            paint(figure)
            figure.draw_without_rendering()
            figures.append(figure)

        monkeypatch.setattr(sys.modules[picture.__module__], "draw", keep)
        with matplotlib.rc_context():
            matplotlib.rcdefaults()
            matplotlib.rcParams.update(SETTINGS)
            picture(*arguments, **keywords)
            return figures[0] if figures else None

    return paint_only


def texts_of(figure):
    """All texts that can be seen, with their boxes in pixels; of a pin only the pin."""
    found = []
    for ax in figure.axes:
        if not ax.axison:
            continue
        for place, axis, limits in ((0, ax.xaxis, ax.get_xlim()), (1, ax.yaxis, ax.get_ylim())):
            low, high = sorted(limits)
            found += [label for label in axis.get_majorticklabels() if low <= label.get_position()[place] <= high]
            found += [axis.label, axis.get_offset_text()]
        found += [*ax.texts, ax.title, ax._left_title]
    found += [text for legend in figure.legends for text in (*legend.get_texts(), legend.get_title())]
    renderer = figure.canvas.get_renderer()
    seen = [text for text in found if text.get_visible() and text.get_text().strip()]
    return [(text.get_text(), Text.get_window_extent(text, renderer)) for text in seen]


@pytest.fixture(scope="session")
def clashes():
    """Tell what can not be read in a figure: texts on one another, outside it, or on the footer."""

    def tell(figure, slack=1.0):
        boxes = texts_of(figure)
        wrong = []
        for (a, one), (b, other) in combinations(boxes, 2):
            across = min(one.x1, other.x1) - max(one.x0, other.x0)
            up = min(one.y1, other.y1) - max(one.y0, other.y0)
            if across > slack and up > slack:
                wrong.append(f"{a!r} is on {b!r}")
        width, height = figure.bbox.width, figure.bbox.height
        footer = FOOTER_IN * figure.dpi
        for text, box in boxes:
            if box.x0 < -slack or box.x1 > width + slack or box.y1 > height + slack or box.y0 < footer - slack:
                wrong.append(f"{text!r} is outside")
        return wrong

    return tell
