"""The review: what a careful colleague would stop you from sending."""

from __future__ import annotations

from rupture.review.finding import Finding, Findings
from rupture.review.rules import review

__all__ = ["Finding", "Findings", "review"]
