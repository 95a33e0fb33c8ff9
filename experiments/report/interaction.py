"""Picture: whether what one factor does depends on another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from experiments.report.amount import Amount, amount_of
from experiments.report.comparison import Estimate
from experiments.report.drawing import Drawing, draw, legend_name, short
from experiments.report.label import wrapped
from experiments.report.palette import HAIRLINE, look
from experiments.report.whisker import UNKNOWN, check_estimate, known, whisker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

APART = 0.035
"""Lines are moved sideways by this share of a step, so that intervals can be told apart."""
EXPECTED_UP_TO = 3
"""With so many lines or fewer, dotted lines show what parallel would be."""
CAPTION = (
    "Mean of one measure over the levels of one factor, a line for each level of a second one, with intervals. "
    "Parallel lines: the two add up, neither changes what the other does. The dotted lines start where each line "
    "starts and run parallel to the first; what lies between a line and its dotted one is interaction. Intervals are "
    "of each mean by itself; whether lines are parallel is for the paired contrast to say, which is written above "
    "where it was worked out. The lines between the levels only guide the eye."
)


@dataclass(frozen=True)
class Interaction:
    """Means over the levels of two factors.

    Attributes
    ----------
    factor, second : str
        Names of the two.
    levels, lines : sequence of str
        Their levels, in order.
    means : sequence of sequence of Estimate, shape (len(lines), len(levels))
        One mean for each pair.
    measure, unit : str
        Of what.
    contrast : Estimate
        What the last levels of both bring beyond the sum of what each brings alone, if it was worked out.

    Raises
    ------
    ValueError
        If `means` has another shape, or bounds are in the wrong order.
    """

    factor: str
    levels: Sequence[str]
    second: str
    lines: Sequence[str]
    means: Sequence[Sequence[Estimate]]
    measure: str
    unit: str
    contrast: Estimate = UNKNOWN

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        lengths = [len(row) for row in self.means]
        if lengths != [len(self.levels)] * len(self.lines):
            raise ValueError(
                f"means must have {len(self.lines)} rows ({self.second}) of {len(self.levels)} ({self.factor}), "
                f"got rows of {lengths}"
            )
        check_estimate("contrast", self.contrast)
        for line, row in zip(self.lines, self.means, strict=True):
            for level, found in zip(self.levels, row, strict=True):
                check_estimate(f"mean at {level!r} and {line!r}", found)


def parallel(found: Interaction, line: int) -> list[float]:
    """Give where a line would run without interaction: as the first one does, from its own first level."""
    first, own = found.means[0], found.means[line]
    return [own[0].mean + (there.mean - first[0].mean) for there in first]


def interaction(found: Interaction, footer: str, name: str = "interaction") -> Drawing | None:
    """Draw an interaction plot.

    Parameters
    ----------
    found : Interaction
        What is drawn.
    footer : str
        Origin of the numbers.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no mean is defined.
    """
    if not any(isfinite(mean.mean) for row in found.means for mean in row):
        return None
    numbers = [x for row in found.means for mean in row for x in known(mean)]
    amount = amount_of(found.unit, numbers)

    def paint(figure: Figure) -> None:
        ax = figure.subplots()
        for index in range(len(found.lines)):
            _line(ax, found, index)
        _dress(ax, found, amount)
        figure.legend(*ax.get_legend_handles_labels(), loc="outside right center", title=short(found.second, 34),
                      handlelength=4, fontsize=8, title_fontsize=8.5, alignment="left")  # fmt: skip

    return draw(
        name,
        f"{short(found.factor)} and {short(found.second)} together",
        CAPTION,
        footer,
        (max(6.6, 3.4 + 1.15 * len(found.levels)), 4.2),
        paint,
    )


def _line(ax: Axes, found: Interaction, index: int) -> None:
    style = look(index)
    x = [k + APART * (index - 0.5 * (len(found.lines) - 1)) for k in range(len(found.levels))]
    row = found.means[index]
    ax.plot(x, [mean.mean for mean in row], color=style.color, linestyle=style.dash, marker=style.marker,
            markersize=6.5, linewidth=1.6, zorder=3, label=legend_name(found.lines[index]))  # fmt: skip
    for at, mean in zip(x, row, strict=True):
        whisker(ax, mean, at, upright=True, color=style.color, width=1.3, cap=5)
    if 0 < index < EXPECTED_UP_TO and len(found.lines) <= EXPECTED_UP_TO:
        ax.plot(x, parallel(found, index), color=style.color, linestyle=(0, (1, 2.5)), linewidth=1.2, zorder=2,
                label="the same, parallel to the first")  # fmt: skip


def _dress(ax: Axes, found: Interaction, amount: Amount) -> None:
    ax.set_xticks(range(len(found.levels)), [wrapped(level, 15, 3) for level in found.levels])
    ax.set_xlim(-0.4, len(found.levels) - 0.6)
    ax.margins(y=0.08)
    ax.yaxis.set_major_formatter(amount.tick)
    ax.grid(axis="y", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
    ax.set_xlabel(short(found.factor, 40))
    ax.set_ylabel(f"{short(found.measure, 40)}\n{amount.unit}".rstrip())
    if isfinite(found.contrast.mean):
        differences = amount_of(found.unit, known(found.contrast), difference=True)
        told = f"{differences.told(found.contrast)} {differences.unit}"
        ax.set_title(f"Beyond the sum of the parts:\n{told}", fontsize=9)
