"""The table of rules: what each rule of the model computes, from what, with which numbers and sources.

`python -m experiments.pages.rules` writes it to `docs/rules.md`, from the docstrings of `sim/rules/`, from how the
rules are bound to cases, and from the shipped configs.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sim.rules
from experiments.assumed.numbers import Default, defaults
from experiments.composing.config_root import config_root
from experiments.composing.schema_path import unset
from sim.rules import BRANCHES, EFFECTS, PARAMETERS

GROUPS = "market|journey|activity|org|people|source|run"
CONFIG_PATH = re.compile(rf"`((?:{GROUPS})(?:\.\w+)+)`")
SECTION = re.compile(r"^(\w+)\n-+\n", re.MULTILINE)
ENTRY = re.compile(r"^(\w+(?:, \w+)*) : .*\n((?: {4}.*\n?|\n)*)", re.MULTILINE)
MOST_VALUES, LONGEST_COMMENT = 6, 150

PAGE = """# Rules

Every rule of the model: what it computes, its numbers, and where they come from. A rule is a pure function of numbers
in `sim/rules/`; it knows no clock, queue or object. Written by `make docs` from the rules' own docstrings, their
bindings and the configs; a test fails if this page is out of date, or if a rule lacks formula or source. How the rules
work together is told in [model.md](model.md).

In the tables, *unset* is the value without any config, *shipped* that of the default question ({shipped}), and *origin*
the comment in the YAML file. Rules that journeys and activities name read and write the registers of a case (`case.`),
traits of its account (`account.`), and whoever did the work (`person.`).
"""


@dataclass(frozen=True)
class Argument:
    """One argument of a rule, or several with the same meaning.

    Attributes
    ----------
    names, meaning : str
        As the docstring has them.
    """

    names: str
    meaning: str


@dataclass(frozen=True)
class Told:
    """What the docstring of a rule tells.

    Attributes
    ----------
    name, file : str
        Of the rule.
    text : str
        What it does.
    arguments : tuple of Argument
        What it reads.
    formula, source : str
        Empty if the docstring does not say.
    """

    name: str
    file: str
    text: str
    arguments: tuple[Argument, ...]
    formula: str
    source: str

    def config_paths(self) -> list[tuple[str, str]]:
        """Give (arguments, config path) of each number that the rule hangs on."""
        found = [(a.names, path) for a in self.arguments for path in CONFIG_PATH.findall(a.meaning)]
        return found + [("", path) for path in CONFIG_PATH.findall(self.text)]


def rules() -> list[Told]:
    """Read every public rule.

    Returns
    -------
    list of Told
        By file, in the order in which they are written.
    """
    public = [getattr(sim.rules, name) for name in sim.rules.__all__]
    found = [rule for rule in public if inspect.isfunction(rule)]
    return [_told(rule) for rule in sorted(found, key=lambda rule: (rule.__module__, rule.__code__.co_firstlineno))]


def _told(rule: Callable[..., Any]) -> Told:
    text, *rest = SECTION.split(inspect.getdoc(rule) or "")
    sections = dict(zip(rest[::2], rest[1::2], strict=True))
    entries = ENTRY.findall(sections.get("Parameters", ""))
    return Told(
        name=rule.__name__,
        file=rule.__module__.replace(".", "/") + ".py",
        text=text.strip(),
        arguments=tuple(Argument(names, " ".join(meaning.split())) for names, meaning in entries),
        formula=sections.get("Formula", "").strip(),
        source=" ".join(sections.get("Source", "").split()),
    )


def page(found: list[Told]) -> str:
    """Give the page that lists them."""
    numbers, users = shipped_numbers(), _users()
    told, file = [PAGE.format(shipped=_listed(name.replace("/", "=") for name in shipped()))], ""
    for rule in found:
        if rule.file != file:
            file = rule.file
            about = inspect.getdoc(inspect.getmodule(getattr(sim.rules, rule.name))) or ""
            told.append(f"\n## {Path(file).stem}\n\n`{file}`: {about}\n")
        told += [f"\n### {rule.name}\n\n{rule.text}\n\n```text\n{rule.formula}\n```\n\n", _where(rule.name, users)]
        told += [*_arguments(rule), *_numbers(rule, numbers), f"\n**Source.** {rule.source}\n"]
    return "".join(told)


def shipped() -> list[str]:
    """Give the files that a default question reads, such as ``market/engineered_products``."""
    import yaml

    question = yaml.safe_load((config_root() / "config.yaml").read_text(encoding="utf-8"))
    chosen = [one for one in question["defaults"] if isinstance(one, dict)]
    return [f"{group}/{name}" for one in chosen for group, name in one.items() if name is not None]


def shipped_numbers() -> list[Default]:
    """Give the numbers in these files."""
    chosen = shipped()
    return [d for d in defaults() if d.file in chosen]


def _where(name: str, users: dict[str, list[str]]) -> str:
    """Say who calls a rule, and what it reads and writes where a plan binds it."""
    for kind, bound in (("choose", BRANCHES), ("effect", EFFECTS)):
        if name in bound:
            rule = bound[name]
            said = [f"Named in YAML by `{kind}: {name}`. Reads {_listed(rule.reads)}"]
            said += ["draws one uniform"] if rule.draws else []
            said += [f"writes {_listed(f'case.{w}' for w in rule.writes)}"] if rule.writes else []
            said += [f"branches {_listed(rule.branches)}"] if rule.branches else []
            return "; ".join(said) + ".\n"
    return f"Called in {_listed(users[name])}.\n" if name in users else "Called by other rules only.\n"


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _users() -> dict[str, list[str]]:
    """Give the files of the simulator, rules apart, that import each rule."""
    root = Path(sim.rules.__file__).parent.parent
    found: dict[str, list[str]] = {}
    for file in sorted(root.rglob("*.py")):
        if file.parent.name == "rules":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "sim.rules":
                for alias in node.names:
                    found.setdefault(alias.name, []).append(f"sim/{file.relative_to(root).as_posix()}")
    return found


def _arguments(rule: Told) -> Iterator[str]:
    yield "\n| argument | meaning |\n|---|---|\n"
    for a in rule.arguments:
        yield f"| `{a.names}` | {_cell(a.meaning)} |\n"


def _numbers(rule: Told, numbers: list[Default]) -> Iterator[str]:
    paths = list(dict.fromkeys(path for _, path in rule.config_paths()))
    if paths:
        yield "\n| config path | unset | shipped | unit | origin |\n|---|---|---|---|---|\n"
    for path in paths:
        value = unset(path)
        told = "" if value in (None, {}, []) else f"{value:g}" if isinstance(value, float) else str(value)
        yield f"| `{path}` | {told} | {' | '.join(map(_cell, _shipped(path, numbers)))} |\n"


def _shipped(path: str, numbers: list[Default]) -> tuple[str, str, str]:
    """Give value, unit and origin of what the default question has at a path."""
    found = numbers_at(path, numbers)
    if not found:
        return "", "", ""
    units = " or ".join(dict.fromkeys(d.unit for d in found))
    if len(found) > MOST_VALUES:
        return f"{len(found)} values", units, "see [defaults.md](defaults.md)"
    origins = dict.fromkeys(_origin(d) for d in found)
    return ", ".join(_named(path, d) for d in found), units, "; ".join(origins)


def numbers_at(path: str, numbers: list[Default]) -> list[Default]:
    """Give those of some numbers that stand at a path or under it; a key in capitals stands for any name."""
    form = re.compile(r"\.".join(r"\w+" if key.isupper() else re.escape(key) for key in path.split(".")) + r"(?!\w)")
    return [d for d in numbers if form.match(f"{d.file.partition('/')[0]}.{d.path}")]


def _origin(d: Default) -> str:
    comment = d.beside or d.comment
    if len(comment) > LONGEST_COMMENT:
        return f"{d.origin}, see [defaults.md](defaults.md)"
    return comment if d.origin in comment or d.origin is None else f"{d.origin}: {comment}"


def _named(path: str, d: Default) -> str:
    """Give a value with what tells it from others at the same path."""
    keys, given = path.split(".")[1:], d.path.split(".")
    differing = [key for i, key in enumerate(given) if i >= len(keys) or key != keys[i]]
    return " ".join([*differing, d.value])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def numbered() -> set[str]:
    """Give the config paths of all parameters of rules that a market may set."""
    return {f"market.rules.{rule}.{name}" for rule, given in PARAMETERS.items() for name in given}


def main() -> None:
    """Write the page."""
    (config_root().parent / "docs" / "rules.md").write_text(page(rules()), encoding="utf-8")


if __name__ == "__main__":
    main()
