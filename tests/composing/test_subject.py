"""The subject of a letter: one line in bold, with a label on the page and without it in an e-mail."""

from __future__ import annotations

import email
from email import policy

import pytest
from reading import bare

import rupture
from rupture.language import languages


def subject_line(document: rupture.Document) -> str:
    message = email.message_from_bytes(rupture.writing.formats.write(document, "eml"), policy=policy.default)
    return str(message["Subject"])


class TestSubject:
    """The subject is a field of the letter; the label stands before it on the page alone."""

    def test_label(self, locale, minimal):
        document = rupture.compose(rupture.load(minimal(locale)))
        letter = document.letters[0]
        label = languages.get(locale[:2]).subject_labels[locale]
        line = bare(str(letter.part("subject"))).partition("\n")[0]
        assert letter.subject[0].isupper()
        assert line.casefold() == bare(label + letter.subject).casefold()
        assert subject_line(document) == letter.subject
        if label:
            assert label.strip(" :") not in letter.subject
        (block,) = letter.part("subject").blocks
        assert all(run.strong for run in block.lines[0])

    def test_both_languages_of_a_twin(self, minimal):
        data = minimal("fr-FR", twin="en-GB", place="Lyon")
        data["relationship"]["service"] = {"fr": "l’entretien du site", "en": "the upkeep of the site"}
        document = rupture.compose(rupture.load(data))
        french, english = (letter.subject for letter in document.letters)
        assert subject_line(document) == f"{french} / {english}"

    @pytest.mark.parametrize(
        ("written", "on_page", "bare_subject"),
        [
            ("fin du contrat", "Objet : fin du contrat", "Fin du contrat"),
            ("fin : le <strong>3</strong> mai", "Objet : fin : le 3 mai", "Fin : le 3 mai"),
            ("{{ case.sender.name }}", "Objet : Atelier Nord", "Atelier Nord"),
        ],
    )
    def test_a_template_of_ones_own_writes_no_label(self, minimal, own_sentences, written, on_page, bare_subject):
        folder = own_sentences(subject=written)
        letter = rupture.compose(rupture.load(minimal("fr-FR")), templates=folder).letters[0]
        assert bare(str(letter.part("subject"))) == bare(on_page)
        assert letter.subject == bare_subject

    def test_an_empty_one_is_refused(self, minimal, own_sentences):
        folder = own_sentences(subject="{# nothing #}")
        with pytest.raises(rupture.TemplateError, match=r"fr/sentences/subject\.html: no wording says anything"):
            rupture.compose(rupture.load(minimal("fr-FR")), templates=folder)
