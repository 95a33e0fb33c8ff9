"""What a KPI means and which way is better, for every number that is shown; docs/kpis.md defines them exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from experiments.report.meanings_flow import MEANINGS as FLOW
from experiments.report.meanings_people import MEANINGS as PEOPLE

Better = Literal["higher", "lower", ""]
SIGNS: dict[str, Better] = {"+": "higher", "-": "lower", "": ""}
PLACE = re.compile(r"[A-Z]+")
"""What stands for a name in a pattern."""


@dataclass(frozen=True)
class Meaning:
    """What a KPI means.

    Attributes
    ----------
    text : str
        A sentence; empty if the KPI is not known.
    better : {"higher", "lower", ""}
        Which way is wanted, all else equal; empty where neither is.
    """

    text: str = ""
    better: Better = ""


@cache
def meaning(kpi: str) -> Meaning:
    """Give what a KPI means.

    Parameters
    ----------
    kpi : str
        Name in the tidy table.

    Returns
    -------
    Meaning
        Of the first pattern that fits, the names in it filled in; empty if none does.
    """
    for pattern, better, text in _patterns().get(kpi.partition(".")[0], ()):
        found = pattern.fullmatch(kpi)
        if found is not None:
            return Meaning(_filled(text, found.groupdict()), better)
    return Meaning()


def _filled(text: str, names: dict[str, str]) -> str:
    return PLACE.sub(lambda m: names.get(m.group(), m.group()).replace("_", " "), text)


@cache
def _patterns() -> dict[str, list[tuple[re.Pattern[str], Better, str]]]:
    """Give the patterns by the first part of the names they fit."""
    found: dict[str, list[tuple[re.Pattern[str], Better, str]]] = {}
    for name, sign, text in [*read(FLOW), *read(PEOPLE)]:
        quoted = PLACE.sub(lambda m: rf"(?P<{m.group()}>[^.]+?)", name.replace(".", r"\."))
        quoted = quoted.replace(r"(?P<HOURS>[^.]+?)", r"(?P<HOURS>[\d.]+)")
        found.setdefault(name.partition(".")[0], []).append((re.compile(quoted), SIGNS[sign], text))
    return found


def read(table: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, sign and text of each entry of a table: NAME | SIGN | TEXT, with indented lines that go on.

    Raises
    ------
    ValueError
        If an entry has not three parts.
    """
    for entry in re.split(r"\n(?=\S)", table.strip()):
        name, sign, text = (" ".join(part.split()) for part in entry.split("|"))
        yield name, sign, text
