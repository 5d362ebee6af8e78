"""The path of a field: written and read, followed in a case and in plain data."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import rupture
from rupture.case.field_path import DEEPEST, TOP, FieldPath

KEYS = st.text(st.characters(exclude_characters=".[]"), min_size=1, max_size=8)
PATHS = st.builds(
    lambda first, rest: FieldPath((first, *rest)), KEYS, st.lists(KEYS | st.integers(0, 9999), max_size=6)
)


class TestWriting:
    """A path is written as people write it, and read again as the same path."""

    @pytest.mark.parametrize(
        ("steps", "text"),
        [
            ((), ""),
            (("place",), "place"),
            (("end", "date"), "end.date"),
            (("reasons", 0, "facts", 1, "date"), "reasons[0].facts[1].date"),
            (("a", 0, 1, "b c"), "a[0][1].b c"),
        ],
    )
    def test_written(self, steps, text):
        assert str(FieldPath(steps)) == text
        assert FieldPath.parse(text) == FieldPath(steps)

    @given(PATHS)
    def test_round_trip(self, path):
        assert FieldPath.parse(str(path)) == path

    @given(st.text(st.sampled_from("ab.[]01-"), max_size=12))
    def test_any_text_is_a_path_or_refused(self, text):
        try:
            path = FieldPath.parse(text)
        except rupture.InputError:
            return
        assert FieldPath.parse(str(path)) == path

    @pytest.mark.parametrize(
        "text",
        [
            *(".", "a.", ".a", "a..b", "[0]", "a[", "a[0", "a[-1]", "a[x]", "a[12345]", "a[0]b", "a.[0]"),
            *(".".join("a" * (DEEPEST + 1)), "a" * 201),
        ],
    )
    def test_refused(self, text):
        with pytest.raises(rupture.InputError, match="is not the name of a field"):
            FieldPath.parse(text)

    def test_a_long_name_is_cut_in_the_complaint(self):
        with pytest.raises(rupture.InputError) as caught:
            FieldPath.parse("." * 10_000)
        assert len(str(caught.value)) < 300


class TestSteps:
    """A path leads down by joining and up to everything that the field stands in."""

    def test_joined(self):
        assert str(TOP / "reasons" / 0 / "facts") == "reasons[0].facts"

    def test_upwards(self):
        above = [str(path) for path in FieldPath.parse("reasons[0].facts").upwards()]
        assert above == ["reasons[0].facts", "reasons[0]", "reasons", ""]

    @given(PATHS, KEYS | st.integers(0, 9999))
    def test_the_parent_of_an_entry_is_the_field(self, path, step):
        assert (path / step).parent == path


class TestGet:
    """A path finds the same thing in a case, under its keys in a file, and in plain data."""

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("sender.name", "Atelier Nord"),
            ("sender.signatories[0].name", "Claire Martin"),
            ("sender.address.lines[0]", "12 rue des Tanneurs"),
            ("sender.signatories[7].name", None),
            ("sender.nothing", None),
            ("sender.name.upper", None),
            ("place.town", None),
        ],
    )
    def test_case_and_mapping(self, minimal, text, value):
        path = FieldPath.parse(text)
        assert path.get(rupture.load(minimal())) == path.get(minimal()) == value

    def test_a_key_that_python_keeps_for_itself(self, minimal):
        case = rupture.load(minimal(matters=[{"do": "passer", "if": "y"}], thanks={"for": "votre accueil"}))
        assert FieldPath.parse("matters[0].if").get(case) == "y"
        assert FieldPath.parse("thanks.for").get(case) == "votre accueil"


class TestSet:
    """A field of plain data is set where it stands; keys on the way are made, entries of lists are not."""

    @pytest.mark.parametrize(
        ("text", "data"),
        [("a", {"a": "x"}), ("a.b.c", {"a": {"b": {"c": "x"}}}), ("list[0]", {"list": ["x", "2"]})],
    )
    def test_set(self, text, data):
        changed = {"list": ["1", "2"]} if "list" in data else {}
        FieldPath.parse(text).set(changed, "x")
        assert changed == data

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("", "name a field"),
            ("list[2]", "the list has 2 entries, counted from 0"),
            ("list.a", "there is no a in that place"),
            ("text.a", "there is no a in that place"),
            ("keys[0]", r"there is no \[0\] in that place"),
        ],
    )
    def test_refused(self, text, said):
        with pytest.raises(rupture.InputError, match=said):
            FieldPath.parse(text).set({"list": ["1", "2"], "text": "t", "keys": {}}, "x")

    @given(PATHS)
    def test_what_was_set_is_found(self, path):
        data: dict = {}
        try:
            path.set(data, "x")
        except rupture.InputError:
            return  # an index into a list that is not there
        assert path.get(data) == "x"
