"""The null model: with every mechanism off, designs that only rename or divide the same work obey queueing theory."""

import pytest
from birth_death import Chain
from stationary import assert_agrees, replications

from experiments import compose
from sim import simulate

SHARED, ALONE = Chain(3, 1, 4), Chain(0.75, 1, 1)
OFF = ["people=steady", "org.skill_sigma=0"]
POOLED, SEPARATE = "+experiment=textbook/pooling_shared", "+experiment=textbook/pooling_separate"
PAIRS = "org.who.serve={shares: {window_a: 0.5, window_b: 0.5, window_c: 0, window_d: 0}}"
TWO_OF_TWO = [PAIRS, "org.roles.window_a.headcount=2", "org.roles.window_b.headcount=2"]


def rows(*overrides):
    return simulate(compose(list(overrides)), seed=3).table


def test_two_designs_that_differ_in_name_only_are_the_same_to_the_bit():
    short = ["org=persuasion_only", "run.weeks=4", "run.warmup_weeks=0", "run_in=null"]
    assert rows(*short).equals(rows(*short, "org.name=something_else"))


def test_one_pool_and_its_parts_wait_as_theory_says():
    """Four windows as one M/M/4, as two M/M/2 and as four M/M/1, each at load .75, for the same customers."""
    pool, pairs, alone = (
        replications(*which, *OFF)["serve.wait"] for which in ([POOLED], [SEPARATE, *TWO_OF_TWO], [SEPARATE])
    )
    assert_agrees(pool, SHARED.wait)
    assert_agrees(pairs, Chain(1.5, 1, 2).wait)
    assert_agrees(alone, ALONE.wait)
    assert pool.mean() < pairs.mean() < alone.mean()


@pytest.mark.parametrize(
    "idle", ["people.practice.exponent=0.25", "org.setup_h={service: 3}", "org.handoff.return_h=2"]
)
def test_what_has_nothing_to_act_on_changes_nothing(idle):
    """One kind of work, done once by one person: no set-up, no hand-over; practice needs a reference."""
    short = [POOLED, "run.weeks=2", "run.warmup_weeks=0", "run_in=null", "run.replications=1"]
    assert rows(*short).equals(rows(*short, idle))
