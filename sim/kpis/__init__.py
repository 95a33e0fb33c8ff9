"""Measures of a replication: what its rows say of throughput, flow, people, satisfaction and money."""

from sim.kpis.fold import Fold
from sim.kpis.measure import measure, measure_cohorts, measures_of
from sim.kpis.quantity import Measure

__all__ = ["Fold", "Measure", "measure", "measure_cohorts", "measures_of"]
