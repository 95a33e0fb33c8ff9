"""Points of a space as the runner takes them: made one after another, while the first are run already."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from experiments.complaint import Complaint
from experiments.composing.space import Setting, Space
from sim.scenario import Scenario


class SpacePoints:
    """Scenarios of a space at some settings.

    Parameters
    ----------
    space : Space
        What they have in common.
    settings : mapping of str to Setting
        By the name of the point.
    """

    def __init__(self, space: Space, settings: Mapping[str, Setting]) -> None:
        self._space, self._settings = space, dict(settings)

    def __len__(self) -> int:
        """Give how many points there are."""
        return len(self._settings)

    def __iter__(self) -> Iterator[tuple[str, Scenario]]:
        """Give name and scenario of each point.

        After the first, every value that comes up is looked at once, so that a mistake in the last is told before
        the others are run.

        Raises
        ------
        Complaint
            With every problem found, and at which point.
        """
        for i, (name, setting) in enumerate(self._settings.items()):
            yield name, self.scenario(name)
            if i == 0:
                self._look_ahead(setting)

    def scenario(self, name: str) -> Scenario:
        """Give the scenario of a point."""
        try:
            return self._space.at(self._settings[name]).scenario
        except Complaint as complaint:
            raise complaint.located(f"at the point {name}") from None

    def _look_ahead(self, first: Setting) -> None:
        seen: dict[str, list[object]] = {path: [value] for path, value in first.items()}
        for name, setting in self._settings.items():
            if any(value not in seen.setdefault(path, []) for path, value in setting.items()):
                if all(len(values) < MOST_LEVELS for values in seen.values()):
                    self.scenario(name)
                for path, value in setting.items():
                    seen[path].append(value)


MOST_LEVELS = 20
"""Values of a number that are looked at before: samples have as many as points."""


def numbered(settings: Sequence[Setting], name: str) -> dict[str, Setting]:
    """Name points by number, where their values are too many to be a name."""
    width = len(str(len(settings) - 1))
    return {f"{name} {i:0{width}}": setting for i, setting in enumerate(settings)}
