"""Work by appointment: the slot it gets, and who books it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from sim.scenario.part import Part

SELF = "self"
"""In place of a role: whoever does the activity books for themselves."""


class Appointment(Part):
    """A standard slot on the calendar of whoever does an activity, and whose work it is to book it."""

    slot_h: Annotated[float, Field(ge=0.05)] | None = None
    """Length of the slot, which holds what is done right before as well; slots begin at whole numbers of it after
    opening, and end before closing."""
    slot_quantile: Annotated[float, Field(gt=0, lt=1)] | None = None
    """In place of slot_h: the slot, by segment, holds this share of all efforts, at the speed of the slowest role that
    does it, and the mean of what is done right before; rounded up to quarters of an hour, and never longer than the
    role is open at a time."""
    notice_h: Annotated[float, Field(ge=0, le=8_736)] = 0.0
    """Elapsed hours between making the appointment and the earliest slot."""
    booked_by: str | None = None
    """The role whose work it is to book the appointment, or `self`: whoever does the activity. By default nobody's: the
    slot is reserved at once and for nothing."""
    booking: str = "book_appointment"
    """The activity of booking, done anew for each slot reserved."""

    @model_validator(mode="after")
    def _one_length(self) -> Appointment:
        if (self.slot_h is None) == (self.slot_quantile is None):
            raise ValueError("an appointment has slot_h or slot_quantile; exactly one of them")
        return self
