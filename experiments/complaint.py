"""Bad input: what a user must change, without a traceback."""

from __future__ import annotations

from sim.scenario import Problem


class Complaint(Exception):  # noqa: N818 (it is about the input, not about a fault)
    """Input that cannot be used; ends a command with exit code 2.

    Parameters
    ----------
    problems : list of Problem
        Every one found, with path, rule and value.
    """

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(p) for p in problems))

    @classmethod
    def about(cls, path: str, rule: str, value: str = "") -> Complaint:
        """Complain about one thing."""
        return cls([Problem(path, rule, value)])

    def located(self, where: str) -> Complaint:
        """Give the same complaint with a place behind every rule, as one of many points at which it was found."""
        return Complaint([Problem(p.path, f"{p.rule} ({where})", p.value) for p in self.problems])


class Rehearsed(Exception):  # noqa: N818 - not an error
    """A command that was only to say what it would take has said it.

    Parameters
    ----------
    said : str
        What.
    replications : int
        That would be run.
    seconds : float
        For all of them.
    """

    def __init__(self, said: str, replications: int = 0, seconds: float = 0.0) -> None:
        super().__init__(said)
        self.replications, self.seconds = replications, seconds


class Failure(RuntimeError):  # noqa: N818 - what went wrong, not an error of the program
    """Something outside the input and the program went wrong; the message says what."""
