"""Commands killed at random moments."""

import pytest

from tests.store.killed import main


@pytest.mark.slow
def test_a_sweep_killed_again_and_again_says_the_same():
    words = "--points 12 --replications 3 --weeks 2 --kills 6 --engine simpy"
    assert main(words.split()) == 0
