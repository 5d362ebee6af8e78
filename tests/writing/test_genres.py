"""Four genres, by delivery and tone: each has its own head, look and end, in each language."""

from __future__ import annotations

import pytest

import rupture
from rupture.letter.blocks import Bullets, Paragraph

LOCALES = ("en-US", "en-GB", "fr-FR", "fr-CA")
PEOPLE = [{"name": "Honor Lane", "title": "mrs", "role": "trustee"}, {"name": "Giles Petit", "title": "dr"}]
TASKS = {
    "en": ["sign the form", "choose an agent", "collect the keys"],
    "fr": ["signer le bail", "choisir un agent", "venir"],
}


@pytest.fixture
def composed(minimal):
    """Compose a case with somebody to write to: ``composed("en-US", tone="friend")``."""

    def make(locale, recipient=None, **more):
        data = minimal(locale, **more)
        data["recipient"] = {
            "person": {"name": "Camille Delvigne"},
            "address": {"lines": ["4 quai Rambaud"], "postcode": "69002", "town": "Lyon", "country": "FR"},
            "email": "camille@delvigne.example",
            **(recipient or {}),
        }
        data["sender"] |= {"email": "nord@atelier.example", "phone": "04 78 00 00 00"}
        data["sender"]["signatories"][0]["role"] = "photographe" if locale.startswith("fr") else "photographer"
        data["matters"] = [
            {"who": "you", "do": task, "by": f"2026-12-0{day}"} for day, task in enumerate(TASKS[locale[:2]], 1)
        ]
        return rupture.compose(rupture.load(data)).letters[0]

    return make


def names(letter):
    return {part.name for part in letter.parts}


def lines(letter, part):
    return str(letter.part(part)).splitlines()


@pytest.mark.parametrize("locale", LOCALES)
class TestGenres:
    """What stands around the text fits how it is sent, and to whom."""

    @pytest.mark.parametrize("tone", ["formal", "plain"])
    def test_letter(self, composed, locale, tone):
        letter = composed(locale, tone=tone)
        assert {"sender", "recipient", "place-date", "subject"} <= names(letter)
        assert lines(letter, "signature")[0] == "Claire Martin"
        assert "04 78 00 00 00" not in str(letter.part("signature"))

    @pytest.mark.parametrize("tone", ["formal", "plain"])
    def test_email(self, composed, locale, tone):
        letter = composed(locale, tone=tone, delivery="email")
        assert {"sender", "recipient", "return-address"}.isdisjoint(names(letter))
        role = "Photographe" if locale.startswith("fr") else "Photographer"
        assert lines(letter, "signature") == ["Claire Martin", role, "Atelier Nord", *lines(letter, "signature")[3:]]
        assert [line.replace("\xa0", " ") for line in lines(letter, "signature")[3:]] == [
            "04 78 00 00 00",
            "nord@atelier.example",
        ]
        assert str(letter.part("subject")).startswith(("Subject: ", "Objet"))
        order = [part.name for part in letter.parts]
        assert order.index("subject") < order.index("salutation")

    def test_email_between_friends(self, composed, locale):
        letter = composed(locale, tone="friend", delivery="email")
        assert [line.replace("\xa0", " ") for line in lines(letter, "signature")] == ["Claire", "04 78 00 00 00"]

    def test_letter_between_friends(self, composed, locale):
        letter = composed(locale, tone="friend")
        assert {"sender", "subject", "return-address"}.isdisjoint(names(letter))
        assert lines(letter, "signature") == ["Claire"]

    @pytest.mark.parametrize("delivery", ["post", "email"])
    def test_no_labels_and_no_lists_between_friends(self, composed, locale, delivery):
        letter = composed(locale, tone="friend", delivery=delivery)
        blocks = [block for part in letter.parts for block in part.blocks]
        assert not [block for block in blocks if isinstance(block, Bullets)]
        assert not [block for block in blocks if isinstance(block, Paragraph) and block.label]

    def test_several_people(self, composed, locale):
        letter = composed(locale, {"person": None, "people": PEOPLE})
        told = lines(letter, "recipient")
        assert [line for line in told if line.endswith(("Lane", "Petit"))] == told[:1] + told[2:3]
        assert told[1] == "Trustee"
        assert all(len(line.split()) == 3 for line in (told[0], told[2])), "each behind a title"

    def test_without_an_address(self, composed, locale):
        letter = composed(locale, {"address": None})
        assert lines(letter, "recipient") == ["Camille Delvigne"]

    @pytest.mark.parametrize("for_what", ["receipt", "agreement"])
    def test_a_place_to_sign_for_each(self, composed, locale, for_what):
        letter = composed(locale, {"person": None, "people": PEOPLE}, countersign=for_what)
        said, *places = letter.part("countersignature").blocks
        assert (
            "receipt" in str(letter.part("countersignature"))
            or "réception" in str(said.lines)
            or for_what == "agreement"
        )
        assert len(places) == len(PEOPLE)
        for place, person in zip(places, PEOPLE, strict=True):
            (name, form) = ("".join(run.text for run in line) for line in place.lines)
            assert name.endswith(person["name"])
            assert form.count("________") >= 2


class TestOrganisationAlone:
    """Where nobody is named, somebody signs for the firm, and writes their name."""

    def test_name_to_fill_in(self, composed):
        letter = composed("en-GB", {"person": None, "organisation": "Boréal SARL"}, countersign="agreement")
        said, place = letter.part("countersignature").blocks
        assert said
        assert str("".join(run.text for run in place.lines[0])) == "Boréal SARL"
        assert len(place.lines) == 3
