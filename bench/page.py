"""What was measured as Markdown: the tables, and the page around them."""

from __future__ import annotations

import statistics

from bench.queue_depth import FEW, MANY
from bench.results import MODEL_TEXT, Results
from bench.workers import HOW


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
    sections = (_speed, _stages, _company, _depth, _scaling, _memory, _workers, _points)
    return "\n\n".join(text for section in sections if (text := section(results)))


def _table(title: str, head: tuple[str, ...], rows: list[tuple[object, ...]], note: str = "") -> str:
    if not rows:
        return ""
    lines = [" | ".join(head), "|".join("---" for _ in head), *(" | ".join(map(str, row)) for row in rows)]
    body = "\n".join(f"| {line} |" if "---" not in line else f"|{line}|" for line in lines)
    return f"## {title}\n\n{body}" + (f"\n\n{note}" if note else "")


def _speed(results: Results) -> str:
    rows: list[tuple[object, ...]] = [
        (
            MODEL_TEXT[s.model],
            s.who,
            f"{s.customers:,}",
            f"{s.per_s:,.0f}",
            "1" if s.is_plain else s.pairing.text,
            f"{s.mean_h:.2f}",
        )
        for s in results.speeds
    ]
    missing = "\n".join(f"- {line}" for line in dict.fromkeys(results.missing))
    return _table(
        "Speed",
        (
            "model",
            "program",
            "customers",
            "customers/s",
            "times plain SimPy (lowest to highest)",
            "mean time in system, h",
        ),
        rows,
        f"Not measured here:\n\n{missing}" if missing else "",
    )


def _stages(results: Results) -> str:
    return _table(
        "Where the time of the compiled engine goes, ms",
        ("scenario", "plan", "layout", "events", "measures", "from scenario to measures"),
        [
            (s.what, *(f"{1e3 * x:.1f}" for x in (s.plan_s, s.layout_s, s.events_s, s.measures_s, s.all_s)))
            for s in results.stages
        ],
    )


def _company(results: Results) -> str:
    return _table(
        "The standard company, a year",
        (
            "design",
            "rows",
            "kept",
            "simpy, s",
            "compiled, s",
            "times the SimPy engine (lowest to highest)",
            "same rows",
        ),
        [
            (
                c.design,
                f"{c.rows:,}",
                "yes" if c.kept else "measured instead",
                f"{c.simpy_s:.2f}",
                f"{c.compiled_s:.3f}",
                c.pairing.text,
                "yes" if c.same else "NO",
            )
            for c in results.companies
        ],
    )


def _depth(results: Results) -> str:
    return _table(
        "Long queues",
        ("", f"µs per customer, {FEW:,} waiting", f"µs per customer, {MANY:,} waiting", "ratio"),
        [
            (d.who, f"{statistics.median(d.few_us):.2f}", f"{statistics.median(d.many_us):.2f}", f"{d.ratio:.2f}")
            for d in results.depths
        ],
    )


def _scaling(results: Results) -> str:
    return _table(
        "Scale: ns per row of the compiled engine",
        (
            "what grows",
            "ns per row by size",
            "largest to smallest (lowest to highest)",
            "s before the first event, by size",
        ),
        [
            (
                s.of,
                ", ".join(f"{ns:.0f} at {size:,}" for size, ns in zip(s.sizes, s.medians, strict=True)),
                f"{s.ratio:.2f} ({min(s.ratios):.2f} to {max(s.ratios):.2f})",
                ", ".join(f"{x:.3f}" for x in s.begin_s),
            )
            for s in results.scalings
        ],
    )


def _memory(results: Results) -> str:
    return _table(
        "Memory",
        ("model", "engine, trace", "peak by customers, or years of the company", "bytes per further customer, or year"),
        [
            (
                MODEL_TEXT[m.model],
                f"{m.engine}, {'kept' if m.kept else 'not kept'}",
                ", ".join(f"{p / 2**20:.0f} MB at {n:,}" for n, p in zip(m.customers, m.peak_bytes, strict=True)),
                f"{m.bytes_per_customer:,.0f}",
            )
            for m in results.memories
        ],
    )


def _workers(results: Results) -> str:
    rows: list[tuple[object, ...]] = [
        (
            HOW[w.how],
            2 * w.replications,
            f"{w.speedup:.2f}",
            f"{100 * statistics.median(w.shares):.0f} % ({100 * min(w.shares):.0f} to {100 * max(w.shares):.0f})",
        )
        for w in results.workers
    ]
    if not rows:
        return ""
    ceiling = results.workers[0].ceiling
    return _table(
        "Two workers",
        ("", "replications", "times one process", "of two separate processes (lowest to highest)"),
        rows,
        f"Two separate processes do {ceiling:.2f} times the work of one in the same time.",
    )


def _points(results: Results) -> str:
    rows: list[tuple[object, ...]] = [
        (
            f"{1e3 * statistics.median(p.job_s):.0f}",
            f"{1e3 * statistics.median(p.point_s):.1f}",
            f"1/{1 / statistics.median(p.shares):.0f} (1/{1 / max(p.shares):.0f} to 1/{1 / min(p.shares):.0f})",
        )
        for p in results.points
    ]
    return _table(
        "A point of a sweep",
        ("a job of Hydra's, ms", "a point without its run, ms", "point to job (largest to smallest)"),
        rows,
    )


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

Written by `make bench`; do not edit. Ratios are taken in one run on one machine: all programs take turns after a
warm-up, {results.rounds} rounds, or 3 of what takes long. What is shown is the median of the rounds' ratios with the
lowest and the highest. Absolute speeds hold for this machine only. Peers that are not installed are named and left
out; the extra `bench` installs them: `.venv/bin/python -m pip install '.[bench]'`.

![Speed, scale and memory]({picture})

{tables(results)}

## What is compared

Model A is M/M/4: Poisson arrivals, 3.6 an hour; exponential service, mean 1 h. Model B is a feedback network shaped
like a sales funnel: Poisson arrivals, 10 an hour; seven stations; exponential patience at the first, two priorities at
the fourth, 20 % rework from the fourth to the third, 30 % renewals from the seventh to the fifth. Slower programs get
fewer customers and faster ones more; what counts is customers a second. The mean times in the system differ by chance,
and for short runs by the empty start.

- *Plain SimPy* (`bench/plain_simpy.py`): a process per customer, stock resources and scalar draws of a numpy
  `Generator`; it keeps each customer's time in the system and each station's hours of work.
- *orgsim*: the same models as scenarios (`configs/experiment/bench/`), from the scenario to all measures, rows not
  kept. It interprets data and orders simultaneous events. Composing the scenario is not timed. The compiled engine has
  its measures taken on a second thread while it goes on; *on one core* both share one, as all others have one only.
  *Neither plan nor measures* is laying out the memory and all events, with rows that nobody reads.
- *Ciw*, *salabim*, *Cimba* (`bench/ciw_models.py` and so on): as their manuals write such models. Cimba's servers take
  customers from stores and keep sums only; it compiles its models once, before the first round.
- *C++* (`bench/cpp/models.cpp`): an event loop that keeps sums only, compiled with -O3 before the first round.

The stages of the compiled engine are timed one by one: the plan of the scenario; laying the plan out in memory; all
events; the measures of rows that were kept.

The standard company is a year of the base configuration under a design, without warm-up. Rows are kept as a trace, or
*measured instead*: folded into all measures while the run goes on.

Long queues: one server, two priorities, customers arriving as fast as they are served, so the number waiting stays put;
rows kept. Plain SimPy uses its stock `PriorityResource`, which sorts its list at every request.

Scale: processor time in user mode by which a long run exceeds a short one, per row by which it has more, so that what
comes before the first event does not count. *accounts*: half of them customers with reorders, weekly hazards and
churn, 20 people at load .8 whatever their number. *people*: one desk at load .8. *waiting*: the long queue again.
*years*: the standard company.

Memory: peak resident memory, each run in a process of its own; the interpreter and its libraries are in the figure.

Two workers: replications of the standard company, measured, against two processes that know nothing of each other and
do half of them each.

A point of a sweep: what it takes beside its run, to be made, validated, addressed, handed on and kept, against a job of
Hydra's own `--multirun` that composes the same config and does nothing with it, nor logs, nor writes it down.

## Machine

| | |
|---|---|
{machine}
"""
