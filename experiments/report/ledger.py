"""Picture: what became of every claim when all assumptions were varied at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, sqrt
from statistics import NormalDist, median
from typing import TYPE_CHECKING

from experiments.report.amount import Amount
from experiments.report.comparison import Estimate
from experiments.report.drawing import Drawing, draw, short
from experiments.report.palette import HAIRLINE, INK, MUTED
from experiments.report.whisker import whisker

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

REFUTED_UP_TO, SUPPORTED_FROM = 20.0, 80.0
"""Percent of the points at which a claim's contrast exceeds its minimum."""
FAR = 2.0
"""The right panel reaches at most so many times as far as nine in ten of all effects."""
CAPTION = (
    "Each row is one claim, tried at many points at which all assumptions take other values within their ranges. "
    "Left: share of the points at which the claim's contrast exceeds the least that matters, fixed beforehand, with "
    "its Wilson interval; in the right band a claim counts as supported, in the left as refuted, between them it "
    "depends on the assumptions. A point at which the contrast is not defined does not exceed it; the hollow dot is "
    "the share if all such points did. Right: the standardized contrast at each point, one stroke a point, the ring "
    "at the median; the bar across is the least that matters, left of zero the effect is opposite to the claim. "
    "Triangles stand for what lies beyond. All points weigh alike: the shares say how far a claim hangs on the "
    "assumptions, not how probable it is in the world; and standardized contrasts of two claims are of two "
    "measures."
)


@dataclass(frozen=True)
class Claim:
    """One claim and its effects.

    Attributes
    ----------
    name : str
        Short.
    verdict : str
        One or two words.
    effects : sequence of float, shape (points,)
        The contrast at each point, large where the claim is right, divided by one number for the claim so that
        claims share an axis; nan where not defined.
    minimum : float
        The least that matters, divided by the same.
    """

    name: str
    verdict: str
    effects: Sequence[float]
    minimum: float

    @property
    def defined(self) -> list[float]:
        """The effects that are known."""
        return [effect for effect in self.effects if isfinite(effect)]

    @property
    def exceeding(self) -> int:
        """Number of points at which the contrast exceeds the minimum."""
        return sum(effect > self.minimum for effect in self.defined)


def wilson(successes: int, trials: int, confidence: float = 0.95) -> Estimate:
    """Give a share and its Wilson interval.

    Parameters
    ----------
    successes, trials : int
        0 <= successes <= trials.
    confidence : float
        In (0, 1).

    Returns
    -------
    Estimate
        In percent; nan without trials.

    Raises
    ------
    ValueError
        If the counts or the confidence are out of range.

    References
    ----------
    Wilson, E. B., "Probable inference, the law of succession, and statistical inference", JASA 22(158), 1927,
    209-212, doi:10.1080/01621459.1927.10502953.
    """
    if not 0 <= successes <= trials:
        raise ValueError(f"successes must lie in 0 to {trials}, got {successes}")
    if not 0.0 < confidence < 1.0:
        raise ValueError(f"confidence must lie in (0, 1), got {confidence!r}")
    if trials == 0:
        return Estimate()
    z = NormalDist().inv_cdf(0.5 + 0.5 * confidence)
    share = successes / trials
    center = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    half = z / (1 + z * z / trials) * sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials))
    # Rounding must not put the share outside its own interval.
    low, high = max(0.0, min(share, center - half)), min(1.0, max(share, center + half))
    return Estimate(100.0 * share, 100.0 * low, 100.0 * high, trials)


def reach(claims: Sequence[Claim]) -> tuple[float, float]:
    """Give the ends of the axis of effects: zero and every minimum are inside, and no few outliers set the scale."""
    effects = [effect for claim in claims for effect in claim.defined]
    needed = [0.0, *(claim.minimum for claim in claims)]
    sizes = sorted(abs(effect) for effect in effects)
    limit = max(FAR * sizes[int(0.9 * (len(sizes) - 1))] if sizes else 0.0, *(abs(x) for x in needed)) or 1.0
    low, high = max(min(needed + effects), -limit), min(max(needed + effects), limit)
    if low == high:
        low, high = -limit, limit
    return low - 0.04 * (high - low), high + 0.04 * (high - low)


def ledger(claims: Sequence[Claim], footer: str, confidence: float = 0.95, name: str = "ledger") -> Drawing | None:
    """Draw the ledger of claims.

    Parameters
    ----------
    claims : sequence of Claim
        In the order shown.
    footer : str
        Origin of the numbers.
    confidence : float
        Of the intervals.
    name : str
        File name without ending, an identifier.

    Returns
    -------
    Drawing or None
        None if no claim has an effect.

    Raises
    ------
    ValueError
        If `confidence` is not in (0, 1).
    """
    if not any(claim.defined for claim in claims):
        return None

    def paint(figure: Figure) -> None:
        left, right = figure.subplots(1, 2, width_ratios=(1.0, 1.25))
        _shares(left, claims, confidence)
        _strips(right, claims)

    return draw(
        name,
        "Claims under all assumptions at once",
        CAPTION,
        footer,
        (10.2, 1.5 + 0.36 * len(claims)),
        paint,
    )


def _shares(ax: Axes, claims: Sequence[Claim], confidence: float) -> None:
    for begin, end in ((0.0, REFUTED_UP_TO), (SUPPORTED_FROM, 100.0)):
        ax.axvspan(begin, end, color="#e9e9e9", linewidth=0, zorder=0)
    for row, claim in enumerate(claims):
        share = wilson(claim.exceeding, len(claim.effects), confidence)
        if not claim.defined:
            ax.text(50.0, row, "not defined", ha="center", va="center", fontsize=7.5, color=MUTED)
            continue
        whisker(ax, share, row, width=1.8)
        at_most = 100.0 * (1.0 - (len(claim.defined) - claim.exceeding) / len(claim.effects))
        if at_most > share.mean:
            ax.plot([at_most], [row], "o", color="white", markeredgecolor=INK, markersize=6.5, zorder=4, clip_on=False)
        ax.plot([share.mean], [row], "o", color=INK, markersize=6.5, zorder=5, clip_on=False)
    ax.set_xlim(0.0, 100.0)
    ax.set_xticks([0, 20, 50, 80, 100])
    ax.set_yticks(range(len(claims)), [short(claim.name, 40) for claim in claims])
    ax.set_xlabel("% of points at which it exceeds\nthe least that matters")
    ax.text(REFUTED_UP_TO / 2, 1.0, "refuted", transform=ax.get_xaxis_transform(), ha="center", va="bottom", fontsize=8)
    ax.text(50.0, 1.0, "depends", transform=ax.get_xaxis_transform(), ha="center", va="bottom", fontsize=8)
    ax.text(90.0, 1.0, "supported", transform=ax.get_xaxis_transform(), ha="center", va="bottom", fontsize=8)
    _dress(ax, len(claims))


def _strips(ax: Axes, claims: Sequence[Claim]) -> None:
    low, high = reach(claims)
    ax.axvline(0.0, color=MUTED, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
    for row, claim in enumerate(claims):
        inside = [effect for effect in claim.defined if low <= effect <= high]
        ax.plot(inside, [row] * len(inside), "|", color=INK, alpha=0.35, markersize=9, markeredgewidth=0.9, zorder=2)
        for beyond, edge, marker in (
            (any(e < low for e in claim.defined), low, "<"),
            (any(e > high for e in claim.defined), high, ">"),
        ):
            if beyond:
                ax.plot([edge], [row], marker, color=INK, markersize=6, clip_on=False, zorder=4)
        ax.plot(
            [claim.minimum] * 2, [row - 0.42, row + 0.42], color=INK, linewidth=2.2, zorder=3, solid_capstyle="butt"
        )
        if claim.defined:
            middle = min(max(median(claim.defined), low), high)
            ax.plot(
                [middle], [row], "o", color="white", markeredgecolor=INK, markeredgewidth=1.4, markersize=6.5, zorder=5
            )
    ax.set_xlim(low, high)
    ax.set_yticks(range(len(claims)), [short(claim.verdict, 18) for claim in claims], fontweight="bold")
    ax.locator_params(axis="x", nbins=7)
    ax.xaxis.set_major_formatter(Amount().tick)
    ax.set_xlabel("standardized contrast")
    ax.set_title("Effect at each point", fontsize=9)
    _dress(ax, len(claims))


def _dress(ax: Axes, rows: int) -> None:
    ax.set_ylim(rows - 0.4, -0.6)
    # A dot or a triangle may stand at the edge.
    ax.tick_params(axis="y", length=0, pad=9)
    ax.spines["left"].set_visible(False)
    ax.grid(axis="x", color=HAIRLINE, linewidth=0.6)
    ax.set_axisbelow(True)
