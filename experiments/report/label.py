"""Names that must fit under a point or beside a row."""

from __future__ import annotations

from textwrap import wrap

from experiments.report.drawing import short


def wrapped(name: str, width: int = 14, lines: int = 2) -> str:
    """Break a name into a few short lines.

    Parameters
    ----------
    name : str
        Any.
    width : int
        Letters in a line.
    lines : int
        At most so many; what does not fit is cut with an ellipsis.

    Returns
    -------
    str
        With line breaks.
    """
    found = wrap(short(name, width * lines + lines), width) or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], short(" ".join(found[lines - 1 :]), width)]
    return "\n".join(found)
