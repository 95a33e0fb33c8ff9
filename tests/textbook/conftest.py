"""Whatever a textbook model asks of SimPy is asked of the compiled engine as well, and must be the same to the bit."""

import pytest

from experiments.answers.difference import first_difference
from sim import compiled, simulation
from sim.run_error import RunError
from sim.trace import Trace


@pytest.fixture(autouse=True)
def both_engines(monkeypatch):
    """Let every run be made twice, where the compiled engine knows the model."""
    on_simpy = simulation._run_on_simpy

    def on_both(plans, seed, replication, traces):
        if any(compiled.uncovered(plan) for plan in plans):
            on_simpy(plans, seed, replication, traces)
            return
        try:
            on_simpy(plans, seed, replication, traces)
        except RunError as error:
            with pytest.raises(RunError) as told:
                compiled.run(plans, seed, replication, [Trace(plan) for plan in plans])
            assert str(told.value) == str(error)
            raise
        if traces[0].kept:
            twins = [Trace(plan) for plan in plans]
            compiled.run(plans, seed, replication, twins)
            for pair in zip(traces, twins, strict=True):
                difference = first_difference(("simpy", "compiled"), pair)
                if difference is not None:
                    pytest.fail("\n".join(difference.lines), pytrace=False)

    monkeypatch.setattr(simulation, "_run_on_simpy", on_both)
