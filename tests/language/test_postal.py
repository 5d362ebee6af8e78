"""The town's line of an address, by the post of the country it is sent to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reading import bare, block_lines

from rupture.language.grammar import Phrase, Words, pieces_of
from rupture.language.postal import address_lines

STREET = ("12 rue des Tanneurs",)


def lines(country: str, name: str = "", **fields: str) -> list[str]:
    return [str(line).replace("\u00a0", "_") for line in address_lines(STREET, fields, country, name)]


class TestTownLine:
    """Postcode, town and region stand where the post of that country wants them."""

    @pytest.mark.parametrize(
        ("country", "fields", "expected"),
        [
            ("FR", {"postcode": "69007", "town": "Lyon"}, ["69007 LYON"]),
            ("FR", {"town": "Saint-Étienne"}, ["SAINT-ÉTIENNE"]),
            ("BE", {"postcode": "5000", "town": "Namur"}, ["5000 Namur"]),
            ("CH", {"postcode": "1003", "town": "Lausanne"}, ["1003 Lausanne"]),
            ("DE", {"postcode": "10115", "town": "Berlin"}, ["10115 Berlin"]),
            ("US", {"postcode": "12207", "town": "Albany", "region": "NY"}, ["Albany, NY 12207"]),
            ("US", {"town": "Albany", "region": "NY"}, ["Albany, NY"]),
            ("US", {"postcode": "12207", "town": "Albany"}, ["Albany 12207"]),
            ("CA", {"postcode": "B3J 1S9", "town": "Halifax", "region": "NS"}, ["Halifax NS_ B3J 1S9"]),
            ("CA", {"postcode": "G1R 4S9", "town": "Québec", "region": "Québec"}, ["Québec (Québec)_ G1R 4S9"]),
            ("CA", {"postcode": "G1R 4S9", "town": "Québec"}, ["Québec_ G1R 4S9"]),
            ("GB", {"postcode": "ls1 4dy", "town": "Leeds"}, ["LEEDS", "LS1 4DY"]),
            ("GB", {"town": "Leeds"}, ["LEEDS"]),
            ("XX", {"town": "Ailleurs"}, ["Ailleurs"]),
        ],
    )
    def test_lines(self, country, fields, expected):
        assert lines(country, **fields) == [*STREET, *expected]

    def test_country_abroad_is_the_last_line(self):
        assert lines("DE", "ALLEMAGNE", postcode="10115", town="Berlin")[-1] == "ALLEMAGNE"

    @given(
        country=st.sampled_from(["FR", "BE", "CH", "CA", "US", "GB", "DE", "JP"]),
        fields=st.fixed_dictionaries(
            {"town": st.text(min_size=1, max_size=9)},
            optional={"postcode": st.text(min_size=1, max_size=9), "region": st.text(min_size=1, max_size=9)},
        ),
    )
    def test_words_keep_their_field_and_none_is_lost(self, country, fields):
        marked = {name: Words(value, f"address.{name}") for name, value in fields.items()}
        told = [piece for line in address_lines(STREET, marked, country, "") for piece in pieces_of(line)]
        found = {piece.path: bare(piece) for piece in told if isinstance(piece, Words)}
        shown = {name for name in fields if name != "region" or country in {"US", "CA"}}
        assert found == {f"address.{name}": bare(fields[name]) for name in shown}
        assert all(isinstance(line, str | Phrase) for line in address_lines(STREET, marked, country, ""))


class TestInLetter:
    """A letter names the country only where it is sent abroad, and shows every line of an address."""

    @pytest.mark.parametrize(("country", "abroad"), [("FR", False), ("BE", True)])
    def test_abroad(self, minimal, letter_of, country, abroad):
        address = {"lines": ["Bâtiment A", "1 rue Neuve"], "postcode": "5000", "town": "Namur", "country": country}
        data = minimal(recipient={"organisation": "Boréal SARL", "address": address})
        letter = letter_of(data)
        told = list(block_lines([letter.part("recipient")]))
        assert told[:3] == ["Boréal SARL", "Bâtiment A", "1 rue Neuve"]
        assert (told[-1] == "BELGIQUE") == abroad
        assert "FRANCE" not in list(block_lines([letter.part("sender")]))

    def test_at_most_the_lines_that_the_window_takes(self, example, letter_of):
        assert len(list(block_lines([letter_of(example).part("recipient")]))) <= 7
