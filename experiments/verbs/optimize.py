"""`orgsim optimize`: staffing and levers for several objectives, and what of it holds on fresh seeds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from shlex import join

from experiments.answers.folder import folder, say, target, write_config, write_json
from experiments.answers.optimum import BASE, Finalist, finalists, named, recommended
from experiments.answers.provenance import provenance
from experiments.answers.trial import Trial, front, write_trials
from experiments.complaint import Complaint
from experiments.composing.asked import asked_of
from experiments.composing.choices import choices, choices_exist
from experiments.composing.designs import about_one_design
from experiments.composing.lever_sets import pulled
from experiments.composing.measured import measured_at
from experiments.composing.space import Space
from experiments.composing.variant import write_variant
from experiments.report.amount import amount_of
from experiments.report.designs_found import amounts_of, found_document
from experiments.report.document import write_document
from experiments.running.lasting import lasting
from experiments.running.points import cube
from experiments.running.trials import searched
from experiments.sampling.search import Search
from experiments.sampling.settings import named as setting_named
from experiments.sampling.tried import Designs
from experiments.specs.optimize import Optimize
from experiments.store import asked as asked_at

EXAMPLE = "'optimize.vary={org.roles.salesperson.headcount: {low: 4, high: 12, integer: true}}'"
BEST, DESIGNS = "best", "designs"
"""What the recommended design is called, and the folder of configs it is in."""
NOT_THE_SAME = ("org.", "org=", "lever=", "optimize", "seed=", "replications=", "out=", "dry=", "quiet=")
"""How overrides begin that are of the design or the search, so that a comparison does not take them over."""


def main(overrides: list[str], config_dir: str | None) -> None:
    """Search, estimate what was found again, print it, write the folder.

    Parameters
    ----------
    overrides : list of str
        As on the command line; they go into every design.
    config_dir : str or None
        A user's own configs.
    """
    about_one_design(overrides)
    space = Space(overrides, config_dir)
    c = space.at({})
    asked, q = asked_of(c, "optimize", Optimize, EXAMPLE), c.question
    designs = _designs(space, asked, overrides, config_dir)
    search, base = Search(asked), designs.base()
    measured_at("optimize.objectives", [*asked.objectives], {"the base": base.scenario})
    measured_at("optimize.limits", [*asked.limits], {"the base": base.scenario})
    designs.look_ahead()
    fresh = fresh_seed(q.seed)
    origin = provenance(
        "optimize", overrides, config_dir, c.data, seed=q.seed, replications=q.replications, fresh_seed=fresh
    )
    path = target(q.out, "optimize", str(origin["config"]))
    with folder(path) as part, lasting(q) as q:
        trials = searched(search, designs, asked, q)
        last = named(front(trials, asked, but=asked_at(base.scenario).point))
        points = {BASE: base.scenario, **{name: designs.at(dict(t.setting)).scenario for name, t in last.items()}}
        found = cube(points.items(), q, asked.kpis, title="again", seed=fresh, replications=asked.final)
        judged = finalists(found, last, asked)
        best = recommended(judged, asked)
        reference = _write_designs(part / DESIGNS, judged, best, designs, space)
        write_trials(part, trials, asked)
        write_config(c.data, part, config_dir)
        answer = {
            "trials": len(trials),
            "could_not_be_run": sum(bool(trial.obstacle) for trial in trials),
            "beyond_limits": sum(not trial.obstacle and not trial.keeps(asked) for trial in trials),
            "fresh_seed": fresh,
            "designs": [one.plain() for one in judged],
            "recommended": best.name if best else None,
            "units": dict(found.units),
        }
        write_json({"optimize": answer, "provenance": origin}, part / "summary.json")
        name = base.scenario.org.name
        write_document(found_document(judged, best, name, trials, asked, found.units, origin), part)
    _tell(judged, trials, asked, found.units, fresh)
    _tell_best(best, judged, asked)
    if best is not None:
        luck = [f"seed={fresh}", f"replications={asked.final}"]
        _tell_how_to_compare(path, reference, luck, overrides, config_dir)
    say(f"\nreport: {path / 'report.html'}")


def fresh_seed(seed: int) -> int:
    """Give the seed of what is estimated again: the next one."""
    return (seed + 1) % 2**63


def _designs(space: Space, asked: Optimize, overrides: list[str], config_dir: str | None) -> Designs:
    if asked.levers:
        choices_exist("lever", asked.levers, config_dir, "optimize.levers")
    always = pulled(overrides)
    both = next((lever for lever in asked.levers if lever in always), None)
    if both is not None:
        raise Complaint.about("optimize.levers", "is pulled in every design by the command itself", repr(both))
    return Designs(space, asked, always)


def _write_designs(
    folder: Path, judged: Sequence[Finalist], best: Finalist | None, designs: Designs, space: Space
) -> str:
    """Write what is not dominated as files of designs; give the name of the one to compare them with."""
    base = designs.base().data["org"]
    parent = str(base["name"])
    shipped = parent in choices("org") and base == space.org(parent)
    if not shipped:
        write_variant(folder, [BASE], base, parent, [], "The design from which orgsim optimize began.")
    for one in judged:
        if one.trial is not None and one.leads:
            org, levers = designs.at(dict(one.trial.setting)).data["org"], one.trial.setting.get("lever", [])
            names = [one.name, *([BEST] if one is best else [])]
            write_variant(folder, names, org, parent, levers, f"Found by orgsim optimize, trial {one.trial.number}.")
    return parent if shipped else BASE


def _tell(
    judged: Sequence[Finalist], trials: Sequence[Trial], asked: Optimize, units: Mapping[str, str], fresh: int
) -> None:
    failed = sum(bool(trial.obstacle) for trial in trials)
    beyond = sum(not trial.obstacle and not trial.keeps(asked) for trial in trials)
    again = len(judged) - 1
    are = "is" if again == 1 else "are"
    found = f"{again} of them {are} estimated again, {asked.final} replications on seed {fresh}"
    say(f"{len(trials):,} designs tried: {failed} could not be run, {beyond} are beyond a limit; {found}")
    base = judged[0]
    amounts, heads = amounts_of(judged, asked, units), []
    for i, kpi in enumerate(asked.kpis, 1):
        level = amount_of(units[kpi], [base.found[kpi].mean])
        wanted = f"{asked.objectives[kpi]}imized" if kpi in asked.objectives else "limited"
        say(f"[{i}] {kpi}, {wanted}: {level.plain(base.found[kpi].mean)} {level.unit} in the base")
        heads.append(f"[{i}] less base, {amounts[kpi].unit}")
    if again:
        say(f"\n{'':12}{''.join(f'{head:>34}' for head in heads)}")
    for one in judged[1:]:
        cells = "".join(f"{amounts[kpi].told(one.less_base[kpi]):>34}" for kpi in asked.kpis)
        say(f"{one.name:12}{cells}  {', '.join(one.notes)}")
    for one in judged[1:]:
        assert one.trial is not None
        say(f"{one.name}: {setting_named(dict(one.trial.setting))}")


def _tell_best(best: Finalist | None, judged: Sequence[Finalist], asked: Optimize) -> None:
    first = next(iter(asked.objectives))
    say("\nPaired differences with 95 % intervals, each for itself: luck only, not the assumptions behind the numbers.")
    if best is None:
        kept = any(one.keeps for one in judged)
        say("No design found is better than the base in [1]." if kept else "No design keeps the limits.")
        return
    told = "told from the base" if best.less_base[first].excludes_zero else "not told from the base"
    others = [one.name for one in judged if one.may_be_best and one is not best]
    say(f"Best in [1] of those within the limits: {best.name}, {told} in [1].")
    if others:
        say(f"Which is the best in [1] is not told; it may as well be {', '.join(others)}.")


def _tell_how_to_compare(
    path: Path, reference: str, luck: Sequence[str], overrides: Sequence[str], config_dir: str | None
) -> None:
    same = [word for word in overrides if not word.lstrip("+~").startswith(NOT_THE_SAME)]
    space, design = Space(same, config_dir), f"{path / DESIGNS / 'org' / BEST}.yaml"
    plain = reference if reference != BASE else choices("org", config_dir)[0]
    if space.data_at({"org": plain})["org"] != space.org(plain):
        say(f"The experiment sets org.* itself, which goes in after a design: put what {design} says in its place.")
        return
    where = str(path / DESIGNS)
    if config_dir is not None:
        say(f"Put the files of {path / DESIGNS / 'org'} in {Path(config_dir) / 'org'}. Then compare by:")
        where = config_dir
    else:
        say(f"It is {design}. Compare by:")
    words = ["orgsim", "compare", "--config-dir", where, f"designs=[{reference},{BEST}]", *same, *luck]
    say(f"  {join(words)}")
