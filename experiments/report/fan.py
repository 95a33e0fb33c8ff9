"""Picture: cumulative cash of several ways into a change, and how deep and how long each dips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, isfinite, nan
from typing import TYPE_CHECKING

from experiments.report.amount import Amount, amount_of
from experiments.report.drawing import Drawing, draw, legend_name
from experiments.report.palette import HAIRLINE, INK, MUTED, look

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LEAST_FALL = 0.005
"""A fall below this share of all that is shown is no dip."""
MARKED = 8
CAPTION = (
    "Line: median over replications; band: from the tenth to the ninetieth percentile of them, month by month, so "
    "that one replication may be near the top early and near the bottom late. The dip is the largest fall of the "
    "median below its own earlier high (vertical bar), its length the months until that high is reached again. The "
    "band is what chance does to one firm, not how well the median is known; with the same customers behind all ways, "
    "bands that overlap do not say that the ways are alike."
)


@dataclass(frozen=True)
class Path:
    """One way into a change.

    Attributes
    ----------
    name : str
        As shown.
    p10, p50, p90 : sequence of float, shape (months,)
        Percentiles over replications; nan where not defined.
    """

    name: str
    p10: Sequence[float]
    p50: Sequence[float]
    p90: Sequence[float]


@dataclass(frozen=True)
class Fan:
    """Several ways into a change over the same months.

    Attributes
    ----------
    months : sequence of float
        Ascending; the decision is taken in month 0.
    paths : sequence of Path
        In the order that fixes color.
    measure, unit : str
        What accumulates.

    Raises
    ------
    ValueError
        If a path has another number of months, percentiles in the wrong order, or months do not ascend.
    """

    months: Sequence[float]
    paths: Sequence[Path]
    measure: str = "cumulative cash"
    unit: str = "USD"

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        months = list(self.months)
        if any(not later > earlier for earlier, later in pairwise(months)):
            raise ValueError(f"months must ascend, got {months}")
        for path in self.paths:
            lengths = (len(path.p10), len(path.p50), len(path.p90))
            if set(lengths) != {len(months)}:
                raise ValueError(f"{path.name!r} must have {len(months)} months, got {lengths} of p10, p50, p90")
            for month, *three in zip(months, path.p10, path.p50, path.p90, strict=True):
                known = [value for value in three if isfinite(value)]
                if known != sorted(known):
                    raise ValueError(f"{path.name!r} must have p10 <= p50 <= p90, got {three} in month {month:g}")


@dataclass(frozen=True)
class Dip:
    """The largest fall of a curve below its own earlier high.

    Attributes
    ----------
    depth : float
        Of the fall.
    high : float
        From where it fell.
    from_month, bottom_month, until_month : float
        When it left the high, was lowest, and reached the high again; nan if it did not.
    """

    depth: float
    high: float
    from_month: float
    bottom_month: float
    until_month: float

    @property
    def months(self) -> float:
        """Length; nan if the high was not reached again."""
        return self.until_month - self.from_month


def dip_of(months: Sequence[float], values: Sequence[float]) -> Dip | None:
    """Find the largest fall below an earlier high.

    Parameters
    ----------
    months, values : sequence of float
        A curve; what is not defined is passed over, and straight lines are drawn between the rest.

    Returns
    -------
    Dip or None
        None if the curve never falls. Of equal falls the first.
    """
    points = [(month, value) for month, value in zip(months, values, strict=True) if isfinite(value)]
    if not points:
        return None
    top, deepest = points[0], None
    for month, value in points:
        if value >= top[1]:
            top = (month, value)
        elif deepest is None or top[1] - value > deepest[0]:
            deepest = (top[1] - value, top, month)
    if deepest is None:
        return None
    depth, (from_month, high), bottom_month = deepest
    until = nan
    for (m0, v0), (m1, v1) in pairwise(points):
        if m0 >= bottom_month and v1 >= high:
            until = m0 + (high - v0) / (v1 - v0) * (m1 - m0)
            break
    return Dip(depth, high, from_month, bottom_month, until)


def fan(found: Fan, footer: str, name: str = "fan") -> Drawing | None:
    """Draw cumulative cash of several ways into a change.

    Parameters
    ----------
    found : Fan
        What is drawn.
    footer : str
        Origin of the numbers.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no path has a median.
    """
    shown = [
        value for path in found.paths for row in (path.p10, path.p50, path.p90) for value in row if isfinite(value)
    ]
    if not any(isfinite(value) for path in found.paths for value in path.p50):
        return None
    amount = amount_of(found.unit, shown)
    least = LEAST_FALL * (max(shown) - min(shown))

    def paint(figure: Figure) -> None:
        ax = figure.subplots()
        for index, path in enumerate(found.paths):
            _path(ax, found, path, index, amount, least)
        ax.axhline(0.0, color=INK, linewidth=0.8, zorder=1)
        if found.months[0] < 0.0 < found.months[-1]:
            ax.axvline(0.0, color=MUTED, linewidth=0.8, linestyle=(0, (4, 2)), zorder=1)
        ax.margins(x=0.02)
        if found.months[-1] - found.months[0] >= 12:
            ax.set_xticks([m for m in range(6 * ceil(found.months[0] / 6), int(found.months[-1]) + 1, 6)])
        ax.grid(color=HAIRLINE, linewidth=0.6)
        ax.set_axisbelow(True)
        ax.yaxis.set_major_formatter(amount.tick)
        ax.set_xlabel("months since the decision")
        ax.set_ylabel(amount.label(found.measure))
        figure.legend(*ax.get_legend_handles_labels(), loc="outside upper left", ncols=1, handlelength=4)

    return draw(
        name,
        "What the way into the change costs",
        CAPTION,
        footer,
        (8.6, 4.4 + 0.2 * len(found.paths)),
        paint,
    )


def fall(dip: Dip | None, amount: Amount, least: float = 0.0) -> str:
    """Tell a dip in words."""
    if dip is None or dip.depth <= least:
        return "no dip"
    depth = f"dips by {amount.plain(dip.depth)} {amount.unit} from month {dip.from_month:.3g}"
    if isfinite(dip.months):
        return f"{depth}, {max(0.1, dip.months):.1f} months long"
    return f"{depth}, not made good in the months shown"


def _path(ax: Axes, found: Fan, path: Path, index: int, amount: Amount, least: float) -> None:
    if not any(isfinite(value) for value in path.p50):
        return
    style = look(index)
    ax.fill_between(found.months, path.p10, path.p90, color=style.color, alpha=0.1, linewidth=0, zorder=2)
    for edge in (path.p10, path.p90):
        ax.plot(found.months, edge, color=style.color, linestyle=style.dash, linewidth=0.6, alpha=0.7, zorder=2)
    dip = dip_of(found.months, path.p50)
    ax.plot(
        found.months,
        path.p50,
        color=style.color,
        linestyle=style.dash,
        marker=style.marker,
        markersize=5,
        markevery=(index, ceil(len(found.months) / MARKED)),
        linewidth=1.9,
        zorder=3,
        label=f"{legend_name(path.name)}: {fall(dip, amount, least)}",
    )
    if dip is not None and dip.depth > least and dip.bottom_month < found.months[-1]:
        ax.plot([dip.bottom_month] * 2, [dip.high - dip.depth, dip.high], color=style.color, linewidth=1.3, marker="_",
                markersize=7, zorder=4)  # fmt: skip
