"""From a case to a letter."""
