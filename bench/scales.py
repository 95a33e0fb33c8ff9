"""What grows: scenarios with more accounts, people, waiting customers or years, and alike in all else."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bench.company import company
from bench.queue_depth import crowd_data

if TYPE_CHECKING:
    from sim import Scenario

_HOURS_PER_WEEK, _WEEKS_PER_YEAR = 168.0, 52
_HOURS_PER_YEAR = _HOURS_PER_WEEK * _WEEKS_PER_YEAR
_LOAD = 0.8
_REORDERS, _EXPANSIONS = 10.0, 1.0
"""A year and customer."""


def accounts(n: int, cases: int) -> tuple[Scenario, Scenario]:
    """Give a company with so many accounts, half of them customers, run for short and for as many cases longer.

    Parameters
    ----------
    n : int
        Accounts. Each needs as much as ever; work is done the faster, so that 20 people do it all at load .8.
    cases : int
        By how many the second run is longer, about.

    Returns
    -------
    (Scenario, Scenario)
        The short run and the long one.
    """
    customers = n // 2
    per_year = customers * (_REORDERS + _EXPANSIONS)
    # What is laid out for many accounts takes longer than few cases; it is taken off, but not its noise.
    more = max(1, round(max(cases, n) / per_year * _WEEKS_PER_YEAR))
    data = _trade(customers, n - customers, per_year)
    return _read(data, 1), _read(data, 1 + more)


def people(n: int, cases: int) -> tuple[Scenario, Scenario]:
    """Give a desk with so many people at load .8, run until it is busy and for so many cases longer."""
    arrivals_per_h = _LOAD * n
    fill_h = 8.0
    data = {
        "journey": {"visit": {"steps": {"serve": {"do": "serve"}, "out": {"end": "served"}}}},
        "activity": {"serve": {"kind": "service", "effort_h": {"exponential": {"mean": 1.0}}}},
        "org": _org({"server": {"headcount": n, "hours": "always"}}, {"serve": "server"}),
        "source": {"customers": {"journey": "visit", "interarrival_h": {"exponential": {"mean": 1 / arrivals_per_h}}}},
    }
    return _read_h(data, fill_h), _read_h(data, fill_h + cases / arrivals_per_h)


def waiting(n: int, cases: int) -> tuple[Scenario, Scenario]:
    """Give a desk before which so many wait, run for short and for so many cases longer; see `bench.queue_depth`."""
    from sim import Scenario

    return Scenario.read(crowd_data(n, 200)), Scenario.read(crowd_data(n, 200 + cases))


def years(n: int, cases: int) -> tuple[Scenario, Scenario]:
    """Give the standard company for four weeks, and for so many years longer; `cases` does not matter."""
    del cases
    return _company_of(4), _company_of(4 + n * _WEEKS_PER_YEAR)


SCALES = {"accounts": accounts, "people": people, "waiting": waiting, "years": years}


@lru_cache(maxsize=1)
def _standard() -> Scenario:
    return company("persuasion_only")


def _company_of(weeks: int) -> Scenario:
    scenario = _standard()
    return scenario.model_copy(update={"run": scenario.run.model_copy(update={"weeks": float(weeks)})})


def _trade(customers: int, prospects: int, per_year: float) -> dict[str, Any]:
    heads = 20
    return {
        "market": {
            "segments": {"any": {"customers": customers, "prospects": prospects}},
            "recurring": {
                "reorder": {"journey": "visit", "per_account_per_year": _REORDERS},
                "expansion": {"journey": "visit", "per_account_per_year": _EXPANSIONS, "pattern": "weekly_hazard"},
            },
            "churn": {"per_account_per_year": 0.05},
        },
        "journey": {"visit": {"steps": {"serve": {"do": "serve"}, "out": {"end": "served"}}}},
        "activity": {"serve": {"kind": "service", "effort_h": heads * _LOAD * _HOURS_PER_YEAR / per_year}},
        "org": _org({"server": {"headcount": heads, "hours": "always"}}, {"serve": "server"}),
    }


def _org(roles: dict[str, Any], who: dict[str, str]) -> dict[str, Any]:
    return {"name": "scaled", "roles": roles, "who": who}


def _read_h(data: dict[str, Any], hours: float) -> Scenario:
    return _read(data, hours / _HOURS_PER_WEEK)


def _read(data: dict[str, Any], weeks: float) -> Scenario:
    from sim import Scenario

    return Scenario.read({**data, "run": {"weeks": weeks}})
