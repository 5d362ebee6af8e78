"""Changes to single fields."""

from __future__ import annotations

import copy
import datetime as dt

import pytest
from broken import GOOD

import rupture


class TestChanges:
    """`changes` replace single fields, and leave the caller's own mapping alone."""

    @pytest.mark.parametrize(
        ("change", "field"),
        [
            ("end.date=2027-03-31", lambda case: case.end.date == dt.date(2027, 3, 31)),
            ("sender.signatories[0].name=Ève = Roy", lambda case: case.sender.signatories[0].name == "Ève = Roy"),
            ("tone=formal", lambda case: case.tone == "formal"),
            ("place=Lyon", lambda case: case.place == "Lyon"),
            ("thanks.for=votre accueil", lambda case: case.thanks and case.thanks.for_ == "votre accueil"),
            ("people=none", lambda case: case.people == "none"),
            (
                "recipient.person.name=Jean Dupont",
                lambda case: case.recipient.person and case.recipient.person.name == "Jean Dupont",
            ),
        ],
    )
    def test_change(self, written, change, field):
        path = written(GOOD)
        assert not field(rupture.load(path))
        assert field(rupture.load(path, changes=[change]))

    @pytest.mark.parametrize(
        "change",
        [
            "",
            "end.date",
            "=x",
            "end..date=x",
            "end[0]=x",
            "sender.signatories[7].name=x",
            "locale.name=x",
            "a b=c",
            "sender.signatories[-1].name=x",
            "sender.signatories.0.name=x",
        ],
    )
    def test_refused(self, written, change):
        with pytest.raises(rupture.InputError):
            rupture.load(written(GOOD), changes=[change])

    def test_wrong_value_is_placed_at_the_field(self, written):
        with pytest.raises(rupture.CaseError, match=r"end\.date: found 'soon'"):
            rupture.load(written(GOOD), changes=["end.date=soon"])

    def test_the_mapping_stays_as_it_was(self, minimal):
        data = minimal()
        before = copy.deepcopy(data)
        case = rupture.load(data, changes=["sender.name=Sud", "end.date=2027-03-31", "place=Lyon"])
        assert case.sender.name == "Sud"
        assert data == before
