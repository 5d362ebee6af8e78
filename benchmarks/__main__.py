"""Runs the benchmarks, and prints a table for each theme, and all that was held against a target at the end."""

from __future__ import annotations

import argparse

from benchmarks import cold

THEMES = {"cold": cold.measure}


def main() -> None:
    """Run the themes that were asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=list(THEMES), action="append", help="one theme; repeat for several")
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    for theme in asked.only or THEMES:
        print(THEMES[theme](asked.rounds))


if __name__ == "__main__":
    main()
