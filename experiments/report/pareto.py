"""Picture: what was tried under several objectives, and what of it nothing else beats in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from math import isfinite
from typing import TYPE_CHECKING, Literal

from experiments.report.amount import Amount, amount_of
from experiments.report.comparison import Estimate
from experiments.report.drawing import Drawing, draw, short
from experiments.report.palette import HAIRLINE, INK, MUTED
from experiments.report.pin import key, offsets, pin
from experiments.report.whisker import check_estimate, known, whisker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LABELED = 8
PANEL_IN = 4.0
MANY = 2000
"""Above so many, pale points are stored as an image: a page of them would be heavy."""
CAPTION = (
    "Pale points: all designs tried, each with the few replications of the search. Numbered and dark points: those "
    "that no other beats in every objective, estimated again on fresh seeds, with intervals; the search's own values "
    "flatter whatever it picks. A hollow one is beaten by another after all, on the fresh seeds. The black cross is "
    "the base design. Arrows point where better lies; which point to take is not for the picture to say. Between the "
    "points nothing is known, and something better may not have been tried."
)
CAPTION_THREE = CAPTION + " A point that looks beaten in one panel may lead in the objective that is not in it."


@dataclass(frozen=True)
class Objective:
    """One thing that is wanted.

    Attributes
    ----------
    name, unit : str
        What it is.
    better : {"higher", "lower"}
        Which way is wanted.
    """

    name: str
    unit: str = ""
    better: Literal["higher", "lower"] = "higher"


@dataclass(frozen=True)
class Candidate:
    """A design estimated on fresh seeds.

    Attributes
    ----------
    name : str
        As shown.
    values : sequence of Estimate
        One per objective.
    """

    name: str
    values: Sequence[Estimate]


@dataclass(frozen=True)
class Pareto:
    """What was tried and what was kept.

    Attributes
    ----------
    objectives : sequence of Objective
        Two or three.
    tried : sequence of sequence of float, shape (designs, objectives)
        What the search saw.
    kept : sequence of Candidate
        Those it found not to be dominated.
    base : Candidate or None
        The reference.

    Raises
    ------
    ValueError
        If there are not two or three objectives, a design has another number of values, or bounds are in the wrong
        order.
    """

    objectives: Sequence[Objective]
    tried: Sequence[Sequence[float]]
    kept: Sequence[Candidate]
    base: Candidate | None = None

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        count = len(self.objectives)
        if count not in (2, 3):
            raise ValueError(f"objectives must be two or three, got {count}")
        for k, values in enumerate(self.tried):
            if len(values) != count:
                raise ValueError(f"tried[{k}] must have {count} values, got {len(values)}")
        for one in (*self.kept, *([self.base] if self.base else [])):
            if len(one.values) != count:
                raise ValueError(f"{one.name!r} must have {count} values, got {len(one.values)}")
            for objective, found in zip(self.objectives, one.values, strict=True):
                check_estimate(f"{objective.name} of {one.name!r}", found)


def beaten(pareto: Pareto) -> list[bool]:
    """Say of every design kept whether another one kept is at least as good in all objectives and better in one.

    Only means count. A design with an undefined mean neither beats nor is beaten.
    """
    signs = [1.0 if objective.better == "higher" else -1.0 for objective in pareto.objectives]
    points = [[s * v.mean for s, v in zip(signs, one.values, strict=True)] for one in pareto.kept]

    def beats(a: Sequence[float], b: Sequence[float]) -> bool:
        pairs = list(zip(a, b, strict=True))
        return all(p >= q for p, q in pairs) and any(p > q for p, q in pairs)

    return [any(beats(other, point) for other in points) for point in points]


def labeled(pareto: Pareto, most: int = LABELED) -> list[int]:
    """Choose the designs kept that get a number: evenly along the first objective, both ends among them.

    Returns
    -------
    list of int
        Places in `kept`, ascending along the first objective; none that is undefined in any objective.
    """
    known_ones = [k for k, one in enumerate(pareto.kept) if all(isfinite(v.mean) for v in one.values)]
    order = sorted(known_ones, key=lambda k: pareto.kept[k].values[0].mean)
    if len(order) <= most:
        return order
    return [order[round(k * (len(order) - 1) / (most - 1))] for k in range(most)]


def pareto(found: Pareto, footer: str, name: str = "pareto") -> Drawing | None:
    """Draw objectives two at a time.

    Parameters
    ----------
    found : Pareto
        What is drawn.
    footer : str
        Origin of the numbers.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if nothing kept is defined in all objectives.
    """
    chosen = labeled(found)
    if not chosen:
        return None
    pairs = list(combinations(range(len(found.objectives)), 2))
    amounts = [_amount(found, k) for k in range(len(found.objectives))]

    def paint(figure: Figure) -> None:
        axes = figure.subplots(1, len(pairs), squeeze=False)[0]
        for ax, pair in zip(axes, pairs, strict=True):
            _panel(ax, found, pair, amounts, chosen)
        handles, labels = axes[0].get_legend_handles_labels()
        figure.legend(handles, labels, loc="outside upper left", fontsize=8)
        names = [found.kept[k].name for k in chosen]
        key(figure, names, "outside right upper" if len(pairs) == 1 else "outside upper right", columns)

    columns = 1 if len(pairs) == 1 else 3
    return draw(
        name,
        "What can be had together",
        CAPTION if len(pairs) == 1 else CAPTION_THREE,
        footer,
        (PANEL_IN * len(pairs) + (2.9 if len(pairs) == 1 else 0.6), PANEL_IN + 1.1),
        paint,
    )


def _amount(found: Pareto, k: int) -> Amount:
    kept = [x for one in (*found.kept, *([found.base] if found.base else [])) for x in known(one.values[k])]
    return amount_of(found.objectives[k].unit, [*kept, *(values[k] for values in found.tried)])


def _panel(ax: Axes, found: Pareto, pair: tuple[int, int], amounts: Sequence[Amount], chosen: Sequence[int]) -> None:
    i, j = pair
    points = [(values[i], values[j]) for values in found.tried if isfinite(values[i]) and isfinite(values[j])]
    ax.plot([x for x, _ in points], [y for _, y in points], "o", color="#b8b8b8", markersize=3.2, markeredgewidth=0,
            alpha=0.7, zorder=1, label=f"tried ({len(found.tried)})", rasterized=len(points) > MANY)  # fmt: skip
    worse = beaten(found)
    for k, one in enumerate(found.kept):
        x, y = one.values[i], one.values[j]
        if not (isfinite(x.mean) and isfinite(y.mean)):
            continue
        whisker(ax, x, y.mean, color=MUTED, width=1.0)
        whisker(ax, y, x.mean, upright=True, color=MUTED, width=1.0)
        ax.plot(
            [x.mean], [y.mean], "o", color=INK, markerfacecolor="white" if worse[k] else INK, markersize=5, zorder=5
        )
    for words, fill, shown in (
        ("not beaten, fresh seeds", INK, not all(worse)),
        ("beaten on fresh seeds", "white", any(worse)),
    ):
        if shown:
            ax.plot([], [], "o", color=INK, markerfacecolor=fill, markersize=5, linestyle="none", label=words)
    if found.base is not None:
        x, y = found.base.values[i], found.base.values[j]
        if isfinite(x.mean) and isfinite(y.mean):
            for line, at in ((ax.axvline, x.mean), (ax.axhline, y.mean)):
                line(at, color=MUTED, linewidth=0.7, linestyle=(0, (4, 2)), zorder=1)
            whisker(ax, x, y.mean, width=1.2)
            whisker(ax, y, x.mean, upright=True, width=1.2)
            ax.plot([x.mean], [y.mean], "X", color=INK, markeredgecolor="white", markersize=10, zorder=6,
                    linestyle="none", label=f"base: {short(found.base.name, 28)}")  # fmt: skip
    ax.margins(0.09)
    _pins(ax, found, pair, chosen, worse)
    for axis, k, arrow in ((ax.xaxis, i, ("better →", "← better")), (ax.yaxis, j, ("better →", "← better"))):
        objective = found.objectives[k]
        words = amounts[k].label(short(objective.name, 32))
        axis.set_label_text(f"{words}\n{arrow[objective.better == 'lower']}")
        axis.set_major_formatter(amounts[k].tick)
    ax.locator_params(nbins=6)
    ax.grid(color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)


def _pins(ax: Axes, found: Pareto, pair: tuple[int, int], chosen: Sequence[int], worse: Sequence[bool]) -> None:
    at = [(found.kept[k].values[pair[0]].mean, found.kept[k].values[pair[1]].mean) for k in chosen]
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    # The panel's size in points is known well enough before the layout is settled.
    length = 72.0 * 0.78 * PANEL_IN
    places = [((x - left) / (right - left) * length, (y - bottom) / (top - bottom) * length) for x, y in at]
    for number, (k, point, offset) in enumerate(
        zip(chosen, at, offsets(places, (length, length)), strict=True), start=1
    ):
        pin(ax, point, str(number), offset, *(("white", INK) if worse[k] else (INK, "white")))
