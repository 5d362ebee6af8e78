"""From a file or a mapping to a case."""

from __future__ import annotations

import datetime as dt

import pytest
from broken import GOOD, problems_of

import rupture


class TestGood:
    """The case that the table breaks is itself a good one."""

    def test_loads(self, written):
        case = rupture.load(written(GOOD))
        assert case.sender.address.postcode == "01000"

    def test_examples_load_without_a_note(self, example):
        assert rupture.load(example)._origin.notes == ()  # noqa: SLF001  what the review reads


class TestSources:
    """A source that cannot be read is named; a file under the name that it was given."""

    @pytest.mark.parametrize(
        ("raw", "line"),
        [(b"locale: fr-FR\nplace: Qu\xe9bec\n", 2), ("locale: fr-FR\n".encode("utf-16"), 1), (b"\xff", 1)],
    )
    def test_not_utf8(self, written, raw, line):
        (problem,) = problems_of(written(raw))
        assert (problem.line, problem.message) == (line, "not UTF-8 text: save the file as UTF-8")

    def test_no_such_file(self, tmp_path):
        with pytest.raises(rupture.InputError, match=r"nowhere\.yaml: cannot be read: No such file"):
            rupture.load(tmp_path / "nowhere.yaml")

    def test_a_folder(self, tmp_path):
        with pytest.raises(rupture.InputError, match="cannot be read"):
            rupture.load(tmp_path)

    def test_a_mapping_has_no_place_but_its_field(self, minimal):
        with pytest.raises(rupture.CaseError) as caught:
            rupture.load(minimal(locale="xx"))
        (problem,) = caught.value.problems
        assert (problem.path, problem.file, problem.line) == ("locale", "", 0)
        assert str(problem).startswith("locale: found 'xx'")

    def test_the_file_is_named_as_it_was_given(self, written, monkeypatch, tmp_path):
        written(GOOD.replace("fr-FR", "fr"), "a.yaml")
        monkeypatch.chdir(tmp_path)
        assert problems_of("a.yaml")[0].file == "a.yaml"
        assert problems_of(tmp_path / "a.yaml")[0].file == str(tmp_path / "a.yaml")


class TestToday:
    """The letter's date is today's where the case gives none."""

    def test_given_day(self, minimal):
        data = minimal()
        del data["date"]
        assert rupture.load(data, today=dt.date(2026, 12, 1)).date == dt.date(2026, 12, 1)
        assert rupture.load(data).date == dt.date.today()  # noqa: DTZ011  the writer's own calendar day

    def test_the_case_s_own_date_wins(self, minimal):
        assert rupture.load(minimal(), today=dt.date(2026, 12, 1)).date == dt.date(2026, 11, 20)
