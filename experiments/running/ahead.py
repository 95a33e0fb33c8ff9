"""The engine, loaded by a process beside this one while this one still reads configs.

Reading configs takes most of a second, and so does loading the engine. Whoever knows from its first word that many
points will be run begins with both; workers are then copies of the process that has the engine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context

from experiments.running.signals import undisturbed

OF_MANY_POINTS = (
    "sweep",
    "precise",
    "select",
    "sensitivity",
    "discover",
    "frontier",
    "transition",
    "decompose",
    "optimize",
    "verdict",
    "claims",
)
"""Verbs whose runs are mostly many enough for the compiled engine."""
ELSEWHERE = {"engine": {"simpy"}, "backend": {"serial", "threads", "dask"}, "dry": {"true"}}
"""Settings with which no worker here needs it."""
LOADS = "experiments.running.loaded"
"""The module that loads the engine when it is imported."""

_begun: list[bool] = []


def begin(verb: str = "", *, words: Sequence[str] = ()) -> None:
    """Begin to load the engine, if a command will need it, there is a second core, and workers can be copied so.

    Parameters
    ----------
    verb : str
        Of the command.
    words : sequence of str
        The rest of it.
    """
    if {"-h", "--help"} & set(words):
        return
    said = dict(word.partition("=")[::2] for word in words)
    elsewhere = "cluster" in said or any(said.get(key) in values for key, values in ELSEWHERE.items())
    possible = (os.cpu_count() or 1) > 1 and "forkserver" in get_all_start_methods()
    if verb not in OF_MANY_POINTS or elsewhere or not possible:
        return
    from multiprocessing.forkserver import ensure_running

    get_context("forkserver").set_forkserver_preload([LOADS])
    # Ctrl-C goes to all processes of a terminal; this one ends when its parent does.
    with undisturbed(), _of_what_is_installed_only():
        ensure_running()
    _begun.append(True)


@contextmanager
def _of_what_is_installed_only() -> Iterator[None]:
    """Let a program that is started import nothing from the folder it is started in, where a user may have anything."""
    name = "PYTHONSAFEPATH"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before


def has_begun() -> bool:
    """Whether workers that are copies of the process beside this one will have the engine."""
    return bool(_begun)


def give_up() -> None:
    """Leave that process alone: there was no machine code for it to load."""
    _begun.clear()
