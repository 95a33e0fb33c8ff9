"""What was measured as a picture, and the page and the picture as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.page import page
from bench.results import MODEL_TEXT, Results

PLAIN, OURS, OTHERS, SECOND = "#9aa5b1", "#1f6f8b", "#c9b18b", "#c0603f"
_MARKS = ("o", "s", "^", "D")


def picture(results: Results) -> Any:
    """Draw speed on both models, scale and memory.

    Parameters
    ----------
    results : Results
        With all parts measured.

    Returns
    -------
    matplotlib.figure.Figure
        Four panels.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 7), layout="constrained")
    panels = figure.subplots(2, 2)
    for axes, model in zip(panels[0], ("a", "b"), strict=True):
        _draw_speed(axes, results, model)
    _draw_scale(panels[1][0], results)
    _draw_memory(panels[1][1], results)
    for axes in panels.ravel():
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=8)
    return figure


def _draw_speed(axes: Any, results: Results, model: str) -> None:
    found = [s for s in results.speeds if s.model == model]
    ratios = [s.pairing.ratio for s in found]
    spread = [
        [s.pairing.ratio - s.pairing.low for s in found],
        [s.pairing.high - s.pairing.ratio for s in found],
    ]
    colors = [PLAIN if s.is_plain else OURS if s.who.startswith("orgsim") else OTHERS for s in found]
    names = [s.who.replace(", neither", ",\nneither") for s in found]
    axes.barh(names, ratios, xerr=spread, color=colors, height=0.6, error_kw={"linewidth": 1})
    for place, speed in enumerate(found):
        text = f"{speed.pairing.ratio:.2g}" if speed.pairing.ratio < 1 else f"{speed.pairing.ratio:.3g}"
        axes.annotate(
            text, (speed.pairing.high, place), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8
        )
    axes.axvline(1, color=PLAIN, linewidth=1)
    axes.set_xscale("log")
    if ratios:
        axes.set_xlim(min(ratios) / 2, 3 * max(s.pairing.high for s in found))
    axes.invert_yaxis()
    axes.set_title(f"Speed, times plain SimPy; {MODEL_TEXT[model]}", fontsize=10)


def _draw_scale(axes: Any, results: Results) -> None:
    from matplotlib.ticker import StrMethodFormatter

    for scaling, mark in zip(results.scalings, _MARKS, strict=False):
        axes.plot(
            scaling.sizes, scaling.medians, f"{mark}-", label=f"{scaling.of} ({scaling.ratio:.1f}x)", markersize=5
        )
    axes.set(xscale="log", xlabel="how many", ylabel="ns per row")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    axes.set_title("Scale of the compiled engine, largest to smallest in brackets", fontsize=10)
    axes.legend(fontsize=8, frameon=False)


def _draw_memory(axes: Any, results: Results) -> None:
    from matplotlib.ticker import MaxNLocator

    for memory in (m for m in results.memories if m.model == "company"):
        color = OURS if memory.engine == "compiled" else SECOND
        label = f"{memory.engine}, trace {'kept' if memory.kept else 'not kept'}"
        peaks = [p / 2**20 for p in memory.peak_bytes]
        axes.plot(memory.customers, peaks, "o--" if memory.kept else "o-", color=color, label=label, markersize=5)
    axes.set(xlabel="years simulated", ylabel="peak memory, MB")
    axes.set_ylim(bottom=0)
    axes.xaxis.set_major_locator(MaxNLocator(5, integer=True))
    axes.set_title("Memory, the standard company", fontsize=10)
    axes.legend(fontsize=8, frameon=False)


def write(results: Results, folder: Path) -> list[Path]:
    """Write `performance.md` and `performance.svg`.

    Parameters
    ----------
    results : Results
        With all parts measured.
    folder : Path
        Where to; must exist.

    Returns
    -------
    list of Path
        The two files.
    """
    import matplotlib

    markdown, svg = folder / "performance.md", folder / "performance.svg"
    # Without a salt and a date, the same results would give another file each time.
    with matplotlib.rc_context({"svg.hashsalt": "orgsim"}):
        picture(results).savefig(svg, metadata={"Date": None})
    markdown.write_text(page(results, svg.name), encoding="utf-8")
    return [markdown, svg]
