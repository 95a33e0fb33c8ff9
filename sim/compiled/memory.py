"""How a run lies in memory: one row of 8-byte words, read as whole numbers or as floats.

A record is a run of words; a reference to it is where it begins, 0 for nothing (word 0 is never a record). What stands
at ``m[case + C_STEP]`` is the step of a case: the letter before the name says whose word it is. Keys are unsigned and
stand here by their bits. What a plan says lies below, written once; what lives lies above it, taken and given back; a
memory that gets short is copied into one twice as long, and every reference still holds.

One memory, because whatever a function needs is handed on at every call: with a table for every kind of record
compiling took minutes, and every call had to copy them all.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sim.draws import word_of

NOTHING = 0
COMPLIANCE_WORD = word_of("compliance")

# -- words of the run as a whole, from the beginning of memory on; from `COMPANY` on those of one company

(
    _, NOW, SERIAL, TURNS, EVENTS, EVENTS_AT, MOST_EVENTS, ROWS, ROWS_AT, MOST_ROWS, SORTED, TALLY, WANTED_EVENTS,
    WANTED_ROWS, LEAVING_AT, TOP, MOST_WORDS, FREE_TASKS, FREE_TIES, FREE_SLOTS, FREE_CALLS, FREE_LATER,
    FREE_CONSEQUENCES, DAYS, DUE_UNTIL, UNSETTLED, UNSETTLED_BITS, PLACES, N_PLACES, RESERVATIONS, CIRCLING,
    HORIZON, RIVALS, COMPANIES, SUPPLIERS, WINNERS, MOST_WINNERS, N_WINNERS, FIRST_CONSEQUENCE, LAST_CONSEQUENCE,
    W_ABSENCE, W_WHO, W_KIT, W_LEAD_IN, W_LUCK, W_CHANNEL, W_FIRST_YEAR, W_GAP, W_PHASE, W_CHURN, W_WHEN, W_CONTACT,
    W_ELIGIBLE, W_AT_START, W_REFERRAL, W_WHOM, W_PROPOSITION, W_RAMP, W_CANNOT, W_OUTAGE_LENGTH, W_QUIT, W_FOLLOW,
    W_COMPLIANCE, W_TOUCH, W_PUSH, W_GUMBEL, W_REST,
    COMPANY, COMPANY_WORD, WHOSE, FREE_CASES, CASES, CUSTOMER_HOURS, PHASE, PHASES, N_PHASES, ACTIVITIES, INSIDE,
    COMPLIANCE, LUCK, VALUE, TECHNICAL, FRICTION, GIVE_STEP, COMPLETE_STEP, TRAIN_STEP, RETURN_MS, SKILL_SIGMA,
    ACROSS, WITHIN, CASE_SIZE, N_VISITS, REGISTERS, N_REGISTERS, DEADLINES, N_DEADLINES, CLOCKS, N_CLOCKS, HANDS,
    N_HANDS, N_SEGMENTS, DESKS, N_DESKS, SEATS, N_SEATS, FOLKS, PERSON_SIZE, PRACTICED_AT, N_ACTIVITIES, CALENDARS,
    N_CALENDARS, SOURCES, N_SOURCES, BACKGROUND, N_BACKGROUND, MILESTONES, ACCOUNTS, N_ACCOUNTS, ACCOUNT_SIZE,
    OWNERS_AT, PROSPECTS, N_PROSPECTS, CUSTOMERS, N_CUSTOMERS, LAST_CUSTOMER, BY_INDEX, CUSTOMER_BITS,
    N_CUSTOMER_BITS, TIED_BITS, TRAITS, N_TRAITS, ACCOUNT_MARKS, N_ACCOUNT_MARKS, PRACTICES, N_PRACTICES, STREAMS,
    N_STREAMS, NEEDS, RECORDED, N_RECORDED, SUMS, N_SUMS, PROFILE, N_PROFILE, CHANNELS, NEUTRAL, HALF_LIFE_DAYS,
    BAD_FACTOR, LIKING, NEGLECTED, REST_MS, CHURN, CHURN_EFFECT, GRID_WEEK, GOODWILL, LIFT, REPUTATION, OUTREACH,
    KEY, RULES, OFFER, INCUMBENT, INCUMBENT_EFFECT, ARGUMENTS,
) = range(164)  # fmt: skip
WORLD_SIZE = ARGUMENTS + 32
"""The first words, and from `ARGUMENTS` on room for what a rule is called with."""
OWN_SIZE = ARGUMENTS - COMPANY
"""Words of a company. Where there are several, those of the one whose turn it is stand above, those of the others in
blocks of their own from `COMPANIES` on, until it is theirs (`companies.py`)."""
COMPANY_SHIFT = 8
"""Bits of a kind of event, or of a row; above them stands whose it is."""
KIND_MASK = (1 << COMPANY_SHIFT) - 1

# -- what a plan says

T_GIVER_MS, T_TAKER_MS, T_COMPLETE, T_COMPLETE_TECHNICAL, TERMS_SIZE = range(5)
(
    K_ALWAYS, K_SESSIONS, K_OPENINGS, K_CLOSINGS, K_BEFORE, K_CLOSED, K_CLOSED_DAYS, K_OPEN_PER_WEEK, K_KEPT,
    CALENDAR_SIZE,
) = range(10)  # fmt: skip
L_KIND, L_AT, LAW_SIZE = range(3)
N_WORD, N_VISIT, N_LAW, NAMED_LAW_SIZE = range(4)
(
    S_INDEX, S_WORD, S_VISIT, S_VERB, S_ACTIVITY, S_NEXT, S_LEFT, S_FULL, S_PATIENCE, S_PATIENCE_AT, S_ROOM, S_WAIT,
    S_RULE, S_MARK, S_CHANCES, S_BRANCHES, S_TARGETS, S_CHILD, S_CHILD_WAITS, S_BOOKS, S_BILLS, S_CUSTOMER, S_RESTS,
    S_ASKS, S_PRACTICE, S_ADOPTS, S_DROPS, S_MOVABLE, S_JOURNEY, STEP_SIZE,
) = range(30)  # fmt: skip
"""A step; its activity by index, since every design has its own terms for it, its journey by index."""
(
    J_INDEX, J_FIRST, J_VOID, J_WINDOW, J_WINDOW_TO, J_SURVIVES, J_MILESTONES, J_N_MILESTONES, J_ASKED, J_LAPSING,
    J_N_LAPSING, J_ENTRIES, J_RIVAL_TO, JOURNEY_SIZE,
) = range(14)  # fmt: skip
"""Milestones as pairs of a milestone and a step; entries by origin as pairs of a step and the bits of what is past."""
X_BY, X_YES_MS, X_NO_MS, X_WEIGHT, X_BUSINESS, X_NEGLECT, MILESTONE_SIZE = range(7)
G_WORD, G_ELIGIBLE, G_AT_START, G_OPENNESS, G_OFFERED, PRACTICE_SIZE = range(6)
(
    H_WORD, H_JOURNEY, H_RATES, H_HAZARD, H_REGULAR, H_EFFECT, H_FIRST_YEAR, H_MARKS, H_N_MARKS, H_PRACTICE,
    H_VARIANTS, H_N_VARIANTS, STREAM_SIZE,
) = range(13)  # fmt: skip
"""A stream of needs; rates a week by segment, variants as pairs of a practice and a journey."""
E_ACCOUNT, E_TIME, E_NEED, RECORD_SIZE = range(4)
(
    A_INDEX, A_WORD, A_VISIT, A_EFFORT, A_MEANS, A_CUSTOMER_PRESENT, A_SUBSTANTIVE, A_EFFECT, A_PRIORITY,
    A_PERSUASION, A_SKILL, A_DUE_MS, A_SETUP_MS, A_GROUP, A_ROLES, A_ROLES_PER_SEGMENT, A_SHARES, A_BRIEFING,
    A_SAME_PERSON, A_LEAD_INS, A_N_LEAD_INS, A_PATIENCE_FACTOR, A_HAS_ROOM, A_MILESTONE, A_BY_PRACTICE,
    A_N_BY_PRACTICE, A_PRACTICED, A_STAGE_PROBABILITY, A_SLOTS, A_NOTICE_MS, A_BOOKING, A_BOOKED_BY, A_COMPLIANCE,
    ACTIVITY_SIZE,
) = range(34)  # fmt: skip
"""An activity as a design has it; what its booking is, and the word of whether an appointment for it is kept."""
I_STEP, I_SHARE, I_ROLES, I_N_ROLES, LEAD_IN_SIZE = range(5)
R_CODE, R_WORD, R_READS, R_N_READS, R_PARAMS, R_DRAWS, R_WRITES, R_VALUED, R_RIVAL, RULE_SIZE = range(10)
(
    Y_STOCK_USD, Y_SHARE, Y_REFERENCE, Y_NAME, Y_NEEDS_PER_WEEK, Y_RESPONSE, Y_SPENDING_WEEK, Y_MONDAY, Y_WEEK,
    Y_DONE, Y_TOWARD, Y_MADE, Y_BEST, Y_BEST_SINCE, Y_ORDER, Y_N_ORDER, Y_CURSOR, Y_CALLING_MS, Y_REACH,
    Y_CONVICTION, Y_HALF_LIFE, Y_NURTURE, Y_NURTURE_HALF_LIFE, Y_REFERS, Y_REFER_EFFECT, Y_FRESH_MS, Y_REFER_REACH,
    Y_LIFT, Y_LIFT_HALF_LIFE, Y_ANSWERS, Y_CALLS, Y_TOUCH_MS, Y_SUCCESS, Y_PUSH, Y_MONEY, OUTREACH_SIZE,
) = range(36)  # fmt: skip
"""How the company makes itself heard: the share of needs that come to it, what moves it, and how far its work is."""
M_USD, M_INQUIRY_SHARE, M_FREE_SHARE, M_CAMPAIGNS, M_N_CAMPAIGNS, MONEY_SIZE = range(6)
CAMPAIGN_ACTIVITY, CAMPAIGN_SHARE, CAMPAIGN_PROPOSITION_MS, CAMPAIGN_PLANNED_MS, CAMPAIGN_SIZE = range(5)
MARK_REGISTER, MARK_WORD, MARK_CHANCE, MARK_FALLS, MARK_LAW, MARK_BY, MARK_SIZE = range(7)
(
    Z_RESPOND, Z_PRACTICE, Z_PRACTICE_HALF_LIFE, Z_EFFORT, Z_DEFECTS, Z_PERSUASION, Z_HALF_TIE, Z_TIE_HALF_LIFE,
    Z_PER_CASE, Z_CAP, Z_INCENTIVE, Z_SORTING, Z_SORTED_AT_START, Z_LEAVING, Z_NEAR_MS, Z_IN_REACH, Z_HURRIED,
    Z_CONCESSION, Z_QUITS, Z_OVERLOAD, Z_REFERENCE_LOAD, Z_CHANGE, Z_CHANGE_WEEKS, Z_LOAD_HALF_LIFE, Z_VACANCY_MS,
    Z_PAY_SHARE, Z_TRAINING_MS, Z_TRAINER_MS, Z_RAMP_WEEKS, Z_RAMP_SIGMA, Z_RAMP_START, Z_FOLLOW, Z_OWNER_TIE,
    Z_FIRM_TIE, Z_STAFF_WEEK, FOLKS_SIZE,
) = range(36)  # fmt: skip
"""What people are like, whatever the design."""
F_AT, F_PATCH, F_N_PATCH, F_ROLES, F_UNSETTLED, PHASE_SIZE = range(6)
"""A design that takes over: pairs of a word and what is to stand there, roles of seats, roles that it concerns."""

# -- what lives

(
    C_KEY, C_RANK, C_ID, C_ACCOUNT, C_SEGMENT, C_JOURNEY, C_STEP, C_EPOCH, C_PARENT, C_TASK, C_WAITING, C_TURN,
    C_BIRTH, C_LAST_PERSON, C_EXPIRED, C_VOID, C_PATIENCE, C_OLDER, C_YOUNGER, C_GENERATION, C_OF, C_BEFORE,
    C_AFTER, C_REACHED, C_LAPSED, C_BEREFT, C_LAPSES, C_OVER, C_SHUNNED, C_NEED, C_SALE, C_OUTDONE, C_TOLD,
    CASE_FIXED,
) = range(34)  # fmt: skip
"""A case; visits, registers, deadlines, the clocks of milestones and who of each role that earns had it last follow.
All that live are linked by birth, and those of an account by when it began to have them."""
C_NEXT = C_OLDER
"""Of room given back."""
(
    Q_VALUE, Q_SINCE, Q_RANK, Q_SERIAL, Q_CHILD, Q_SIBLING, Q_BEFORE, Q_CASE, Q_ID, Q_ACCOUNT, Q_STEP, Q_ACTIVITY,
    Q_DESK, Q_PERSON, Q_FIXED_MS, Q_STATE, Q_RESUMES, Q_TAKEN_OVER, Q_DUE_MS, Q_GIVER, Q_FELL, Q_BOOKS, Q_ASKED,
    Q_SLOT_START, Q_SLOT_MADE, Q_PLACE, Q_HEAP, Q_RESERVATION, Q_ANYBODY, Q_LINK, TASK_SIZE,
) = range(31)  # fmt: skip
"""A task; the first seven words are its place in a queue, `Q_PLACE` says in which way it waits."""
Q_NEXT = Q_CHILD
"""Of room given back."""
(
    P_VALUE, P_SINCE, P_RANK, P_SERIAL, P_CHILD, P_SIBLING, P_BEFORE, P_INDEX, P_SEAT, P_KEY, P_DESK, P_TASK,
    P_BEGAN, P_PARTS, P_PART, P_OUTCOME, P_STAMP, P_GROUP, P_PRESENT, P_IDLE, P_CREDIT, P_FREE_OFFSET, P_OWN,
    P_NEXT, P_JOINED, P_GONE, P_LEAVING, P_UNSETTLED_UNTIL, P_LOAD, P_BUSY_MS, P_RAMP_WEEKS, P_SETUP_MS,
    P_TAKING_MS, P_MOVED_DAY, P_MOVED_AWAY, P_OPEN_CASES, P_LOG_SKILL, P_PERIOD, P_PERIOD_MS, P_BOOKED,
    P_HIRED_WEEK, P_WEEKS, P_BEGUN, P_DIARIES, P_ROOM, P_LINK, P_READY, P_READY_NEXT, P_FORGOTTEN, P_TIES,
    PERSON_FIXED,
) = range(51)  # fmt: skip
"""A person; the first seven words are the place among the idle. What was earned of late follows, as pairs of a week and
USD, then pairs of (step, ms) of the parts in hand, and of (amount, when) of the practice in each activity."""
EARNED_WEEKS = 14
"""Weeks of which a person's earnings are kept."""
SEAT_WORD, SEAT_NUMBER, SEAT_KEY, SEAT_ROLE, SEAT_PERSON, SEAT_CAME, SEAT_SIZE = range(7)
(
    D_INDEX, D_COMPANY, D_PLACE, D_WORD, D_CALENDAR, D_WEEKLY, D_APPOINTS, D_BOOK_PLACE, D_EARN_PLACE, D_SESSION,
    D_OPEN_UNTIL, D_QUEUE, D_IDLE, D_SERIAL, D_SETTLED, D_CALLED, D_READY, D_PEOPLE, D_ROSTER, D_CHANGES, D_HEAPS,
    D_FITTING, D_FIRST_APART, D_LAST_APART, D_DOWN_SINCE, D_DOWN_UNTIL, D_OUTAGE_KEY, D_OUTAGE_WEEK, D_OUTAGE_K,
    D_OUTAGE_START, D_WEEK_EVERY, D_WEEK_LENGTH, D_MACHINE, D_HEADCOUNT, D_ABSENCE, D_DISPATCH, D_BOOKS, D_CHANNEL,
    D_SPEED, D_QUALITY, D_PAID, D_COMMISSION, D_QUOTA_USD, D_QUOTA_MS, D_QUOTA_COUNTS, D_WAYS, D_PAY_USD,
    D_VARIABLE_USD, D_VARIABLE_SHARE, D_CANNOT, D_FALLBACK, D_OUTAGE_EVERY, D_OUTAGE_MS, D_QUITS, D_DUTIES, D_N_DUTIES,
    DESK_SIZE,
) = range(57)  # fmt: skip
"""A role: its queue, who of its people is idle, and from `D_MACHINE` on its terms in the design that holds."""
FIRST_TERM = D_MACHINE
(
    U_INDEX, U_KEY, U_RANK, U_PLACE, U_SEGMENT, U_SINCE, U_TENURE, U_FROM_START, U_NEED, U_IN_NEED, U_REST_UNTIL,
    U_OPEN, U_OPEN_NEED, U_OPEN_SINCE, U_MET_AT, U_REFERRED_UNTIL, U_SATISFACTION, U_SATISFIED_AT, U_FIRST_CASE,
    U_LAST_CASE, U_ADOPTED, U_CHANNEL, U_BEFORE, U_AFTER, U_KNOWN, U_STREAMS, U_CALLED_WEEK, U_TIES, U_FIRM,
    U_FIRM_AT, U_FIRM_KNOWN, ACCOUNT_FIXED,
) = range(32)  # fmt: skip
"""An account; its traits, for each stream and the needs of prospects how far its sequence has been followed, and for
each role that owns accounts (roster, owner, found by) follow. Customers are linked by when they became it."""
OWNER_ROSTER, OWNER, OWNER_FOUND, OWNER_SIZE = range(4)
TIE_ACCOUNT, TIE_PERSON, TIE_AMOUNT, TIE_AT, TIE_NEXT, TIE_ALSO, TIE_SIZE = range(7)
"""A tie of an account to a person; those of an account are linked in the order of the people, those of a person too."""
SLOT_START, SLOT_END, SLOT_NEXT, SLOT_SIZE = range(4)
"""A slot reserved; linked in the order of time."""
DIARY_DESK, DIARY_SLOTS, DIARY_N_SLOTS, DIARY_NEXT, DIARY_SIZE = range(5)
"""Slots reserved with a person in one role."""
HEAP_OWNER, HEAP_PLANNED_MS, HEAP_FIRST, HEAP_NEXT, HEAP_SIZE = range(5)
"""Tasks of a desk that works by appointment, of one owner and one mean effort."""
CHANGE_ROSTER, CHANGE_PERSON, CHANGE_NEXT, CHANGE_SIZE = range(4)
"""Somebody who came to a role or left it, by which its roster got a number; the latest first."""
CALL_ACCOUNT, CALL_NEED, CALL_OPENED, CALL_PERSON, CALL_NEXT, CALL_SIZE = range(6)
"""A call that found a need, until the case of it begins."""
(
    CONSEQUENCE_COMPANY, CONSEQUENCE_WHOM, CONSEQUENCE_WHICH, CONSEQUENCE_BY, CONSEQUENCE_NEXT, CONSEQUENCE_SIZE,
) = range(6)  # fmt: skip
"""What follows for another company: an account, of some tenure, leaves it for the company of this number; or, without a
number, the customer calls off a case, of this birth."""
WINNER_NEED, WINNER, WINNER_SIZE = range(3)
"""Who has won a need, as the number of the company; from 1 on, as for suppliers of accounts."""
(
    B_DESK, B_STEP, B_BLOCKS, B_BLOCK_MS, B_SEAT, B_KEY, B_WEEK, B_BLOCK, B_PHASE, BACKGROUND_SIZE,
) = range(10)  # fmt: skip
O_KEY, O_JOURNEY, O_INTERARRIVAL, O_FIRST, O_COUNT, O_MARKS, O_N_MARKS, O_N, O_TIME, SOURCE_SIZE = range(10)

V_TIME, V_KEY, V_SERIAL, V_KIND, V_WHOM, V_WHICH, EVENT_SIZE = range(7)
LATER_NEXT = EVENT_SIZE
LATER_SIZE = EVENT_SIZE + 1
"""An event: when, its class and rank, its place among equals, what happens, to whom, and a number of that kind."""
LEAVING_SIZE = 3
COLUMNS = 9
"""Columns of the trace, each as long as there may be rows; values by their bits in the last."""
N_KINDS = 64
"""As many as there may be kinds of rows; `TALLY` counts them."""


class State(NamedTuple):
    """A run.

    Attributes
    ----------
    m, f : ndarray or pointer
        The memory, read as whole numbers (int64) and as floats (float64); compiled code gets only where it begins.
    """

    m: NDArray[np.int64]
    f: NDArray[np.float64]
