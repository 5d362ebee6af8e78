"""Fills the build-time cache (src/rupture/resources/build_cache.py); a hook of the build, and by itself.

usage: python tools/prepare.py
"""

from __future__ import annotations

import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by itself, without the build system
    BuildHookInterface = object

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parent.parent / "src"


class BuildCacheHook(BuildHookInterface):
    """Fills the cache before a wheel or an editable install is built."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files, which ``artifacts`` in pyproject.toml takes into the wheel."""
        del version, build_data
        fill()


def functions() -> Iterator[Any]:
    """Yield every function of the package that is decorated with ``@built``."""
    built = import_module("rupture.resources.build_cache").Built
    for path in sorted((SOURCE / "rupture").rglob("*.py")):
        if "@built(" in path.read_text(encoding="utf-8"):
            module = import_module(".".join(path.relative_to(SOURCE).with_suffix("").parts))
            yield from (each for each in vars(module).values() if isinstance(each, built))


def fill() -> int:
    """Write every file of the cache and remove all others; return their number.

    A file is replaced in one step, so that whoever reads the cache meanwhile finds it whole.
    """
    sys.path.insert(0, str(SOURCE))
    folder = import_module("rupture.resources.build_cache").FOLDER
    output = import_module("rupture.resources.output")
    files = dict(file for function in functions() for file in function.files())
    for name, content in files.items():
        output.write_file(folder / name, content, overwrite=True, durable=False)
    for path in folder.iterdir():
        if path.name not in files and not path.name.startswith(output.UNFINISHED):  # another process may be writing
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    return len(files)


if __name__ == "__main__":
    print(f"{fill()} files in the build cache")
