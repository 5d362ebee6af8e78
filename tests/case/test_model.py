"""The case as a whole: immutable, comparable, and the same after it was written and read again."""

from __future__ import annotations

import json

import pytest
from pydantic import ValidationError

import rupture
from rupture.case.model import Case


class TestModel:
    """A case cannot be changed, equals a case of the same facts, and survives its own writing."""

    @pytest.mark.parametrize(
        "change", [lambda case: setattr(case, "place", "x"), lambda case: setattr(case.sender, "name", "x")]
    )
    def test_frozen(self, minimal, change):
        with pytest.raises(ValidationError, match="frozen"):
            change(rupture.load(minimal()))

    def test_lists_are_tuples(self, example):
        case = rupture.load(example)
        assert isinstance(case.sender.signatories, tuple)
        assert isinstance(case.reasons, tuple)

    def test_the_same_facts_from_elsewhere_are_equal(self, example, tmp_path):
        moved = tmp_path / "moved.yaml"
        moved.write_text("# one line more\n" + example.read_text(encoding="utf-8"), encoding="utf-8")
        assert rupture.load(moved) == rupture.load(example)

    def test_other_facts_are_not_equal(self, minimal):
        assert rupture.load(minimal()) == rupture.load(minimal())
        assert rupture.load(minimal()) != rupture.load(minimal(place="Lyon"))

    def test_written_and_read_again(self, example):
        case = rupture.load(example)
        data = json.loads(case.model_dump_json(by_alias=True, exclude_none=True))
        again = rupture.load(data)
        assert again.model_dump() == case.model_dump()

    def test_defaults(self, minimal):
        case = rupture.load(minimal())
        assert (case.end.how, case.delivery, case.tone, case.voice, case.framing) == (
            "notice",
            "post",
            "plain",
            "we",
            "facts",
        )

    def test_every_field_is_in_the_schema(self):
        schema = rupture.schema()
        assert {entry.alias or name for name, entry in Case.model_fields.items()} == set(schema["properties"])
        assert schema["additionalProperties"] is False
