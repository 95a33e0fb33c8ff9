"""A small sweep, as it is asked for."""

SHORT = ["+experiment=textbook/mm4", "run.weeks=0.2", "run.warmup_weeks=0.1", "engine=simpy"]
SERVERS = "org.roles.server.headcount"
KPI = "people.server.utilization"


def words(out, *more, points=(2, 4), replications=3):
    """Give the words of a sweep over numbers of servers."""
    grid = f"sweep.grid={{{SERVERS}: [{', '.join(map(str, points))}]}}"
    asked = [f"replications={replications}", f"sweep.kpis=[{KPI},flow.queue.server.number]", grid]
    return ["sweep", *SHORT, *asked, f"out={out}", *more]
