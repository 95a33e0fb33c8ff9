"""Cases of the sample on their walk through journeys: a place in every array for each of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from sim.draws import absorb_array
from sim.load.drawn import Keys, Places, traits_of, windows_ms
from sim.plan import Plan, PlanStep


@dataclass
class Cases:
    """Cases on their walk, of any segments and at any steps; n of them, along the last axis of every array.

    Attributes
    ----------
    begins : ndarray of int, (n,)
        Step at which each begins, by `Plan.steps`.
    row : ndarray of int, (n,)
        The need of the sample that a case came of, by itself or through others that started it.
    segment : ndarray of int, (n,)
        By the plan's indices.
    key : ndarray of uint64, (n,)
        Address of everything drawn in a case.
    registers, traits : ndarray of float, (registers, n) and (traits, n)
        Marks of the need and what work has changed; of the account, by `Plan.traits`.
    follows : ndarray of bool, (practices, n)
        Whether the account follows a practice.
    window_ms, elapsed_ms : ndarray of float, (n,)
        The customer's decision window, infinite if there is none, and how much time is over.
    timed : ndarray of bool, (n,)
        Whether somebody asks how long a case takes; without a window, no wait need be drawn otherwise.
    visits : ndarray of int, (n,)
        Steps that a case has behind it.
    last_role : ndarray of int, (n,)
        The role of people that worked on it last, -1 for none.
    hands, shunned : ndarray of bool, (roles, n)
        Roles that had it in hand last after each piece of work; machines that could not do it.
    """

    begins: Places
    row: Places
    segment: Places
    key: Keys
    registers: NDArray[np.float64]
    traits: NDArray[np.float64]
    follows: NDArray[np.bool_]
    window_ms: NDArray[np.float64]
    elapsed_ms: NDArray[np.float64]
    timed: NDArray[np.bool_]
    visits: Places
    last_role: Places
    hands: NDArray[np.bool_]
    shunned: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        plan: Plan,
        begins: Places,
        row: Places,
        segment: Places,
        key: Keys,
        registers: NDArray[np.float64],
        follows: NDArray[np.bool_],
        window_ms: NDArray[np.float64],
    ) -> Cases:
        """Give cases that nobody has worked on yet."""
        n = len(key)
        return cls(
            begins=begins,
            row=row,
            segment=segment,
            key=key,
            registers=registers,
            traits=traits_of(plan, key, segment),
            follows=follows,
            window_ms=window_ms,
            elapsed_ms=np.zeros(n),
            timed=np.zeros(n, dtype=bool),
            visits=np.zeros(n, dtype=np.intp),
            last_role=np.full(n, -1, dtype=np.intp),
            hands=np.zeros((len(plan.roles), n), dtype=bool),
            shunned=np.zeros((len(plan.roles), n), dtype=bool),
        )

    @classmethod
    def joined(cls, parts: Sequence[Cases]) -> Cases:
        """Give the cases of all parts, one part after another."""
        if len(parts) == 1:
            return parts[0]
        return cls(*(np.concatenate([getattr(p, f.name) for p in parts], axis=-1) for f in fields(cls)))

    def started_at(self, plan: Plan, step: PlanStep, at: Places) -> Cases:
        """Give the cases that some of these start at a step."""
        key, segment = absorb_array(absorb_array(self.key[at], step.word), self.visits[at]), self.segment[at]
        begins = np.full(len(at), plan.journeys[step.child].first)
        registers, follows = self.registers[:, at], self.follows[:, at]
        window_ms = windows_ms(plan, step.child, key, segment)
        return Cases.of(plan, begins, self.row[at], segment, key, registers, follows, window_ms)
