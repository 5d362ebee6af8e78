"""Sphinx configuration: `make docs` builds docs/_build/html from the Markdown of the repository.

The source folder is the root of the repository, so that a link works the same on the site and in a checkout.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING

import rupture

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The pages whose lists of links are also the navigation of the site.
INDEXES = ("docs/README", "docs/reference/python", "docs/decisions/README")

logger = logging.getLogger("sphinx.rupture")  # below Sphinx's own logger, which counts warnings

project = "rupture"
copyright = "the authors of rupture, MIT"  # noqa: A001  Sphinx's own name
release = version = rupture.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
root_doc = "docs/README"
include_patterns = ["docs/**", "CONTRIBUTING.md", "CHANGELOG.md", "benchmarks/README.md", "tests/README.md"]
exclude_patterns = ["docs/_build", ".*", "**/.*"]
source_suffix = {".md": "markdown"}

nitpicky = True  # a reference that leads nowhere is a warning, and `make docs` stops at a warning
nitpick_ignore_regex = [("py:.*", r"(?!rupture\.\w+$).*")]  # types of other libraries and of inner modules have no page
suppress_warnings = ["toc.not_included"]  # letters are listed by the gallery; a test finds pages that nothing links to
default_role = "py:obj"

autodoc_default_options = {
    "members": True,
    "member-order": "bysource",
    "exclude-members": "model_config, model_post_init",
}
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_preserve_defaults = True

myst_heading_anchors = 3
myst_enable_extensions = ["html_image"]

html_theme = "furo"
html_title = "rupture"
html_static_path = ["_static"]
html_extra_path = ["_extra"]
html_css_files = ["rupture.css"]
html_copy_source = False
html_theme_options = {"navigation_with_keys": False}


def with_navigation(_: Sphinx, page: str, source: list[str]) -> None:
    """Add to an index page one table of contents per section, made of the pages that the section lists."""
    if page in INDEXES:
        sections = re.split(r"^(?=## )", source[0], flags=re.MULTILINE)
        source[0] = "\n\n".join(section.rstrip() + _contents(section) for section in sections)


def _contents(section: str) -> str:
    links = re.findall(r"^- \[([^\]]+)\]\(([^)#]+)\.md\)", section, flags=re.MULTILINE)
    pages = [f"{title} <{page}>" for title, page in links]
    caption = [f":caption: {heading}" for heading in re.findall(r"\A## (.+)", section)]
    return "\n\n" + "\n".join(["```{toctree}", ":hidden:", *caption, "", *pages, "```"]) if pages else ""


def no_outside_loads(app: Sphinx, exception: Exception | None) -> None:
    """Warn of each file that makes a browser load something from another site; `make docs` stops at a warning."""
    files = [] if exception else [path for path in Path(app.outdir).rglob("*.*") if path.suffix in {".html", ".css"}]
    for path in files:
        for address in outside_loads(path.read_text(encoding="utf-8")):
            logger.warning("%s loads %s", path.relative_to(app.outdir), address)


def outside_loads(text: str) -> list[str]:
    """Return the addresses outside the site that a page or style sheet loads; links to follow are left out."""
    attributes = re.findall(r"<(?!a\b)\w[^>]*?\s(?:src|href)\s*=\s*[\"']?((?:https?:)?//[^\"'\s>]+)", text)
    return attributes + re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"'\s)]+)", text)


def setup(app: Sphinx) -> None:
    """Register what this project adds to Sphinx."""
    app.connect("source-read", with_navigation)
    app.connect("build-finished", no_outside_loads)
