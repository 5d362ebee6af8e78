"""The small words around words of the user, and where those words come from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rupture.language import languages
from rupture.language.grammar import Phrase, Words, capitalised, last_word, listed, pieces_of, with_particle

FRENCH = languages.get("fr")
ENGLISH = languages.get("en")


def behind(language: languages.Language, name: str, text: str) -> str:
    return str(with_particle(language.particles[name], Words(text, "a.b"), language.sounds))


class TestFrench:
    """A particle is elided before a vowel sound and melts with the article behind it."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("le site", "du site"),
            ("les sites", "des sites"),
            ("la refonte", "de la refonte"),
            ("l’entretien", "de l’entretien"),
            ("l'entretien", "de l'entretien"),
            ("Lyon", "de Lyon"),
            ("Annecy", "d’Annecy"),
            ("Évian", "d’Évian"),
            ("Œuvres", "d’Œuvres"),
            ("Yverdon", "d’Yverdon"),
            ("Yamaha", "de Yamaha"),
            ("Hélène", "d’Hélène"),
            ("Hambourg", "d’Hambourg"),
            ("Hollande", "de Hollande"),
            ("huit pages", "de huit pages"),
            ("onze pages", "de onze pages"),
            ("un site", "d’un site"),
            ("Le Creuset", "de Le Creuset"),
            ("Les Halles", "de Les Halles"),
            ("legs", "de legs"),
            ("lessive", "de lessive"),
            ("SNCF", "de SNCF"),
            ("EDF", "d’EDF"),
            ("12 pages", "de 12 pages"),
            ("« été »", "d’« été »"),
            ("", "de "),
        ],
    )
    def test_de(self, text, expected):
        assert behind(FRENCH, "de", text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"), [("le site", "au site"), ("les sites", "aux sites"), ("Annecy", "à Annecy")]
    )
    def test_a(self, text, expected):
        assert behind(FRENCH, "au", text) == expected

    @pytest.mark.parametrize(("text", "expected"), [("il vient", "qu’il vient"), ("nous venons", "que nous venons")])
    def test_que(self, text, expected):
        assert behind(FRENCH, "que", text) == expected


class TestEnglish:
    """“an” stands before a vowel sound, not before every vowel letter."""

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("site", "a site"),
            ("update", "an update"),
            ("hour", "an hour"),
            ("house", "a house"),
            ("euro", "a euro"),
            ("university", "a university"),
            ("unimportant word", "an unimportant word"),
            ("uninvited guest", "an uninvited guest"),
            ("useful page", "a useful page"),
            ("user", "a user"),
            ("usher", "an usher"),
            ("one-page site", "a one-page site"),
            ("onerous task", "an onerous task"),
            ("SEO audit", "an SEO audit"),
            ("URL", "a URL"),
            ("HTML page", "an HTML page"),
        ],
    )
    def test_a(self, text, expected):
        assert behind(ENGLISH, "a", text) == expected


class TestOrigin:
    """Whatever is done to words of the user, they remember their field."""

    @given(text=st.text(max_size=20))
    def test_particle(self, text):
        for language in (FRENCH, ENGLISH):
            for particle in language.particles.values():
                phrase = with_particle(particle, Words(text, "a.b"), language.sounds)
                own = [piece for piece in phrase.pieces if isinstance(piece, Words)]
                assert [piece.path for piece in own] == ["a.b"]
                assert text.endswith(own[0])
                assert len(str(phrase)) - len(particle.plain) <= len(text) + 1

    def test_phrase_keeps_every_piece(self):
        phrase = with_particle(
            FRENCH.particles["de"], Phrase((Words("le site", "a"), " et ", Words("l'été", "b"))), FRENCH.sounds
        )
        assert str(phrase) == "du site et l'été"
        assert [getattr(piece, "path", None) for piece in phrase.pieces] == [None, "a", None, "b"]

    @pytest.mark.parametrize(
        ("text", "expected"), [("gérante", "Gérante"), ("été", "Été"), ("", ""), ("ABC", "ABC"), ("ßa", "SSa")]
    )
    def test_capitalised(self, text, expected):
        changed = capitalised(Words(text, "a.b"))
        assert (changed, changed.path) == (expected, "a.b")
        assert capitalised(text) == expected
        assert str(capitalised(Phrase((Words(text, "a"), " x")))) == f"{expected} x"

    @pytest.mark.parametrize(
        ("name", "expected"),
        [("Jean Dupont", "Dupont"), ("Cher", "Cher"), ("Anne-Marie van Dyk", "Dyk"), ("Jean Dupont ", "Dupont ")],
    )
    def test_last_word(self, name, expected):
        assert last_word(Words(name, "a.b")) == expected
        assert last_word(Words(name, "a.b")).path == "a.b"

    @pytest.mark.parametrize(
        ("names", "expected"),
        [
            ([], ""),
            (["a"], "a"),
            (["a", "b"], "a & b"),
            (["a", "b", "c"], "a, b, and c"),
            (list("abcd"), "a, b, c, and d"),
        ],
    )
    def test_listed(self, names, expected):
        phrase = listed([Words(name, f"x[{index}]") for index, name in enumerate(names)], ", ", ", and ", " & ")
        assert str(phrase) == expected
        assert [piece.path for piece in phrase.pieces if isinstance(piece, Words)] == [
            f"x[{n}]" for n in range(len(names))
        ]

    def test_pieces(self):
        assert pieces_of("a") == ("a",)
        assert pieces_of(Phrase(("a", "b"))) == ("a", "b")
