"""Few rows in which any two values of any two axes occur together."""

from __future__ import annotations

import itertools
from typing import Any

Cell = tuple[str, int]


def pairwise(axes: dict[str, list[Any]]) -> list[dict[str, Any]]:
    """Return rows, one value of each axis, in which every pair of values of two axes occurs; always the same rows."""
    order = {name: place for place, name in enumerate(axes)}

    def pairs(cells: list[Cell]) -> set[tuple[Cell, Cell]]:
        return set(itertools.combinations(sorted(cells, key=lambda cell: order[cell[0]]), 2))

    missing = {
        ((a, i), (b, j))
        for a, b in itertools.combinations(axes, 2)
        for i in range(len(axes[a]))
        for j in range(len(axes[b]))
    }
    rows = []
    while missing:
        row: dict[str, int] = dict(min(missing))
        for name, values in axes.items():
            if name not in row:
                new = {
                    value: {pair for cell in row.items() for pair in pairs([cell, (name, value)])}
                    for value in range(len(values))
                }
                row[name] = max(new, key=lambda value, new=new: len(new[value] & missing))
        missing -= pairs(list(row.items()))
        rows.append({name: axes[name][index] for name, index in row.items()})
    return rows
