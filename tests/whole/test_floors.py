"""What may import what: the folders of the package, from the top floor down."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import rupture

#: Each floor with its packages and modules, lowest first; ``rupture`` is ``__init__.py`` itself.
FLOORS = (
    ("errors",),
    ("resources",),
    ("case",),
    ("letter", "law"),
    ("page",),
    ("language",),
    ("planning",),
    ("loading", "composing", "reviewing", "writing", "assessing"),
    ("api",),
    ("merging",),
    ("rupture",),
    ("cli",),
    ("__main__",),
)

SOURCE = Path(rupture.__file__).parent

#: Modules that show an object of their own package; it imports them when it is to be shown.
SHOWING = ("planning.showing",)


def modules_of(source: Path) -> dict[str, Path]:
    """Return every module below a package, by its name without the package's."""
    found = {}
    for path in sorted(source.rglob("*.py")):
        if path.parent.name == "_build_cache":
            continue  # generated
        steps = path.relative_to(source).with_suffix("").parts
        name = ".".join(steps[:-1] if steps[-1] == "__init__" else steps)
        found[name or "rupture"] = path
    return found


def imports_of(path: Path, known: set[str]) -> set[str]:
    """Return the modules of the package that a file imports anywhere in it, or names for `import_module`."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: a relative import; write the module out"
            names |= {_imported(str(node.module), alias.name, known) for alias in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("rupture."):
            names |= {node.value} if node.value.removeprefix("rupture.") in known else set()
    return {name.removeprefix("rupture.") for name in names} & (known | {"rupture"})


def _imported(module: str, name: str, known: set[str]) -> str:
    """Return the module that ``from module import name`` takes: a module of that name, or the one it stands in."""
    whole = f"{module}.{name}"
    return whole if whole.removeprefix("rupture.") in known else module


def faults(source: Path, floors=FLOORS) -> list[str]:
    """Return each import that goes up or sideways, and each package that no floor lists."""
    height = {package: index for index, floor in enumerate(floors) for package in floor}
    modules = modules_of(source)
    wrong = [f"{top}: on no floor; add it to FLOORS" for top in sorted(set(map(_top, modules)) - set(height))]
    for name, path in modules.items():
        for imported in sorted(imports_of(path, set(modules)) - {name}):
            own, other = _top(name), _top(imported)
            if own != other and own in height and other in height and height[other] >= height[own]:
                wrong.append(f"{name} (floor {height[own]}) imports {imported} (floor {height[other]})")
    return wrong


def _top(name: str) -> str:
    return name.partition(".")[0]


def circles(source: Path) -> set[str]:
    """Return the modules that import each other in a circle."""
    modules = modules_of(source)
    edges = {name: imports_of(path, set(modules)) - {name} - _shows(name) for name, path in modules.items()}
    while free := [name for name, imported in edges.items() if not imported & set(edges)]:
        edges = {name: imported for name, imported in edges.items() if name not in free}
    return set(edges)


def _shows(name: str) -> set[str]:
    return set() if name in SHOWING else {shower for shower in SHOWING if _top(shower) == _top(name)}


class TestFloors:
    """A package imports only from floors below its own, and the stages never import each other."""

    def test_no_import_goes_up_or_sideways(self):
        assert faults(SOURCE) == []

    def test_every_package_on_a_floor_is_there(self):
        listed = [package for floor in FLOORS for package in floor]
        assert len(listed) == len(set(listed))
        assert set(listed) == {_top(name) for name in modules_of(SOURCE)}

    def test_no_module_imports_itself_by_way_of_others(self):
        assert circles(SOURCE) == set()

    def test_the_reader_of_imports_finds_them(self):
        modules = modules_of(SOURCE)
        found = sum(len(imports_of(path, set(modules))) for path in modules.values())
        assert found > 2 * len(modules)


class TestFloorsBite:
    """A planted import is found wherever it hides."""

    @pytest.mark.parametrize(
        "planted",
        [
            "from rupture.api import load",
            "from rupture import api",
            "import rupture.api",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from rupture.api import load",
            "def late():\n    from rupture.api import load",
            "import importlib\nimportlib.import_module('rupture.api')",
        ],
    )
    def test_an_import_from_above(self, tmp_path, planted):
        (tmp_path / "api.py").write_text("")
        (tmp_path / "language").mkdir()
        (tmp_path / "language" / "grammar.py").write_text(planted)
        assert faults(tmp_path) == ["language.grammar (floor 5) imports api (floor 8)"]

    @pytest.mark.parametrize("planted", ["from rupture import load", "import rupture"])
    def test_an_import_of_the_whole_package_from_below(self, tmp_path, planted):
        (tmp_path / "__init__.py").write_text("")
        (tmp_path / "errors.py").write_text(planted)
        assert faults(tmp_path) == ["errors (floor 0) imports rupture (floor 10)"]

    def test_a_stage_that_imports_another(self, tmp_path):
        for stage in ("loading", "composing"):
            (tmp_path / stage).mkdir()
        (tmp_path / "loading" / "load.py").write_text("")
        (tmp_path / "composing" / "compose.py").write_text("from rupture.loading.load import load")
        assert faults(tmp_path) == ["composing.compose (floor 7) imports loading.load (floor 7)"]

    def test_a_package_on_no_floor(self, tmp_path):
        (tmp_path / "attic").mkdir()
        (tmp_path / "attic" / "box.py").write_text("")
        assert faults(tmp_path) == ["attic: on no floor; add it to FLOORS"]

    def test_a_circle(self, tmp_path):
        (tmp_path / "case").mkdir()
        (tmp_path / "case" / "one.py").write_text("from rupture.case import two")
        (tmp_path / "case" / "two.py").write_text("def late():\n    from rupture.case.one import x")
        assert circles(tmp_path) == {"case.one", "case.two"}
