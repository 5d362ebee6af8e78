"""The wheel: built, installed in an environment of its own, and used from elsewhere."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import zipfile

import pytest
from reading import ROOT

import rupture
from conftest import EXAMPLES
from rupture.resources import build_cache

FORMATS = ("pdf", "docx", "txt", "eml")


@pytest.fixture(scope="session")
def in_use():
    """The files of the build cache that the tests of this checkout use, before the wheel's are computed."""
    return {path.name: path.read_bytes() for path in build_cache.FOLDER.iterdir() if path.is_file()}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory, in_use):
    assert in_use
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="session")
def installed(wheel, tmp_path_factory):
    """A new environment with the wheel in it, which finds the libraries that this one has but not this checkout."""
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    query = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    site = subprocess.run(query, capture_output=True, text=True, check=True).stdout.strip()
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    libraries = sysconfig.get_path("purelib")
    with open(f"{site}/libraries.pth", "w", encoding="utf-8") as file:  # noqa: PTH123  a name, not a path, came back
        file.write(f"{libraries}\n")  # a plain line adds the folder, without the .pth files in it
    return folder


class TestWheel:
    """The wheel holds all that a letter needs, and works away from the checkout."""

    def test_holds_every_file(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            names = set(archive.namelist())
        source = ROOT / "src"
        wanted = {path.relative_to(source).as_posix() for path in (source / "rupture").rglob("*") if path.is_file()}
        wanted |= {
            f"rupture/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "templates").rglob("*") if path.is_file()
        }
        wanted = {name for name in wanted if "__pycache__" not in name}
        assert wanted - names == set()
        assert {name for name in names if not name.startswith("rupture/")} == {
            name for name in names if ".dist-info/" in name
        }
        assert len(wanted) > 40

    def test_the_build_cache_of_the_checkout_is_what_is_computed(self, wheel, in_use):
        """Every file, byte for byte, and nothing else: building the wheel computes them all."""
        folder = "rupture/_build_cache/"
        with zipfile.ZipFile(wheel) as archive:
            names = [name for name in archive.namelist() if name.startswith(folder)]
            computed = {name.removeprefix(folder): archive.read(name) for name in names}
        assert in_use.keys() == computed.keys(), "was out of date"
        assert in_use == computed
        assert {name.partition("_")[0] for name in computed} == {
            *("docx", "face", "lookup", "template", "toml", "tone", "widths"),
        }

    def test_metadata(self, wheel):
        with zipfile.ZipFile(wheel) as archive:
            (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
            text, names = archive.read(metadata).decode(), archive.namelist()
        assert "\nName: rupture-letters\n" in text
        assert "\nLicense-Expression: MIT AND OFL-1.1\n" in text
        assert {name.rpartition("/")[2] for name in names if "/licenses/" in name} == {"LICENSE", "OFL.txt"}

    def test_templates_come_from_the_wheel(self, installed, tmp_path):
        script = "from rupture.resources import paths; print(paths.PACKAGE); print(paths.templates_root())"
        command = [str(installed / "bin" / "python"), "-I", "-c", script]
        said = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True).stdout.split()
        assert len(said) == 2
        assert all(path.startswith(str(installed)) for path in said)

    def test_command_renders_as_the_checkout_does(self, installed, tmp_path):
        """A letter of each language, in every format."""
        copies = []
        for example in (EXAMPLES[0], next(path for path in EXAMPLES if path.stem.endswith(".en"))):
            copies.append(tmp_path / example.name)
            copies[-1].write_bytes(example.read_bytes())
        formats = [part for kind in FORMATS for part in ("--to", kind)]
        command = [str(installed / "bin" / "rupture"), "render", *map(str, copies), *formats, "-o", "out/"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        for copy in copies:
            written = {kind: (tmp_path / "out" / f"{copy.stem}.{kind}").read_bytes() for kind in FORMATS}
            assert min(map(len, written.values())) > 1000
            assert written["txt"] == rupture.render(rupture.load(copy), "txt")
