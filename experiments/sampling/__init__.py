"""Which points of a space are looked at: grids, samples, and fractions of combinations."""
