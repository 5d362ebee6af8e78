"""A report of a review can show whose words a letter is made of, beside its marks."""

from __future__ import annotations

import handmade

from rupture.reviewing.findings import Finding, Findings
from rupture.reviewing.reports.html import as_html


class TestWhose:
    """The looks and their legend are there when they are asked for, with findings and without."""

    FINDING = Finding("tone.order", "hint", "An order.", words="sign the enclosed form", path="matters[2].do")

    def test_with_findings(self):
        findings = Findings((self.FINDING,), handmade.document(handmade.formal()))
        page = as_html({"case.yaml": findings}, whose=True)
        assert "computed from your case" in page
        assert 'class="yours"' in page
        assert "<mark" in page

    def test_without_findings(self):
        page = as_html({"case.yaml": Findings((), handmade.document(handmade.formal()))}, whose=True)
        assert "No findings." in page
        assert 'class="computed"' in page

    def test_not_asked_for(self):
        page = as_html({"case.yaml": Findings((self.FINDING,), handmade.document(handmade.formal()))})
        assert 'class="yours"' not in page
        assert "<mark" in page
