"""The table of defaults: every number in the shipped configs with its unit, where it comes from, and its range.

`python -m experiments.pages.defaults` writes it to `docs/defaults.md`, and what follows for the ensemble of a claim to
`docs/assumptions.md`.
"""

from __future__ import annotations

from experiments.assumed.numbers import Default, defaults
from experiments.composing.config_root import config_root

PAGE = """# Defaults

Every number in `configs/`, with its unit, where it comes from and how far it may be from what it is. Written by
`make docs`; a test fails if it is out of date, if a number has no origin, or if an assumption has neither a range that
holds its default nor a reason.

A number's origin is what the comment says that stands, first of these, on its own line; on the lines right above; on
the line of, or right above, the nearest key that holds it; at the head of its file. *assumption*: no published source.
*published*, *measured*: with the source. *calibrated*: set so that something published comes out. *by definition*: what
the name says.

## Ranges

Ranges are read from the same comments, nearest first, and stand there only:

| in a comment | says |
|---|---|
| `LOW to HIGH` | from this to that, in the number's own unit; each number is varied by itself |
| `-X % to +Y %` | of the default; all numbers that the comment stands for are scaled together |
| `halves to doubles` | the same, from half to twice the default |
| `not varied: REASON` | why not; up to the next semicolon, closing bracket or end of the comment |

Numbers in a range may end in `k` or `M`, thousands or millions. Right after the word *assumption*, *calibrated* or
*varied*, or at the beginning of a comment, a range is for all numbers that the comment stands for; right after a key,
as in `weight .02 to .3`, for those under this key. `by kind` after a range that scales makes one group for each kind.
Of parts that sum to 1 some have no range: they are the rest. What a design decides is not varied, whatever its range;
the table says so. [assumptions.md](assumptions.md) lists what is.
"""


def page(found: list[Default]) -> str:
    """Give the page that lists them."""
    told, file = [PAGE], ""
    for d in found:
        if d.file != file:
            file = d.file
            told.append(
                f"\n## {file}\n\n| path | value | unit | origin | range | comment |\n|---|---|---|---|---|---|\n"
            )
        comment = d.comment.replace("|", "\\|")
        told.append(f"| `{d.path}` | {d.value} | {d.unit} | {d.origin or '?'} | {_range(d)} | {comment} |\n")
    return "".join(told)


def _range(d: Default) -> str:
    held = f"not varied: {d.reason}" if d.reason else ""
    if d.low is None or d.high is None:
        return held
    return "; ".join(filter(None, [f"{d.low:,.10g} to {d.high:,.10g}", held]))


def main() -> None:
    """Write both pages."""
    from experiments.pages import assumptions

    docs, found = config_root().parent / "docs", defaults()
    (docs / "defaults.md").write_text(page(found), encoding="utf-8")
    (docs / "assumptions.md").write_text(assumptions.page(found), encoding="utf-8")


if __name__ == "__main__":
    main()
