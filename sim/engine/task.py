"""A task: one piece of work waiting for, or in the hands of, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sim.outcomes import QUEUED

if TYPE_CHECKING:
    from sim.engine.case import Case
    from sim.engine.desk import Desk
    from sim.engine.person import Person
    from sim.plan import PlanActivity, PlanStep


class Task:
    """Work of one activity for one case, or background work of a role.

    Attributes
    ----------
    person : Person or None
        Who must do it; None for anybody of the role.
    resumes : bool
        Whether the case waits for it.
    fixed_ms : int
        Hours given in advance (background and hand-over work); -1 if the effort is drawn.
    taken_over : bool
        Whether the hand-over has already been paid for.
    giver : Person or None
        Who began it and left; None if nobody did.
    books : PlanActivity or None
        What this task makes an appointment for; None for all other work.
    asked : int
        Since when an appointment has been asked for.
    slot_start, slot_made : int
        When the reserved slot begins and when it was reserved; -1 without one.
    fell : bool
        Whether a machine could not do it, so that somebody takes it over from there.
    """

    __slots__ = (
        "activity",
        "asked",
        "books",
        "case",
        "desk",
        "due_ms",
        "fell",
        "fixed_ms",
        "giver",
        "person",
        "rank",
        "resumes",
        "since",
        "slot_made",
        "slot_start",
        "state",
        "step",
        "taken_over",
    )

    def __init__(
        self,
        case: Case | None,
        step: PlanStep,
        activity: PlanActivity,
        desk: Desk,
        since: int,
        rank: int,
        person: Person | None = None,
        fixed_ms: int = -1,
    ) -> None:
        self.case = case
        self.step = step
        self.activity = activity
        self.desk = desk
        self.since = since
        self.rank = rank
        self.person = person
        self.fixed_ms = fixed_ms
        self.state = QUEUED
        self.resumes = case is not None
        self.taken_over = False
        self.giver: Person | None = None
        self.fell = False
        self.due_ms = -1
        self.books: PlanActivity | None = None
        self.asked = since
        self.slot_start = self.slot_made = -1
