"""Importing this loads the compiled engine, if there is machine code of it: for processes that will be copied."""

from contextlib import suppress

from experiments.running.task import run_task
from sim import compiled

# A process that cannot load it has copies that will say why.
with suppress(Exception):
    if compiled.is_ready():
        compiled.prepare()

__all__ = ["run_task"]
