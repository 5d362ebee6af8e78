"""Every fact rule: those of the modules beside this one, and one for each row of the law table."""

from __future__ import annotations

from functools import cache
from typing import Final

from rupture.reviewing.facts import FactRule
from rupture.reviewing.rules import address, bounds, dates, law, steps, style, telling, waivers

_MODULES: Final = (steps, telling, dates, bounds, law, style, address)


@cache
def fact_rules() -> tuple[FactRule, ...]:
    """Return the rules that look at the case and its letter."""
    named = (value for module in _MODULES for value in vars(module).values())
    return (*(value for value in named if isinstance(value, FactRule)), *law.rules())


def all_rules() -> tuple[FactRule, ...]:
    """Return every fact rule, with the one about waivers, which looks at what all others found."""
    return (*fact_rules(), waivers.unused)
