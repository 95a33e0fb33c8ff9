"""What accounts and their needs are like: drawn once, each from an address of its own."""

from __future__ import annotations

from sim.draws import absorb, uniform, word_of
from sim.plan import Plan, PlanMark
from sim.portable import power

CONTACT = word_of("contact")
LUCK = word_of("luck")


def draw_marks(
    registers: list[float],
    marks: tuple[PlanMark, ...],
    key: int,
    segment: int,
    luck: int,
    contact: float,
    reference: float,
) -> None:
    """Draw the marks of a need into the registers, each from its own address.

    Parameters
    ----------
    registers : list of float
        Written in place.
    marks : tuple of PlanMark
        In listed order; a mark may depend on those before it.
    key : int
        Address of the need.
    segment : int
        Segment of the account.
    luck : int
        Register of the need's luck; -1 if nobody reads it.
    contact : float
        The need's own place along the share of needs reached, in (0, 1); 0 where nothing is bought.
    reference : float
        Share of needs reached at which chances hold as stated.
    """
    if luck >= 0:
        registers[luck] = uniform(absorb(key, LUCK))
    for mark in marks:
        u = uniform(absorb(key, mark.word))
        if mark.chance:
            chance = mark.chance[segment]
            if mark.falls > 0.0 and contact > 0.0 and reference > 0.0:
                chance *= (1.0 - mark.falls) * power(contact / reference, -mark.falls)
            registers[mark.register] = 1.0 if u < chance else 0.0
        elif mark.by >= 0:
            registers[mark.register] = mark.law[0 if registers[mark.by] > 0.0 else 1].quantile(u)
        else:
            registers[mark.register] = mark.law[segment].quantile(u)


def draw_account_marks(plan: Plan, key: int, segment: int) -> list[tuple[int, float]]:
    """Draw what all needs of an account carry, by the account's key: (register, 1 for yes or 0 for no)."""
    return [(m.register, 1.0 if uniform(absorb(key, m.word)) < m.chance[segment] else 0.0) for m in plan.account_marks]


def draw_traits(plan: Plan, key: int, segment: int) -> list[float]:
    """Draw the traits of an account, by its key: numbers in the order of `Plan.traits`."""
    return [
        laws[segment].quantile(uniform(absorb(key, word_of(f"trait {name}")))) + offset
        for name, laws, offset in zip(plan.traits, plan.trait_laws, plan.trait_offsets, strict=True)
    ]
