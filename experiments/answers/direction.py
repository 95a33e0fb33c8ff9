"""Which way a measure is wanted."""

from __future__ import annotations


def larger_is_better(kpi: str) -> bool:
    """Say whether more of a measure is better.

    Parameters
    ----------
    kpi : str
        Its name.

    Returns
    -------
    bool
        As it is said of headline measures; of others, False for lead times (hours of `flow`), else True.
    """
    from experiments.report.headline import HEADLINES

    wanted = {line.kpi: line.better for line in HEADLINES}
    if kpi in wanted:
        return wanted[kpi] != "lower"
    return not (kpi.startswith("flow.") and kpi.endswith("_h"))


def in_words(larger: bool) -> str:
    """Say it."""
    return "larger is better" if larger else "smaller is better"
