"""Colors for more and for less than a reference; designs have other colors, so that neither is taken for the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from experiments.report.palette import INK

if TYPE_CHECKING:
    from matplotlib.colors import LinearSegmentedColormap

BROWN_TO_TEAL = ("#8c510a", "#dfc27d", "#f7f7f7", "#80cdc1", "#01665e")
"""From less to more, told apart under any common color blindness; both ends are alike in gray, so signs go with it.

Source: the scheme BrBG of Harrower, M. and Brewer, C. A., "ColorBrewer.org", The Cartographic Journal 40(1), 2003,
27-37, doi:10.1179/000870403235002042.
"""
MORE, LESS = "#01665e", "#d8a24a"
"""Of bars; the second is lighter, so that they differ in gray print."""
LESS_HATCH = "////"

RED_WEIGHT, GREEN_WEIGHT, BLUE_WEIGHT = 0.2126, 0.7152, 0.0722
"""Luminance. Source: ITU-R Recommendation BT.709."""
DARK = 0.42


def diverging() -> LinearSegmentedColormap:
    """Give the colors from brown (less) by white to teal (more)."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("brown_to_teal", list(BROWN_TO_TEAL))


def ink_on(color: tuple[float, float, float]) -> str:
    """Give the color of letters on a fill, whose parts are 0 to 1."""
    red, green, blue = color
    return "#ffffff" if RED_WEIGHT * red + GREEN_WEIGHT * green + BLUE_WEIGHT * blue < DARK else INK
