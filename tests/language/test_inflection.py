"""The user's infinitive takes the form that the sentence asks for, and nothing else in it changes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rupture.language import languages
from rupture.language.conjugation import UnknownFormError
from rupture.language.grammar import Computed, Phrase, Words, with_particle
from rupture.language.inflection import clause, known_verb, modal_of, predicate, subject_of, without_modal
from rupture.language.nouns import is_feminine, is_plural

CONJUGATIONS = Path(__file__).parent / "conjugations"
VERBS = {
    code: [line.partition("\t")[0] for line in (CONJUGATIONS / f"{code}.tsv").read_text("utf-8").splitlines()]
    for code in ("fr", "en")
}
FRENCH_PERSONS = ["je", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles"]
ENGLISH_PERSONS = ["I", "you", "he", "she", "it", "we", "they"]


def said(code, words, form, person="", locale="", **agreement):
    subject = subject_of(person, code, **agreement) if person else None
    if person and form not in {"imperative", "infinitive"}:
        return str(clause(Words(words, "a"), form, code, locale, subject))
    return str(predicate(Words(words, "a"), form, code, locale, subject))


class TestFrench:
    """Pronouns and negation stand where French puts them, and are elided where it elides."""

    @pytest.mark.parametrize(
        ("words", "person", "expected"),
        [
            ("vous remettre les clés", "nous", "nous vous remettrons les clés"),
            ("ne plus vous envoyer les plans", "je", "je ne vous enverrai plus les plans"),
            ("ne pas facturer la visite", "nous", "nous ne facturerons pas la visite"),
            ("n'envoyer que deux rappels", "je", "je n’enverrai que deux rappels"),
            ("ne rien facturer", "nous", "nous ne facturerons rien"),
            ("envoyer les plans", "je", "j’enverrai les plans"),
            ("héberger le site", "je", "j’hébergerai le site"),
            ("hisser la grille", "je", "je hisserai la grille"),
            ("s'occuper de la haie", "nous", "nous nous occuperons de la haie"),
            ("s’occuper de la haie", "tu", "tu t’occuperas de la haie"),
            ("y aller lundi", "nous", "nous irons lundi"),
            ("vous en parler", "nous", "nous vous en parlerons"),
            ("l'appeler", "nous", "nous l’appellerons"),
            ("le payer", "je", "je le paierai"),
            ("relire le texte et le corriger", "nous", "nous relirons le texte et le corrigerons"),
            ("trier, puis ranger les outils", "il", "il triera, puis rangera les outils"),
            ("vous aider à choisir et commander", "je", "je vous aiderai à choisir et commander"),
            ("faire suivre le courrier et les colis", "nous", "nous ferons suivre le courrier et les colis"),
            ("remettre le dossier et le courrier", "nous", "nous remettrons le dossier et le courrier"),
            ("bien vouloir signer", "il", "il voudra bien signer"),
            ("remettre les clés", "l'école", "l'école remettra les clés"),
            ("remettre les clés", "Ève et son frère", "Ève et son frère remettront les clés"),
            ("laver, sécher et plier le linge", "nous", "nous laverons, sécherons et plierons le linge"),
            ("préparer le dîner et le servir", "je", "je préparerai le dîner et le servirai"),
            ("Vous rappeler mardi", "je", "je vous rappellerai mardi"),
            ("sous-traiter la pose", "nous", "nous sous-traiterons la pose"),
        ],
    )
    def test_future(self, words, person, expected):
        assert said("fr", words, "future", person) == expected

    @pytest.mark.parametrize(
        ("words", "person", "expected"),
        [
            ("vous envoyer trois rappels", "je", "je vous ai envoyé trois rappels"),
            ("ne pas répondre", "vous", "vous n’avez pas répondu"),
            ("venir deux fois", "nous", "nous sommes venus deux fois"),
            ("passer au dépôt", "je", "je suis passé au dépôt"),
            ("y passer jeudi", "nous", "nous y sommes passés jeudi"),
            ("passer le 18 mars", "nous", "nous sommes passés le 18 mars"),
            ("tout vous rendre", "je", "je vous ai tout rendu"),
            ("simplement vous prévenir", "je", "je vous ai simplement prévenu"),
            ("passer commande", "je", "j’ai passé commande"),
            ("passer vous voir", "je", "je suis passé vous voir"),
            ("se rendre sur place", "elle", "elle s’est rendue sur place"),
            ("se permettre un rappel", "nous", "nous nous sommes permis un rappel"),
            ("nous réserver une date", "nous", "nous nous sommes réservé une date"),
            ("vous les remettre", "nous", "nous vous les avons remis"),
            ("vous la remettre", "nous", "nous vous l’avons remise"),
            ("les faire venir", "nous", "nous les avons fait venir"),
            ("relire et corriger le texte", "nous", "nous avons relu et corrigé le texte"),
            ("relire le texte et l'envoyer", "nous", "nous avons relu le texte et l’avons envoyé"),
            ("arriver en retard", "la livraison", "la livraison est arrivée en retard"),
            ("être refusé", "il", "il a été refusé"),
        ],
    )
    def test_past(self, words, person, expected):
        assert said("fr", words, "past", person) == expected

    @pytest.mark.parametrize(
        ("words", "person", "expected"),
        [
            ("nous remettre les clés", "vous", "remettez-nous les clés"),
            ("nous les remettre", "vous", "remettez-les-nous"),
            ("ne plus nous envoyer de plans", "vous", "ne nous envoyez plus de plans"),
            ("vous adresser à la mairie", "vous", "adressez-vous à la mairie"),
            ("s'adresser à la mairie", "tu", "adresse-toi à la mairie"),
            ("m'envoyer la liste", "tu", "envoie-moi la liste"),
            ("m'en parler", "tu", "parle-m’en"),
            ("y aller", "tu", "vas-y"),
            ("l'appeler", "vous", "appelez-le"),
            ("être là à midi", "vous", "soyez là à midi"),
            ("offrir un café", "tu", "offre un café"),
            ("relire le texte et le signer", "vous", "relisez le texte et signez-le"),
        ],
    )
    def test_imperative(self, words, person, expected):
        assert said("fr", words, "imperative", person) == expected

    @pytest.mark.parametrize(
        ("words", "form", "person", "expected"),
        [
            ("pouvoir venir", "present", "vous", "vous pouvez venir"),
            ("pouvoir venir", "conditional", "je", "je pourrais venir"),
            ("ne plus assurer la garde", "gerund", "", "n’assurant plus la garde"),
            ("s'occuper du parc", "infinitive", "nous", "nous occuper du parc"),
            ("ne plus s'en occuper", "infinitive", "je", "ne plus m’en occuper"),
            ("tondre la pelouse", "imperfect", "je", "je tondais la pelouse"),
            ("tondre", "participle", "", "tondu"),
        ],
    )
    def test_other_forms(self, words, form, person, expected):
        assert said("fr", words, form, person) == expected

    @pytest.mark.parametrize(
        ("words", "expected"), [("le faire", "de le faire"), ("envoyer", "d’envoyer"), ("les lire", "de les lire")]
    )
    def test_de_before_an_infinitive(self, words, expected):
        french = languages.get("fr")
        assert str(with_particle(french.particles["de_faire"], Words(words, "a"), french.sounds)) == expected

    @given(
        verb=st.sampled_from(VERBS["fr"]),
        person=st.sampled_from(FRENCH_PERSONS),
        form=st.sampled_from(["present", "future", "past", "conditional", "imperfect"]),
        rest=st.text("abcdé ", max_size=12).map(lambda text: f" du {text}"),
    )
    def test_the_rest_stays_word_for_word(self, verb, person, form, rest):
        result = said("fr", f"vous {verb}{rest}", form, person)
        assert result.endswith(rest)
        assert " vous " in result or "’" in result or person == "vous"
        assert verb not in result.removesuffix(rest).split() or form == "infinitive"


class TestEnglish:
    """Auxiliaries stand in front, “not” behind the first of them, and verbs keep their particles."""

    @pytest.mark.parametrize(
        ("words", "form", "person", "expected"),
        [
            ("send you the list", "future", "we", "we will send you the list"),
            ("not share the list", "future", "I", "I will not share the list"),
            ("not share the list", "past", "I", "I did not share the list"),
            ("not share the list", "gerund", "", "not sharing the list"),
            ("not share the list", "present", "it", "it does not share the list"),
            ("not share the list", "infinitive", "", "not to share the list"),
            ("not share the list", "imperative", "", "do not share the list"),
            ("no longer send the report", "future", "we", "we will no longer send the report"),
            ("no longer send the report", "gerund", "", "no longer sending the report"),
            ("personally hand over the files", "past", "I", "I personally handed over the files"),
            ("supply the parts", "past", "we", "we supplied the parts"),
            ("to find another agent", "gerund", "", "finding another agent"),
            ("be on site", "past", "we", "we were on site"),
            ("be on site", "present", "I", "I am on site"),
            ("not be on site", "past", "the keys and the badge", "the keys and the badge were not on site"),
            ("have the gate repaired", "perfect", "he", "he has had the gate repaired"),
            ("do the accounts", "past", "we", "we did the accounts"),
            ("set up the account", "gerund", "", "setting up the account"),
            ("tie up the loose ends", "gerund", "", "tying up the loose ends"),
            ("re-send the file", "past", "we", "we re-sent the file"),
            ("hand-deliver the keys", "past", "we", "we hand-delivered the keys"),
            ("overpay", "past", "you", "you overpaid"),
            ("return the key and collect the boxes", "past", "you", "you returned the key and collected the boxes"),
            ("clean, iron and fold the shirts", "past", "we", "we cleaned, ironed and folded the shirts"),
            ("send cards, paper and all pens", "past", "we", "we sent cards, paper and all pens"),
            ("ask you to sign the form and send it", "past", "we", "we asked you to sign the form and send it"),
            (
                "tell us whether we keep or delete the files",
                "past",
                "you",
                "you told us whether we keep or delete the files",
            ),
            ("help you find a tutor and book the exam", "past", "I", "I helped you find a tutor and book the exam"),
            ("can keep and reuse every article", "gerund", "", "being able to keep and reuse every article"),
            ("Return the keys", "past", "you", "you returned the keys"),
            ("return the keys and tools", "past", "you", "you returned the keys and tools"),
            ("cancel the card and with it the fee", "past", "we", "we cancelled the card and with it the fee"),
            ("can collect the boxes", "future", "you", "you can collect the boxes"),
            ("can collect the boxes", "gerund", "", "being able to collect the boxes"),
            ("cannot take new work", "past", "we", "we could not take new work"),
            ("must sign the form", "past", "you", "you had to sign the form"),
            ("need to sign the form", "future", "you", "you will need to sign the form"),
            ("return the keys", "future", "the next engineer", "the next engineer will return the keys"),
            ("return the keys", "present", "the tenants", "the tenants return the keys"),
        ],
    )
    def test_forms(self, words, form, person, expected):
        assert said("en", words, form, person, "en-GB") == expected

    def test_spelling_is_the_locale_s(self):
        assert said("en", "cancel the order", "gerund", locale="en-GB") == "cancelling the order"
        assert said("en", "cancel the order", "gerund", locale="en-US") == "canceling the order"
        assert said("en", "get the keys", "perfect", "we", "en-US") == "we have gotten the keys"

    @pytest.mark.parametrize(
        ("words", "modal", "base"),
        [
            ("can collect the boxes", "can", "collect the boxes"),
            ("cannot stay", "can", "not stay"),
            ("must sign", "must", "sign"),
            ("sign", "", "sign"),
            ("to sign", "", "sign"),
        ],
    )
    def test_modal(self, words, modal, base):
        assert modal_of(Words(words, "a"), "en") == modal
        assert without_modal(Words(words, "a"), "en") == base

    @given(
        verb=st.sampled_from(VERBS["en"]),
        person=st.sampled_from(ENGLISH_PERSONS),
        form=st.sampled_from(["present", "future", "past", "perfect", "conditional", "continuous"]),
        rest=st.text("qxz ", max_size=12).map(lambda text: f" the {text}"),
    )
    def test_the_rest_stays_word_for_word(self, verb, person, form, rest):
        assert said("en", f"{verb}{rest}", form, person).endswith(rest)


class TestOrigin:
    """Words of the user keep their field, and what is computed stays computed."""

    def test_words(self):
        phrase = clause(Words("vous remettre les clés", "matters[0].do"), "future", "fr", "", subject_of("nous", "fr"))
        assert phrase.pieces == ("nous ", "vous remettrons les clés")
        assert phrase.pieces[1].path == "matters[0].do"

    def test_subject_of_the_user(self):
        who = Words("the next engineer", "matters[0].who")
        phrase = clause(Words("not call", "matters[0].do"), "future", "en", "en-GB", subject_of(who, "en"))
        assert [getattr(piece, "path", None) for piece in phrase.pieces] == [
            "matters[0].who",
            None,
            None,
            "matters[0].do",
        ]

    def test_computed_pieces_stay(self):
        words = Phrase((Words("payer ", "a"), Computed("600 €"), Words(" et signer le reçu", "a")))
        phrase = predicate(words, "future", "fr", "", subject_of("vous", "fr"))
        assert phrase.pieces == ("paierez ", "600 €", " et signerez le reçu")
        assert [type(piece) for piece in phrase.pieces] == [Words, Computed, Words]


class TestKnown:
    """A phrase that begins with no infinitive is told apart."""

    @pytest.mark.parametrize("words", ["blobber le site", "ne plus vous envoyer", "en parler", "sous-traiter la pose"])
    def test_french(self, words):
        assert known_verb(words, "fr")

    @pytest.mark.parametrize(
        "words", ["la remise des clés", "remettons les clés", "les clés", "", "le courrier", "remis"]
    )
    def test_not_french(self, words):
        assert not known_verb(words, "fr")
        with pytest.raises(UnknownFormError, match="does not begin with an infinitive"):
            predicate(words, "infinitive", "fr")

    @pytest.mark.parametrize(
        "words", ["send it", "can send it", "not send it", "onboard the new tutor", "bring it", "need it"]
    )
    def test_english(self, words):
        assert known_verb(words, "en")

    @pytest.mark.parametrize(
        "words", ["the keys", "sending it", "sent it", "returned it", "returns it", "", "your keys"]
    )
    def test_not_english(self, words):
        assert not known_verb(words, "en")

    @pytest.mark.parametrize("code", ["fr", "en"])
    def test_verbs_of_letters(self, code):
        assert [verb for verb in VERBS[code] if not known_verb(verb, code)] == []

    def test_form(self):
        with pytest.raises(UnknownFormError, match="no form 'pluperfect'"):
            predicate("send it", "pluperfect", "en", "", subject_of("we", "en"))
        with pytest.raises(UnknownFormError, match="needs a person"):
            predicate("envoyer", "future", "fr")


class TestNumber:
    """A verb agrees with what its subject shows."""

    @pytest.mark.parametrize(
        "words",
        ["les clés", "nos délais", "deux cartons", "la cour et le jardin", "12 cartons", "vous", "plusieurs plans"],
    )
    def test_french_plural(self, words):
        assert is_plural(words, "fr")

    @pytest.mark.parametrize(
        "words",
        [
            "la clé",
            "l'entretien et le nettoyage de la cour"[:11],
            "le contrat d’entretien et de nettoyage",
            "chaque carton",
        ],
    )
    def test_french_singular(self, words):
        assert not is_plural(words, "fr")

    @pytest.mark.parametrize(
        "words",
        [
            *(
                "the keys",
                "the keys and the badge",
                "Stages 1 and 2",
                "children",
                "you",
                "two boxes",
                "your team and ours",
            ),
            *("the keys to the flat", "all files", "the people on the list", "keys and badge", "the photos we took"),
        ],
    )
    def test_english_plural(self, words):
        assert is_plural(words, "en")

    @pytest.mark.parametrize(
        "words",
        [
            *(
                "the address",
                "the news",
                "Stage 1",
                "the key to the gates",
                "every key",
                "the status",
                "the list of keys",
            ),
            *("your business", "the analysis", "a gas boiler", "the cleaner’s bus"),
        ],
    )
    def test_english_singular(self, words):
        assert not is_plural(words, "en")

    def test_feminine(self):
        assert is_feminine("la remise", "fr")
        assert not is_feminine("le dossier", "fr")
        assert not is_feminine("the house", "en")
