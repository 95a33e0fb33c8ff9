"""What is said of results, and where it is written."""
