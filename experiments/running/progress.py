"""Progress on stderr: a bar on a terminal, one line otherwise, nothing where quiet is asked for."""

from __future__ import annotations

import sys
import time
from math import isfinite
from types import TracebackType
from typing import Any


class Progress:
    """Counts replications done, of how many, at what rate, how long it will still take, and what came out last.

    Parameters
    ----------
    title : str
        What is being done.
    total : int
        Replications in all.
    quiet : bool
        Whether nothing is to be said.
    """

    def __init__(self, title: str, total: int, *, quiet: bool = False) -> None:
        self._title, self._total, self._quiet = title, total, quiet
        self._began = time.monotonic()
        self._known = 0
        self._bar: Any = None
        self._task: Any = None
        self.done = 0
        """Replications that were run."""

    @property
    def left(self) -> int:
        """Replications that are neither run nor known, as far as one can tell."""
        return max(1, self._total - self._known - self.done)

    def __enter__(self) -> Progress:
        """Start the clock."""
        return self

    def start(self) -> None:
        """Show the bar, on a terminal."""
        if self._quiet or not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[latest]}"),
        )
        self._bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self._bar.start()
        self._task = self._bar.add_task(self._title, total=self._total, completed=self._known, rate="", latest="")

    def known(self, n: int) -> None:
        """Count replications that need not be run."""
        self._known += n
        self._show()

    def advance(self, n: int, name: str, latest: float) -> None:
        """Count replications that were run; tell the name of the last point, and what is watched there."""
        self.done += n
        self._show(f"{name}: {latest:.4g}" if isfinite(latest) else name)

    def _show(self, latest: str | None = None) -> None:
        if self._bar is not None:
            rate = f"{self.done / max(self._elapsed, 1e-9):.1f}/s"
            told = {} if latest is None else {"latest": latest}
            self._bar.update(self._task, completed=self._known + self.done, rate=rate, **told)

    @property
    def _elapsed(self) -> float:
        return time.monotonic() - self._began

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away and leave one line."""
        if self._bar is not None:
            self._bar.stop()
        if not self._quiet and (kind is None or self.done):
            known = f", {self._known} known already" if self._known else ""
            told = f"{self.done} of {self._total} replications in {self._elapsed:.1f} s{known}"
            print(f"{self._title}: {told}", file=sys.stderr)
