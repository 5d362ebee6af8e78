"""The functions that templates call: dates, amounts, counts, lists and the two forms of voice, address and tone."""

from __future__ import annotations

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, Final

from rupture.case.written import Money
from rupture.composing.view import View, chronology
from rupture.language import languages, postal, typography
from rupture.language.grammar import Phrase, last_word, listed, pieces_of
from rupture.law.notice import notice_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rupture.case.model import Case
    from rupture.case.written import Notice, Since
    from rupture.composing.view import Entry, ToldFact
    from rupture.language.grammar import Wording

_CENT: Final = Decimal("0.01")


class Helpers:
    """What a template of one letter may call; every public method is one name in the templates."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._language = languages.get(case.language)
        self._style = self._language.styles[case.locale]
        self._year = 0

    def forget_year(self) -> None:
        """Begin a part anew: the next `day` says its year."""
        self._year = 0

    def names(self) -> dict[str, Any]:
        """Return every helper by the name that templates call it."""
        own = {"names", "forget_year"}
        return {name: getattr(self, name) for name in dir(self) if not name.startswith("_") and name not in own}

    # ------------------------------------------------------------ dates and figures

    def date(self, day: dt.date) -> str:
        """Return a full calendar date."""
        return typography.date_text(day, self._style)

    def day(self, day: dt.date) -> str:
        """Return a date, without the year that the date before it has just said."""
        text = typography.date_text(day, self._style, with_year=day.year != self._year)
        self._year = day.year
        return text

    def days(self, days: Sequence[dt.date]) -> Phrase:
        """Return several dates as an enumeration, each as `day` says it."""
        return self.listed(tuple(map(self.day, days)))

    def plus_days(self, day: dt.date, count: int) -> dt.date:
        """Return the date that many days later."""
        return day + dt.timedelta(days=count)

    def since(self, value: Since) -> str:
        """Return a year, a month with its year, or a full date."""
        return typography.since_text(value, self._style)

    def occasions(self, facts: Sequence[ToldFact], medium: bool = True) -> Phrase:  # noqa: FBT001, FBT002  read in templates
        """Return the days of some facts, with their time and medium where known, as an enumeration."""
        told = tuple(self._occasion(fact, medium=medium) for fact in facts)
        if not (medium and any(fact.fact.medium for fact in facts)):
            return self.listed(told)
        last = f",{self._language.last_of_two}"  # each has a comma of its own
        return listed(told, self._language.separator, last, last)

    def _occasion(self, fact: ToldFact, *, medium: bool) -> str:
        words = self._language.words["occasion"]
        text: str = words["on"].format(self.day(fact.date))
        if fact.fact.time:
            text += words["at"].format(typography.time_text(fact.fact.time, self._style))
        if medium and fact.fact.medium:
            text += words["by"].format(words["media"][fact.fact.medium])
        return text

    def medium(self, fact: View) -> str:
        """Return how something was said, or nothing."""
        words: str = self._language.words["occasion"]["media"].get(str(fact.medium), "") if fact.medium else ""
        return words

    def chronology(self) -> tuple[Entry, ...]:
        """Return every dated fact of the documented reasons, with reminders and payments, by date."""
        return chronology(self._case)

    def count(self, number: int, one: str, many: str) -> str:
        """Return a number, in words as far as the language spells it, with its noun."""
        words = self._language.numbers
        return f"{words[number] if number < len(words) else number} {one if number == 1 else many}"

    def notice(self, length: Notice) -> str:
        """Return a length of notice in words."""
        one, many = self._language.words["units"][length.unit]
        return self.count(length.count, one, many)

    def notice_given(self, contract: View) -> bool:
        """Return whether the end gives the contract's notice, counted as the review counts it.

        Never where the notice runs from a day that is not known when the letter is written: its receipt, or the end
        of the month of it.
        """
        end = self._case.end
        if not end or contract.notice_from not in {None, "letter"}:
            return False
        count = notice_end(self._case, contract.notice)
        return count is not None and count.end <= end.date

    # ------------------------------------------------------------ money

    def amount(self, money: Money) -> str:
        """Return an amount with its currency."""
        return typography.amount_text(money, self._style)

    def percent(self, number: Decimal) -> str:
        """Return a percentage."""
        return typography.percent_text(number, self._style)

    def invoice(self, number: str) -> View:
        """Return the invoice of that number."""
        index = [entry.number for entry in self._case.invoices].index(number)
        return View(self._case.invoices[index], self._case.language, f"invoices[{index}]")

    def discounted(self, invoice: View, percent: Decimal) -> tuple[Money, Money]:
        """Return what a discount takes off an invoice, rounded to the cent, and what is left."""
        full: Money = invoice.amount
        off = (full.amount * percent / 100).quantize(_CENT, ROUND_HALF_UP)
        return Money(amount=off, currency=full.currency), Money(amount=full.amount - off, currency=full.currency)

    def open_invoices(self, *, overdue: bool) -> tuple[View, ...]:
        """Return the invoices still to be paid, without one that is waived or discounted.

        Args:
            overdue: those due before the letter's date; else those due from then on.
        """
        gesture = self._case.goodwill
        settled = gesture.invoice if gesture and gesture.gesture in {"waive-invoice", "discount"} else None
        return tuple(
            View(invoice, self._case.language, f"invoices[{index}]")
            for index, invoice in enumerate(self._case.invoices)
            if not invoice.paid and invoice.number != settled and (invoice.due < self._case.date) == overdue
        )

    def total(self, invoices: Sequence[View]) -> Money | None:
        """Return the sum of some invoices, or None when they are in several currencies."""
        if len({invoice.amount.currency for invoice in invoices}) != 1:
            return None
        return Money(amount=sum(invoice.amount.amount for invoice in invoices), currency=invoices[0].amount.currency)

    # ------------------------------------------------------------ wordings

    def listed(self, wordings: Sequence[Wording]) -> Phrase:
        """Return an enumeration: ``a, b and c``."""
        language = self._language
        last = language.last.get(self._case.locale, language.last[""])
        return listed(tuple(wordings), language.separator, last, language.last_of_two)

    def clauses(self, wordings: Sequence[Wording]) -> Phrase:
        """Return whole clauses as one sentence."""
        between = self._language.between_clauses
        return listed(tuple(wordings), self._language.separator, between, between)

    def phrase(self, *wordings: Wording) -> Phrase:
        """Return some wordings one behind the other."""
        return Phrase(tuple(piece for wording in wordings for piece in pieces_of(wording)))

    def address(self, of: View) -> tuple[Wording, ...]:
        """Return a postal address line by line, with its country when it is not the sender's."""
        abroad = of.country != self._case.sender.address.country
        fields = {"postcode": of.postcode, "town": of.town, "region": of.region}
        country = typography.country_name(of.country, self._style) if abroad else ""
        return postal.address_lines(of.lines, fields, of.country, country)

    def determined(self, words: str) -> bool:
        """Tell whether a noun phrase begins with its article or another determiner."""
        return words.casefold().startswith(tuple(self._language.words.get("determiners", ())))

    def people(self) -> tuple[View, ...]:
        """Return the people addressed by name."""
        recipient = self._case.recipient
        if recipient.person:
            return (View(recipient.person, self._case.language, "recipient.person"),)
        return tuple(
            View(person, self._case.language, f"recipient.people[{index}]")
            for index, person in enumerate(recipient.people)
        )

    def titled(self, person: View, *, surname: bool = False) -> Phrase:
        """Return a name behind its title.

        Args:
            person: who.
            surname: the surname alone where there is a title, as a salutation wants it.
        """
        titles = self._language.labels[self._case.locale]
        title = titles.get(str(person.title), "") if person.title else ""
        name: Wording = (person.surname or last_word(person.name)) if surname and title else person.name
        return self.phrase(title, name)

    def us(self, we: Wording, i: Wording) -> Wording:
        """Return the form of the letter's voice: we or I."""
        return we if self._case.voice == "we" else i

    def you(self, vous: Wording, tu: Wording) -> Wording:
        """Return the form of the letter's address: vous or tu."""
        return vous if self._case.pronoun == "vous" else tu
