"""Claims as the configs have them, and the companies that they compare."""

from __future__ import annotations

from experiments.complaint import Complaint
from experiments.composing.choices import MOST_LISTED, choices
from experiments.composing.claim_file import GROUP
from experiments.composing.compose import Composed, composed
from experiments.composing.designs import about_one_design
from experiments.question import Question
from experiments.specs.claim import Claim
from sim.kpis import measures_of
from sim.planning import plan_of
from sim.scenario.problems import nearest


def claim_named(words: list[str], config_dir: str | None = None) -> tuple[str, list[str]]:
    """Give the claim that a command names, and its overrides.

    Raises
    ------
    Complaint
        If it names none, or one that does not exist.
    """
    known = choices(GROUP, config_dir)
    if not words or "=" in words[0]:
        raise Complaint.about("claim", f"the name of one comes first; there are {', '.join(known)}")
    name, *rest = words
    if name not in known:
        raise Complaint.about("claim", f"no such claim{nearest(name, known, MOST_LISTED)}", repr(name))
    about_one_design(rest)
    return name, rest


def claim_of(name: str, overrides: list[str], config_dir: str | None = None) -> Claim:
    """Give the claim of a config.

    Raises
    ------
    Complaint
        If the config says no claim, or cannot be used.
    """
    claim = of_claim(name, overrides, config_dir).question.claim
    if claim is None:
        raise Complaint.about("claim", "the experiment says no claim", repr(name))
    return claim


def arms_of(name: str, overrides: list[str], config_dir: str | None = None) -> tuple[Claim, dict[str, Composed]]:
    """Compose every arm of a claim as the company is by default, in none of the claim's own circumstances.

    Raises
    ------
    Complaint
        If an arm cannot be used, has no such measure, or is asked in another way than the others.
    """
    claim = claim_of(name, overrides, config_dir)
    return claim, composed_arms(name, claim, overrides, [], config_dir)


def composed_arms(
    name: str, claim: Claim, overrides: list[str], circumstances: list[str], config_dir: str | None
) -> dict[str, Composed]:
    """Compose every arm of a claim in some circumstances, as overrides; errors as `arms_of`."""
    found: dict[str, Composed] = {}
    for arm, own in claim.arms.items():
        c = of_claim(name, [*circumstances, *own, *overrides], config_dir)
        asked_alike(f"claim.arms.{arm}", c, next(iter(found.values()), c))
        found[arm] = c
    for i, term in enumerate(claim.contrast):
        measure = claim.measure_of(term)
        known = measures_of(plan_of(found[term.arm].scenario))
        if measure not in known:
            at = f"claim.contrast.{i}.measure" if term.measure else "claim.measure"
            rule = f"the arm '{term.arm}' has no such measure{nearest(measure, known)}"
            raise Complaint.about(at, rule, repr(measure))
    return found


def of_claim(name: str, overrides: list[str], config_dir: str | None) -> Composed:
    """Compose the experiment of a claim.

    Raises
    ------
    Complaint
        If it cannot be used, or another experiment is chosen as well.
    """
    other = next((o for o in overrides if o.startswith("+experiment=")), None)
    if other is not None:
        rule = f"a claim is an experiment itself; what the other one says belongs into {GROUP}/{name}.yaml"
        raise Complaint.about("experiment", rule, other)
    return composed([f"+experiment=claims/{name}", *overrides], config_dir=config_dir)


def asked_alike(at: str, c: Composed, first: Composed) -> None:
    """Complain if two arms ask different questions."""
    for key in Question.model_fields:
        here, there = getattr(c.question, key), getattr(first.question, key)
        if here != there:
            raise Complaint.about(
                at, f"{key} is the same in all arms and scenarios, {there!r} in the first", repr(here)
            )
