"""The case: the facts of a relationship and its end."""
