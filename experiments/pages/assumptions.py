"""The page of assumptions: what an ensemble varies, from where to where, what it leaves alone, and why.

`python -m experiments.pages.defaults` writes it to `docs/assumptions.md`.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase

from experiments.assumed.assumptions import Assumption, all_assumptions
from experiments.assumed.numbers import Default
from experiments.assumed.world import AT_LEAST, LEFT_OUT, SUMS, TOGETHER, together
from experiments.composing.choices import choices
from experiments.composing.claim_file import GROUP, claim_file

PAGE = """# Assumptions

What is varied when a claim is put to the test under all assumptions at once: {names} of them, which move {numbers} of
the {all} numbers in `configs/`. Written by `make docs` from the comments beside the numbers, whose grammar is in
[defaults.md](defaults.md); there is no second list. A test fails if this page is out of date.

- **One point, one world.** A point of the ensemble gives every assumption a position between 0, lowest, and 1, highest,
  all at once; all designs of a comparison meet the same points, and so do the designs of the run-in and of rivals.
- **Steps** are equal differences (*linear*), or equal ratios (*log*) where a range scales its numbers or is wider than
  a decade.
- **Only the world is varied**: customers, what work takes, what people are like. What a design decides is what is
  compared; the last table says what counts as that.
- **What is scaled together** is one guess. Numbers with ranges of their own are varied each by itself. A range of the
  default that stands at the head of a block, such as that of the effort of all work of one kind, is one assumption, for
  two reasons: numbers that were guessed in one go err alike, and thirty errors that cancel each other in a sum would
  hide what this sum decides. Kinds of work are guessed one by one.
- **The same in all designs.** Numbers that roles and designs have in common, such as how often people quit, have one
  name and are scaled alike; their ratios stay what they are.
- **What somebody has set** to another value than a config with a range has it is held: circumstances of a claim,
  overrides, and a user's own numbers, unless the comments beside these give ranges.
- **Sums stay sums.** Where parts sum to 1, those without a range give way ({sums}). {at_least}
- **No assumption is a claim.** Each is a number of customers, of work or of people that holds whoever does it; none
  names a design. Those of machines (org.roles.cannot, org.roles.outages.length_h, org.roles.quality,
  org.roles.speed) reach only designs that have one, as quitting reaches only people. *Bears on* names the claims
  whose own circumstances, where they should hold or fail, set one of the numbers: their verdict plainly hangs on it.

## Varied

| assumption | lowest | default | highest | unit | steps | numbers | bears on | comment |
|---|---|---|---|---|---|---|---|---|
"""

LONGEST = 110
"""Of a comment that is told."""


def page(found: list[Default]) -> str:
    """Give the page on the numbers of all shipped configs."""
    varied = all_assumptions(found)
    bears = _bears(varied)
    numbers = sum(1 for d in found if d.assumption)
    sums = ", ".join(f"`{form}`" for form in SUMS)
    least = " ".join(f"`{path}` is at least `{floor}`." for path, floor in AT_LEAST.items())
    told = [PAGE.format(names=len(varied), numbers=numbers, all=len(found), sums=sums, at_least=least)]
    told += [_row(one, sum(1 for d in found if d.assumption == one.name), bears[one.name]) for one in varied]
    told += ["\n## Scaled alike in all roles and designs\n\n| numbers | assumption |\n|---|---|\n"]
    told += [f"| `{form}` | {name} |\n" for form, name in TOGETHER.items()]
    told += ["\n## Assumptions that are not varied\n\n| number | value | why |\n|---|---|---|\n"]
    told += [f"| `{d.file}`: `{d.path}` | {d.value} | {d.reason} |\n" for d in found if _held(d)]
    told += ["\n## What a design decides\n\n| numbers | how many | why they are not varied |\n|---|---|---|\n"]
    told += list(_left_out(found))
    return "".join(told)


def _row(one: Assumption, numbers: int, claims: list[str]) -> str:
    values = " | ".join(f"{value:,.6g}" for value in (one.low, one.default, one.high))
    steps = "log" if one.range.is_log else "linear"
    comment = one.comment if len(one.comment) <= LONGEST else "see [defaults.md](defaults.md)"
    cells = [one.name, values, one.unit, steps, str(numbers), ", ".join(claims), comment.replace("|", "\\|")]
    return f"| {' | '.join(cells)} |\n"


def _held(d: Default) -> bool:
    """Whether a number is an assumption about the world that is not varied."""
    return d.origin == "assumption" and bool(d.reason) and _pattern(d) is None


def _pattern(d: Default) -> str | None:
    """Give the first pattern of what a design decides that a number's path is of."""
    path = d.config_path
    return None if together(path) else next((form for form in LEFT_OUT if fnmatchcase(path, form)), None)


def _left_out(found: list[Default]) -> Iterator[str]:
    forms = [_pattern(d) for d in found]
    for form, why in LEFT_OUT.items():
        yield f"| `{form}` | {forms.count(form)} | {why} |\n"


def _bears(varied: list[Assumption]) -> dict[str, list[str]]:
    """Give, by assumption, the claims whose circumstances set one of its numbers."""
    found: dict[str, list[str]] = {one.name: [] for one in varied}
    for claim in choices(GROUP):
        scenarios = claim_file(claim)["claim"]["scenarios"].values()
        overrides = [o for scenario in scenarios for o in scenario.get("overrides", [])]
        paths = {o.partition("=")[0].lstrip("~+") for o in overrides}
        for one in varied:
            if any(_touches(path, own) for path in paths for own in one.paths):
                found[one.name].append(claim.partition("_")[0])
    return found


def _touches(override: str, path: str) -> bool:
    """Whether an override of a value, which is not the choice of a whole group, sets what stands at a path."""
    return "." in override and (f"{path}.".startswith(f"{override}.") or f"{override}.".startswith(f"{path}."))
