"""What an account has adopted: a portal, bins that reorder by themselves, a contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.draws import absorb, uniform, word_of
from sim.trace import Event

if TYPE_CHECKING:
    from sim.engine.account import Account
    from sim.engine.case import Case

_ELIGIBLE, _AT_START = word_of("eligible"), word_of("adopted at start")


class Practices:
    """The practices of one account, by their index in `Plan.practices`.

    Adopting lasts until the account drops it or leaves; it has an effect only while the design offers the practice.

    Parameters
    ----------
    account : Account
        Whose they are.
    """

    __slots__ = ("_account", "_adopted")

    def __init__(self, account: Account) -> None:
        self._account = account
        self._adopted = 0

    def follows(self, practice: int) -> bool:
        """Whether the account has adopted a practice that the design offers."""
        return bool(self._adopted >> practice & 1) and self._account.world.plan.practices[practice].offered

    def may_adopt(self, practice: int) -> bool:
        """Whether persuading makes sense: offered, possible for this account, not adopted yet."""
        p = self._account.world.plan.practices[practice]
        if not p.offered or self._adopted >> practice & 1:
            return False
        return self._draw(_ELIGIBLE, practice) < p.eligible[self._account.segment]

    def begin_as_customer(self) -> None:
        """Adopt, at t=0, what a customer of then follows already; nothing where nothing is offered."""
        for i, p in enumerate(self._account.world.plan.practices):
            if self.may_adopt(i) and self._draw(_AT_START, i) < p.at_start[self._account.segment]:
                self.adopt(i)

    def adopt(self, practice: int, case: Case | None = None) -> None:
        """Follow a practice from now on."""
        if not self._adopted >> practice & 1:
            self._adopted |= 1 << practice
            self._record(practice, float(practice), case)

    def drop(self, practice: int, case: Case | None = None) -> None:
        """Give a practice up."""
        if self._adopted >> practice & 1:
            self._adopted &= ~(1 << practice)
            self._record(practice, -1.0 - practice, case)

    def drop_all(self) -> None:
        """Give up every practice, as who stops being a customer does."""
        for practice in range(len(self._account.world.plan.practices)):
            self.drop(practice)

    def _draw(self, word: int, practice: int) -> float:
        account = self._account
        return uniform(absorb(absorb(account.key, word), account.world.plan.practices[practice].word))

    def _record(self, practice: int, value: float, case: Case | None) -> None:
        account = self._account
        step = -1 if case is None else case.step.index
        account.world.record(Event.ADOPT, case=case, account=account, step=step, value=value)
