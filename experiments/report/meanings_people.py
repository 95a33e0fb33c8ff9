"""What KPIs of people, pay, appointments, satisfaction, channels and money mean: a table that `meaning` reads.

An entry is NAME | SIGN | TEXT. Words in capitals stand for names. The sign says which way is better, all else equal.
"""

MEANINGS = """
people.all.new_customers_per_1000_h | + | New customers per thousand paid hours of all people of the firm.
people.ROLE.rostered_h_per_year | | Paid hours at work (ROLE), absences taken off.
people.ROLE.busy_h_per_year | | Hours worked on tasks (ROLE).
people.ROLE.utilization | | Hours worked on tasks over paid hours (ROLE).
people.ROLE.share.setup | - | Of paid hours (ROLE), those spent on changing from one kind of work to another.
people.ROLE.share.handoff | - | Of paid hours (ROLE), those spent on giving over, taking over and completing of cases.
people.ROLE.share.idle | | Of paid hours (ROLE), those without work.
people.ROLE.share.KIND | | Of paid hours (ROLE), effort that went into KIND.
people.ROLE.selling.narrow_of_rostered | | Persuasion over paid hours (ROLE).
people.ROLE.selling.narrow_of_worked | | Persuasion over hours worked (ROLE).
people.ROLE.selling.broad_of_rostered | | Persuasion and all else with the customer present, over paid hours (ROLE).
people.ROLE.selling.broad_of_worked | | Persuasion and all else with the customer present, over hours worked (ROLE).
people.ROLE.hours_per_year.ACTIVITY | | Effort that went into ACTIVITY (ROLE), without set-up and hand-off.
people.ROLE.setups_per_year | - | How often changing the kind of work cost time (ROLE).
people.ROLE.handoffs_per_year | - | How often taking a case over cost time (ROLE).
people.ROLE.spread.busy | | Coefficient of variation of busy hours between people (ROLE).
people.ROLE.spread.bookings | | Coefficient of variation of what people booked (ROLE).
people.ROLE.spread.orders_excess | | Coefficient of variation of orders booked between people (ROLE), beyond what
  chance alone gives equal people.
people.ROLE.spread.bookings_excess | | Coefficient of variation of USD booked between people (ROLE), beyond what chance
  alone gives equal people.
people.ROLE.heads_there | | Average number of people there (ROLE).
people.ROLE.turnover_per_year | - | People who quit, per year of being there (ROLE).
people.ROLE.left | | People who left the role in the window, whatever the reason (ROLE).
people.ROLE.joined | | People who began in the role in the window (ROLE).
people.ROLE.accounts_lost_per_leaver | - | Accounts that left with whoever left, per person that left (ROLE).
people.ROLE.tie_share_of_own_accounts | - | Of accounts of which a leaver held at least a quarter of the ties (ROLE),
  the mean share that was the leaver's: the business at risk.
people.ROLE.share_of_own_accounts_lost | - | Of accounts of which a leaver held at least a quarter of the ties (ROLE),
  those that left at the instant the person did.

pay.ROLE.commission_usd_per_year | | Commission paid (ROLE), without overhead.
pay.ROLE.commission_of_target | | Commission paid over variable pay at target of all heads (ROLE).
pay.ROLE.spread | | Coefficient of variation of commission between people (ROLE).
pay.ROLE.unpersuaded_usd_per_year | - | Commission paid on cases in which nobody had persuaded (ROLE).
pay.ROLE.unpersuaded_share | - | Of commission paid, that on cases in which nobody had persuaded (ROLE).
pay.ROLE.transactions_h_per_year | | Hours at work on transactions (ROLE).
pay.ROLE.transactions_while_persuasion_waits_h_per_year | - | Hours at work on transactions while persuasion was in the
  queue of the role (ROLE).
pay.ROLE.transactions_while_own_persuasion_waits_h_per_year | - | Hours at work on transactions while persuasion was in
  the queue that the same person began later (ROLE).

appointments.all.booking_h_per_kept | - | Work on bookings per appointment kept.
appointments.WHAT.booked_per_week | | Appointments made (WHAT), those made anew included.
appointments.WHAT.kept_per_week | + | Appointments begun (WHAT).
appointments.WHAT.kept_share | + | Of appointments that ended (WHAT), those that took place.
appointments.WHAT.away_share | - | Of appointments that ended (WHAT), those missed because the person was away.
appointments.WHAT.not_kept_share | - | Of appointments that ended (WHAT), those the person did not keep to.
appointments.WHAT.released_share | - | Of appointments that ended (WHAT), those the customer gave up.
appointments.WHAT.lateness.median_h | - | Median delay of the start of appointments kept (WHAT), in open hours.
appointments.WHAT.lateness.p90_h | - | Delay that 90 % of appointments kept (WHAT) do not exceed; asks for 50.
appointments.WHAT.lead_time.median_h | - | Median time from asking for an appointment to its start (WHAT).
appointments.WHAT.lead_time.p90_h | - | Time from asking to start that 90 % of appointments (WHAT) do not exceed; asks
  for 50.

satisfaction.index | + | Mean satisfaction at the end of all who were customers at t=0; who left keeps the last value.
satisfaction.promoter_index | + | Of all who were customers at t=0, the share satisfied at .8 or more less that at .4
  or less.
satisfaction.touch.mean | + | Mean score of all that customers experienced.
satisfaction.touch.WHAT.mean | + | Mean score customers gave to WHAT.
satisfaction.touch.WHAT.CHANNEL.mean | + | Mean score customers gave to WHAT, reached by the channel CHANNEL.
satisfaction.neglected_per_week | - | Expectations that lapsed without anything done.
satisfaction.on_time.WHAT_share | + | Of WHAT due in the window, those on time; late, canceled and open are not.
satisfaction.on_time_in_full | + | Of deliveries due in the window, those on time and right at the first judgment;
  canceled and open ones count as missed.
satisfaction.on_time_in_full.SEGMENT | + | Of deliveries due to accounts of the segment SEGMENT, those on time and
  right.
satisfaction.right_first_time.WHAT_share | + | Of first judgments of WHAT, those that said right.
satisfaction.contacts_per_need | - | Contacts a customer had per need, whether it was resolved or not.
satisfaction.contacts_per_order.CHANNEL | - | Contacts until an order was confirmed by the channel CHANNEL.
satisfaction.handoffs_per_need | - | Times somebody took a case over at a cost, per need.
satisfaction.resolved_share | + | Of needs taken up, those that did not end by giving up.
satisfaction.customers | + | Average number of customers.
satisfaction.churn_per_account_year | - | Customers that left, per year of being a customer.
satisfaction.churn_per_account_year.SEGMENT | - | Customers of the segment SEGMENT that left, per year of being one.
satisfaction.retention_per_year | + | Share of customers that stay for a year at this churn.
satisfaction.retention_per_year.SEGMENT | + | Share of customers of the segment SEGMENT that stay for a year at this
  churn.

channels.orders.CHANNEL_share | | Of orders confirmed, those confirmed by the channel CHANNEL.
channels.self_service_share | | Of orders confirmed, those a machine confirmed.
channels.self_service_of_adopters_share | | Of orders of accounts that had adopted a practice by then, those a machine
  confirmed.
channels.adoption.PRACTICE_share | | Of the time accounts were customers, the time they had adopted this: PRACTICE.
channels.out.ROLE_share | - | Of the window, time in which the machines of this role were out: ROLE.
channels.fallback.ROLE_share | - | Of tasks of machines (ROLE), those they turned out not to be able to do.

money.pay_usd_per_year | - | Fixed pay by the design's terms, overhead included.
money.variable_pay_usd_per_year | - | Variable pay at target by the design's terms, overhead included.
money.risk_premium_usd_per_year | - | Premium for the risk of variable pay, by the design's terms.
money.fixed_posts_usd_per_year | - | Posts that are paid and not simulated, by the design's terms.
money.travel_usd_per_year | - | Travel by the design's terms.
money.machines_usd_per_year | - | Machines by the design's terms.
money.marketing_usd_per_year | - | Marketing money by the design's terms.
money.marketing_spent_usd_per_year | - | Marketing money that campaigns really spent.
money.operating_expense_usd_per_year | - | Yearly cost by the design's terms, whatever happens: pay, variable pay at
  target, posts, travel, machines, marketing.
money.operating_expense_realized_usd_per_year | - | Yearly cost as it came true: who was there, commission paid,
  hiring, marketing spent.
money.pay_realized_usd_per_year | - | Pay of people while they were there.
money.variable_pay_realized_usd_per_year | - | Commission paid, overhead included; at target for roles that earn none.
money.hiring_usd_per_year | - | Cost of filling posts.
money.revenue_usd_per_year | + | Value billed.
money.contribution_usd_per_year | + | Value billed times the contribution margin.
money.contribution_less_opex_usd_per_year | + | Contribution less yearly cost by the design's terms.
money.contribution_less_realized_opex_usd_per_year | + | Contribution less yearly cost as it came true; decided on
  beforehand as the measure that counts most.
money.cost_per_new_customer_usd | - | Yearly cost of the whole firm by its terms over new customers of a year.
money.new_customers_per_million_usd | + | New customers per million USD of the yearly cost of the whole firm by its
  terms.
money.acquisition_usd_per_year | - | Marketing money, and of each role's cost the part that went into winning
  customers.
money.acquisition_cost_per_new_customer_usd | - | Marketing money and the part of pay that went into winning customers,
  over new customers of the same time.
money.payback_months | - | Months until what a new customer contributes covers what it cost to win one; not defined if
  it does not within the time followed.
money.cohort.customers.mMONTH | | Customers won in the window and followed to the end of month MONTH, those that left
  included.
money.cohort.contribution_usd.mMONTH | | What customers won in the window contributed in month MONTH of being
  customers.
"""
