"""What work a customer needs: journeys of named steps, each one of five verbs."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, model_validator

from sim.scenario.law_spec import LawBySegment
from sim.scenario.part import NonNegative, Or, Part, Share, word, worded

VERBS = ("do", "wait", "choose", "start", "end")


class Start(Part):
    """Another journey for the same account, beside this one."""

    journey: str
    wait: bool = False
    """Whether this case goes on only when that one has ended."""


def _started(value: Any) -> Any:
    return {"journey": value} if isinstance(value, str) else value


class Judgment(Part):
    """What a choice says of what the customer got."""

    milestone: str
    """The milestone whose result is judged; an activity of the same journey carries it."""
    right_if: Annotated[str, BeforeValidator(word), Or("boolean")]
    """The branch that says it was right; every other says it was not."""


class Step(Part):
    """One step: exactly one of do, wait, choose, start, end; the other keys belong to one of these verbs."""

    do: str | None = None
    """An activity."""
    patience: str | None = None
    """do: the named law of market.laws (hours of the customer's business time) after which the customer
    leaves the queue."""
    left: str | None = None
    """do: the step to go to when patience ended."""
    room: Annotated[int, Field(ge=1)] | None = None
    """do: places at this activity, waiting plus in service."""
    full: str | None = None
    """do: the step to go to when the room is full."""
    wait: str | LawBySegment | None = None
    """The customer's own time, elapsed hours: a law, or the name of one in market.laws."""
    movable: bool = False
    """wait: whether a salesperson can move its end: hurry the customer, or ask for patience (see `people.timing`)."""
    choose: str | dict[str, Share] | None = None
    """A rule, a yes/no mark of the need or the account, a practice of the account, or probabilities by branch."""
    to: Annotated[dict[str, str] | None, BeforeValidator(worded)] = None
    """choose: the step for each branch, in the order in which one uniform is read."""
    judges: Judgment | None = None
    """choose: that this choice tells whether what reached a milestone was right: {milestone, right_if}."""
    start: Annotated[Start, BeforeValidator(_started), Or("string")] | None = None
    """Another journey, or {journey, wait}."""
    end: str | None = None
    """The case is over with this outcome."""
    account: Literal["becomes_customer", "rests"] | None = None
    """end: what becomes of the account."""
    books: bool = False
    """end or start: the case's value is booked as an order."""
    bills: bool = False
    """end: the case's value is billed as revenue."""
    adopts: str | None = None
    """end: a practice of market.practices that the account follows from now on."""
    drops: str | None = None
    """end: a practice that it gives up."""
    asks: str | None = None
    """Name of a milestone whose clock starts when the case first comes here; by default it starts with the
    case."""
    then: str | None = None
    """do, wait, start: the next step, if not the one written below."""

    @model_validator(mode="after")
    def _one_verb_and_its_keys(self) -> Step:
        verbs = [v for v in VERBS if getattr(self, v) is not None]
        if len(verbs) != 1:
            raise ValueError(f"a step has exactly one of {', '.join(VERBS)}; got {', '.join(verbs) or 'none'}")
        verb = verbs[0]
        for key, owners in _OWNERS.items():
            if getattr(self, key) not in (None, False) and verb not in owners:
                raise ValueError(f"'{key}' belongs to {' or '.join(owners)}, not to {verb}")
        if self.patience is not None and self.left is None:
            raise ValueError("patience needs 'left': the step to go to when it ends")
        if (self.room is None) != (self.full is None):
            raise ValueError("room and full go together")
        if verb == "choose" and not self.to:
            raise ValueError("choose needs 'to': a step for each branch")
        return self

    @property
    def verb(self) -> str:
        """Which of the five verbs this step is."""
        return next(v for v in VERBS if getattr(self, v) is not None)


_OWNERS = {
    "patience": ("do",),
    "left": ("do",),
    "room": ("do",),
    "full": ("do",),
    "movable": ("wait",),
    "to": ("choose",),
    "judges": ("choose",),
    "account": ("end",),
    "books": ("start", "end"),
    "bills": ("end",),
    "adopts": ("end",),
    "drops": ("end",),
    "then": ("do", "wait", "start"),
}


class Journey(Part):
    """A sequence of named steps; a case walks them for one need of one account."""

    steps: dict[str, Step] = Field(min_length=1)
    window: str | None = None
    """Named law of market.laws, elapsed hours from the need's epoch: by then an offer must be in hand."""
    window_to: str | None = None
    """The step to go to when the window has passed."""
    entry: dict[Literal["proposition", "referral", "cold"], str] = {}
    """Where cases of another origin begin, if not at the first step: who was called has no inquiry to answer."""
    survives_churn: bool = False
    """Whether open cases finish (and are billed) when the account leaves."""

    @model_validator(mode="after")
    def _window_has_a_target(self) -> Journey:
        if (self.window is None) != (self.window_to is None):
            raise ValueError("window and window_to go together")
        return self


Kind = Literal[
    "persuasion",
    "prospecting",
    "design",
    "proposal",
    "transaction",
    "fulfillment",
    "service",
    "account_care",
    "coordination",
    "travel",
    "administration",
    "marketing",
    "handoff",
]
"""What sort of work an activity is."""

KINDS: tuple[str, ...] = get_args(Kind)


class Activity(Part):
    """One person's work on one thing."""

    kind: Kind
    effort_h: LawBySegment
    """Hours of one person's work."""
    customer_present: bool = False
    """Whether the customer takes part; such work ends with the decision window."""
    substantive: bool = False
    """Whether finishing it stops the customer's patience."""
    patience_factor: Annotated[float, Field(ge=1, le=100)] = 1.0
    """Finishing it lengthens what is left of the customer's patience, and what patience begins before a substantive
    answer, this many times: for answers that say no more than that one will come."""
    milestone: str | None = None
    """Name of the lead time that its first completion in a case ends (see market.expectations)."""
    effect: str | None = None
    """Rule that updates the case when the activity is done."""
    briefing: Share = 1.0
    """How much of a hand-off taking over this work needs: 1 the whole case must be explained, 0 a form says
    it all."""
    practiced: NonNegative | None = None
    """Repetitions a person remembers at which the effort is as given (see `people.practice`); without, practice makes
    no difference."""
    priority: int = 0
    """For the dispatch rule `priority`: smaller goes first."""
    stage_probability: Share = 1.0
    """For the dispatch rule `best_paid_first`: the published chance that a case at this activity is booked."""
    due_h: NonNegative | None = None
    """For the dispatch rule `earliest_due`, where no expectation gives a due date: hours after entering the
    queue."""
