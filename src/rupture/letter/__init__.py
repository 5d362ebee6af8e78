"""The letter as a format-neutral tree."""
