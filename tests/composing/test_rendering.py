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

OWN = "{% block one %}\nMy own words for {{ case.sender.name }}.\n{% endblock %}"


@pytest.fixture(scope="module")
def decision(tmp_path_factory):
    """A folder with a decision of one's own in each language."""
    folder = tmp_path_factory.mktemp("decision")
    for code in locales.languages():
        fuzzing.file(OWN.encode(), folder, f"{code}/sentences/decision.html")
    return folder


@pytest.fixture(scope="module")
def faulty(tmp_path_factory):
    """Write a French decision into one folder, in which the other templates are compiled once."""
    folder = tmp_path_factory.mktemp("faulty")

    def write(content: str) -> Path:
        fuzzing.file(f"{{% block one %}}{content}".encode(), folder, "fr/sentences/decision.html")
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

    def test_one_file_is_replaced_and_the_others_stay(self, example, decision):
        case = rupture.load(example)
        built_in = rupture.compose(case).letters[0]
        letter = rupture.compose(case, templates=decision).letters[0]
        assert bare(f"My own words for {case.sender.name}.") in bare(str(letter.part("opening")))
        assert [part for part in letter.parts if part.name != "opening"] == [
            part for part in built_in.parts if part.name != "opening"
        ]
        assert rupture.compose(case).letters[0] == built_in, "the built-in templates are used again without the folder"

    def test_a_file_for_another_language_changes_nothing(self, minimal, own):
        case = rupture.load(minimal("fr-FR"))
        folder = own("en/sentences/decision.html", "{% block one %}{{ nothing }}{% endblock %}")
        assert rupture.compose(case, templates=folder) == rupture.compose(case)

    @pytest.mark.parametrize(
        ("content", "line", "said"),
        [
            ("one\n{{ nothing }}{% endblock %}", 2, "nothing"),
            ("\n\n{{ case.sender.nickname }}{% endblock %}", 3, "nickname"),
            ("\n{{ case.relationship.contract.name }}{% endblock %}", 2, ""),
            ("\n{{ case.place }}{% endblock %}", 2, "leaves out"),
            ("\n{{ case.end.date }}{% endblock %}", 2, "date_of()"),
            ("\n{{ case.sender }}{% endblock %}", 2, "one of its fields"),
            ("\n{{ 'x' | shout }}{% endblock %}", 2, "shout"),
            ("\n\n{% if %}{% endblock %}", 3, ""),
            ("{{ 1{% endblock %}", 1, ""),
            ("x\n{% for %}", 2, ""),
            ("x\n<h1>Title</h1>{% endblock %}", 2, "<h1>"),
            ("x\n\nan <em>important</em> word{% endblock %}", 3, "<em>"),
            ('x\n<img src="http://example.org/x.png">{% endblock %}', 2, "<img"),
            ("x\n<p>y</p>{% endblock %}", 2, "<p>"),
            ("x<br>y{% endblock %}", 1, "<br>"),
            ("<table><tr><td>x</td></tr>{% endblock %}", 1, "<table>"),
            ("<ul><p>x</p></ul>{% endblock %}", 1, "<p>"),
            ("<strong>x{% endblock %}", 1, "</p>"),
            ("x</strong>{% endblock %}", 1, "</strong>"),
            ("a <!-- note --> b{% endblock %}", 1, "<!--"),
            ("{{ 1 // 0 }}{% endblock %}", 1, "zero"),
            ("{{ case.sender._model }}{% endblock %}", 1, "_model"),
            ("{{ ''.__class__ }}{% endblock %}", 1, "__class__"),
            ("{{ case.sender.__init__.__globals__ }}{% endblock %}", 1, ""),
            ("{% include 'fr/nowhere.html' %}{% endblock %}", 1, "nowhere"),
            ("{% include '../../../etc/passwd' %}{% endblock %}", 0, "passwd"),
            ("{% endblock %}", 0, "no wording says anything"),
        ],
    )
    def test_a_fault_is_named_with_its_place(self, minimal, faulty, content, line, said):
        folder = faulty(content)
        with pytest.raises(rupture.TemplateError) as caught:
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)
        message = str(caught.value)
        assert "decision.html" in message
        assert said in message
        if line:
            assert f"decision.html:{line}:" in message

    def test_a_missing_block_is_named(self, minimal, own):
        folder = own("fr/letter.html", "{% block sender %}<p>x</p>{% endblock %}")
        with pytest.raises(rupture.TemplateError, match=r"letter\.html.*no block"):
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)

    def test_a_changed_template_is_read_again(self, minimal, own):
        """In a notebook, a template that was corrected is used at the next call, and so are its new wordings."""
        case = rupture.load(minimal("fr-FR"))
        for content, words in (("one %}first", "First."), ("two %}second", "Second.")):
            folder = own("fr/sentences/decision.html", f"{{% block {content}{{% endblock %}}")
            assert words in str(rupture.compose(case, templates=folder).letters[0].part("opening"))
