"""A store for a command that asks several times, also where the question names none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

from experiments.complaint import Failure
from experiments.question import Question


@contextmanager
def lasting(question: Question) -> Iterator[Question]:
    """Give the question with a store that lasts as long as the command.

    What was run in one step is then known in the next, even with ``store=null``.
    """
    if question.store is not None:
        yield question
        return
    with TemporaryDirectory(prefix="orgsim-") as place:
        try:
            yield question.model_copy(update={"store": place})
        except (KeyboardInterrupt, Failure) as error:
            error.__notes__ = ["nothing was kept; the same command starts again"]
            raise
