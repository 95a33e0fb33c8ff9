"""Activities and who does them."""

from __future__ import annotations

from dataclasses import dataclass

from sim.law import Law


@dataclass(frozen=True, slots=True)
class PlanActivity:
    """An activity and who does it, by segment."""

    name: str
    kind: str
    word: int
    effort: tuple[Law, ...]
    """ms, by segment."""
    mean_ms: tuple[float, ...]
    customer_present: bool
    substantive: bool
    milestone: int
    effect: int
    priority: int
    due_ms: int
    planned_wait_ms: int
    """For the load check: how long a customer with patience is thought to wait here."""
    setup_ms: int
    setup_group: str
    """Changing to another group costs `setup_ms`."""
    roles: tuple[tuple[int, ...], ...]
    """By segment, the roles that may do it; empty if nobody."""
    shares: tuple[float, ...]
    """Cumulative shares when a draw decides between the roles; empty otherwise."""
    tells: bool
    """Whether finishing it has an effect, a milestone, or stops patience."""
    briefing: float
    """Share of a full hand-off that taking over this work needs."""
    same_person: bool
    """Whether it goes to whoever did the case's task before, if of the right role."""
    lead_ins: tuple[tuple[int, float, tuple[int, ...]], ...]
    """(step of the lead-in work, share, roles that do it) done by the same person right before."""
    stage_probability: float = 1.0
    """Published chance that a case at this activity is booked."""
    practiced: float = -1.0
    """Remembered repetitions at which the effort holds; -1 if practice makes no difference."""
    slot_ms: tuple[int, ...] = ()
    """By segment, length of the slot it is done in by appointment; empty if it is done in turn."""
    notice_ms: int = 0
    """Between making an appointment and the earliest slot."""
    booking: int = -1
    """Step of the work of booking an appointment for it; -1 if that is nobody's work."""
    booked_by: int = -1
    """The role that books; -1 if whoever does the activity."""
    patience_factor: float = 1.0
    """Times that finishing it lengthens patience."""
    by_practice: tuple[tuple[int, int], ...] = ()
    """(practice the design offers, role): who does it for accounts that follow the practice; the first that holds."""
    doers: tuple[int, ...] = ()
    """Every role that may come to do it, those that step in for machines included."""
