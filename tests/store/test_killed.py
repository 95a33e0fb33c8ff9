"""Commands killed at random moments."""

import pytest

from tests.store.killed import main


@pytest.mark.slow
def test_a_sweep_killed_again_and_again_says_the_same():
    words = "--points 100 --replications 5 --weeks 4 --kills 20"
    assert main(words.split()) == 0
