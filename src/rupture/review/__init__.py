"""The review: what a careful colleague would stop you from sending."""

from __future__ import annotations

from rupture.review.engine import review
from rupture.review.finding import Finding
from rupture.review.findings import Findings
from rupture.review.wording import review_text

__all__ = ["Finding", "Findings", "review", "review_text"]
