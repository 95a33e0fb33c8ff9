"""What pay does to people: whom it draws and keeps, which task pays best, which deals they move over a quota's date."""

from __future__ import annotations

from sim.portable import exp


def expected_commission(rate: float, value_usd: float, probability: float, hours: float) -> float:
    """Give the commission that a task promises, USD per hour; what `best_paid_first` sorts by.

    Nothing in it is the case's own luck. Work that takes no time counts as a second.

    Parameters
    ----------
    rate : float
        Share of what is booked; `org.roles.ROLE.commission`, by journey.
    value_usd : float
        Order value at stake, USD.
    probability : float
        Published chance that a case at this stage is booked; `activity.ACTIVITY.stage_probability`.
    hours : float
        Mean effort that the case still needs in this role's hands on the shortest way to a booking, h.

    Formula
    -------
    rate x value x probability / max(hours, 1/3600)

    Source
    ------
    By definition of an expected rate; that people sort by it is an assumption, switched by `org.roles.ROLE.dispatch`.
    Rates an assumption: .005 to .02 on reorders, .01 to .1 on new business.
    """
    return rate * value_usd * probability / max(hours, 1.0 / 3600.0)


def sorted_skill(variable_share: float, response: float) -> float:
    """Give by how much log skill of those hired is above that of people on fixed pay.

    Parameters
    ----------
    variable_share : float
        `org.roles.ROLE.variable_usd` over it and `org.roles.ROLE.pay_usd`.
    response : float
        More log skill by unit of variable share, 0 is off; `people.incentive.sorting`. Those there at t=0 only with
        `people.incentive.sorted_at_start`.

    Formula
    -------
    k x variable share of pay

    Source
    ------
    About half of 44 % more output under piece rates came from who joined and who stayed: Lazear 2000, doi
    10.1257/aer.90.5.1346. k an assumption, 0 to .4.
    """
    return response * variable_share


def leaving(realized_over_target: float, response: float) -> float:
    """Give the factor on the hazard of quitting of somebody who earns commission.

    Parameters
    ----------
    realized_over_target : float
        Pay of the last 13 weeks over pay at target; weeks before joining, or before the run, count as at target.
    response : float
        0 is off; `people.incentive.leaving`.

    Formula
    -------
    exp(-k x (realized pay / pay at target - 1))

    Source
    ------
    Assumption, 0 to 3: at 2, a fifth less pay than at target raises quitting by half.
    """
    return exp(-response * (realized_over_target - 1.0))


def in_reach(booked_usd: float, quota_usd: float, reach: float) -> bool:
    """Tell whether a quota is not met but can be.

    Those in reach of a quota pull deals in; those beyond it, either way, save them for the next period. It matters in
    the last `people.timing.near_weeks` of a period.

    Parameters
    ----------
    booked_usd : float
        Credited to the person in this period, USD.
    quota_usd : float
        What is expected, USD; `org.roles.ROLE.quota.usd`.
    reach : float
        Share of the quota that may be missing; `people.timing.reach`.

    Formula
    -------
    booked < quota <= booked + reach x quota

    Source
    ------
    Oyer 1998, doi 10.1162/003355398555559; Misra and Nair 2011, doi 10.1007/s11129-011-9096-1. reach an assumption, .1
    to .6.
    """
    return booked_usd < quota_usd <= booked_usd + reach * quota_usd


def conceded(value_usd: float, concession: float) -> float:
    """Give the value of a deal that a buyer was asked to close sooner, in `people.timing.hurried` of the usual time.

    Parameters
    ----------
    value_usd : float
        Order value before, USD.
    concession : float
        Share given away; `people.timing.concession`.

    Formula
    -------
    value x (1 - concession)

    Source
    ------
    Deals moved across quarters cost a vendor 6 to 8 % of revenue in price: Larkin 2014, doi 10.1086/673371. Range 0 to
    .15.
    """
    return value_usd * (1.0 - concession)
