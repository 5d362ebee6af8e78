"""The floors of the house: what may import what."""

from __future__ import annotations

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

import rupture

#: Each floor with its modules, lowest first; ``rupture`` is the package itself.
FLOORS = (
    ("below", ("errors", "text", "images", "files", "prepared")),
    ("0", ("document", "case")),
    ("1", ("grammar", "typography", "postal", "catalog", "measure", "view", "helpers", "markup", "sandbox")),
    (
        "2",
        (
            *("load", "compose", "starter", "output", "assess", "form", "binding", "combine"),
            "review",
            *(
                "review.finding",
                "review.observation",
                "review.words",
                "review.patterns",
                "review.lookup",
                "review.checks",
            ),
            *("review.tone", "review.ownwords", "review.marked", "review.findings", "review.calendar", "review.report"),
            *("review.wording", "review.steps", "review.dates", "review.law", "review.manner", "review.address"),
            "review.engine",
            *(
                "writers",
                "writers.text",
                "writers.html",
                "writers.face",
                "writers.pdf",
                "writers.docx",
                "writers.email",
            ),
        ),
    ),
    ("3", ("api", "many", "tables", "merge", "rupture")),
    ("4", ("journal", "run")),
    (
        "5",
        (
            *("commands", "commands.exits", "commands.shared", "commands.render", "commands.merge", "commands.check"),
            *("commands.schema", "commands.new", "commands.assess", "commands.reasons", "commands.completion"),
        ),
    ),
    ("6", ("cli", "__main__")),
)

#: The only imports between neighbours of a floor, each with its direction.
NEIGHBOURS = {
    "images": ("errors",),
    "files": ("images",),
    "postal": ("grammar", "typography"),
    "catalog": ("grammar", "typography"),
    "view": ("catalog", "grammar"),
    "helpers": ("catalog", "postal", "typography", "grammar", "view"),
    "markup": ("grammar", "view"),
    "sandbox": ("grammar", "helpers"),
    "measure": ("catalog",),
    "review.observation": ("review.finding",),
    "review.patterns": ("review.words",),
    "review.lookup": ("review.patterns",),
    "review.tone": ("review.checks", "review.finding", "review.lookup", "review.patterns", "review.words"),
    "review.marked": ("review.finding",),
    "review.findings": ("review.finding", "review.marked"),
    "review.report": ("review.finding", "review.findings"),
    "review.wording": ("review.finding", "review.findings", "review.ownwords", "review.tone"),
    "review.steps": ("review.observation", "review.words"),
    "review.dates": ("review.calendar", "review.observation", "review.ownwords", "review.words"),
    "review.law": ("review.calendar", "review.observation", "review.words"),
    "review.manner": ("review.finding", "review.observation", "review.ownwords", "review.tone", "review.words"),
    "review.address": ("review.observation",),
    "review.engine": (
        *("review.address", "review.dates", "review.finding", "review.findings", "review.law", "review.manner"),
        *("review.observation", "review.steps", "review.wording"),
    ),
    "review": ("review.*",),
    "writers.pdf": ("writers.html",),
    "writers.docx": ("writers.face",),
    "writers.email": ("writers.html", "writers.text"),
    "writers": ("writers.*",),
    "form": ("review.words",),
    "combine": ("binding",),
    "rupture": ("api", "many"),
    "many": ("api",),
    "merge": ("api", "tables"),
    "run": ("journal",),
    "commands.render": ("commands.merge", "commands.shared"),
    "commands.merge": ("commands.exits",),
    "commands.check": ("commands.exits", "commands.shared"),
    "commands.schema": ("commands.shared",),
    "commands.new": ("commands.schema", "commands.shared"),
    "commands.assess": ("commands.new", "commands.schema", "commands.shared"),
    "commands.reasons": ("commands.shared",),
    "commands.completion": ("commands.shared",),
    "__main__": ("cli",),
}

SOURCE = Path(rupture.__file__).parent


def modules_of(source: Path) -> dict[str, Path]:
    """Return every module below a package, by its name without the package's."""
    found = {}
    for path in sorted(source.rglob("*.py")):
        if path.parent.name == "_prepared":
            continue  # generated
        steps = path.relative_to(source).with_suffix("").parts
        name = ".".join(steps[:-1] if steps[-1] == "__init__" else steps)
        found[name or "rupture"] = path
    return found


def imports_of(path: Path, known: set[str]) -> set[str]:
    """Return the modules of the package that a file imports anywhere in it, or names for `import_module`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {"rupture.*" if alias.name == "rupture" else alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: a relative import; write the module out"
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= {node.value} if node.value.removeprefix("rupture.") in known else set()
    inner = {name.removeprefix("rupture.") for name in found if name.startswith("rupture.")} & known
    names_package = {name for name in found if name.startswith("rupture.") and "." not in name.removeprefix("rupture.")}
    from_package = {name for name in names_package if name.removeprefix("rupture.") not in known}
    parents = {name for name in inner if any(other.startswith(f"{name}.") for other in inner)}
    own = {name for name in parents if not _takes_from(path, name, known)}
    return (inner - own) | ({"rupture"} if from_package else set())


def _takes_from(path: Path, package: str, known: set[str]) -> bool:
    """Tell whether a file takes something of a package itself, and not only modules inside it."""
    return any(
        isinstance(node, ast.ImportFrom)
        and node.module == f"rupture.{package}"
        and any(f"{package}.{alias.name}" not in known for alias in node.names)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    )


def faults(source: Path, floors=FLOORS, neighbours=NEIGHBOURS) -> list[str]:
    """Return each import that goes up or sideways, and each module that no floor lists."""
    height = {name: index for index, (_, names) in enumerate(floors) for name in names}
    modules = modules_of(source)
    wrong = [f"{name}: on no floor; add it to FLOORS" for name in modules if name not in height]
    for name, path in modules.items():
        for imported in sorted(imports_of(path, set(modules)) - {name}):
            if name not in height or imported not in height:
                continue
            above, below = height[name], height[imported]
            beside = any(fnmatch(imported, pattern) for pattern in neighbours.get(name, ()))
            if below > above or (below == above and not beside):
                wrong.append(f"{name} (floor {floors[above][0]}) imports {imported} (floor {floors[below][0]})")
    return wrong


class TestFloors:
    """A module imports only from floors below its own."""

    def test_no_import_goes_up_or_sideways(self):
        assert faults(SOURCE) == []

    def test_every_listed_module_is_there(self):
        listed = [name for _, names in FLOORS for name in names]
        assert sorted(listed) == sorted(set(listed))
        assert set(listed) - set(modules_of(SOURCE)) == set()

    def test_every_exception_is_used(self):
        modules = modules_of(SOURCE)
        for name, patterns in NEIGHBOURS.items():
            imported = imports_of(modules[name], set(modules))
            for pattern in patterns:
                assert any(fnmatch(other, pattern) for other in imported), f"{name} no longer imports {pattern}"

    def test_neighbours_do_not_go_round_in_a_circle(self):
        modules = modules_of(SOURCE)
        edges = {name: imports_of(path, set(modules)) - {name} for name, path in modules.items()}
        assert sum(map(len, edges.values())) > len(modules), "the reader of imports found next to nothing"
        while free := [name for name, imported in edges.items() if not imported]:
            edges = {name: imported - set(free) for name, imported in edges.items() if name not in free}
        assert edges == {}


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
        (tmp_path / "grammar.py").write_text(planted)
        assert faults(tmp_path) == ["grammar (floor 1) imports api (floor 3)"]

    @pytest.mark.parametrize("planted", ["from rupture import load", "import rupture"])
    def test_an_import_of_the_whole_package_from_below(self, tmp_path, planted):
        (tmp_path / "__init__.py").write_text("")
        (tmp_path / "grammar.py").write_text(planted)
        assert faults(tmp_path) == ["grammar (floor 1) imports rupture (floor 3)"]

    def test_an_import_from_beside(self, tmp_path):
        (tmp_path / "load.py").write_text("")
        (tmp_path / "compose.py").write_text("from rupture.load import read")
        assert faults(tmp_path) == ["compose (floor 2) imports load (floor 2)"]

    def test_a_module_on_no_floor(self, tmp_path):
        (tmp_path / "attic.py").write_text("")
        assert faults(tmp_path) == ["attic: on no floor; add it to FLOORS"]
