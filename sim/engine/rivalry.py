"""Several companies on the same accounts: who is whose customer, and who wins a need that several have heard of.

Every company is a `World` of its own, on one clock. Accounts and what they need are the same for all; people, contact
and conviction are each company's. The companies meet in three places only:

- *One supplier.* An account is customer of at most one company; whoever wins it takes it from the one that had it.
- *One decision.* When a case comes to the decision on its offer, the account compares all offers for that need that it
  has in hand, and staying as it is, by value and a Gumbel variate of the need and the company (McFadden 1974, in
  Zarembka, ed., Frontiers in Econometrics, 105-142). Being somebody's customer adds to staying.
- *One winner.* When a need is won, the others' cases on it end at their next contact with the customer.

What is only written down (who has won a need, whose customer an account is, that a case is outdone) holds at once. What
makes another company act (a case that leaves a queue, a customer that leaves) is a consequence: it comes about right
after what it follows from, if it still can, and one after another, so that no company acts in the middle of what
another does.

What several companies do at one place in an instant (needs that arise, the weekly grid) touches nothing of one
another's, so that their order there means nothing.

The Gumbel variates of staying and of the company in question are made of the uniform with which its rule decides
alone: with X of the gamma law of shape 2, uX and (1 - u)X are two independent unit exponentials, and minus the
logarithms of these two independent Gumbel variates whose difference decides as ``u < logistic(value)`` does. So a rival
that never has an offer in hand changes nothing of the company in question.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from sim.binding import apply_rule, refusal_of, value_of
from sim.companies import AT_START, GUMBEL, REST, STAYING, TAKEN, ends_at_start
from sim.draws import absorb, uniform, word_of
from sim.engine.decisions import luck
from sim.engine.leaving import cut_present
from sim.portable import log
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.account import Account
    from sim.engine.case import Case
    from sim.engine.world import World
    from sim.plan import Plan, PlanRule, PlanStep

_START, _GUMBEL, _REST = (word_of(name) for name in (AT_START, GUMBEL, REST))


class Rivalry:
    """What the companies of a market have to do with one another.

    Parameters
    ----------
    plans : sequence of Plan
        By company, the one in question first.

    Attributes
    ----------
    worlds : list of World
        By company; each adds itself.
    supplier : dict
        Company whose customer an account is, by number of the account.
    winner : dict
        Company that has won a need, by key of the need.
    """

    def __init__(self, plans: Sequence[Plan]) -> None:
        self._ends = ends_at_start(plans)
        self.worlds: list[World] = []
        self.supplier: dict[int, int] = {}
        self.winner: dict[int, int] = {}

    def at_start(self, account: Account) -> int:
        """Give the company whose customer an account is at t=0, if it is a customer then: by the account's hash."""
        return bisect_right(self._ends, uniform(absorb(account.key, _START)))

    def write_down(self) -> None:
        """Write down, for each company, how many customers each other one has now."""
        for world in self.worlds:
            for other in self.worlds:
                if other is not world:
                    world.record(Event.RIVAL, since=other.company + 1, value=float(len(other.customers)))

    # -- one supplier

    def joins(self, account: Account) -> None:
        """Let an account that is customer of its company by now be no longer that of another.

        What its leaving sets free there may win it back at this same instant, after all that winning it leads to here.
        """
        company, before = account.world.company, self.supplier.get(account.index)
        self.supplier[account.index] = company
        if before is not None:
            account.world.record(Event.WON_FROM, account=account, value=before + 1.0)
            there = self.worlds[before].accounts[account.index]
            tenure = there.tenure
            account.world.clock.consequences.append(lambda: _leave_for(there, tenure, company))

    def leaves(self, account: Account) -> None:
        """Let an account be nobody's customer, unless it is another company's already."""
        if self.supplier[account.index] == account.world.company:
            del self.supplier[account.index]

    def _kept(self, account: Account, company: int) -> float:
        """Give what keeps an account as it is, in log-odds: more if it is another company's customer."""
        supplier = self.supplier.get(account.index, company)
        if supplier == company:
            return 0.0
        there = self.worlds[supplier].accounts[account.index]
        always, by_satisfaction = account.world.plan.incumbent
        return always + by_satisfaction * (there.current_satisfaction() - there.world.plan.satisfaction[0])

    # -- one winner

    def enters(self, case: Case) -> None:
        """Tell a case that begins if another company has won its need already."""
        won = self.winner.get(case.sale)
        if won is not None and won != case.world.company:
            case.outdone(won)

    def wins(self, case: Case) -> None:
        """Let a case win its need, unless it has already; who queues for the customer elsewhere is told."""
        if case.sale in self.winner:
            return
        company = self.winner[case.sale] = case.world.company
        for other in self._others(case):
            if other.outdone(company):
                other.world.clock.consequences.append(partial(_call_off, other))

    def _others(self, case: Case) -> Iterator[Case]:
        """Give the cases that began with the same need at the other companies, company by company."""
        for world in self.worlds:
            if world is not case.world:
                for other in world.accounts[case.account_index].cases.values():
                    if other.sale == case.sale and other.need == other.sale:
                        yield other

    def is_lost(self, case: Case) -> bool:
        """Whether another company has won what a case began with; the case then knows by whom."""
        won = self.winner.get(case.sale, case.world.company)
        if won != case.world.company:
            case.outdone_by = won
        return case.outdone_by >= 0

    def is_won(self, need: int) -> bool:
        """Whether some company has won a need."""
        return need in self.winner

    # -- one decision

    def decides(self, case: Case, step: PlanStep, rule: PlanRule, u: float) -> int:
        """Decide on the offer of a case; give the branch.

        Parameters
        ----------
        case, step, rule : Case, PlanStep, PlanRule
            Where a decision on an offer is due.
        u : float
            The uniform with which the rule decides alone.
        """
        account, company = case.account, case.world.company
        if account is None:
            return apply_rule(rule, case.registers, [], 1.0, 1.0, u)
        if case.outdone_by >= 0:
            case.note_outdone()
            return rule.rival
        kept, others = self._kept(account, company), self._in_hand(case)
        if company == 0 and not others and kept == 0.0:
            branch = apply_rule(rule, case.registers, account.traits, 1.0, 1.0, u)
        else:
            branch = self._compare(case, step, rule, kept, others)
        if branch == TAKEN:
            self.wins(case)
        return branch

    def _in_hand(self, case: Case) -> list[Case]:
        """Give the other companies' cases whose offers for this need the account has in hand."""
        offer = case.world.plan.offer
        return [
            other for other in self._others(case) if offer >= 0 and other.reached >> offer & 1 and not other.expired
        ]

    def _compare(self, case: Case, step: PlanStep, rule: PlanRule, kept: float, others: list[Case]) -> int:
        need, company = case.need, case.world.company
        account = case.account
        assert account is not None
        value = value_of(rule, case.registers, account.traits)
        staying = kept + self._gumbel(need, step, STAYING)
        mine = value + self._gumbel(need, step, company)
        best, by = staying, STAYING
        for other in others:
            assert other.account is not None
            bound = other.world.plan.rules[step.rule]
            theirs = value_of(bound, other.registers, other.account.traits)
            theirs += self._gumbel(need, step, other.world.company)
            if theirs > best:
                best, by = theirs, other.world.company
        if mine > best:
            return TAKEN
        if by != STAYING:
            case.outdone_by = by
            case.note_outdone()
            return rule.rival
        rest = uniform(absorb(absorb(case.key, step.word), _REST))
        return refusal_of(rule, case.registers, account.traits, rest)

    def _gumbel(self, need: int, step: PlanStep, company: int) -> float:
        """Give a need's Gumbel variate for a company, or for staying as it is."""
        if company > 0:
            return -log(-log(uniform(absorb(absorb(need, _GUMBEL), company))))
        key = absorb(need, _GUMBEL)
        u = luck(need, step, 0)
        both = -log(uniform(absorb(key, 0))) - log(uniform(absorb(key, STAYING)))
        return -log(both * ((1.0 - u) if company == STAYING else u))


def _call_off(case: Case) -> None:
    """Let a customer who has taken another offer be waited for no longer."""
    if case.world.cases.get(case.key) is case:
        cut_present(case)


def _leave_for(account: Account, tenure: int, company: int) -> None:
    """Let a customer go to another company, unless it has left since."""
    if account.customer_since is not None and account.tenure == tenure:
        account.world.record(Event.LEFT_FOR, account=account, since=account.customer_since, value=company + 1.0)
        account.churn()
