"""Ctrl-C and its like: a command that is told to stop stops once, cleans up, and takes its workers with it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

TOLD_TO_STOP = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
"""What a scheduler or a closed terminal sends."""
STOPS = [signal.SIGINT, *TOLD_TO_STOP]
"""All signals to stop."""


class Stopped(KeyboardInterrupt):
    """The process was told to stop by a signal other than Ctrl-C."""

    def __init__(self, signum: int) -> None:
        super().__init__(signum)
        self.signum = signum


def _stop(signum: int, frame: FrameType | None) -> None:
    del frame
    raise Stopped(signum)


def stop_when_told() -> None:
    """Make the signals of `TOLD_TO_STOP` unwind the main thread as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        for signum in TOLD_TO_STOP:
            signal.signal(signum, _stop)


def listen_no_more() -> None:
    """Ignore all signals to stop: the process is about to end."""
    for signum in STOPS:
        signal.signal(signum, signal.SIG_IGN)


@contextmanager
def undisturbed(signums: Sequence[int] = STOPS) -> Iterator[None]:
    """Ignore further signals to stop while what has been started is taken down.

    Programs that are started meanwhile ignore them for ever, unless they say otherwise.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {signum: signal.signal(signum, signal.SIG_IGN) for signum in signums}
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)


@contextmanager
def held_back() -> Iterator[None]:
    """Let signals to stop wait while workers start: until one has begun it takes them for its own."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOPS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def follow_parent() -> None:
    """Begin a worker process: leave Ctrl-C to the parent, and end when the parent ends, however that came about."""
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for signum in TOLD_TO_STOP:
        signal.signal(signum, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPS)
    parent = parent_process()

    def watch() -> None:
        assert parent is not None
        parent.join()
        os._exit(1)

    if parent is not None:
        threading.Thread(target=watch, daemon=True).start()
