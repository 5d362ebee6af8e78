"""The tone rules and the small language they are written in."""
