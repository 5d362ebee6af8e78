"""Verbs with auxiliaries before them: “not share the list”, “will not share”, “did not share”, “not sharing”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from rupture.language.conjugation import UnknownFormError, irregular, is_known, sentence_data, slot_of
from rupture.language.predicate import uncapitalised

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rupture.language.predicate import Subject

_WORD: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_ADVERB: Final = re.compile(r"(no longer|[a-z]+) (?=\w)")
_TO: Final = re.compile(r"\bto ([a-z]+)")
#: The forms that a negation only needs a word before.
_PLAIN: Final = {"base": "base", "gerund": "ing", "participle": "participle"}


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb phrase taken apart.

    Args:
        verb: its base form.
        rest: what follows it, with its space.
        negated: whether “not” stands before it.
        adverbs: those before it, each with its space.
        modal: “can”, “must” or the like, or nothing.
    """

    verb: str
    rest: str
    negated: bool = False
    adverbs: str = ""
    modal: str = ""


class AuxiliaryVerbs:
    """Builds the verb of a sentence in a language of auxiliaries.

    Args:
        code: of the language.
        locale: whose spelling is wanted.
    """

    def __init__(self, code: str, locale: str) -> None:
        self._code = code
        self._locale = locale
        self._data: Mapping[str, Any] = sentence_data(code)
        joints = "|".join(map(re.escape, self._data["joints"]))
        clauses = "|".join(map(re.escape, self._data["clauses"]))
        self._clauses = re.compile(rf"\b(?:{clauses})\b")
        objects = "|".join(map(re.escape, self._data["objects"]))
        self._not_verbs = frozenset((*self._data["not_verbs"], *self._data["not_base"]))
        self._series = re.compile(rf"^(?:, [a-z-]+)+(?=,? and [a-z-]+ (?:{objects})\b)")
        self._joined = re.compile(rf"(?P<joint>{joints})(?P<verb>[a-z]+(?:-[a-z]+)*)(?= (?:{objects})\b)")

    # ------------------------------------------------------------ reading

    def read(self, text: str) -> Verb:
        """Return a verb phrase taken apart.

        Raises:
            UnknownFormError: it does not begin with the base form of a verb.
        """
        rest = uncapitalised(text.replace("'", "’"))
        modal, rest = self._first(rest, self._data["modals"])
        spoken = self._data["modals"].get(modal, {}).get("means", modal)
        negated = modal in self._data["negated_modals"]
        if not modal:
            negated, rest = self._negation(rest)
        elif rest.startswith(self._data["negation"]):
            negated, rest = True, rest.removeprefix(self._data["negation"])
        adverbs, rest = self._adverbs(rest)
        match = _WORD.match(rest)
        if not match or not self.is_base(match[0]):
            raise UnknownFormError(f"{text!r} does not begin with the base form of a verb")
        return Verb(match[0], text[len(text) - len(rest) + match.end() :], negated, adverbs, spoken)

    def is_base(self, word: str) -> bool:
        """Return whether a word may be the base form of a verb."""
        last = word.rpartition("-")[2]
        if word in self._not_verbs:
            return False
        if irregular(last, self._code):
            return True
        return is_known(last, self._code) and not last.endswith(tuple(self._data["not_base_endings"]))

    def _first(self, text: str, words: Mapping[str, Any]) -> tuple[str, str]:
        for word in words:
            if text.startswith(f"{word} "):
                return word, text[len(word) + 1 :]
        return "", text

    def _negation(self, text: str) -> tuple[bool, str]:
        text = text.removeprefix(self._data["infinitive"])
        for negation in (self._data["negation"], *self._data["negations"]):
            if text.startswith(negation):
                return True, text[len(negation) :].removeprefix(self._data["infinitive"])
        return False, text

    def _adverbs(self, text: str) -> tuple[str, str]:
        end = 0
        while match := _ADVERB.match(text, end):
            word = match[1]
            by_ending = word.endswith(self._data["adverb_ending"]) and word not in self._data["not_adverbs"]
            if not (by_ending or word in self._data["adverbs"]):
                break
            end = match.end()
        return text[:end], text[end:]

    # ------------------------------------------------------------ writing

    def predicate(self, text: str, form: str, subject: Subject | None) -> tuple[str, str]:
        """Return the auxiliaries, and the user's words with the verb in a form of it.

        Args:
            text: a verb phrase with its verb in the base form.
            form: base, infinitive, gerund, participle, present, past, perfect, future, conditional, continuous or
                imperative.
            subject: who does it; present and past need one.

        Raises:
            UnknownFormError: the verb or the form is not known.
        """
        read = self.read(text)
        if read.modal and form in self._data["finite"]:
            return self._modal(read, form)
        if read.modal:
            read = self._without_modal(read)
        if form in _PLAIN:
            return ("", self._own(read, _PLAIN[form], negation=True))
        if form in {"present", "past"}:
            return self._simple(read, form, subject)
        return self._compound(read, form, subject)

    def _own(self, read: Verb, slot: str, *, negation: bool = False) -> str:
        """Return the adverbs, one form of the verb, and what follows, whose verbs take the same form."""
        lead = self._data["negation"] if negation and read.negated else ""
        return f"{lead}{read.adverbs}{self._form(read.verb, slot)}{self._following(read.verb, read.rest, slot)}"

    def _form(self, verb: str, slot: str) -> str:
        before, hyphen, last = verb.rpartition("-")
        found = slot_of(last, self._code, slot, self._locale) or slot_of(last, self._code, "past", self._locale)
        return f"{before}{hyphen}{found[0]}"

    def _following(self, verb: str, rest: str, slot: str) -> str:
        if slot == "base" or verb in self._data["causing"]:
            return rest

        def inflected(match: re.Match[str]) -> str:
            joined = match["verb"]
            if not self.is_base(joined) or self._dependent(rest[: match.start()]):
                return match[0]
            return f"{match['joint']}{self._form(joined, slot)}"

        return self._joined.sub(inflected, self._series.sub(lambda run: self._run(run[0], slot), rest))

    def _run(self, text: str, slot: str) -> str:
        """Return verbs in a series before the last one: “, iron” in “clean, iron and fold the shirts”."""
        return "".join(f", {self._form(verb, slot)}" for verb in text.split(", ")[1:])

    def _modal(self, read: Verb, form: str) -> tuple[str, str]:
        entry = self._data["modals"][read.modal]
        modal = entry.get(form, read.modal)
        plain = "negated" if form not in entry else ""
        negated = entry.get(plain, f"{modal} {self._data['negation']}".rstrip()) if read.negated else modal
        return f"{negated} ", self._own(read, "base")

    def _without_modal(self, read: Verb) -> Verb:
        """Return “be able to collect” for “can collect”."""
        verb, _, link = self._data["modals"][read.modal]["base"].partition(" ")
        return Verb(verb, f" {link} {read.adverbs}{read.verb}{read.rest}", negated=read.negated)

    def _dependent(self, text: str) -> bool:
        """Return whether a verb behind a text depends on a word in it: “ask you to sign the form and send it”."""
        if self._clauses.search(text):
            return True
        return any(self.is_base(match[1]) for match in _TO.finditer(text))

    def _simple(self, read: Verb, form: str, subject: Subject | None) -> tuple[str, str]:
        person = (subject.person if subject else 3) - 1
        forms = slot_of(read.verb, self._code, f"{form}_persons")
        if forms and read.negated:
            return f"{forms[person]} {self._data['negation']}", read.adverbs + read.rest.lstrip()
        if forms:
            return "", f"{forms[person]}{read.adverbs and ' '}{read.adverbs.rstrip()}{read.rest}"
        if read.negated:
            return f"{self._data['do'][form][person]} {self._data['negation']}", self._own(read, "base")
        third = person + 1 == 3  # noqa: PLR2004  the third person
        return "", self._own(read, "past" if form == "past" else "s" if third else "base")

    def _compound(self, read: Verb, form: str, subject: Subject | None) -> tuple[str, str]:
        entry = self._data["compounds"].get(form)
        if not entry:
            raise UnknownFormError(f"there is no form {form!r}")
        auxiliaries = entry["auxiliary"]
        auxiliary = auxiliaries if isinstance(auxiliaries, str) else auxiliaries[(subject.person if subject else 3) - 1]
        negated = entry.get("negated", f"{auxiliary}{self._data['negation']}") if read.negated else auxiliary
        return negated, self._own(read, entry["slot"])

    def subject(self, subject: Subject, _predicate: str) -> str:
        """Return a subject with the space before its verb."""
        return f"{subject.words} "
