"""Colors, markers and lines: a design looks the same everywhere, and designs differ in gray print too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

OKABE_ITO = ("#000000", "#D55E00", "#0072B2", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
"""Told apart under any common color blindness; black leads as the reference, yellow is too pale on white.

Source: Okabe, M. and Ito, K., "Color universal design", 2008, jfly.uni-koeln.de/color.
"""
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (1, 1.4)), (0, (6, 2, 1, 2)), (0, (9, 2, 2, 2, 2, 2)))

INK = "#1a1a1a"
MUTED = "#5f5f5f"
HAIRLINE = "#d0d0d0"


@dataclass(frozen=True)
class Look:
    """How a design is drawn.

    Attributes
    ----------
    color : str
        Hexadecimal.
    marker : str
        As matplotlib names it.
    dash : str or tuple
        Line style as matplotlib takes it.
    """

    color: str
    marker: str
    dash: Any


def look(index: int) -> Look:
    """Give the look of the design at a place in the order of designs; the first is the reference.

    The three cycles have lengths without common factor, so that 280 designs pass before a look comes again.
    """
    return Look(OKABE_ITO[index % len(OKABE_ITO)], MARKERS[index % len(MARKERS)], DASHES[index % len(DASHES)])


@dataclass(frozen=True)
class Part:
    """How a part of a stacked bar is drawn: gray and hatched, since colors stand for designs."""

    label: str
    fill: str
    hatch: str
    ink: str


PARTS = {
    "touch_h": Part("worked on (touch)", "#2b2b2b", "", "#ffffff"),
    "queue_h": Part("in a queue", "#8a8a8a", "", "#000000"),
    "off_shift_h": Part("off shift", "#ffffff", "////", "#000000"),
    "blocked_h": Part("blocked", "#b5b5b5", "xxxx", "#000000"),
    "customer_h": Part("customer's own time", "#e2e2e2", "", "#000000"),
}
"""Parts of the lead time, in the order they are stacked."""
