"""A picture as bytes, and how one is made without a display or a trace in matplotlib's global state."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from experiments.report.palette import INK, MUTED

if TYPE_CHECKING:
    from matplotlib.figure import Figure

RASTER_DPI = 160

SETTINGS: dict[str, Any] = {
    "font.family": "DejaVu Sans",  # comes with matplotlib: the same letters on every machine
    "font.size": 9.0,
    "text.color": INK,
    # Names are names: a dollar sign in one does not begin a formula.
    "text.parse_math": False,
    "axes.labelcolor": INK,
    "axes.edgecolor": MUTED,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.unicode_minus": True,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "hatch.linewidth": 0.6,
    "hatch.color": MUTED,
    "legend.frameon": False,
    "figure.facecolor": "white",
    "savefig.facecolor": "white",
    "svg.fonttype": "path",
    "path.simplify": False,
}

FOOTER_IN = 0.28
"""Height of the footer, inches."""


@dataclass(frozen=True)
class Drawing:
    """A finished picture.

    Attributes
    ----------
    name : str
        File name without ending; also what tells pictures apart.
    title : str
        What it shows.
    caption : str
        How to read it, in sentences.
    svg, png : bytes
        The same picture twice; equal input gives equal bytes under one version of matplotlib.
    """

    name: str
    title: str
    caption: str
    svg: bytes
    png: bytes

    def write(self, folder: Path) -> list[Path]:
        """Write both files into an existing folder and give their paths."""
        paths = [folder / f"{self.name}.svg", folder / f"{self.name}.png"]
        for path, content in zip(paths, (self.svg, self.png), strict=True):
            path.write_bytes(content)
        return paths


def draw(
    name: str,
    title: str,
    caption: str,
    footer: str,
    size_in: tuple[float, float],
    paint: Callable[[Figure], None],
) -> Drawing:
    """Make a picture.

    Parameters
    ----------
    name, title, caption : str
        As in `Drawing`.
    footer : str
        Origin of the numbers, written below the picture.
    size_in : tuple of float
        Width and height in inches, footer included.
    paint : callable
        Receives an empty figure with constrained layout above the footer, and fills it.

    Returns
    -------
    Drawing
        With neither dates nor versions in its files.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    from matplotlib.layout_engine import ConstrainedLayoutEngine

    svg, png = io.BytesIO(), io.BytesIO()
    width, height = size_in
    above_footer = (0.0, FOOTER_IN / height, 1.0, 1.0 - FOOTER_IN / height)
    # The context puts a user's settings back. The salt makes ids in the SVG a function of the picture.
    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        settings: Any = {**SETTINGS, "svg.hashsalt": name}
        matplotlib.rcParams.update(settings)
        layout = ConstrainedLayoutEngine(h_pad=0.08, w_pad=0.08, rect=above_footer)
        figure = Figure(figsize=size_in, layout=layout)
        paint(figure)
        figure.text(0.08 / width, 0.06 / height, footer, fontsize=7, color=MUTED, ha="left", va="bottom")
        nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
        FigureCanvasSVG(figure)
        figure.savefig(svg, format="svg", metadata=nothing)
        FigureCanvasAgg(figure)
        figure.savefig(png, format="png", dpi=RASTER_DPI, metadata={"Software": None})
    return Drawing(name, title, caption, svg.getvalue(), png.getvalue())


def short(name: str, width: int = 26) -> str:
    """Cut a name to what fits beside a picture, without characters that do not print."""
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    return printable if len(printable) <= width else printable[: width - 1] + "…"


def legend_name(name: str) -> str:
    """Give a name as a legend takes it: a leading underscore would hide the entry."""
    text = short(name, 34)
    return f" {text}" if text.startswith("_") else text
