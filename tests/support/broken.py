"""A whole case file in which a test breaks one thing at a time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import rupture

if TYPE_CHECKING:
    from pathlib import Path

    from rupture.errors import Problem

#: A whole case, line by line, in which one thing at a time is broken.
GOOD = """\
locale: fr-FR
date: 2026-11-20
end: {date: 2027-01-31}
sender:
  name: Atelier Nord
  signatories: [{name: Claire Martin}]
  address: {lines: [12 rue des Tanneurs], postcode: 01000, town: Bourg, country: FR}
  email: claire@atelier-nord.example
recipient:
  organisation: Boréal SARL
relationship:
  since: 2021-03
  service: l'entretien de votre site
money:
  - {what: la facture F-1, amount: 980.00 EUR, state: paid, due: 2026-03-31, paid: 2026-05-15}
  - {what: la facture F-2, amount: 450.00 EUR, due: 2026-12-15}
reasons:
  - reason: late-payment
matters:
  - {do: remettre les clés, on: 2027-01-29}
"""


@dataclass(frozen=True)
class Broken:
    """One broken case: what is replaced in the good one, and the complaint."""

    old: str
    new: str
    line: int
    column: int
    path: str
    said: str


def problems_of(path) -> tuple[Problem, ...]:
    with pytest.raises(rupture.CaseError) as caught:
        rupture.load(path, today=dt.date(2026, 11, 20))
    assert caught.value.problems
    assert str(caught.value).splitlines() == [str(problem) for problem in caught.value.problems]
    return caught.value.problems


def check(broken: Broken, path: Path) -> None:
    """Load the good case with one thing broken: the one complaint names the file, the place and the field."""
    assert GOOD.count(broken.old) == 1, "exactly one place is replaced"
    path.write_text(GOOD.replace(broken.old, broken.new), encoding="utf-8")
    (problem,) = problems_of(path)
    assert problem.path == broken.path
    assert broken.said in problem.message
    assert (problem.file, problem.line, problem.column) == (str(path), broken.line, broken.column)
    assert str(problem).startswith(f"{path}:{broken.line}:{broken.column}: ")
