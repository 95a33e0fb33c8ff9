"""Picture: which assumptions move a difference between designs most, and which can turn it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from experiments.report.amount import Amount, amount_of
from experiments.report.comparison import Estimate
from experiments.report.drawing import Drawing, draw, short
from experiments.report.palette import HAIRLINE, INK
from experiments.report.whisker import check_estimate, finite, known, whisker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MOST = 15
LOW_FILL, HIGH_FILL = "#ffffff", "#8a8a8a"
LOW_HATCH = "////"
TURNED, PERHAPS_TURNED = "◆", "◇"
CAPTION = (
    "Each bar reaches from the difference at the base values (solid line, the pale band its interval) to what it "
    "becomes when one assumption is set to the low end (hatched) or the high end (gray) of its range, all others as "
    "they are; the value of the assumption stands at the end, the line there is the interval. The widest come first. "
    "◆: at one end the difference has the other sign, and its interval excludes zero; ◇: the other sign, but not told "
    "from zero. One assumption moves at a time: two together may do what none does alone, and nothing is said between "
    "the ends or on how likely they are."
)


@dataclass(frozen=True)
class Assumption:
    """One assumption and what its range does to the difference.

    Attributes
    ----------
    name : str
        As shown.
    low, high : float or str
        The ends of its range.
    at_low, at_high : Estimate
        The difference there.
    """

    name: str
    low: float | str
    high: float | str
    at_low: Estimate
    at_high: Estimate


@dataclass(frozen=True)
class Tornado:
    """A difference between two designs and what moves it.

    Attributes
    ----------
    assumptions : sequence of Assumption
        Any number, in any order.
    base : Estimate
        The difference with every assumption at its base value.
    design, reference : str
        The difference is the first less the second.
    measure, unit : str
        Of what.

    Raises
    ------
    ValueError
        If bounds are in the wrong order, a name comes twice, or the base difference is not defined.
    """

    assumptions: Sequence[Assumption]
    base: Estimate
    design: str
    reference: str
    measure: str
    unit: str

    def __post_init__(self) -> None:
        """Refuse what no bar could start from."""
        if not isfinite(self.base.mean):
            raise ValueError(f"base must have a mean, got {self.base.mean}")
        check_estimate("base", self.base)
        seen: set[str] = set()
        for one in self.assumptions:
            check_estimate(f"at_low of {one.name!r}", one.at_low)
            check_estimate(f"at_high of {one.name!r}", one.at_high)
            if one.name in seen:
                raise ValueError(f"assumptions must differ, got {one.name!r} twice")
            seen.add(one.name)


def swing(assumption: Assumption, base: float) -> float:
    """Give the distance between the largest and the smallest difference at base and ends; -1 if no end is known."""
    ends = finite(assumption.at_low.mean, assumption.at_high.mean)
    return max(base, *ends) - min(base, *ends) if ends else -1.0


def turn(assumption: Assumption, base: float) -> str:
    """Mark an assumption that changes the sign of the difference.

    Parameters
    ----------
    assumption : Assumption
        One of them.
    base : float
        The difference at the base values.

    Returns
    -------
    str
        A full mark if an end of the other sign is told from zero, a hollow one if none is, else nothing.
    """
    other = [end for end in (assumption.at_low, assumption.at_high) if end.mean * base < 0.0]
    if any(end.excludes_zero for end in other):
        return TURNED
    return PERHAPS_TURNED if other else ""


def chosen(tornado: Tornado, most: int = MOST) -> list[Assumption]:
    """Give the assumptions shown, those that move the difference most first; equal ones stay in order."""
    base = tornado.base.mean
    found = [one for one in tornado.assumptions if swing(one, base) >= 0.0]
    return sorted(found, key=lambda one: -swing(one, base))[:most]


def tornado(tornado: Tornado, footer: str, most: int = MOST, name: str = "tornado") -> Drawing | None:
    """Draw the assumptions that move a difference most.

    Parameters
    ----------
    tornado : Tornado
        What is drawn.
    footer : str
        Origin of the numbers.
    most : int
        Bars at most.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no assumption has a result.
    """
    rows = chosen(tornado, most)
    if not rows:
        return None
    ends = [x for one in rows for found in (one.at_low, one.at_high) for x in known(found)]
    amount = amount_of(tornado.unit, [*ends, *known(tornado.base)], difference=True)

    def paint(figure: Figure) -> None:
        from matplotlib.lines import Line2D

        ax = figure.subplots()
        _bars(ax, tornado, rows, amount)
        handles, labels = ax.get_legend_handles_labels()
        marks = {turn(one, tornado.base.mean) for one in rows}
        for mark, words in ((TURNED, "the sign turns"), (PERHAPS_TURNED, "the sign may turn")):
            if mark in marks:
                handles.append(Line2D([], [], linestyle="none"))
                labels.append(f"{mark} {words}")
        figure.legend(handles, labels, loc="outside upper left", ncols=3, fontsize=8)

    return draw(
        name,
        f"What moves the difference: {short(tornado.design)} less {short(tornado.reference)}",
        CAPTION,
        footer,
        (8.6, 1.7 + 0.38 * len(rows)),
        paint,
    )


def _bars(ax: Axes, tornado: Tornado, rows: Sequence[Assumption], amount: Amount) -> None:
    base = tornado.base.mean
    shown = [base, 0.0, *known(tornado.base)]
    shown += [x for one in rows for found in (one.at_low, one.at_high) for x in known(found)]
    pad = 0.012 * ((max(shown) - min(shown)) or 1.0)
    if isfinite(tornado.base.low) and isfinite(tornado.base.high):
        ax.axvspan(tornado.base.low, tornado.base.high, color="#ececec", linewidth=0, zorder=0)
    labeled: set[str] = set()
    for row, one in enumerate(rows):
        same_side = (one.at_low.mean - base) * (one.at_high.mean - base) > 0.0
        ends = (
            (one.at_low, one.low, -0.17, LOW_FILL, LOW_HATCH, "low end of the range"),
            (one.at_high, one.high, 0.17, HIGH_FILL, "", "high end"),
        )
        for found, value, shift, fill, hatch, words in ends:
            if not isfinite(found.mean):
                continue
            at = row + (shift if same_side else 0.0)
            ax.barh(
                at,
                found.mean - base,
                left=base,
                height=0.32 if same_side else 0.62,
                color=fill,
                hatch=hatch,
                edgecolor=INK,
                linewidth=0.7,
                zorder=2,
                label=words if words not in labeled else None,
            )
            labeled.add(words)
            # Whiskers that meet in the middle must be told apart.
            whisker(ax, found, at if same_side else row + 0.6 * shift, width=1.1, cap=4)
            leftward = found.mean < base or (found.mean == base and shift < 0.0)
            edge = min(known(found)) - pad if leftward else max(known(found)) + pad
            ax.text(edge, at, told(value), ha="right" if leftward else "left", va="center", fontsize=7)
    ax.axvline(base, color=INK, linewidth=1.3, zorder=3, label=f"base: {amount.told(tornado.base)}")
    ax.axvline(0.0, color=INK, linewidth=0.9, linestyle=(0, (4, 2)), zorder=3, label="no difference")
    marks = [turn(one, base) for one in rows]
    ax.set_yticks(
        range(len(rows)),
        [
            f"{short(one.name, 34)} {mark}" if mark else short(one.name, 34)
            for one, mark in zip(rows, marks, strict=True)
        ],
    )
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.margins(x=0.14)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.locator_params(axis="x", nbins=8)
    ax.xaxis.set_major_formatter(amount.tick)
    ax.set_xlabel(amount.label(f"difference of {tornado.measure}") + left_out(tornado, len(rows)))


def told(value: float | str) -> str:
    """Write a value of an assumption, with at most four digits that count."""
    return short(value, 16) if isinstance(value, str) else f"{float(f'{value:.4g}'):,.10g}"


def left_out(tornado: Tornado, shown: int) -> str:
    """Say how many assumptions are not shown, and why."""
    unknown = sum(swing(one, tornado.base.mean) < 0.0 for one in tornado.assumptions)
    less = len(tornado.assumptions) - unknown - shown
    parts = [f"{less} more move it less"] * (less > 0) + [f"{unknown} without a result"] * (unknown > 0)
    return f"\n({'; '.join(parts)})" if parts else ""
