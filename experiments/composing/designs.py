"""Several org designs composed on one market: the same config but for the design."""

from __future__ import annotations

from collections.abc import Iterable

from experiments.complaint import Complaint
from experiments.composing.choices import MOST_LISTED, choices
from experiments.composing.compose import Composed, composed
from experiments.composing.resolved import quoted, resolved
from sim.scenario import Problem
from sim.scenario.problems import nearest


def composed_designs(overrides: list[str], config_dir: str | None) -> dict[str, Composed]:
    """Compose every design of a question.

    Parameters
    ----------
    overrides : list of str
        As on the command line; overrides of ``org.*`` go into every design.
    config_dir : str or None
        A user's own configs.

    Returns
    -------
    dict
        By the design's name in `configs/org`, the reference first.

    Raises
    ------
    Complaint
        With the problems of all designs, each named once.
    """
    for override in overrides:
        if override.startswith("org="):
            raise Complaint.about("org", "several designs are compared; say designs=[A,B]", override)
    names = _names(overrides, config_dir)
    designs_exist("designs", names, config_dir)
    found: dict[str, Composed] = {}
    problems: dict[Problem, list[str]] = {}
    for name in names:
        try:
            found[name] = composed([*overrides, f"org={name}"], config_dir=config_dir)
        except Complaint as complaint:
            for problem in complaint.problems:
                problems.setdefault(problem, []).append(name)
    if problems:
        raise Complaint([_told(p, at, names) for p, at in problems.items()])
    return found


def designs_exist(path: str, names: Iterable[str], config_dir: str | None) -> None:
    """Complain unless there are designs of all these names; `path` is where a config has them."""
    known = choices("org", config_dir)
    unknown = [
        Problem(path, f"no such design{nearest(n, known, MOST_LISTED)}", repr(n)) for n in names if n not in known
    ]
    if unknown:
        raise Complaint(unknown)


def about_several_designs(overrides: list[str]) -> None:
    """Complain if one design is named where the question says which ones it is about."""
    for override in overrides:
        if override.startswith("org="):
            raise Complaint.about("org", "the question itself says which designs it is about", override)


def about_one_design(overrides: list[str]) -> None:
    """Complain if several designs are asked for where the question is about one."""
    for override in overrides:
        if override.lstrip("+").startswith("designs="):
            raise Complaint.about("designs", "this question is not about several designs; org=NAME names one", override)


def _names(overrides: list[str], config_dir: str | None) -> list[str]:
    from hydra.core.override_parser.overrides_parser import OverridesParser
    from hydra.errors import HydraException

    from experiments.question import Question

    given = [o for o in overrides if o.startswith("designs=")]
    if not given and any(o.startswith("+experiment=") for o in overrides):
        asked = resolved(overrides, config_dir=config_dir).get("designs")
        given = [f"designs=[{','.join(map(str, asked))}]"] if isinstance(asked, list) else [f"designs={asked}"]
    if not given:
        return list(Question().designs)
    try:
        value = OverridesParser.create().parse_override(quoted(given[-1])).value()
    except HydraException:
        value = None
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list) or not value or not all(isinstance(n, str) for n in value):
        raise Complaint.about(
            "designs", "must be a list of names, as in designs=[traditional,persuasion_only]", given[-1]
        )
    if len(set(value)) != len(value):
        raise Complaint.about("designs", "each design once", given[-1])
    return [str(n) for n in value]


def _told(problem: Problem, at: list[str], names: list[str]) -> Problem:
    if len(at) == len(names):
        return problem
    return Problem(problem.path, f"{problem.rule} (in design {', '.join(at)})", problem.value)
