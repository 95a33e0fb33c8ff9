"""Packages that only some verbs need."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from experiments.complaint import Complaint


@contextmanager
def extra(name: str) -> Iterator[None]:
    """Import what belongs to an extra of this project.

    Parameters
    ----------
    name : str
        Of the extra.

    Raises
    ------
    Complaint
        If a package is not installed: says how to get it.
    """
    try:
        yield
    except ImportError as error:
        rule = f"a package is missing, to be had by: pip install 'orgsim[{name}]'"
        raise Complaint.about(error.name or name, rule) from None
