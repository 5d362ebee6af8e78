"""What is wrong with a case whose fields are each valid."""

from __future__ import annotations

from typing import TypeAlias

from rupture.case.field_path import FieldPath

#: A field, and what is wrong with it.
Fault: TypeAlias = tuple[FieldPath, str]
