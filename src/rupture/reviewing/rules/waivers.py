"""The rule about what the sender lets stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.case.field_path import FieldPath
from rupture.reviewing.facts import Observation, fact_rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rupture.reviewing.facts import Seen


@fact_rule("waiver.unused", "hint")
def unused(seen: Seen) -> Iterator[Observation]:
    """Each waiver has a finding to waive."""
    for code in seen.case.waive:
        if code not in seen.found:
            yield Observation(FieldPath(("waive", code)), {"code": code})
