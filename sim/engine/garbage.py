"""Cyclic garbage while a replication runs."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_YOUNG_OBJECTS = 200_000


@contextmanager
def rarer_collections() -> Iterator[None]:
    """Let Python look for cyclic garbage less often: a finished case leaves none, looking costs a sixth of a run."""
    before = gc.get_threshold()
    gc.set_threshold(_YOUNG_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
