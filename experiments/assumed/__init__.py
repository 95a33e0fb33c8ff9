"""Numbers that are assumed: what the comments beside them say, and a config with all of them moved at once."""
