"""Names, titles and postal addresses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rupture.composing.functions.group import Group
from rupture.composing.view import View
from rupture.language import postal, typography
from rupture.language.grammar import Phrase, last_word, pieces_of

if TYPE_CHECKING:
    from rupture.language.grammar import Wording


class People(Group):
    """Functions that name people and write their addresses."""

    def address(self, of: View) -> tuple[Wording, ...]:
        """Return a postal address line by line, with its country when it is not the sender's."""
        home = self._case.sender.address
        abroad = home is not None and of.country != home.country
        fields = {"postcode": of.postcode, "town": of.town, "region": of.region}
        country = typography.country_name(of.country, self._style) if abroad else ""
        return postal.address_lines(of.lines, fields, of.country, country)

    def people(self) -> tuple[View, ...]:
        """Return the people addressed by name."""
        recipient = View(self._case, self._case.locale).recipient
        people: tuple[View, ...] = (recipient.person,) if recipient.person else recipient.people
        return people

    def titled(self, person: View, *, surname: bool = False) -> Phrase:
        """Return a name behind its title.

        Args:
            person: who.
            surname: the surname alone where there is a title, as a salutation wants it.
        """
        titles = self._language.labels[self._case.locale]
        title = titles.get(str(person.title), "") if person.title else ""
        name: Wording = (person.surname or last_word(person.name)) if surname and title else person.name
        return Phrase((title, *pieces_of(name)))
