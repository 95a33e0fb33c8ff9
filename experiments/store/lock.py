"""Who uses a store: any number of commands at once, or one alone that clears up in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WAIT_S = 10.0
"""For whoever clears up, before a command gives up."""


class InUseError(Exception):
    """A store is used in a way that keeps others out."""


class Lock:
    """A share in a store, held until it is let go or the process ends, however that comes about.

    It is a lock of SQLite's on an empty database: that is the same on all systems, and needs no clearing up.

    Parameters
    ----------
    path : Path
        The database; made if there is none.

    Raises
    ------
    InUseError
        If somebody has it alone.
    sqlite3.OperationalError
        If it cannot be made.
    """

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)
        try:
            self._share()
        except BaseException:
            self._db.close()
            raise

    def _share(self) -> None:
        try:
            self._db.execute("begin")
            self._db.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise InUseError("somebody is clearing up in it") from None
            raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep all others out for a while.

        Raises
        ------
        InUseError
            If anybody else has a share.
        """
        self._db.execute("commit")
        self._db.execute("pragma busy_timeout = 0")
        try:
            self._db.execute("begin exclusive")
        except sqlite3.OperationalError as error:
            self._share()
            if "locked" in str(error):
                raise InUseError("another command is using it") from None
            raise
        try:
            yield
        finally:
            self._db.execute("commit")
            self._share()

    def close(self) -> None:
        """Let go."""
        self._db.close()
