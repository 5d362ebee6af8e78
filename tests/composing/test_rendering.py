"""Templates of one's own: each replaces a built-in one, and a fault in it is named with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import fuzzing
import pytest
from reading import bare

import rupture
from rupture.resources import locales

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def gratitude(tmp_path_factory):
    """A folder with a gratitude of one's own in each language."""
    folder = tmp_path_factory.mktemp("gratitude")
    for code in locales.languages():
        content = b"<p>My own words for {{ case.sender.name }}.</p>"
        fuzzing.file(content, folder, f"{code}/separation/gratitude.html")
    return folder


@pytest.fixture(scope="module")
def apology(tmp_path_factory):
    """Write a French apology into one folder, in which the other templates are compiled once."""
    folder = tmp_path_factory.mktemp("apology")

    def write(content: str) -> Path:
        fuzzing.file(content.encode(), folder, "fr/separation/apology.html")
        return folder

    return write


class TestOwnTemplates:
    """A folder of one's own replaces templates one by one, and a fault in it is said with its file and line."""

    @pytest.fixture
    def own(self, tmp_path):
        def write(name: str, content: str) -> Path:
            fuzzing.file(content.encode(), tmp_path, name)
            return tmp_path

        return write

    def test_one_file_is_replaced_and_the_others_stay(self, example, gratitude):
        case = rupture.load(example)
        built_in = rupture.compose(case).letters[0]
        letter = rupture.compose(case, templates=gratitude).letters[0]
        assert bare(str(letter.part("gratitude"))) == bare(f"My own words for {case.sender.name}.")
        assert [part for part in letter.parts if part.name != "gratitude"] == [
            part for part in built_in.parts if part.name != "gratitude"
        ]
        assert rupture.compose(case).letters[0] == built_in, "the built-in templates are used again without the folder"

    def test_a_file_for_another_language_changes_nothing(self, minimal, own):
        case = rupture.load(minimal("fr-FR"))
        folder = own("en/separation/apology.html", "<p>{{ nothing }}</p>")
        assert rupture.compose(case, templates=folder) == rupture.compose(case)

    @pytest.mark.parametrize(
        ("content", "line", "said"),
        [
            ("<p>one</p>\n<p>{{ nothing }}</p>", 2, "nothing"),
            ("\n\n<p>{{ case.sender.nickname }}</p>", 3, "nickname"),
            ("<p>\n{{ case.relationship.contract.reference }}</p>", 2, ""),
            ("<p>\n{{ case.place }}</p>", 2, "leaves out"),
            ("<p>\n{{ 'x' | shout }}</p>", 2, "shout"),
            ("<p>\n\n{% if %}</p>", 3, ""),
            ("<p>{{ 1</p>", 1, ""),
            ("<p>x</p>\n{% for %}", 2, ""),
            ("<p>x</p>\n<h1>Title</h1>", 2, "<h1>"),
            ("<p>x</p>\n\n<p>an <em>important</em> word</p>", 3, "<em>"),
            ('<p>x</p>\n<img src="http://example.org/x.png">', 2, "<img"),
            ("<p>x\n<p>y</p></p>", 0, "<p>"),
            ("<p>x</p>\nbare words", 0, "bare words"),
            ("<ul><p>x</p></ul>", 1, "<p>"),
            ("<p>x", 1, "<p>"),
            ("<p>x</li>", 1, "</li>"),
            ("<p>a <!-- note --> b</p>", 1, "<!--"),
            ("<P>x</P>", 1, "<P>"),
            ("<p>{{ 1 // 0 }}</p>", 1, "zero"),
            ("<p>{{ case.sender._model }}</p>", 1, "_model"),
            ("<p>{{ ''.__class__ }}</p>", 1, "__class__"),
            ("<p>{{ case.sender.__init__.__globals__ }}</p>", 1, ""),
            ("{% include 'fr/nowhere.html' %}", 1, "nowhere"),
        ],
    )
    def test_a_fault_is_named_with_its_place(self, minimal, apology, content, line, said):
        folder = apology(content)
        with pytest.raises(rupture.TemplateError) as caught:
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)
        message = str(caught.value)
        assert "apology.html" in message
        assert said in message
        if line:
            assert f"apology.html:{line}:" in message

    def test_a_missing_block_is_named(self, minimal, own):
        folder = own("fr/letter.html", "{% block sender %}<p>x</p>{% endblock %}")
        with pytest.raises(rupture.TemplateError, match=r"letter\.html.*no block"):
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)

    def test_a_link_out_of_the_folder_is_not_followed_by_name(self, minimal, apology):
        folder = apology("{% include '../../../etc/passwd' %}")
        with pytest.raises(rupture.TemplateError):
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)

    def test_a_changed_template_is_read_again(self, minimal, own):
        """In a notebook, a template that was corrected is used at the next call."""
        case = rupture.load(minimal("fr-FR"))
        for words in ("first", "second"):
            folder = own("fr/separation/apology.html", f"<p>{words}</p>")
            assert str(rupture.compose(case, templates=folder).letters[0].part("apology")) == words
