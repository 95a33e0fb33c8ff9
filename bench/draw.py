"""What was measured as a page with a table and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.memory import Memory
from bench.queue_depth import FEW, MANY, Depth
from bench.speed import Speed

PLAIN, OURS = "#9aa5b1", "#1f6f8b"
MODEL_TEXT = {"a": "A: M/M/4 at load .9", "b": "B: sales funnel, 7 stations"}


@dataclass(frozen=True)
class Results:
    """Everything one run of the benchmarks measured; empty where a part was not run."""

    machine: dict[str, str]
    rounds: int
    speeds: tuple[Speed, ...] = ()
    depths: tuple[Depth, ...] = ()
    memories: tuple[Memory, ...] = ()


def tables(results: Results) -> str:
    """Write what was measured as Markdown tables.

    Parameters
    ----------
    results : Results
        What was measured.

    Returns
    -------
    str
        Markdown, a section a part.
    """
    parts = []
    if results.speeds:
        rows = [
            f"| {MODEL_TEXT[s.model]} | {s.engine} | {s.customers:,} | {s.plain_per_s:,.0f} | {s.per_s:,.0f} "
            f"| {s.pairing.text} | {s.plain_mean_h:.3f} / {s.mean_h:.3f} |"
            for s in results.speeds
        ]
        parts.append(
            "## Speed\n\n"
            "| model | engine | customers | plain SimPy, customers/s | orgsim, customers/s "
            "| ratio (lowest to highest) | mean time in system, h: plain / orgsim |\n"
            "|---|---|---|---|---|---|---|\n" + "\n".join(rows)
        )
    if results.depths:
        rows = [
            f"| {d.who} | {_median(d.few_us):.1f} | {_median(d.many_us):.1f} | {d.ratio:.2f} |" for d in results.depths
        ]
        parts.append(
            "## Long queues\n\n"
            f"| | µs per customer, {FEW:,} waiting | µs per customer, {MANY:,} waiting | ratio |\n"
            "|---|---|---|---|\n" + "\n".join(rows)
        )
    if results.memories:
        rows = [
            f"| {m.engine}, trace {'kept' if m.kept else 'not kept'} | "
            + ", ".join(f"{p / 2**20:.0f} MB at {n:,}" for n, p in zip(m.customers, m.peak_bytes, strict=True))
            + f" | {m.bytes_per_customer:.0f} |"
            for m in results.memories
        ]
        parts.append(
            f"## Memory (model {results.memories[0].model.upper()})\n\n"
            "| | peak by number of customers | bytes per further customer |\n|---|---|---|\n" + "\n".join(rows)
        )
    return "\n\n".join(parts)


def page(results: Results, picture: str) -> str:
    """Write the whole page.

    Parameters
    ----------
    results : Results
        What was measured.
    picture : str
        File name of the picture beside the page.

    Returns
    -------
    str
        Markdown.
    """
    machine = "\n".join(f"| {label} | {value} |" for label, value in results.machine.items())
    return f"""# Performance

Written by `make bench`; do not edit. Ratios are taken in one run on one machine: the two programs take
turns, {results.rounds} rounds after a warm-up, and what is shown is the median of the rounds' ratios with
the lowest and the highest. Above 1, orgsim is the faster. Absolute speeds hold for this machine only.

![Speed, long queues and memory]({picture})

{tables(results)}

## What is compared

Model A is M/M/4: Poisson arrivals, 3.6 an hour; exponential service, mean 1 h. Model B is a feedback
network shaped like a sales funnel: Poisson arrivals, 10 an hour; seven stations; exponential patience at
the first, two priorities at the fourth, 20 % rework from the fourth to the third, 30 % renewals from the
seventh to the fifth.

*Plain SimPy* (`bench/plain_simpy.py`) is a process per customer, stock resources and scalar draws of a
numpy `Generator`; it keeps each customer's time in the system and each station's hours of work. *orgsim*
runs the same models as scenarios (`configs/experiment/bench/`) through `simulate`: it interprets data,
keeps a full trace and orders simultaneous events. Composing the scenario is not timed. The mean times in
the system differ only by chance.

Long queues: one server, two priorities, customers arriving as fast as they are served, so the number
waiting stays put. Plain SimPy uses its stock `PriorityResource`, which sorts its list at every request.
Memory: peak resident memory, each run in a process of its own; the interpreter and its libraries are in
the figure.

## Machine

| | |
|---|---|
{machine}
"""


def picture(results: Results) -> Any:
    """Draw speed, long queues and memory side by side.

    Parameters
    ----------
    results : Results
        What was measured.

    Returns
    -------
    matplotlib.figure.Figure
        One panel a part.
    """
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator, NullFormatter, StrMethodFormatter

    figure = Figure(figsize=(11, 3.4), layout="constrained")
    speed, depth, memory = figure.subplots(1, 3)

    labels = [f"{s.model.upper()}, {s.engine}" for s in results.speeds]
    below = [s.pairing.ratio - s.pairing.low for s in results.speeds]
    above = [s.pairing.high - s.pairing.ratio for s in results.speeds]
    speed.bar(
        labels,
        [s.pairing.ratio for s in results.speeds],
        yerr=[below, above],
        color=OURS,
        width=0.5,
        capsize=4,
    )
    speed.axhline(1, color=PLAIN, linewidth=1.5)
    speed.annotate(
        "plain SimPy",
        (1, 1),
        xycoords=("axes fraction", "data"),
        xytext=(-2, 3),
        textcoords="offset points",
        ha="right",
        fontsize=8,
        color="#5f6b76",
    )
    speed.set_title("Speed, times plain SimPy", fontsize=10)
    speed.set_ylim(bottom=0)
    # Room at the right for the name of the line.
    speed.set_xlim(-0.5, len(labels) + 0.1)

    for row, long in enumerate(results.depths):
        color = PLAIN if "plain" in long.who else OURS
        depth.plot(
            [FEW, MANY],
            [_median(long.few_us), _median(long.many_us)],
            "o-",
            color=color,
            label=long.who,
        )
        depth.annotate(
            f"{long.ratio:.1f}x",
            (MANY, _median(long.many_us)),
            xytext=(0, -12 if row == 0 else 6),
            textcoords="offset points",
            ha="center",
            fontsize=8,
            color=color,
        )
    depth.set(xscale="log", yscale="log", xlabel="customers waiting", ylabel="µs per customer")
    depth.yaxis.set_minor_formatter(NullFormatter())
    for axis in (depth.xaxis, depth.yaxis):
        axis.set_major_formatter(StrMethodFormatter("{x:,g}"))
    depth.set_title("Long queues", fontsize=10)
    depth.legend(fontsize=8, frameon=False)

    for result in results.memories:
        style = "o--" if result.kept else "o-"
        label = f"{result.engine}, trace {'kept' if result.kept else 'not kept'}"
        memory.plot(result.customers, [p / 2**20 for p in result.peak_bytes], style, color=OURS, label=label)
    memory.set(xlabel="customers simulated", ylabel="peak memory, MB")
    memory.set_ylim(bottom=0)
    memory.xaxis.set_major_locator(MaxNLocator(5))
    memory.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    memory.set_title(f"Memory, model {results.memories[0].model.upper()}", fontsize=10)
    memory.legend(fontsize=8, frameon=False)

    for axes in (speed, depth, memory):
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(labelsize=8)
    return figure


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


def _median(values: tuple[float, ...]) -> float:
    from statistics import median

    return median(values)
