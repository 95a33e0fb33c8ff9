"""Numbers of the rules that the compiled engine knows."""

from __future__ import annotations

TALK, DRAFT, ARRANGE, REVISE, CONVINCED, STILL_CONVINCED, CLOSES, FINDS_DEFECTS, DELIVERS_RIGHT = range(9)
CODES = {
    "talk": TALK,
    "draft": DRAFT,
    "arrange": ARRANGE,
    "revise": REVISE,
    "convinced": CONVINCED,
    "still_convinced": STILL_CONVINCED,
    "closes": CLOSES,
    "finds_defects": FINDS_DEFECTS,
    "delivers_right": DELIVERS_RIGHT,
}
"""Number of each rule that journeys and activities may name."""
