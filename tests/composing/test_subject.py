"""The subject of a letter: one line, with a label on the page and without it in an e-mail."""

from __future__ import annotations

import email
from email import policy

import pytest
from reading import bare

import rupture
from rupture.language import languages

WITH_COLON = {"fr": "la refonte : accueil et boutique", "en": "the redesign: shop and home page"}


def subject_line(document: rupture.Document) -> str:
    message = email.message_from_bytes(rupture.writing.formats.write(document, "eml"), policy=policy.default)
    return str(message["Subject"])


class TestSubject:
    """The subject is a field of the letter; the label stands before it on the page alone."""

    def test_one_with_a_colon_of_its_own(self, locale, minimal):
        words = WITH_COLON[locale[:2]]
        case = rupture.load(minimal(locale, message="decline", end=None, enquiry={"what": words, "date": "2026-11-02"}))
        document = rupture.compose(case)
        letter = document.letters[0]
        label = languages.get(case.language).subject_labels[locale]
        line = bare(str(letter.part("subject"))).partition("\n")[0]
        assert bare(words) in bare(letter.subject)
        assert letter.subject[0].isupper()
        assert line.casefold() == bare(label + letter.subject).casefold()
        assert subject_line(document) == letter.subject
        if label:
            assert label.strip(" :") not in letter.subject

    def test_two_dates_in_british_english(self, minimal):
        """The header once lost everything before the colon."""
        invitation = {"medium": "phone", "dates": ["2026-12-07", "2026-12-17"], "answer_by": "2026-12-01"}
        case = rupture.load(minimal("en-GB", message="conversation", end=None, invitation=invitation))
        said = "A conversation about our work together: 7 December or 17 December 2026"
        assert subject_line(rupture.compose(case)) == said

    def test_both_languages_of_a_twin(self, minimal):
        data = minimal("fr-FR", twin="en-GB", place="Lyon")
        data["relationship"]["service"] = {"fr": "l’entretien du site", "en": "the upkeep of the site"}
        document = rupture.compose(rupture.load(data))
        french, english = (letter.subject for letter in document.letters)
        assert subject_line(document) == f"{french} / {english}"

    @pytest.mark.parametrize(
        ("written", "on_page", "bare_subject"),
        [
            ("<p><strong>fin du contrat</strong></p>", "Objet : fin du contrat", "Fin du contrat"),
            ("<p>fin : le <strong>3</strong> mai</p>", "Objet : fin : le 3 mai", "Fin : le 3 mai"),
            ("<p>{{ case.sender.name }}</p>", "Objet : Atelier Nord", "Atelier Nord"),
            ("<p>fin<br>contrat 7</p>", "Objet : fin\ncontrat 7", "Fin"),
        ],
    )
    def test_a_template_of_ones_own_writes_no_label(self, minimal, tmp_path, written, on_page, bare_subject):
        (tmp_path / "fr" / "separation").mkdir(parents=True)
        (tmp_path / "fr" / "separation" / "subject.html").write_text(written, "utf-8")
        letter = rupture.compose(rupture.load(minimal("fr-FR")), templates=tmp_path).letters[0]
        assert bare(str(letter.part("subject"))) == bare(on_page)
        assert letter.subject == bare_subject

    def test_an_empty_one_is_refused(self, minimal, tmp_path):
        (tmp_path / "fr" / "separation").mkdir(parents=True)
        (tmp_path / "fr" / "separation" / "subject.html").write_text("{# nothing #}", "utf-8")
        with pytest.raises(rupture.TemplateError, match=r"fr/separation/subject\.html: .*empty: every letter needs"):
            rupture.compose(rupture.load(minimal("fr-FR")), templates=tmp_path)
