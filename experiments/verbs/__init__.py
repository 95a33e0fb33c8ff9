"""One question each, as the command line asks it."""
