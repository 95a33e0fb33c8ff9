"""Pages of the documentation that are written from configs and runs."""
