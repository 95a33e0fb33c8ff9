"""When this program read its sources: whoever keeps what was made of them must know that they are still the same."""

from time import time

IMPORTED_AT = time()
"""Seconds since the epoch."""
