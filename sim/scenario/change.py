"""An org design that takes over during a run."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.scenario.org import Org
from sim.scenario.part import Part


class Change(Part):
    """From some week on, another design holds.

    Tasks in service finish, queued ones go where the new design sends them, posts that are gone are left when the task
    in hand is done, new ones are filled at once with newcomers, people whose post is in another role move there.
    """

    week: Annotated[float, Field(ge=0, le=5_200)]
    """Counted from the end of the warm-up."""
    org: Org
