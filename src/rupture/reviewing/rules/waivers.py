"""The rule about what the sender lets stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.reviewing.facts import Observation, fact_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.reviewing.facts import Seen


@fact_rule("waiver.unused", "hint")
def unused(seen: Seen) -> Iterator[Observation]:
    """Each waiver has a finding to waive."""
    for index, waiver in enumerate(seen.case.waive):
        if waiver.code not in seen.found:
            yield Observation(f"waive[{index}]", {"code": waiver.code})
