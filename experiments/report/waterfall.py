"""Picture: what each lever changes when they are pulled one after another, and its share over all orders."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite
from typing import TYPE_CHECKING

from experiments.report.amount import Amount, amount_of
from experiments.report.comparison import Estimate
from experiments.report.diverging import LESS, LESS_HATCH, MORE
from experiments.report.drawing import Drawing, draw, short
from experiments.report.lever_steps import Bar, Waterfall, from_zero, steps_of
from experiments.report.palette import HAIRLINE, INK, MUTED
from experiments.report.whisker import finite, known, whisker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CAPTION = (
    "Left: the levers are pulled from top to bottom, each design at the same yearly cost; a bar is what one more "
    "lever changes against the design above it, the line at its end the paired interval of that change. Teal is more, "
    "hatched is less; a hollow bar is not told from zero. Right: dot and thick line are the lever's Shapley share, "
    "its mean change over all orders in which the levers can be pulled, and the interval of that; the pale line "
    "reaches from the least to the largest change in any order. A step on the left belongs to this one order: it is "
    "not what the lever brings alone, nor what it would bring in another firm."
)


def waterfall(waterfall: Waterfall, footer: str, name: str = "waterfall") -> Drawing | None:
    """Draw the waterfall of levers, with their Shapley shares beside it where they are known.

    Parameters
    ----------
    waterfall : Waterfall
        What is drawn.
    footer : str
        Origin of the numbers.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no change is defined.

    References
    ----------
    Shapley, L. S., "A value for n-person games", Contributions to the Theory of Games II, Princeton 1953, 307-317,
    doi:10.1515/9781400881970-018.
    """
    if not any(isfinite(lever.change.mean) for lever in waterfall.levers):
        return None
    bars = steps_of(waterfall)
    shares = any(isfinite(lever.shapley.mean) for lever in waterfall.levers)
    # One way of writing for both panels.
    numbers = [x for bar in bars for x in (bar.begin, bar.end, bar.low, bar.high)]
    numbers += [x for lever in waterfall.levers for x in (*known(lever.shapley), lever.least, lever.most)]
    amount = amount_of(waterfall.unit, numbers, difference=not from_zero(waterfall))

    def paint(figure: Figure) -> None:
        if shares:
            left, right = figure.subplots(1, 2, width_ratios=(1.7, 1.0), sharey=True)
            _shapley(right, waterfall, amount)
        else:
            left = figure.subplots()
        _steps(left, waterfall, bars, amount)

    return draw(
        name,
        f"What each lever changes, from {short(waterfall.start)} to {short(waterfall.end)}",
        CAPTION,
        footer,
        (10.4 if shares else 7.4, 1.5 + 0.36 * len(bars)),
        paint,
    )


def _steps(ax: Axes, waterfall: Waterfall, bars: Sequence[Bar], amount: Amount) -> None:
    shown = [x for bar in bars for x in finite(bar.begin, bar.end, bar.low, bar.high)]
    span = (max(shown) - min(shown)) or 1.0
    for row, bar in enumerate(bars):
        design = row in (0, len(bars) - 1)
        if isfinite(bar.end):
            told = bar.change.excludes_zero
            color = MUTED if design else (MORE if bar.end >= bar.begin else LESS)
            ax.barh(
                row,
                bar.end - bar.begin,
                left=bar.begin,
                height=0.62,
                color=color if design or told else "white",
                edgecolor=INK if design else color,
                hatch=LESS_HATCH if bar.end < bar.begin and not design else "",
                linewidth=1.2,
                zorder=2,
            )
            if row < len(bars) - 1:
                ax.plot([bar.end, bar.end], [row, row + 1], color=MUTED, linewidth=0.6, zorder=1)
        whisker(ax, Estimate(bar.end, bar.low, bar.high), row, cap=5)
        right = max(finite(bar.begin, bar.end, bar.high))
        if row == 0:
            level = amount_of(waterfall.unit, [waterfall.level])
            told_text = f"{level.plain(waterfall.level)} {level.unit}".rstrip()
        else:
            told_text = amount.told(bar.change) if isfinite(bar.change.mean) else "not defined"
        ax.text(right + 0.015 * span, row, told_text, va="center", fontsize=7.5)
    ax.axvline(0.0, color=INK, linewidth=0.8, zorder=3)
    low, high = min([0.0, *shown]), max([0.0, *shown])
    ax.set_xlim(low - 0.03 * (high - low), high + 0.4 * (high - low) if high > low else 1.0)
    ax.set_yticks(range(len(bars)), [short(bar.name) for bar in bars])
    for label in (ax.get_yticklabels()[0], ax.get_yticklabels()[-1]):
        label.set_fontweight("bold")
    ax.set_ylim(len(bars) - 0.4, -0.6)
    ax.set_title("One lever after another")
    words = (
        waterfall.measure if from_zero(waterfall) else f"change of {waterfall.measure} against {short(bars[0].name)}"
    )
    _dress(ax, amount, words)


def _shapley(ax: Axes, waterfall: Waterfall, amount: Amount) -> None:
    for row, lever in enumerate(waterfall.levers, start=1):
        if not isfinite(lever.shapley.mean):
            continue
        if isfinite(lever.least) and isfinite(lever.most):
            ax.plot([lever.least, lever.most], [row, row], color="#bdbdbd", linewidth=5, solid_capstyle="butt")
        whisker(ax, lever.shapley, row, width=2)
        told = lever.shapley.excludes_zero
        ax.plot([lever.shapley.mean], [row], "o", color=INK, markerfacecolor=INK if told else "white", zorder=5)
    ax.axvline(0.0, color=INK, linewidth=0.8, zorder=1)
    ax.margins(x=0.08)
    ax.tick_params(labelleft=False)
    ax.set_title("Share over all orders")
    _dress(ax, amount, "change by the lever")


def _dress(ax: Axes, amount: Amount, words: str) -> None:
    ax.xaxis.set_major_formatter(amount.tick)
    ax.locator_params(axis="x", nbins=6)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    ax.set_xlabel(amount.label(words), fontsize=8)
    ax.tick_params(axis="x", labelsize=8)
