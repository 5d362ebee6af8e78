"""Writes what the package finds prepared (src/rupture/resources/prepared.py); a hook of the build, and by itself.

usage: python tools/prepare.py
"""

from __future__ import annotations

import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by itself, without the build system
    BuildHookInterface = object

ROOT = Path(__file__).parent.parent
PREPARING = (
    *("resources.toml", "page.measuring", "composing.environment"),
    *("reviewing.tone.rulebook", "writing.face", "writing.docx"),
)


class PrepareHook(BuildHookInterface):
    """Prepares before a wheel or an editable install is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files, which ``artifacts`` in pyproject.toml takes into the wheel."""
        del version, build_data
        sys.path.insert(0, str(ROOT / "src"))
        prepare()


def prepare() -> int:
    """Write everything anew; return how many files."""
    folder = import_module("rupture.resources.prepared").FOLDER
    shutil.rmtree(folder, ignore_errors=True)
    count = 0
    for module in PREPARING:
        for name, content in import_module(f"rupture.{module}").prepare():
            folder.mkdir(exist_ok=True)
            (folder / name).write_bytes(content)
            count += 1
    return count


if __name__ == "__main__":
    print(f"prepared {prepare()} files")
