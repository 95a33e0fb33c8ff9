"""Points and replications, on any number of workers."""
