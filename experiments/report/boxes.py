"""Picture: under which circumstances something of interest happens, as boxes found by PRIM."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.amount import Amount, amount_of
from experiments.report.discovery import Box, Discovery, Factor, counts, inside, limit_of, most_restricted
from experiments.report.drawing import Drawing, draw, legend_name, short
from experiments.report.palette import HAIRLINE, INK, MUTED, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MANY = 2000
"""Above so many cases they are stored as an image: a page of them would be heavy."""
CAPTION = (
    "Left: for every factor that a box restricts, its whole range (pale) and the part inside the box (strong), with "
    "the numbers beside it; what is not listed may be anything. Coverage is the share of all cases of interest that "
    "lie in the box, density the share of the cases in the box that are of interest; a useful box has much of both. "
    "Right: all cases on the two factors that the first box restricts most, those of interest dark, the boxes as "
    "frames; a frame shows two factors only, so that cases inside it may be outside the box. Boxes describe the cases "
    "that were run, drawn from ranges and not from how likely anything is; they are no causes."
)


def words(discovery: Discovery, box: Box) -> str:
    """Tell coverage and density of a box."""
    hits, held, interesting = counts(discovery, box)
    density = f"{100 * hits / held:.0f} % of the {held} cases in it are" if held else "no case is in it"
    return f"{short(box.name)}: covers {100 * hits / interesting:.0f} % of the {interesting} of interest; {density}"


def boxes(discovery: Discovery, footer: str, name: str = "boxes") -> Drawing | None:
    """Draw boxes of scenario discovery.

    Parameters
    ----------
    discovery : Discovery
        What is drawn.
    footer : str
        Origin of the numbers.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if there is no box or no case of interest.
    """
    if not discovery.boxes or not any(discovery.of_interest):
        return None
    two = most_restricted(discovery)

    def paint(figure: Figure) -> None:
        if len(two) == 2:
            left, right = figure.subplots(1, 2, width_ratios=(1.0, 1.25))
            _cases(right, discovery, two[0], two[1])
            figure.legend(*right.get_legend_handles_labels(), loc="outside upper right", ncols=4, fontsize=8)
        else:
            left = figure.subplots()
        _ranges(left, discovery)

    rows = sum(len(box.limits) + 1.4 for box in discovery.boxes)
    return draw(
        name,
        short(f"When {discovery.interest}", 80),
        CAPTION,
        footer,
        (11.0 if len(two) == 2 else 6.4, max(4.6 if len(two) == 2 else 1.6, 1.0 + 0.42 * rows)),
        paint,
    )


def _ranges(ax: Axes, discovery: Discovery) -> None:
    at, ticks, names = 0.0, [], []
    for index, box in enumerate(discovery.boxes):
        ax.text(0.0, at, words(discovery, box).replace("; ", ";\n"), fontsize=8, fontweight="bold", va="center")
        at += 1.0
        for factor in discovery.factors:
            limit = limit_of(box, factor)
            if limit is None:
                continue
            low, high = inside(factor, limit)
            span = factor.high - factor.low
            ax.plot([0.0, 1.0], [at, at], color="#cfcfcf", linewidth=6, solid_capstyle="butt", zorder=1)
            ax.plot([(low - factor.low) / span, (high - factor.low) / span], [at, at], color=look(index).color,
                    linewidth=6, solid_capstyle="butt", marker="|", markersize=11, markeredgewidth=1.5,
                    zorder=2)  # fmt: skip
            amount = _amount(factor)
            ends = [f"{value * amount.factor:,.4g}" for value in (low, high, factor.low, factor.high)]
            told = "{} to {}\nof {} to {}".format(*ends)
            ax.text(1.05, at, f"{told} {short(amount.unit, 26)}", fontsize=7.5, va="center")
            ticks.append(at)
            names.append(short(factor.name))
            at += 1.0
        at += 0.5
    ax.set_yticks(ticks, names)
    ax.set_ylim(at - 0.6, -0.8)
    ax.set_xlim(-0.01, 1.7)
    ax.set_xticks([0.0, 0.5, 1.0], ["lowest", "half", "highest"])
    for side in ("left", "bottom"):
        ax.spines[side].set_visible(False)
    ax.tick_params(length=0, labelsize=8)
    ax.set_title("What the boxes restrict")


def _cases(ax: Axes, discovery: Discovery, across: Factor, up: Factor) -> None:
    from matplotlib.patches import Rectangle

    heavy = len(discovery.of_interest) > MANY
    for wanted, face, edge, size, label in (
        (False, "white", "#9a9a9a", 3.4, "other cases"),
        (True, INK, INK, 3.8, "of interest"),
    ):
        points = [
            (x, y) for x, y, i in zip(across.values, up.values, discovery.of_interest, strict=True) if i == wanted
        ]
        ax.plot([x for x, _ in points], [y for _, y in points], "o", markerfacecolor=face, markeredgecolor=edge,
                markersize=size, markeredgewidth=0.7, linestyle="none", label=label, rasterized=heavy,
                zorder=2)  # fmt: skip
    for index, box in enumerate(discovery.boxes):
        (x0, x1), (y0, y1) = inside(across, limit_of(box, across)), inside(up, limit_of(box, up))
        style = look(index)
        ax.add_patch(
            Rectangle(
                (x0, y0),
                x1 - x0,
                y1 - y0,
                fill=False,
                edgecolor=style.color,
                linestyle=style.dash,
                linewidth=2.0,
                zorder=4,
                label=legend_name(box.name),
            )
        )
    for axis, factor, limits in ((ax.xaxis, across, ax.set_xlim), (ax.yaxis, up, ax.set_ylim)):
        amount = _amount(factor)
        pad = 0.03 * (factor.high - factor.low)
        limits(factor.low - pad, factor.high + pad)
        axis.set_major_formatter(amount.tick)
        axis.set_label_text(amount.label(short(factor.name, 40)))
    ax.locator_params(nbins=6)
    ax.grid(color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_title(short(f"Of interest: {discovery.interest}", 60), color=MUTED)


def _amount(factor: Factor) -> Amount:
    return amount_of(factor.unit, (factor.low, factor.high))
