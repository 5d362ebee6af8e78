"""Reading files: every reason why one cannot be read is a typed error that names it."""

from __future__ import annotations

import os

import pytest

import rupture
from rupture.resources.reading import read_bytes


class TestReadBytes:
    """The content of a file, or one error."""

    def test_content(self, tmp_path):
        path = tmp_path / "file"
        path.write_bytes(b"12345")
        assert read_bytes(path) == read_bytes(path, most=5) == b"12345"

    def test_too_large(self, tmp_path):
        path = tmp_path / "file"
        path.write_bytes(bytes(2_000_001))
        with pytest.raises(rupture.InputError, match=r"file: cannot be read: more than 2 MB"):
            read_bytes(path, most=2_000_000)

    @pytest.mark.parametrize("name", ["nowhere", "folder", "pipe", "x" * 300, "nul\0l", "half \ud800"])
    def test_unreadable(self, tmp_path, name):
        (tmp_path / "folder").mkdir()
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(rupture.InputError, match="cannot be read: "):
            read_bytes(tmp_path / name)

    def test_an_error_of_the_caller(self, tmp_path):
        with pytest.raises(rupture.TemplateError, match="cannot be read: No such file"):
            read_bytes(tmp_path / "nowhere", error=rupture.TemplateError)
