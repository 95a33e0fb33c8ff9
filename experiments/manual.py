"""What `orgsim VERB --help` says: what the verb is for, its own words with their defaults, and examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from textwrap import fill
from typing import Any, get_args

from pydantic.fields import FieldInfo

from experiments.question import Question
from sim.scenario.part import Part

WIDTH = 110
LONGEST_DEFAULT = 80
"""Characters of a default that are told."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "run": ("replications", "trace"),
    "compare": ("designs", "replications", "best"),
    "sweep": ("replications", "sweep"),
    "precise": ("designs", "precise"),
    "select": ("designs", "select"),
    "sensitivity": ("designs", "replications", "sensitivity"),
    "discover": ("replications", "discover"),
    "frontier": ("replications", "frontier"),
    "transition": ("replications", "transition"),
    "decompose": ("replications", "decompose"),
    "optimize": ("replications", "optimize"),
    "constraint": ("replications",),
    "claim": ("replications",),
    "verdict": ("verdict",),
    "claims": ("verdict",),
    "check": ("designs", "simulated", "replications"),
    "sheets": ("designs",),
    "twin": ("replications",),
}
"""Keys of a question that a verb reads, beside those of all verbs."""

ALL = ("seed", "workers", "store", "out", "dry", "quiet")
"""Keys that every verb reads which runs something."""

EXAMPLES: Mapping[str, tuple[str, ...]] = {
    "run": ("org=traditional", "org=traditional trace=true replications=1"),
    "compare": ("designs=[traditional,persuasion_only] replications=20",),
    "sweep": ("'sweep.grid={org: [traditional, persuasion_only], market.needs.rate: [0.8, 1.2]}'",),
    "precise": (
        "designs=[traditional,persuasion_only] precise.differences=true "
        "'precise.kpis={throughput.new_customers_per_week: 0.1}'",
    ),
    "select": (
        "designs=[traditional,traditional_tuned,persuasion_only] select.delta=100000",
        "select.procedure=ocba 'sweep.grid={org.roles.salesperson.headcount: [8, 9, 10]}'",
    ),
    "sensitivity": (
        "org=persuasion_only",
        "sensitivity.difference=[traditional,persuasion_only] "
        "'sensitivity.ranges={market.needs.rate: [0.5, 2], people.ties.follow: [0, 1]}'",
    ),
    "discover": (
        "'discover={ranges: {market.needs.rate: [0.5, 2]}, fails: {difference: satisfaction.index, "
        "design: persuasion_only, than: traditional_tuned, below: 0}}'",
    ),
    "frontier": (
        "'frontier={x: {market.needs.rate: [0.6, 1, 1.4]}, y: {org.roles.salesperson.headcount: [3, 4, 5]}}'",
    ),
    "transition": ("", "'transition={after: growth_only, starts: [0, 6, 12], months: 24}'"),
    "decompose": ("decompose.levers=[service_answers,no_cold_calls,shared_queue]",),
    "optimize": ("'optimize.vary={org.roles.salesperson.headcount: {low: 6, high: 12, integer: true}}'",),
    "constraint": ("org=traditional",),
    "claim": ("", "c09_ticket"),
    "verdict": ("c09_ticket", "c09_ticket verdict.points=128"),
    "claims": ("workers=2",),
    "check": ("", "org=traditional org.who.write_proposal=engineer"),
    "sheets": ("org=persuasion_only", "designs=[traditional,persuasion_only] run=standard"),
    "twin": ("org=traditional replications=1",),
    "results": (
        "list",
        "show traditional",
        "export out=measures.csv",
        "export out=measures.xlsx points=[traditional] kpis=[satisfaction.index]",
        "prune what=old",
        "prune what=old yes=true",
    ),
    "schema": ("schema/",),
}

OTHER_WORDS: Mapping[str, Mapping[str, str]] = {
    "precise": {
        "designs": "Several designs, the first being the reference. By default those that an experiment names, else "
        "the one of org=."
    },
    "select": {"designs": "Candidates, unless sweep has them. By default [traditional, persuasion_only]."},
    "sensitivity": {"designs": "Two designs, with sensitivity.difference=true; else the one of org= is in question."},
    "sheets": {"designs": "Designs of a comparison. By default the one of org=."},
    "claim": {"NAME": "Name of a claim, the first word. Without it all are listed."},
    "verdict": {"NAME": "Name of a claim, the first word."},
    "results": {
        "list": "What is kept.",
        "show NAME": "The scenario and all measures of a point, by its name or the first digits of its address.",
        "export": "All measures of all points: out=FILE that ends in .csv, .parquet or .xlsx; points=[...] and "
        "kpis=[...] of these only.",
        "prune": "what=old, unread, a name or an address says what would go; yes=true takes it away.",
        "store": "Folder of the store. By default results/store.",
    },
    "schema": {"DIR": "A new folder for the schemas. By default schema."},
}
"""What the docstring of a question's key does not say, or not of this verb."""

USUAL = {"store": "By default results/store."}
"""What the shipped config has where a question says nothing."""


def manual(verb: str, about: str) -> str:
    """Say how a verb is asked.

    Parameters
    ----------
    verb : str
        Its name.
    about : str
        What it is for, in a line.
    """
    lines = [f"usage: orgsim {verb} {_form(verb)}", "", fill(about, WIDTH, initial_indent="  ", subsequent_indent="  ")]
    told = {**OTHER_WORDS.get(verb, {})}
    for key in WORDS.get(verb, ()):
        told = {**dict(_told(key, Question.model_fields[key])), **told}
    if told:
        lines += ["", "words of its own:", *(line for name, said in told.items() for line in _line(name, said))]
    if verb in WORDS:
        common = [
            (key, f"{said} {USUAL.get(key, '')}") for of in ALL for key, said in _told(of, Question.model_fields[of])
        ]
        lines += ["", "words of all verbs:", *(line for name, said in common for line in _line(name, said))]
    if verb not in ("results", "schema"):
        lines += ["", "Any other override describes the company, as market=NAME, org.roles.engineer.headcount=5."]
        lines += ["--config-dir DIR adds your own files; orgsim --help lists all verbs."]
    examples = [f"  orgsim {verb} {words}".rstrip() for words in EXAMPLES.get(verb, ())]
    return "\n".join([*lines, *(["", "examples:", *examples] if examples else [])])


def _form(verb: str) -> str:
    forms = {"results": "list|show|export|prune [KEY=VALUE ...]", "schema": "[DIR]"}
    name = {"claim": "[NAME] ", "verdict": "NAME "}.get(verb, "")
    return forms.get(verb, f"{name}[--config-dir DIR] [OVERRIDE ...]")


def _told(path: str, field: FieldInfo) -> Iterator[tuple[str, str]]:
    """Give what can be set at a path, and in the part that stands there."""
    part = _part_of(field.annotation)
    if part is None:
        said = field.description or ""
        yield path, said if "by default" in said else f"{said} {_default(field)}".strip()
        return
    for name, inner in part.model_fields.items():
        yield from _told(f"{path}.{name}", inner)


def _part_of(annotation: Any) -> type[Part] | None:
    """Give the one part that may stand somewhere; None where something else may, or where names are free."""
    forms = [form for form in get_args(annotation) or (annotation,) if form is not type(None)]
    return forms[0] if len(forms) == 1 and isinstance(forms[0], type) and issubclass(forms[0], Part) else None


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "Must be given."
    value = field.get_default(call_default_factory=True)  # type: ignore[call-arg]
    if value is None or value == {} or value == []:
        return ""
    said = str(_plain(value)).replace("'", "")
    return f"By default {said}." if len(said) <= LONGEST_DEFAULT else ""


def _plain(value: Any) -> Any:
    if isinstance(value, Part):
        return value.model_dump(exclude_none=True)
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    return {True: "true", False: "false"}.get(value, value) if isinstance(value, bool) else value


def _line(name: str, said: str) -> Iterator[str]:
    words = " ".join(said.replace("``", "").replace("`", "").split())
    head = f"  {name:26}"
    if len(name) > 25:
        yield f"  {name}"
        head = " " * 28
    yield fill(words, WIDTH, initial_indent=head, subsequent_indent=" " * 28) if words else head.rstrip()
