"""The two sheets a reviewer asks for, STRESS-DES and ODD, filled from the config of a question."""
