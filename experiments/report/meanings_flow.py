"""What KPIs of demand, throughput, flow, origins and market share mean: a table that `meaning` reads.

An entry is NAME | SIGN | TEXT. Words in capitals stand for names. The sign says which way is better, all else equal.
"""

MEANINGS = """
demand.needs | | Needs of prospects that arose in the whole run, warm-up included.
demand.not_reached | - | Needs in the whole run the company never heard of.
demand.inquiries | + | Needs in the whole run that became inquiries.
demand.unusable | | Needs in the whole run of accounts not free for one: already a customer, in another opportunity, or
  resting after one.

throughput.needs_per_week | | Needs of prospects that arose, whether or not the company heard of them.
throughput.inquiries_per_week | + | Needs that reached the company and began a case.
throughput.new_customers_per_week | + | Prospects won.
throughput.first_order_usd_per_week | + | First orders of the prospects won.
throughput.wins_per_1000_needs | + | New customers per thousand needs of the same time; who is not yet won does not
  count.
throughput.orders_per_week | + | Orders booked: first ones, expansions and recurring ones.
throughput.bookings_usd_per_week | + | Value of the orders booked.
throughput.revenue_usd_per_week | + | Value billed; what is booked and not yet billed is not in it.
throughput.contribution_usd_per_week | + | Value billed times the contribution margin.
throughput.bookings.variance_over_chance | - | Variance over mean of weekly bookings, as a multiple of what orders of
  the same sizes coming by pure chance would give.
throughput.WHAT.variance_over_mean | - | Variance over mean of the weekly number of WHAT, or of their value; pure
  chance gives numbers 1.
throughput.JOURNEY.pipeline_usd | | Order value at stake in open cases (JOURNEY), averaged over the window.
throughput.JOURNEY.begins_per_week | | Cases begun (JOURNEY).
throughput.JOURNEY.ends_per_week | | Cases ended (JOURNEY).
throughput.JOURNEY.end.open_share | | Of cases that began in the window (JOURNEY), those still open at the end.
throughput.JOURNEY.end.OUTCOME_share | | Of cases that began in the window (JOURNEY), those that ended so: OUTCOME.

flow.little_gap_ms | | A check that must give 0: numbers inside summed over time, less times spent inside.
flow.JOURNEY.split.touch_h | - | Mean hours per case (JOURNEY) in which somebody worked on it, set-up and taking over
  included.
flow.JOURNEY.split.queue_h | - | Mean hours per case (JOURNEY) queued while the role was open.
flow.JOURNEY.split.off_shift_h | - | Mean hours per case (JOURNEY) waiting while the role was closed or its person
  away.
flow.JOURNEY.split.customer_h | | Mean hours per case (JOURNEY) of the customer's own time.
flow.JOURNEY.split.blocked_h | - | Mean hours per case (JOURNEY) waiting for another case of the same account.
flow.time_in_system.JOURNEY.mean_h | - | Mean time from begin to end of cases that ended in the window (JOURNEY).
flow.time_in_system.JOURNEY.median_h | - | Median time from begin to end of cases that ended in the window (JOURNEY).
flow.time_in_system.JOURNEY.p90_h | - | Time from begin to end that 90 % of the cases ended in the window (JOURNEY)
  kept to; asks for 50 cases.
flow.work_in_process.JOURNEY | | Average number of cases inside (JOURNEY).
flow.begins_times_time_in_system.JOURNEY | | Cases begun per hour times mean time inside (JOURNEY); near the number
  inside in a steady state.
flow.wait.ACTIVITY.mean_h | - | Mean wait before ACTIVITY, of tasks that were started.
flow.wait.ACTIVITY.mean_of_all_h | - | Mean wait before ACTIVITY, those that left the queue included.
flow.wait.ACTIVITY.delayed_share | - | Of tasks started (ACTIVITY), those that waited at all.
flow.wait.ACTIVITY.left_share | - | Of tasks started or left (ACTIVITY), those that left the queue.
flow.wait.ACTIVITY.balked_share | - | Of tasks that came (ACTIVITY), those that found the room full.
flow.wait.ACTIVITY.number | - | Average number queued for ACTIVITY.
flow.queue.ROLE.number | - | Average number waiting for ROLE, whatever for.
flow.drift.KIND.NAME.level | | Mean number inside (KIND NAME); with its change it tells whether there is a steady
  state.
flow.drift.KIND.NAME.change | | Change of the number inside over the window (KIND NAME), by a straight line.
flow.drift.KIND.NAME.change_error | | Standard error of that change (KIND NAME).
flow.drift.stage.JOURNEY.NAME.level | | Mean number waiting for this (JOURNEY, NAME).
flow.drift.stage.JOURNEY.NAME.change | | Change of the number waiting for this over the window (JOURNEY, NAME).
flow.drift.stage.JOURNEY.NAME.change_error | | Standard error of that change (JOURNEY, NAME).
flow.JOURNEY.outcome.open.after.DAYSd | | Of cases that began in the window (JOURNEY), those without outcome after DAYS
  days.
flow.JOURNEY.outcome.OUTCOME.within.DAYSd | | Of cases that began in the window (JOURNEY), those that came to this
  within DAYS days of the need: OUTCOME.
flow.JOURNEY.outcome.OUTCOME.mean_h | | Mean time from the need to this outcome (JOURNEY, OUTCOME), of those that came
  to it by the end; the slow are missing where cases are open.
flow.JOURNEY.outcome.won.median_of_them_h | - | Time from the need within which half of those ever won are won
  (JOURNEY); who is not won does not count.
flow.JOURNEY.outcome.OUTCOME.median_of_them_h | | Time from the need within which half of those that ever come to it
  have come to it (JOURNEY, OUTCOME).
flow.JOURNEY.outcome.OUTCOME.p90_of_them_h | | Time from the need within which 90 % of those that ever come to it have
  come to it (JOURNEY, OUTCOME); asks for 50 such cases.
flow.opportunity.answer.median_h | - | Time from the need by which half of all inquiries had a substantive answer,
  those never answered included; not defined if fewer than half had one.
flow.opportunity.answer.reached_share | + | Of all inquiries, those that had a substantive answer by the end.
flow.opportunity.proposal.median_h | - | Time by which half of all who asked for a proposal had it, those who never get
  one included; not defined if fewer than half had one.
flow.reorder.delivery.median_h | - | Time by which half of all recurring orders were delivered, open ones included.
flow.issue.resolution.median_h | - | Time by which half of all issues were solved, open ones included.
flow.JOURNEY.STAGE.entrants | | Cases whose clock for this began in the window (JOURNEY, STAGE).
flow.JOURNEY.STAGE.reached_share | + | Of all cases that waited for this (JOURNEY, STAGE), those that had it by the
  end; open ones count as not.
flow.JOURNEY.STAGE.mean_h | - | Mean time to this (JOURNEY, STAGE) among those that reached it; hides who never did.
flow.JOURNEY.STAGE.median_h | - | Time by which half of all that waited for this (JOURNEY, STAGE) had it, those that
  never get it included; not defined if fewer than half do.
flow.JOURNEY.STAGE.p90_h | - | Time by which 90 % of all that waited for this (JOURNEY, STAGE) had it, those that never
  get it included; asks for 50 cases.
flow.JOURNEY.STAGE.within_SPAN_share | + | Of all that waited for this (JOURNEY, STAGE), those that had it within SPAN.
flow.JOURNEY.STAGE.without.HOURSh | - | Of all that waited for this (JOURNEY, STAGE), those still without it after
  HOURS hours.
flow.JOURNEY.STAGE.split.STATE_h | | Of those that reached it (JOURNEY, STAGE), mean hours on the way in this state:
  STATE.
flow.JOURNEY.STAGE.SEGMENT.mean_h | - | Mean time to this (JOURNEY, STAGE), accounts of the segment SEGMENT.
flow.JOURNEY.STAGE.SEGMENT.median_h | - | Median time to this (JOURNEY, STAGE), accounts of the segment SEGMENT.
flow.JOURNEY.STAGE.SEGMENT.reached_share | + | Share that had this by the end (JOURNEY, STAGE), accounts of the segment
  SEGMENT.

origin.cold.touches_per_year | | Accounts touched by cold calls.
origin.referral.referrals_per_year | + | Customers' referrals, heard or not.
origin.ORIGIN.opportunities_per_year | | Opportunities that came about this way: ORIGIN.
origin.ORIGIN.conversations_per_year | | First talks in opportunities that came about this way: ORIGIN.
origin.ORIGIN.new_customers_per_year | + | Customers won that came about this way: ORIGIN.
origin.ORIGIN.hours_per_year | | Hours of work that bring such conversations about: ORIGIN.
origin.ORIGIN.usd_per_year | | Cost of the work that brings such conversations about, and the money spent: ORIGIN.
origin.ORIGIN.conversations_per_1000_h | + | First talks per thousand hours of work that bring them about: ORIGIN.
origin.ORIGIN.new_customers_per_1000_h | + | New customers per thousand hours of work that bring first talks about:
  ORIGIN.
origin.ORIGIN.conversations_per_1000_usd | + | First talks per thousand USD of such work and money: ORIGIN.
origin.ORIGIN.new_customers_per_1000_usd | + | New customers per thousand USD of such work and money: ORIGIN.

market_share.customers_at_start | | Customers at t=0.
market_share.customers_at_end | + | Customers at the end of the run.
market_share.share_at_start | | Of accounts that are customers of any of the companies at t=0, those of this one.
market_share.share_at_end | + | Of accounts that are customers of any of the companies at the end, those of this one.
market_share.accounts_lost_to_rivals_per_year | - | Customers that another company won; they count as churn as well.
market_share.accounts_won_from_rivals_per_year | + | Customers won that were another company's.
market_share.needs_lost_to_rivals_per_year | - | Cases that learned that the account takes another company's offer.
"""
