"""An address that the window would hide, or the post refuse, holds the letter back."""

from __future__ import annotations

import pypdfium2
import pytest

import rupture
from rupture.page import layouts, measuring


@pytest.fixture
def addressed(starter):
    """Return a case whose recipient has that organisation and that address."""

    def make(locale="fr-FR", organisation="Boréal SARL", lines=("4 quai Rambaud",), country="FR", **more):
        data = starter(locale) | more
        address = {"lines": list(lines), "postcode": "69002", "town": "Lyon", "country": country}
        if country in {"US", "CA"}:
            address["region"] = "NY" if country == "US" else "QC"
        data["recipient"] = {"organisation": organisation, "person": {"name": "Jean Dupont"}, "address": address}
        return rupture.load(data)

    return make


def codes(case):
    form = {"address.postcode", "address.region", "address.punctuation"}
    found = [finding.code for finding in rupture.review(case) if finding.code.startswith("address.")]
    return [code for code in found if code not in form]


def test_a_plain_address_has_no_findings(addressed):
    assert codes(addressed()) == []


def test_more_lines_than_the_window_shows(addressed):
    case = addressed(lines=["Bâtiment C", "Résidence du Parc", "128 boulevard de la Croix", "BP 12"], country="BE")
    with pytest.raises(rupture.HeldBack) as held:
        rupture.render(case, "pdf")
    assert "address.window" in str(held.value)
    assert "8 lignes" in str(held.value)


def test_a_line_too_wide_counts_as_the_rows_it_takes(addressed):
    wide = "COMPAGNIE MARITIME DES MESSAGERIES WAGNER WOLFF WINKELMANN WEHRMANN"
    lines = ["BÂTIMENT C", "RÉSIDENCE DU PARC", "128 BOULEVARD"]
    assert "address.window" not in codes(addressed("fr-BE", "COMPAGNIE MARITIME", lines, "BE"))
    assert "address.window" in codes(addressed("fr-BE", wide, lines, "BE"))


@pytest.mark.parametrize(
    ("country", "characters", "found"),
    [("FR", 38, []), ("FR", 39, ["address.width"]), ("CA", 39, []), ("CA", 40, ["address.width"]), ("BE", 44, [])],
)
def test_the_characters_that_a_post_takes(addressed, country, characters, found):
    street = ("12 rue " + "il " * 20)[: characters - 1] + "x"
    assert codes(addressed("fr-FR", lines=[street], country=country)) == found


def test_the_finding_names_the_field(addressed):
    case = addressed(organisation="Syndicat des copropriétaires du Clos Royal")
    (finding,) = (f for f in rupture.review(case) if f.code == "address.width")
    assert finding.path == "recipient.organisation"
    assert finding.severity == "error"


def test_an_email_has_no_window(addressed):
    lines = ["un", "deux", "trois", "quatre"]
    assert codes(addressed(lines=lines, country="BE", delivery="email")) == []


def test_a_return_address_on_one_line(addressed, starter):
    assert codes(addressed(paper={"return_address": True})) == []
    sender = starter("fr-FR")["sender"] | {"name": "Établissements Montgolfier, Fontvieille et compagnie"}
    assert codes(addressed(paper={"return_address": True}, sender=sender)) == ["address.return"]


#: One layout for each width of the recipient's lines.
WIDTHS = {layouts.get(name).boxes["recipient"].width: name for name in layouts.names()}


@pytest.mark.parametrize("layout", WIDTHS.values())
@pytest.mark.parametrize(
    "line",
    [
        "128 boulevard de la Croix-Rousse",
        "COMPAGNIE GÉNÉRALE DES EAUX MINÉRALES DU ROYAUME DE BELGIQUE",
        "Association des propriétaires de la résidence du Grand Mesnil",
    ],
)
def test_rows_are_counted_as_the_pdf_sets_them(addressed, layout, line):
    case = addressed("en-GB", lines=[line], country="BE", paper={"layout": layout}, organisation="Boréal")
    box = layouts.get(layout).boxes["recipient"]
    with pypdfium2.PdfDocument(rupture.render(case, "pdf")) as pdf:
        text = pdf[0].get_textpage().get_text_bounded()
    lines = text.splitlines()
    first = next(i for i, row in enumerate(lines) if line.startswith(row.strip()) and row.strip())
    last = next(i for i, row in enumerate(lines) if "69002" in row)
    assert measuring.rows(line, box.width) == last - first, lines[first:last]


class TestForm:
    """An address has the form that the post of its country gives it."""

    @staticmethod
    def found(starter, **address):
        data = starter("en-GB")
        data["recipient"]["address"] = {"lines": ["1 Mill Road"], "town": "Somewhere"} | address
        return {f.code: f.path for f in rupture.review(rupture.load(data)) if f.code.startswith("address.")}

    @pytest.mark.parametrize(
        ("country", "good", "bad"),
        [
            ("FR", "69002", "6902"),
            ("BE", "1000", "01000"),
            ("CH", "1003", "CH-1003"),
            ("US", "04101-1234", "4101"),
            ("CA", "G1R 4S9", "G1R 4SO0"),
            ("GB", "LS1 4DY", "0LS1"),
        ],
    )
    def test_postcode(self, starter, country, good, bad):
        more = {"region": "ME"} if country in {"US", "CA"} else {}
        assert self.found(starter, country=country, postcode=good, **more) == {}
        wrong = self.found(starter, country=country, postcode=bad, **more)
        assert wrong == {"address.postcode": "recipient.address.postcode"}

    def test_a_country_without_a_rule_takes_any(self, starter):
        assert self.found(starter, country="JP", postcode="〒100-0001") == {}

    def test_region(self, starter):
        assert "address.region" in self.found(starter, country="US", postcode="04101")

    def test_punctuation(self, starter):
        line = {"lines": ["4, quai Rambaud"]}
        wrong = self.found(starter, country="FR", postcode="69002", **line)
        assert wrong == {"address.punctuation": "recipient.address.lines[0]"}
        assert self.found(starter, country="GB", postcode="LS1 4DY", **line) == {}

    def test_more_lines_than_the_post_takes(self, starter):
        data = starter("fr-CA") | {"paper": {"layout": "fr-CH-left"}}
        lines = ["Porte 4", "Tour B", "Place du Marché", "12 rue du Port"]
        data["recipient"]["address"] = {
            "lines": lines,
            "postcode": "G1R 4S9",
            "town": "Québec",
            "region": "QC",
            "country": "CA",
        }
        assert "address.lines" in {f.code for f in rupture.review(rupture.load(data))}
