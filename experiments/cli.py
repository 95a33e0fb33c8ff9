"""The command line: `orgsim VERB [--config-dir DIR] [OVERRIDE ...]`."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from signal import SIGINT

from experiments.running.ahead import begin
from experiments.running.signals import Stopped, listen_no_more, stop_when_told

VERBS = {
    "run": "one design: its measures, and its trace with trace=true; see docs/kpis.md, docs/trace.md",
    "compare": "several designs on the same customers: designs=[A,B]; see docs/strategist.md, docs/comparing.md",
    "sweep": "many points: sweep.grid, zip, list, lhs, sobol, factorial, fractional; see docs/sweeps.md",
    "precise": "replications until intervals are narrow enough: precise.kpis={KPI: 0.05}; see docs/comparing.md",
    "select": "the best of many designs or points: select.kpi=KPI; see docs/comparing.md",
    "sensitivity": "which numbers or assumptions an outcome hangs on: Morris, Sobol; see docs/exploring.md",
    "discover": "where a design fails: boxes of circumstances, checked on fresh points; see docs/exploring.md",
    "frontier": "where two designs break even over two numbers, and what limits there; see docs/exploring.md",
    "transition": "what the way from one design to another costs, begun now, later or never; see docs/deciding.md",
    "decompose": "what each lever brings of what they bring together, whatever the order; see docs/deciding.md",
    "optimize": "search staffing and levers for several objectives: optimize.vary, levers; see docs/deciding.md",
    "constraint": "which role limits a design: what one more person in each brings; see docs/deciding.md",
    "claim": "put a claim to the test: claim NAME; without a name, list them; see docs/researcher.md, docs/claims.md",
    "verdict": "one claim over all assumptions at once: verdict NAME; see docs/researcher.md",
    "claims": "all claims over all assumptions: the ledger; see docs/researcher.md",
    "check": "validate; offered load, yearly cost and funnel, without running; see docs/strategist.md",
    "sheets": "the reporting sheets STRESS-DES and ODD, filled from the config; see docs/reporting.md",
    "twin": "run one design on both engines and compare what happened, event by event; see docs/engines.md",
    "results": "what the store holds: results list, show, export, prune; see docs/sweeps.md",
    "schema": "write one JSON Schema per config group: schema DIR; see docs/researcher.md",
}

HELP = {"-h", "--help"}
MULTIRUN = {"-m", "--multirun"}

QUIET = "ignore::UserWarning:multiprocessing.resource_tracker"
"""For the process that clears up semaphores after a command that was stopped: that it has to is no news to anybody."""

LAST_WAIT_S = 2.0
"""For threads that wait for workers which were killed, perhaps while they were writing what is waited for."""

USAGE = """usage: orgsim VERB [--config-dir DIR] [--multirun] [OVERRIDE ...]

{verbs}

orgsim VERB --help says what can be asked with a verb, with examples.

overrides choose (org=traditional, run=quick, +experiment=NAME) or set values
(seed=7, run.weeks=26, org.who.write_proposal=engineer, org.roles.engineer.headcount=5).
Several values with commas after --multirun are as many commands (org=traditional,persuasion_only); sweep runs many
points at a small part of the time.
Every command exits with 0 when done, 2 when the input cannot be used, 1 when something else failed, 130 when
interrupted.
"""


def main(argv: list[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    argv : list of str, optional
        Without the program's name; by default the command line's.

    Returns
    -------
    int
        Exit code.
    """
    from experiments.complaint import Complaint, Failure, Rehearsed

    arguments = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _help(arguments) if not arguments or {"help", *HELP} & set(arguments) else _run(arguments)
        sys.stdout.flush()
        return code
    except Complaint as complaint:
        for problem in complaint.problems:
            print(f"orgsim: {problem}", file=sys.stderr)
        return 2
    except Rehearsed as told:
        print(told)
        return 0
    except Failure as failure:
        print(f"orgsim: {_with_notes(failure, str(failure))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt as stop:
        print(f"orgsim: {_with_notes(stop, 'interrupted')}", file=sys.stderr)
        return 128 + (stop.signum if isinstance(stop, Stopped) else int(SIGINT))
    except BrokenPipeError:
        return 0
    except OSError as error:
        print(f"orgsim: {error.strerror or error}: {error.filename or 'the output'}", file=sys.stderr)
        return 1


def _help(arguments: list[str]) -> int:
    """Say how a verb is asked, or which verbs there are."""
    verb = next((word for word in arguments if word != "help" and word not in HELP), "")
    if verb in VERBS:
        from experiments.manual import manual

        print(manual(verb, VERBS[verb]))
    else:
        width = 2 + max(map(len, VERBS))
        print(USAGE.format(verbs="\n".join(f"  {v:{width}}{t}" for v, t in VERBS.items())))
    return 0


def _with_notes(error: BaseException, said: str) -> str:
    """Give what an error says, with what was said about it on its way here."""
    notes = getattr(error, "__notes__", ["nothing was written; the same command starts again"])
    return "; ".join([said, *notes]) if isinstance(error, KeyboardInterrupt) or hasattr(error, "__notes__") else said


def command() -> int:
    """Run the command line's command; one that was told to stop does not wait long for threads that may never end."""
    stop_when_told()
    os.environ.setdefault("PYTHONWARNINGS", QUIET)
    begin(*sys.argv[1:2], words=sys.argv[2:])
    try:
        code = main()
        if code > 128:
            listen_no_more()
    except KeyboardInterrupt:  # told twice
        listen_no_more()
        code = 128 + int(SIGINT)
    if code > 128:
        others = [t for t in threading.enumerate() if t is not threading.main_thread() and not t.daemon]
        for thread in others:
            thread.join(LAST_WAIT_S)
        if any(thread.is_alive() for thread in others):
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
    return code


def _run(arguments: list[str]) -> int:
    verb, rest = arguments[0], arguments[1:]
    if verb == "--version":
        from experiments.answers.provenance import version_of

        print(version_of("orgsim"))
        return 0
    if verb not in VERBS:
        from experiments.complaint import Complaint
        from sim.scenario.problems import nearest

        raise Complaint.about(verb, f"no such verb{nearest(verb, VERBS)}")
    several = [word for word in rest if word in MULTIRUN]
    config_dir, overrides = _split([word for word in rest if word not in MULTIRUN])
    if several:
        _one_after_another(verb, overrides, config_dir)
    else:
        _door(verb)(overrides, config_dir)
    return 0


def _one_after_another(verb: str, overrides: list[str], config_dir: str | None) -> None:
    """Run a command for each combination of values, each with a folder of its own in the one that is asked for."""
    from experiments.composing.multirun import jobs

    out = [o for o in overrides if o.startswith("out=")]
    found = jobs([o for o in overrides if o not in out])
    for i, job in enumerate(found):
        print(f"[{i + 1} of {len(found)}] orgsim {verb} {' '.join(job)}", file=sys.stderr)
        _door(verb)([*job, *(f"{o}/{i}" for o in out)], config_dir)


def _split(rest: list[str]) -> tuple[str | None, list[str]]:
    from experiments.complaint import Complaint

    config_dir, overrides, i = None, [], 0
    while i < len(rest):
        word = rest[i]
        if word == "--config-dir" or word.startswith("--config-dir="):
            _, equals, config_dir = word.partition("=")
            if not equals:
                i += 1
                if i == len(rest):
                    raise Complaint.about("--config-dir", "needs a directory")
                config_dir = rest[i]
        elif word.startswith("-"):
            raise Complaint.about(word, "no such option; known: --config-dir DIR, --multirun")
        else:
            overrides.append(word)
        i += 1
    return config_dir, overrides


def _door(verb: str) -> Callable[[list[str], str | None], None]:
    """Import only what the verb needs."""
    from importlib import import_module

    door: Callable[[list[str], str | None], None] = import_module(f"experiments.verbs.{verb}").main
    return door


if __name__ == "__main__":
    sys.exit(command())
