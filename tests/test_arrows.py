"""The import rule: `experiments` asks `sim`; `sim` knows neither Hydra nor files nor plots; rooms keep apart."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SIM = sorted((ROOT / "sim").rglob("*.py"))
EXPERIMENTS = sorted((ROOT / "experiments").rglob("*.py"))
CONFIGS = sorted((ROOT / "configs").rglob("*.yaml"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager"}
FILES = {"pathlib", "os", "io", "shutil", "tempfile", "glob", "fileinput", "importlib.resources"}
OUTSIDE_SIM = {"hydra", "omegaconf", "matplotlib", "jinja2", "rich", "yaml", "experiments", "bench", *FILES}
# Machine code is read and written by its compiler; where it is kept is told in one place.
MAY_READ_FILES = {"sim/compiled/cache.py"}
MAY_COMPILE = {"numba", "llvmlite"}
OTHER_CHANCE = {"random", "secrets", "uuid", "numpy.random"}
SLOW_TO_IMPORT = {"scipy", "pyarrow", "numba", "matplotlib"}
MAY_READ_HYDRA = {"config_files.py", "resolved.py", "designs.py", "lever_sets.py", "multirun.py"}

EVERYTHING_ELSE = {"simpy", "pydantic", "sim"}
ROOMS = {
    # room: (what it must not import, what of that it may)
    "portable": ({*EVERYTHING_ELSE, "numpy"}, set()),
    "draws": (EVERYTHING_ELSE, set()),
    "worktime": ({*EVERYTHING_ELSE, "numpy"}, set()),
    "rules": ({*EVERYTHING_ELSE, "numpy"}, {"sim.portable", "sim.rules"}),
    "quantiles": (EVERYTHING_ELSE, {"sim.portable"}),
    "quantile_tables": (EVERYTHING_ELSE, {"sim.quantiles"}),
    "cdfs": (EVERYTHING_ELSE, {"sim.portable", "sim.quantiles"}),
    "law_parameters": (EVERYTHING_ELSE, set()),
    "law": (EVERYTHING_ELSE, {"sim.cdfs", "sim.law_parameters", "sim.portable", "sim.quantiles"}),
    "weighted_laws": (EVERYTHING_ELSE, {"sim.law", "sim.law_parameters", "sim.quantiles"}),
    "laws": (
        EVERYTHING_ELSE,
        {
            "sim.law",
            "sim.law_parameters",
            "sim.portable",
            "sim.quantile_tables",
            "sim.quantiles",
            "sim.weighted_laws",
        },
    ),
    "plan": ({"simpy", "sim.engine", "sim.kpis", "sim.trace", "sim.draws"}, set()),
    # A name becomes a word of an address while planning; no key and no uniform does.
    "planning": ({"simpy", "sim.engine", "sim.kpis", "sim.trace", "sim.draws"}, {"sim.draws.word_of"}),
    "trace": ({"simpy", "sim.kpis", "sim.engine", "sim.scenario", "sim.draws"}, set()),
    "trace_table": ({"simpy", "sim.kpis", "sim.engine", "sim.scenario", "sim.draws"}, set()),
    "scenario": ({"simpy", "sim.draws", "sim.engine", "sim.plan", "sim.planning", "sim.trace", "sim.kpis"}, set()),
    "marks": ({"simpy", "sim.engine", "sim.kpis", "sim.scenario", "sim.trace"}, set()),
    "load": ({"simpy", "sim.engine", "sim.kpis", "sim.scenario", "sim.planning", "sim.trace"}, set()),
    "engine": ({"sim.kpis", "sim.scenario", "sim.analysis"}, set()),
    "compiled": ({"simpy", "sim.kpis", "sim.scenario", "sim.engine", "sim.analysis"}, set()),
    "kpis": ({"simpy", "sim.engine", "sim.draws", "sim.laws", "sim.weighted_laws", "sim.law"}, set()),
    "analysis": ({"simpy", "sim.scenario", "sim.engine", "sim.plan", "sim.planning", "sim.trace"}, set()),
}


def imported(node: ast.AST) -> Iterator[str]:
    """Everything a statement imports, as dotted names of modules or of what is in them."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, "imports name the whole path"
        yield from (f"{node.module}.{alias.name}" for alias in node.names)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    return frozenset(name for node in ast.walk(tree_of(path)) for name in imported(node))


def within(names: AbstractSet[str], forbidden: AbstractSet[str]) -> set[str]:
    return {name for name in names if any(name == f or name.startswith(f + ".") for f in forbidden)}


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SIM, ids=label)
def test_sim_knows_no_hydra_no_files_no_plots_and_no_other_chance(path: Path) -> None:
    assert not within(imports(path), (OUTSIDE_SIM - (FILES if label(path) in MAY_READ_FILES else set())) | OTHER_CHANCE)
    tree = tree_of(path)
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    assert not calls & {"open", "print", "input", "eval", "exec"}
    attributes = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not {name for name in attributes if name.startswith(("np.random", "numpy.random"))}


@pytest.mark.parametrize("path", SIM, ids=label)
def test_rooms_import_nothing_they_must_not_know(path: Path) -> None:
    room = path.relative_to(ROOT / "sim").parts[0].removesuffix(".py")
    forbidden, allowed = ROOMS.get(room, (set(), set()))
    names = imports(path)
    assert not within(names, forbidden) - within(names, allowed)


def test_every_room_with_a_rule_exists() -> None:
    rooms = {path.name.removesuffix(".py") for path in (ROOT / "sim").iterdir()}
    assert ROOMS.keys() <= rooms


@pytest.mark.parametrize("path", [*SIM, *EXPERIMENTS], ids=label)
def test_only_the_compiled_engine_knows_its_compiler(path: Path) -> None:
    assert path.is_relative_to(ROOT / "sim" / "compiled") or not within(imports(path), MAY_COMPILE)


def test_the_compiler_is_not_loaded_unless_the_compiled_engine_is_asked_for() -> None:
    program = f"""
import sys, yaml
from sim import Scenario, measure, simulate
scenario = Scenario.read(yaml.safe_load(open({str(ROOT / "tests/golden/fixed_times.yaml")!r}).read()))
for engine in ("simpy", "auto"):
    measure(simulate(scenario, engine=engine), scenario)
print(*sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "sim.engine" in loaded
    assert not within(loaded, {*MAY_COMPILE, "sim.compiled"})


@pytest.mark.parametrize("path", EXPERIMENTS, ids=label)
def test_hydra_stops_at_the_door(path: Path) -> None:
    if within(imports(path), {"hydra", "omegaconf"}):
        assert path.parent == ROOT / "experiments" / "composing"
        assert path.name in MAY_READ_HYDRA


@pytest.mark.parametrize("path", [*SIM, *EXPERIMENTS], ids=label)
def test_a_file_is_called_by_a_noun_of_the_field(path: Path) -> None:
    assert not {part.removesuffix(".py") for part in path.relative_to(ROOT).parts} & BANNED_NAMES


def test_importing_sim_loads_nothing_it_must_not_know() -> None:
    program = "import sim, sys; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not within(
        set(loaded.stdout.split()), SLOW_TO_IMPORT | {"hydra", "omegaconf", "jinja2", "rich", "experiments"}
    )


def test_there_are_configs() -> None:
    assert CONFIGS


@pytest.mark.parametrize("path", CONFIGS, ids=label)
def test_configs_are_data_never_code(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "_target_" not in text
    assert "!!python" not in text


def test_all_packages_are_in_the_wheel() -> None:
    folders = {path.parent for path in [*SIM, *EXPERIMENTS]}
    expected = {".".join(folder.relative_to(ROOT).parts) for folder in folders}
    assert {*PROJECT["tool"]["setuptools"]["packages"]} == {*expected, "orgsim_configs"}


def distributions(names: list[str]) -> set[str]:
    """Names of packages as a registry has them, from requirements."""
    return {re.split(r"[<>=!~ \[]", name)[0].lower().replace("_", "-") for name in names}


known_packages = cache(packages_distributions)


def third_party(names: set[str]) -> set[str]:
    """What is imported from outside this project and the standard library."""
    known = known_packages()
    top_levels = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"sim", "experiments"}
    # What is not installed, as an extra may be, goes by the name under which it is imported.
    return distributions([known[name][0] if name in known else name.replace("_", "-") for name in top_levels])


def test_dependencies_are_those_imported() -> None:
    declared = distributions(PROJECT["project"]["dependencies"])
    extras = PROJECT["project"]["optional-dependencies"]
    optional = distributions(
        [name for extra, names in extras.items() if extra not in {"dev", "bench"} for name in names]
    )
    found = third_party({name for path in [*SIM, *EXPERIMENTS] for name in imports(path)})
    assert declared <= found <= declared | optional


@pytest.mark.parametrize("path", [*SIM, *EXPERIMENTS], ids=label)
def test_extras_are_imported_where_they_are_needed_only(path: Path) -> None:
    at_the_top = {name for node in tree_of(path).body for name in imported(node)}
    assert third_party(at_the_top) <= distributions(PROJECT["project"]["dependencies"])
