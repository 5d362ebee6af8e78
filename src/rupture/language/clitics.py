"""Verbs with pronouns and a negation around them: « ne plus vous envoyer les plans », « ne vous enverrons plus »."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rupture.language.conjugation import UnknownFormError, sentence_data, slot_of
from rupture.language.infinitives import Reader

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rupture.language.grammar import Sounds
    from rupture.language.infinitives import Infinitive
    from rupture.language.predicate import Subject

_SINGULAR_YOU, _WE, _YOU = 2, 4, 5
_PASTS = frozenset({"past", "perfect"})
_INFINITIVES = frozenset({"infinitive", "asked"})


class CliticVerbs:
    """Builds the verb of a sentence in a language of clitics.

    Args:
        code: of the language.
        sounds: which tell where to elide.
    """

    def __init__(self, code: str, sounds: Sounds) -> None:
        self._code = code
        self._sounds = sounds
        self._data: Mapping[str, Any] = sentence_data(code)
        self._reader = Reader(code)

    def predicate(self, text: str, form: str, subject: Subject | None) -> tuple[str, str]:
        """Return nothing, and the user's words with the verb in a form of it.

        Args:
            text: an infinitive with what stands around it.
            form: infinitive, asked, present, imperfect, future, conditional, past, imperative, gerund or participle.
            subject: who does it; a finite form needs one.

        Raises:
            UnknownFormError: the verb or the form is not known.
        """
        read = self._reader.read(text)
        return "", self._written(read, form, subject) + self._following(read, form, subject)

    def _following(self, read: Infinitive, form: str, subject: Subject | None) -> str:
        """Return what follows a verb, with an infinitive that is joined to it in the same form."""
        for joint in [] if self._reader.causes(read) else self._reader.joints.finditer(read.rest):
            before = read.rest[: joint.end()]
            if self._reader.governed(before):
                break
            try:
                joined = self._reader.read(read.rest[joint.end() :], inside=True)
            except UnknownFormError:
                continue
            return before + self._joined_to(read, joined, form, subject) + self._following(joined, form, subject)
        return read.rest

    def _joined_to(self, first: Infinitive, second: Infinitive, form: str, subject: Subject | None) -> str:
        plain = not (second.clitics or second.adverbs) and second.negative is first.negative is None
        be = self._takes_be(first) or self._takes_be(second) or (subject and self._is_reflexive(first, subject))
        if form in _PASTS and plain and not be:
            return self._participle(second.verb)
        return self._written(second, form, subject)

    def _written(self, read: Infinitive, form: str, subject: Subject | None) -> str:
        if subject:
            read = replace(read, clitics=tuple(self._reflexive(each, subject) for each in read.clitics))
        if form in _INFINITIVES:
            infinitive = self._infinitive(read)
            return self._asked(infinitive) if form == "asked" else infinitive
        if form == "participle":
            return self._participle(read.verb)
        if form == "gerund":
            return self._around(read, slot_of(read.verb, self._code, "gerund")[0])
        if subject is None:
            raise UnknownFormError(f"the form {form!r} needs a person")
        if form == "imperative":
            return self._imperative(read, subject)
        if form in _PASTS:
            return self._past(read, subject)
        return self._finite(read, form, subject)

    def _reflexive(self, clitic: str, subject: Subject) -> str:
        return str(self._data["own"][subject.person - 1]) if clitic == self._data["reflexive"] else clitic

    def _infinitive(self, read: Infinitive) -> str:
        negation = [] if read.negative is None else [self._data["negation"], *filter(None, [read.negative])]
        return self._joined([*negation, *read.adverbs, *read.clitics, read.verb])

    def _asked(self, infinitive: str) -> str:
        """Return an infinitive behind the word that a request wants: « de venir », « d’ouvrir »."""
        led = self._data["asked"]
        return f"{led['elided' if self._sounds.vowel_first(infinitive) else 'plain']}{infinitive}"

    def _around(self, read: Infinitive, verb: str, *behind: str) -> str:
        """Return the pronouns and the negation around one form of a verb."""
        negation = [] if read.negative is None else [self._data["negation"]]
        return self._joined([*negation, *read.clitics, verb, *filter(None, [read.negative]), *read.adverbs, *behind])

    def _finite(self, read: Infinitive, form: str, subject: Subject) -> str:
        endings = self._data["endings"].get(form)
        if not endings:
            persons = slot_of(read.verb, self._code, form)
            if not persons:
                raise UnknownFormError(f"there is no form {form!r} of {read.verb!r}")
            return self._around(read, persons[subject.person - 1])
        stem = (slot_of(read.verb, self._code, "future") or (read.verb.removesuffix("e"),))[0]
        if stem in self._data["swallows"]:  # « nous irons », not « nous y irons »
            read = replace(read, clitics=tuple(each for each in read.clitics if each != self._data["swallows"][stem]))
        return self._around(read, f"{stem}{endings[subject.person - 1]}")

    def _past(self, read: Infinitive, subject: Subject) -> str:
        reflexive = self._is_reflexive(read, subject)
        with_be = reflexive or self._takes_be(read)
        if with_be:
            agrees = not (reflexive and self._indirect(read))
            participle = self._participle(read.verb, feminine=agrees and subject.feminine, many=agrees and subject.many)
        else:
            before = () if self._reader.causes(read) else read.clitics
            participle = self._participle(
                read.verb, feminine=self._data["direct"][1] in before, many=self._data["direct"][2] in before
            )
        auxiliary = self._data["be" if with_be else "have"]
        return self._around(read, slot_of(auxiliary, self._code, "present")[subject.person - 1], participle)

    def _is_reflexive(self, read: Infinitive, subject: Subject) -> bool:
        return bool(read.clitics) and read.clitics[0] == self._data["own"][subject.person - 1]

    def _takes_be(self, read: Infinitive) -> bool:
        if read.verb not in self._data["with_be"]:
            return False
        has_object = self._has_object(read.rest.strip(), self._data["other_objects"])
        return not (
            read.verb in self._data["be_or_have"] and (has_object or set(read.clitics) & set(self._data["direct"]))
        )

    def _has_object(self, rest: str, others: Sequence[str] = ()) -> bool:
        said = rest.replace("'", "’")
        return said.startswith((*self._data["objects"], *others)) and not re.match(self._data["moments"], said)

    def _indirect(self, read: Infinitive) -> bool:
        said = f"{read.verb}{read.rest}"
        return said.startswith(tuple(self._data["without_agreement"])) or self._has_object(read.rest.strip())

    def _participle(self, verb: str, *, feminine: bool = False, many: bool = False) -> str:
        found = slot_of(verb, self._code, "participle")
        masculine, *other = found
        if not other:
            return masculine
        singular, plural = other[0], other[-1]
        if feminine:
            return plural if many else singular
        return found[2] if many and len(found) > 3 else masculine  # noqa: PLR2004  four: with a plural of its own

    def _imperative(self, read: Infinitive, subject: Subject) -> str:
        verb = self._order(read.verb, subject.person)
        if read.negative is not None:
            return self._around(read, verb)
        direct = [each for each in read.clitics if each in self._data["direct"]]
        late = [each for each in read.clitics if each in self._data["before_vowel"]]
        others = [each for each in read.clitics if each not in {*direct, *late}]
        stressed = others if late else [self._data["stressed"].get(each, each) for each in others]
        if late and not (direct or others) and subject.person == _SINGULAR_YOU and verb[-1] in self._data["linked"]:
            verb += self._data["link"]  # « vas-y »
        return " ".join([self._hyphened([verb, *direct, *stressed, *late]), *read.adverbs])

    def _order(self, verb: str, person: int) -> str:
        own = slot_of(verb, self._code, "imperative")
        if person not in (_SINGULAR_YOU, _WE, _YOU):
            raise UnknownFormError("an imperative is said to tu, nous or vous")
        if own:
            return own[(_SINGULAR_YOU, _WE, _YOU).index(person)]
        form = slot_of(verb, self._code, "present")[person - 1]
        return form[:-1] if person == _SINGULAR_YOU and form.endswith(("es", "as")) else form

    def _hyphened(self, words: Sequence[str]) -> str:
        text = ""
        for word, following in zip(words, [*words[1:], ""], strict=True):
            elided = self._elided(word, following)
            text += f"{elided or word}{'' if elided or not following else '-'}"
        return text

    def _joined(self, words: Sequence[str]) -> str:
        text = ""
        for word, following in zip(words, [*words[1:], ""], strict=True):
            elided = self._elided(word, following)
            text += elided or f"{word} "
        return text.rstrip()

    def _elided(self, word: str, following: str) -> str:
        vowel = bool(following) and self._sounds.vowel_first(following)
        return str(self._data["elided"].get(word, "")) if vowel else ""

    def subject(self, subject: Subject, predicate: str) -> str:
        """Return a pronoun with the space or the elision before its verb."""
        return self._elided(str(subject.words), predicate) or f"{subject.words} "
