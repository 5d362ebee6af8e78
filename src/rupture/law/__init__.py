"""The law-aware checks as data, and how a notice is counted."""
