"""The documentation says what the code does: its reference is fresh, and its links lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import shutil
from pathlib import Path

import nbformat
import pytest
import yaml
from nbclient import NotebookClient

import rupture
from rupture.case import catalogue
from rupture.cli.main import COMMANDS
from rupture.composing.functions import Functions
from rupture.composing.sentences import _AROUND
from rupture.language import languages
from rupture.planning import planner
from rupture.resources import locales, paths

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
NOTEBOOK = ROOT / "examples" / "quickstart.ipynb"


def code_blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def prose(page):
    """The page without its code, where brackets mean something else."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "``", text)


def links(page):
    """Relative links and pictures of a page, as (target, fragment)."""
    for target in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", prose(page)):
        link = "".join(target)
        if not re.match(r"[a-z]+:", link):
            yield link.partition("#")[::2]


def anchors(page):
    """What the headings of a page are called in a link."""
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def script(path):
    """A script of the repository as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def reference():
    return script(ROOT / "tools" / "reference.py")


@pytest.fixture(scope="module")
def site():
    """The configuration of the site, which needs no Sphinx."""
    return script(ROOT / "docs" / "conf.py")


class TestReference:
    """The pages under docs/reference are what the code gives today."""

    def test_is_fresh(self, reference, capsys):
        assert reference.main(["--check"]) == 0, capsys.readouterr().out

    def test_names_a_stale_page(self, reference, capsys, monkeypatch, tmp_path):
        folder = tmp_path / "docs" / "reference"
        shutil.copytree(REFERENCE, folder)
        (folder / "case.md").write_text("old", encoding="utf-8")
        monkeypatch.setattr(reference, "FOLDER", folder)
        assert reference.main(["--check"]) == 1
        assert capsys.readouterr().out.count("stale:") == 1
        assert reference.main([]) == 0
        assert reference.main(["--check"]) == 0

    def test_has_no_page_that_nothing_writes(self, reference):
        assert {page.name for page in REFERENCE.glob("*.md")} == {*reference.PAGES, "python.md"}

    def test_has_every_public_name_once(self):
        pages = "\n".join(page.read_text(encoding="utf-8") for page in (REFERENCE / "python").glob("*.md"))
        assert sorted(re.findall(r"^\.\. auto\w+:: rupture\.(\w+)(?:\(\))?$", pages, re.MULTILINE)) == sorted(
            rupture.__all__
        )

    @pytest.mark.parametrize("name", sorted(COMMANDS))
    def test_has_every_command(self, name):
        assert f"## rupture {name}\n" in (REFERENCE / "command.md").read_text(encoding="utf-8")

    def test_has_every_reason(self):
        text = (REFERENCE / "reasons.md").read_text(encoding="utf-8")
        assert [slug for slug in catalogue.reasons() if f"## {slug}\n" not in text] == []


class TestLinks:
    """A link inside the documentation leads to a file, and to a heading in it."""

    def test_lead_somewhere(self):
        seen, lost = 0, []
        for page in PAGES:
            for target, fragment in links(page):
                seen += 1
                there = (page.parent / target).resolve() if target else page
                if not there.exists() or (fragment and fragment not in anchors(there)):
                    lost.append(f"{page.relative_to(ROOT)}: {target}#{fragment}")
        assert lost == []
        assert seen >= 10

    def test_see_a_lost_one(self, tmp_path):
        page = tmp_path / "page.md"
        page.write_text(
            '# A page\n[one](gone.md) `[x](no)` [two](#a-page) <img src="gone.png"> [web](https://a.example)\n'
        )
        assert list(links(page)) == [("gone.md", ""), ("", "a-page"), ("gone.png", "")]
        assert anchors(page) == {"a-page"}

    def test_every_page_can_be_reached_from_the_index(self):
        index = ROOT / "docs" / "README.md"
        reached, ahead = set(), [index]
        while ahead:
            page = ahead.pop()
            if page in PAGES and page not in reached:
                reached.add(page)
                ahead += [(page.parent / target).resolve() for target, _ in links(page)]
        assert [page for page in PAGES if page.is_relative_to(index.parent) and page not in reached] == []


#: A path of the repository in backquotes; a part in angle brackets, such as `<language>`, stands for any name.
PATH = re.compile(r"`((?:src|templates|tests|tools|docs|examples|benchmarks|\.ci)/[^`\s*]+)`")


def lost_paths(page):
    """The paths that a page names and the repository does not have."""
    named = PATH.findall(page.read_text(encoding="utf-8"))
    return [path for path in named if not any(ROOT.glob(re.sub(r"<[^>]+>", "*", path)))]


class TestPaths:
    """A path that a page names is in the repository; decisions and the changelog may name what has gone."""

    def test_lead_somewhere(self):
        pages = [page for page in PAGES if "decisions" not in page.parts and page.name != "CHANGELOG.md"]
        pages += [ROOT / "tests" / "README.md", ROOT / "benchmarks" / "README.md"]
        assert {str(page.relative_to(ROOT)): lost for page in pages if (lost := lost_paths(page))} == {}
        assert len(PATH.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))) >= 15

    def test_see_a_lost_one(self, tmp_path):
        page = tmp_path / "page.md"
        page.write_text("`templates/<language>/letter.html` `src/rupture/gone.py` `tests/<any>/gone.py` `src/a b`")
        assert lost_paths(page) == ["src/rupture/gone.py", "tests/<any>/gone.py"]


class TestSite:
    """The site has the navigation of its index pages, and loads nothing from elsewhere."""

    def test_makes_the_lists_of_an_index_its_navigation(self, site):
        source = ["# A\n\n- [B](b.md): more\n\n## C\n\n- [D](../d.md)\n- [E](https://e.example)\n\n## F\n\nWords.\n"]
        site.with_navigation(None, site.INDEXES[0], source)
        assert re.findall(r"```{toctree}\n:hidden:\n(.*?)```", source[0], re.DOTALL) == [
            "\nB <b>\n",
            ":caption: C\n\nD <../d>\n",
        ]
        untouched = ["- [B](b.md)"]
        site.with_navigation(None, "another/page", untouched)
        assert untouched == ["- [B](b.md)"]

    def test_names_what_a_page_would_load_from_elsewhere(self, site):
        assert (
            site.outside_loads(
                '<img src="a.png"><a href="https://a.example">a</a><svg xmlns="http://www.w3.org/2000/svg">'
            )
            == []
        )
        page = '<script async src="//b.example/x.js"></script><link rel="x" href=\'https://c.example\'>@import url(http://d.example)'
        assert site.outside_loads(page) == ["//b.example/x.js", "https://c.example", "http://d.example"]


class TestTemplates:
    """The how-to on templates says what a template does and may use."""

    def test_the_template_of_the_how_to_gives_the_letter_it_shows(self, tmp_path):
        page = ROOT / "docs" / "how-to" / "own-template.md"
        builtin, own = re.findall(r"^> (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
        template = tmp_path / "en" / "sentences" / "regret.html"
        template.parent.mkdir(parents=True)
        template.write_text(code_blocks(page, "html")[0], encoding="utf-8")
        case = rupture.load(ROOT / "examples" / "harbor.en.yaml")
        assert builtin in plain(rupture.compose(case))
        assert own in plain(rupture.compose(case, templates=tmp_path))

    def test_the_how_to_knows_what_the_templates_use(self):
        text = (ROOT / "docs" / "how-to" / "own-template.md").read_text(encoding="utf-8")
        used = set()
        sources = [path.read_text(encoding="utf-8") for path in paths.templates_root().rglob("*.html")]
        own = {name for source in sources for name in re.findall(r"{% macro (\w+)", source)} | {"namespace"}  # Jinja's
        for source in sources:
            printed = " ".join(re.findall(r"{[{%].*?[}%]}", source, re.DOTALL))
            used |= set(re.findall(r"(?<![\w.])(?<!\| )([a-z_]+)\(", printed)) - own
        assert len(used) >= 5
        assert sorted(used - functions_of(text)) == []
        particles = {name for code in locales.languages() for name in languages.get(code).particles}
        assert [name for name in sorted(particles) if f"`{name}`" not in text] == []

    def test_the_how_to_has_every_function_and_every_name_around_a_sentence(self):
        text = (ROOT / "docs" / "how-to" / "own-template.md").read_text(encoding="utf-8")
        case = rupture.load(ROOT / "examples" / "harbor.en.yaml")
        assert functions_of(text) == set(Functions(case, planner.plan(case)).names())
        cases = [rupture.load(path) for path in (*ROOT.glob("examples/*.yaml"), *ROOT.glob("tests/letters/*.yaml"))]
        around = {name for case in cases for item in planner.plan(case).items for name in item.context}
        assert around >= {"position", "left"}
        assert sorted(name for name in {*_AROUND, *around} - INTERNAL if f"`{name}`" not in text) == []


#: What an item carries for the planner and the composer, and no sentence needs.
INTERNAL = {"deadline", "on_day", "printed", "slug", "starts"}


def functions_of(page):
    """The functions in the first columns of the tables of a page."""
    columns = "".join(re.findall(r"^\| (`\w+\(.*?) \|", page, re.MULTILINE))
    return set(re.findall(r"`(\w+)\(", columns))


class TestCases:
    """The guide to cases shows a case that can be read, and of which nothing is left out."""

    def test_its_blocks_make_a_case(self):
        blocks = code_blocks(ROOT / "docs" / "how-to" / "fill-in-a-case.md", "yaml")
        whole = yaml.load("\n".join(blocks), yaml.BaseLoader)  # noqa: S506  it makes nothing but text
        base = yaml.load((ROOT / "examples" / "harbor.en.yaml").read_text("utf-8"), yaml.BaseLoader)  # noqa: S506  as above
        case = rupture.load({**base, **whole})
        assert len(blocks) >= 5
        assert rupture.plan(case).left_out == ()
        assert rupture.review(case).errors == ()


def plain(document):
    return str(document.letters[0].part("after")).replace("\u00a0", " ")


class TestNotebook:
    """The quickstart notebook is stored clean and runs from its own folder."""

    def test_is_stored_without_outputs(self):
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        nbformat.validate(notebook)
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert len(code) >= 5
        assert all(not cell.outputs and cell.execution_count is None for cell in code)

    def test_runs(self):
        notebook = nbformat.read(NOTEBOOK, as_version=4)
        NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parent)}}).execute()
        shown = {cell.id: cell.outputs for cell in notebook.cells if cell.cell_type == "code"}
        assert "Boréal SARL" in shown["compose"][0].data["text/html"]
        assert "end.past" in shown["review-wrong"][0].data["text/html"]
        assert "letter.pdf" in shown["render"][0].data["text/plain"]
