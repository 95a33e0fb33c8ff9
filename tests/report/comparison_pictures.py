"""The pictures of a comparison, in their order."""

PICTURES = ["scorecard", "hours", "lead_time", "funnel", "people"]
