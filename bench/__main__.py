"""`python -m bench`: measure, print, and write `docs/performance.md` with its picture."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench import draw, machine, page, speed
from bench.contestant import PEERS
from bench.orgsim_models import NotAvailable
from bench.parts import PARTS, Asked, measured


def main(words: list[str] | None = None) -> int:
    """Run the asked parts.

    Parameters
    ----------
    words : list of str, optional
        Command line; by default the process's own.

    Returns
    -------
    int
        0, or 1 if something could not be measured (it is named on stderr).
    """
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure orgsim beside its peers.")
    parser.add_argument("--full", action="store_true", help="more customers and years; takes long")
    parser.add_argument("--rounds", type=int, default=5, help="paired rounds (default 5)")
    parser.add_argument(
        "--engines", nargs="+", default=["simpy", "compiled"], help="engines to measure (default simpy compiled)"
    )
    parser.add_argument(
        "--peers", nargs="*", choices=PEERS, default=list(PEERS), help="other programs (default all that are installed)"
    )
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS), help="what to measure (default all)")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder of the page and the picture")
    words_ = parser.parse_args(words)
    asked = Asked(words_.parts, words_.engines, words_.peers, words_.rounds, words_.full)

    began = time.monotonic()
    try:
        results = measured(asked, machine.describe())
    except NotAvailable as error:
        print(f"cannot measure: {error}", file=sys.stderr)
        for model, customers in speed.SIZES.items():
            per_s = speed.plain_per_s(model, customers, asked.rounds)
            print(f"plain SimPy alone, model {model.upper()}: {per_s:,.0f} customers/s", file=sys.stderr)
        return 1
    print(page.tables(results))
    print(f"took {time.monotonic() - began:.0f} s", file=sys.stderr)
    if set(asked.parts) == set(PARTS):
        for path in draw.write(results, words_.out):
            print(f"wrote {path}")
    else:
        print("(a page is written only when all parts are measured)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
