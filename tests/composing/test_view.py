"""The case as sentences see it."""

from __future__ import annotations

import pytest

import rupture
from rupture.case.field_path import FieldPath
from rupture.composing.view import View, seen_at


def view_of(data: dict) -> View:
    case = rupture.load(data)
    return View(case, case.locale)


class TestView:
    """Keys are called as in a case file; texts carry their field."""

    @pytest.mark.parametrize(("key", "value"), [("from", "la rentrée"), ("if", "tout va bien")])
    def test_keys_as_in_a_case_file(self, minimal, key, value):
        seen = view_of(minimal(matters=[{"do": "rendre la clé", key: value}])).matters[0]
        assert getattr(seen, key) == value
        with pytest.raises(AttributeError, match="has no key"):
            getattr(seen, f"{key}_")

    def test_texts_carry_their_field(self, minimal):
        seen = view_of(minimal(matters=[{"do": "rendre la clé"}]))
        assert seen.matters[0].do.path == "matters[0].do"
        assert seen_at(seen, FieldPath.parse("matters[0].do")) == "rendre la clé"

    def test_one_language_of_two(self, minimal):
        service = {"fr": "le site", "en": "the site"}
        seen = view_of(minimal(relationship={"service": service}))
        assert (seen.relationship.service, seen.relationship.service.path) == ("le site", "relationship.service.fr")

    def test_what_is_added(self, minimal):
        seen = view_of(minimal()).sender.with_added({"days": 3})
        assert (seen.days, seen.name, seen.name.path) == (3, "Atelier Nord", "sender.name")
