"""Progress on stderr: a bar on a terminal, one line otherwise."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any


class Progress:
    """Counts replications done, of how many, at what rate, and how long it will still take.

    Parameters
    ----------
    title : str
        What is being done.
    total : int
        Steps in all.
    """

    def __init__(self, title: str, total: int) -> None:
        self._title = title
        self._total = total
        self._done = 0
        self._started = 0.0
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        """Start the clock and show the bar."""
        self._started = time.monotonic()
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            columns = (
                TextColumn("{task.description}"),
                BarColumn(),
                MofNCompleteColumn(),
                TimeRemainingColumn(),
            )
            self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task(self._title, total=self._total)
        return self

    def advance(self) -> None:
        """Count one more step."""
        self._done += 1
        if self._bar is not None:
            self._bar.advance(self._task)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away and leave one line."""
        if self._bar is not None:
            self._bar.stop()
        elapsed = time.monotonic() - self._started
        print(f"{self._title}: {self._done} of {self._total} replications in {elapsed:.1f} s", file=sys.stderr)
