"""Many letters: tables, rows, processes, and runs that lose nothing."""
