"""Offered load before a run: what the needs of a year ask of each role if nobody ever has to wait.

A sample of needs of every stream and segment walks its journey without a clock: the same rules, laws and marks as in
a run, no queues. Where the org design plans a wait (`planned_wait_h`), customers whose patience is shorter leave.
What is counted is the work itself, and beside it the hand-offs and the set-up it brings.
"""

from sim.load.load import HANDOFFS, Load
from sim.load.offered import SAMPLES, Offered, offered_load

__all__ = ["HANDOFFS", "SAMPLES", "Load", "Offered", "offered_load"]
