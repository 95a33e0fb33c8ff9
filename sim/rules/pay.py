"""What pay does to people: whom it draws and keeps, which task pays best, which deals they move over a quota's date."""

from __future__ import annotations

from sim.portable import exp


def expected_commission(rate: float, value_usd: float, probability: float, hours: float) -> float:
    """Give the commission to expect per hour, USD/h: ``rate x value x probability / hours``.

    ``probability`` is the published chance that a case at this stage is booked, ``hours`` the mean effort it still
    needs in these hands; neither is the case's own luck. Work that takes no time counts as a second.
    """
    return rate * value_usd * probability / max(hours, 1.0 / 3600.0)


def sorted_skill(variable_share: float, response: float) -> float:
    """Give by how much log skill of those hired is above that of people on fixed pay: ``k x variable share of pay``.

    Those who can sell choose pay that rewards it. ``response`` k 0 (assumption, 0 to .4): about half of 44 % more
    output under piece rates came from who joined and who stayed (Lazear 2000, doi 10.1257/aer.90.5.1346).
    """
    return response * variable_share


def leaving(realized_over_target: float, response: float) -> float:
    """Give the factor on the hazard of quitting: ``exp(-k (realized pay / pay at target - 1))``.

    Who earns more than was promised stays. ``response`` k 0 (assumption, 0 to 3): at 2, a fifth less pay than at
    target raises quitting by half.
    """
    return exp(-response * (realized_over_target - 1.0))


def in_reach(booked_usd: float, quota_usd: float, reach: float) -> bool:
    """Tell whether a quota is not met but can be: what is missing is at most ``reach`` of it.

    ``reach`` .3 (assumption, .1 to .6). Those in reach of a quota pull deals in; those beyond it, either way, save them
    for the next period (Oyer 1998, doi 10.1162/003355398555559; Misra and Nair 2011, doi 10.1007/s11129-011-9096-1).
    """
    return booked_usd < quota_usd <= booked_usd + reach * quota_usd


def conceded(value_usd: float, concession: float) -> float:
    """Give the value of a deal that a buyer was asked to close sooner: ``value x (1 - concession)``.

    ``concession`` .07 (assumption, 0 to .15): deals moved across quarters cost a vendor 6 to 8 % of revenue in price
    (Larkin 2014, doi 10.1086/673371).
    """
    return value_usd * (1.0 - concession)
