"""French sentences: elision, agreement and forms of address, whatever the words that stand in them."""

from __future__ import annotations

from typing import Any

import pytest
from reading import plain_data

import rupture
from rupture.composing.compose import sentences

CASE = """
locale: fr-FR
date: 2026-11-20
sender:
  {name: Clos Vert, trade: jardinier, signatories: [{name: Inès Rault, title: Mme}], phone: 02 40 00 00 00,
   email: ines@clos-vert.example, address: {lines: [1 rue du Lac], town: Nantes, postcode: "44000", country: FR}}
recipient:
  {person: {name: Karine Ollivier, title: Mme}, email: karine@ollivier.example,
   address: {lines: [2 rue du Lac], town: Nantes, postcode: "44000", country: FR}}
relationship: {service: l’entretien de votre jardin, do: entretenir votre jardin, since: 2021}
end: {date: 2027-01-31}
"""
MATTER, REASON, MONEY, NAME = "matters[0]", "reasons[0]", "money[0]", "people[0]"


def said(name: str, **changes: Any) -> tuple[str, ...]:
    """Return every wording of one sentence of a letter, with plain spaces."""
    found = sentences(rupture.load(plain_data("case.yaml", CASE) | changes))[name].wordings
    return tuple(text.replace("\u00a0", " ").replace("\u202f", " ") for text in found if text)


class TestPoints:
    """What is to be done, what was done and what is so."""

    @pytest.mark.parametrize(
        ("point", "text"),
        [
            ({"do": "vous rendre les clés", "on": "2026-12-18"}, "Nous vous rendrons les clés le 18 décembre 2026."),
            ({"do": "ne plus répondre le soir"}, "Nous ne répondrons plus le soir."),
            ({"do": "se charger du portail", "who": "you"}, "Merci de vous charger du portail."),
            ({"do": "ouvrir le portail", "who": "you"}, "Merci d’ouvrir le portail."),
            ({"do": "ouvrir le portail", "who": "you"}, "Pouvez-vous ouvrir le portail ?"),
            ({"do": "ouvrir et nous écrire", "who": "you"}, "Merci d’ouvrir et de nous écrire."),
            (
                {"do": "désigner un successeur et nous indiquer son nom", "who": "you"},
                "Merci de désigner un successeur et de nous indiquer son nom.",
            ),
            ({"do": "pouvoir garder les pots", "who": "you"}, "Vous pourrez garder les pots."),
            ({"do": "fermer l’eau", "who": "les voisins"}, "Les voisins fermeront l’eau."),
            ({"do": "tailler le poirier", "if": "il gèle"}, "Nous taillerons le poirier, s’il gèle."),
            ({"do": "livrer le terreau", "gift": True}, "Nous livrerons le terreau. Nous vous l’offrons."),
            (
                {"do": "nous dire si vous gardez les pots", "who": "you", "by": "2026-12-04"},
                "Merci de nous dire si vous gardez les pots, au plus tard le 4 décembre 2026.",
            ),
            (
                {"do": "rendre le badge", "who": "you", "by": "2026-12-04", "otherwise": "il sera désactivé"},
                "Merci de rendre le badge au plus tard le 4 décembre 2026. À défaut, il sera désactivé.",
            ),
            ({"fact": "le bail court", "until": "2027-03"}, "Le bail court jusqu’à la fin de mars 2027."),
            (
                {"do": "tailler la haie", "from": "2027-03", "until": "2027-10"},
                "De mars à octobre 2027, nous taillerons la haie.",
            ),
            ({"do": "vous laisser les pots", "gift": True}, "Nous vous laisserons les pots, sans frais."),
        ],
    )
    def test_matter(self, point, text):
        assert text in said(MATTER, matters=[point])

    @pytest.mark.parametrize(
        ("point", "text"),
        [
            ({"fact": "le portail reste fermé", "since": "l’été"}, "Depuis l’été, le portail reste fermé."),
            ({"did": "vous écrire", "answer": "unchanged"}, "Nous vous avons écrit. Rien n’a changé depuis."),
            (
                {"did": "proposer une hausse", "on": ["2026-04", "2026-09"], "answer": "refused"},
                "Nous avons proposé une hausse en avril et septembre 2026 ; vous avez décliné les deux fois.",
            ),
            (
                {"did": "venir sur place", "who": "you", "on": "2026-10-09"},
                "Vous êtes venue sur place le 9 octobre 2026.",
            ),
            (
                {"used": {"2026-08": 31, "2026-09": 34}, "included": "24 heures par mois"},
                "Nous étions convenus de 24 heures par mois ; il y en a eu 31 en août 2026 et 34 en septembre.",
            ),
            ({"reason": "no-referrals"}, "Cette décision tient à des choix de développement."),
        ],
    )
    def test_reason(self, point, text):
        assert text in said(REASON, reasons=[point], tone="formal")

    def test_a_woman_who_writes_alone(self):
        assert "Je suis venue sur place." in said(REASON, reasons=[{"did": "venir sur place"}], voice="I")

    def test_the_same_day(self):
        points = [{"do": "finir la haie", "on": "2026-12-18"}, {"do": "couper l’eau", "who": "you", "on": "2026-12-18"}]
        assert "Merci de couper l’eau le même jour." in said("matters[1]", matters=points)


class TestMoney:
    """Sums are told with what is done with them."""

    @pytest.mark.parametrize(
        ("entry", "text"),
        [
            (
                {"what": "les visites payées", "state": "refund", "count": 4, "each": 25, "by": "2026-12-18"},
                (
                    "Pour les visites payées, nous vous rembourserons quatre fois 25 €, soit 100 €, au plus tard le "
                    "18 décembre 2026."
                ),
            ),
            (
                {"what": "l’acompte", "state": "refund", "was": 300, "less": [{"what": "les semis", "amount": 85}]},
                (
                    "Sur les 300 € de l’acompte, il vous revient 215 € après déduction des semis (85 €). Nous vous les "
                    "rembourserons."
                ),
            ),
            ({"what": "les heures en plus", "state": "waived"}, "Nous renonçons aux heures en plus."),
            ({"what": "toutes vos factures", "state": "paid"}, "Toutes vos factures sont réglées."),
            (
                {"what": "la facture d’août", "state": "due", "amount": 600, "due": "2026-09-30", "by": "2026-12-04"},
                (
                    "La facture d’août, soit 600 €, reste à régler ; l’échéance était le 30 septembre. Merci d’en "
                    "faire le règlement au plus tard le 4 décembre 2026."
                ),
            ),
        ],
    )
    def test_sentence(self, entry, text):
        assert text in said(MONEY, money=[entry])


class TestPeople:
    """Whom the reader may turn to, and how they are greeted."""

    @pytest.mark.parametrize(
        ("entry", "text"),
        [
            (
                {"name": "Marc Rio", "for": "tailler", "asked": "agreed", "contact": "marc@rio.example"},
                (
                    "Pour la suite, Marc Rio peut tailler, et est d’accord pour que nous vous donnions son nom : "
                    "marc@rio.example."
                ),
            ),
            (
                {"name": "Les Jardins d’Anna", "place": "Vannes", "for": "reprendre la taille", "from": "2027-02"},
                "Pour la suite, Les Jardins d’Anna, à Vannes, pourraient reprendre la taille à partir de février 2027.",
            ),
            (
                {"name": "Paul Rio", "what": "jardinier", "contact": "06 11 11 11 11", "asked": "told"},
                (
                    "Pour la suite, vous pouvez vous tourner vers Paul Rio, jardinier. Nous lui avons parlé de vous ; "
                    "vous pouvez l’appeler au 06 11 11 11 11."
                ),
            ),
        ],
    )
    def test_provider(self, entry, text):
        assert text in said(NAME, people=[entry], regret="none")

    @pytest.mark.parametrize(
        ("people", "tone", "delivery", "text"),
        [
            ([{"name": "Karine Ollivier", "title": "Mme"}], "formal", "post", "Madame,"),
            ([{"name": "Karine Ollivier", "title": "Mme"}], "plain", "email", "Bonjour Madame Ollivier,"),
            ([{"name": "Karine Ollivier", "title": "Mme"}], "friend", "hand", "Chère Karine,"),
            ([{"name": "Solène Roy", "title": "Dr"}], "formal", "post", "Docteur Roy,"),
            ([{"name": "Solène Roy", "title": "Me"}], "plain", "email", "Maître,"),
            ([{"name": "Camille Delvigne"}], "plain", "email", "Bonjour Camille Delvigne,"),
            ([{"name": "Camille Delvigne"}], "formal", "post", "Madame, Monsieur,"),
            (
                [{"name": "Anne Dugré", "title": "Mme"}, {"name": "Luc Abram", "title": "M."}],
                "plain",
                "post",
                "Madame Dugré, Monsieur Abram,",
            ),
        ],
    )
    def test_greeting(self, people, tone, delivery, text):
        recipient = {"people": people, "email": "x@ollivier.example"}
        address = plain_data("case.yaml", CASE)["recipient"]["address"]
        changes = {"recipient": {**recipient, "address": address}, "tone": tone, "delivery": delivery}
        assert text in said("salutation", **changes)


class TestEnd:
    """What ends, and what the notice is."""

    @pytest.mark.parametrize(
        ("unit", "text"),
        [
            ("visite", "Nous avons décidé d’arrêter l’entretien de votre jardin : la dernière visite aura lieu le "),
            ("passage", "Nous avons décidé d’arrêter l’entretien de votre jardin : le dernier passage aura lieu le "),
        ],
    )
    def test_the_last_one(self, unit, text):
        relationship = {"service": "l’entretien de votre jardin", "unit": unit}
        found = said("decision", relationship=relationship, end={"date": "2027-01-20"})
        assert f"{text}mercredi 20 janvier 2027." in found

    @pytest.mark.parametrize(
        ("how", "text"),
        [
            ("notice", "Nous avons pourtant décidé de mettre fin, le 31 janvier 2027, à notre contrat du 6 mai 2020."),
            ("non-renewal", "Nous avons pourtant décidé de ne pas renouveler notre contrat du 6 mai 2020, qui "),
            ("mutual", "Nous avons décidé ensemble de nous arrêter là : notre contrat du 6 mai 2020 prendra fin le "),
        ],
    )
    def test_behind_a_kind_word(self, how, text):
        relationship = {"service": "l’entretien de votre jardin", "contract": {"signed": "2020-05-06"}}
        thanks = {"for": "vos fleurs"}
        found = said("decision", relationship=relationship, thanks=thanks, end={"date": "2027-01-31", "how": how})
        assert any(each.startswith(text) for each in found)

    def test_the_last_reason(self):
        reasons = [{"did": "vous écrire", "on": "2026-10-09"}, {"fact": "la haie dépasse nos échelles"}]
        found = said("reasons[1]", reasons=reasons)
        assert "La haie dépasse nos échelles. C’est ce qui motive notre décision." in found

    def test_the_end_of_a_month_is_no_last_one(self):
        relationship = {"service": "l’entretien de votre jardin", "unit": "visite"}
        assert not any("visite" in text for text in said("decision", relationship=relationship))

    def test_a_notice_given(self):
        contract = {"name": "le contrat", "notice": "2 months", "clause": "son article 9"}
        relationship = {"service": "l’entretien de votre jardin", "contract": contract}
        found = said("notice", relationship=relationship)
        assert "Cette lettre vaut préavis ; le délai de deux mois que prévoit son article 9 est respecté." in found

    def test_the_trade_in_the_regret(self):
        assert "Nous sommes désolés de vous obliger à changer de jardinier." in said("regret")
