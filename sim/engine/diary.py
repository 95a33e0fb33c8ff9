"""A person's reservations: which standard slot is free, and how long until the next one begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort

from sim.worktime import Calendar

FOREVER = 1 << 62


class Diary:
    """Slots reserved on one person's calendar.

    A slot of length s begins at a whole number of s after the opening of a session and ends in the same session.
    Slots of different lengths may lie in one diary; no two overlap.

    Parameters
    ----------
    calendar : Calendar
        When the person is rostered.
    """

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._slots: list[tuple[int, int]] = []

    def __len__(self) -> int:
        """Count the slots reserved and not yet forgotten."""
        return len(self._slots)

    def first_free(self, after_ms: int, slot_ms: int) -> int:
        """Give the start of the first free slot.

        Parameters
        ----------
        after_ms : int
            The slot begins then or later.
        slot_ms : int
            Its length; some session is at least as long.

        Returns
        -------
        int
            ms since t=0.
        """
        slots, calendar = self._slots, self._calendar
        t = after_ms
        while True:
            opening, closing = calendar.session(t)
            start = opening + max(0, -((opening - t) // slot_ms)) * slot_ms
            i = bisect_right(slots, (start, FOREVER))
            if i and slots[i - 1][1] > start:
                i -= 1
            while start + slot_ms <= closing:
                if i == len(slots) or start + slot_ms <= slots[i][0]:
                    return start
                start = opening - (opening - slots[i][1]) // slot_ms * slot_ms
                i += 1
            t = closing

    def reserve(self, start_ms: int, slot_ms: int) -> None:
        """Reserve a free slot."""
        insort(self._slots, (start_ms, start_ms + slot_ms))

    def release(self, start_ms: int, slot_ms: int) -> None:
        """Give a reserved slot back."""
        self._slots.remove((start_ms, start_ms + slot_ms))

    def next_start(self, now_ms: int) -> int:
        """Give the start of the first reserved slot after now, `FOREVER` if there is none; forget those that ended."""
        slots = self._slots
        ended = 0
        while ended < len(slots) and slots[ended][1] <= now_ms:
            ended += 1
        del slots[:ended]
        i = bisect_left(slots, (now_ms + 1, 0))
        return slots[i][0] if i < len(slots) else FOREVER
