"""From configs to scenarios."""
