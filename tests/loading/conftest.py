"""A file with a case, for the tests of loading."""

from __future__ import annotations

import pytest


@pytest.fixture
def written(tmp_path):
    """Write a case file, and return its path."""

    def write(content: str | bytes, name: str = "case.yaml"):
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)
        return path

    return write
