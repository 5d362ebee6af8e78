"""Asks the questions of the assessment one by one; the caller shows them and reads the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from rupture.assessing import questions
from rupture.language.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_PERSONAL: Final = "prospect"


def ask_all(locale: str, say: Callable[[str], None], ask: Callable[[str, str], str]) -> dict[str, Any]:
    """Return the answers of a person, in the form of an answers file.

    Args:
        locale: the language of the questions, such as ``fr-FR``.
        say: shows a text.
        ask: shows a question and its default answer, and returns what was typed.
    """
    form = _Form(locale.partition("-")[0], say, ask)
    say(form.words["prompt"]["intro"])
    known = questions.known()
    signals: dict[str, str] = {}
    circumstances: dict[str, str] = {}
    form.count = len(known.signals) + len(known.circumstances) + 1
    prospect = form.question("circumstances", _PERSONAL, known.circumstances[_PERSONAL])
    for slug, signal in known.signals.items():
        signals[slug] = form.question(
            "signals", slug, [a for a in signal.answers if a != "persisting" or prospect == "no"]
        )
    for slug, answers in known.circumstances.items():
        if slug == _PERSONAL:
            circumstances[slug] = prospect
        elif prospect == "no":
            circumstances[slug] = form.question("circumstances", slug, answers)
    tried = form.tried(tuple(known.repairs)) if prospect == "no" else []
    return {"locale": locale, "signals": signals, "circumstances": circumstances, "tried": tried}


class _Form:
    """One run of the questions in one language."""

    def __init__(self, language: str, say: Callable[[str], None], ask: Callable[[str, str], str]) -> None:
        self.words: Mapping[str, Any] = questions.texts(language)
        self.count = 0
        self._number = 0
        self._say = say
        self._ask = ask

    def question(self, section: str, slug: str, answers: Sequence[str]) -> str:
        """Ask one question until the answer is one of those it accepts."""
        self._number += 1
        text = self.words[section][slug]
        choices = {self.words["choices"][answer]: answer for answer in answers}
        self._say("\n" + self.words["prompt"]["question"].format(number=self._number, count=self.count))
        self._say(f"{text['ask']}\n{text['why']}")
        return self._answer(choices, usual=next(iter(choices)))

    def _answer(self, choices: Mapping[str, str], usual: str) -> str:
        known = " / ".join(choices)
        while True:
            given = self._ask(f"{self.words['prompt']['answer']} ({known})", usual).strip()
            found = [answer for word, answer in choices.items() if plain(word) == plain(given) or answer == given]
            if not found and given:  # the beginning of one answer is enough
                found = [answer for word, answer in choices.items() if plain(word).startswith(plain(given))]
            if len(found) == 1:
                return found[0]
            self._say(self.words["prompt"]["unknown"].format(given=given, known=known))

    def tried(self, repairs: Sequence[str]) -> list[str]:
        """Ask which repair steps were taken, by their numbers or names."""
        self._number += 1
        self._say("\n" + self.words["prompt"]["question"].format(number=self._number, count=self.count))
        listed = "\n".join(f"  {number}. {self.words['repairs'][slug]}" for number, slug in enumerate(repairs, 1))
        self._say(f"{self.words['prompt']['tried']}\n{listed}")
        names = {str(number): slug for number, slug in enumerate(repairs, 1)} | {slug: slug for slug in repairs}
        while True:
            given = [part.strip() for part in self._ask(self.words["prompt"]["answer"], "").split(",") if part.strip()]
            if all(part in names for part in given):
                return [names[part] for part in given]
            self._say(self.words["prompt"]["unknown"].format(given=", ".join(given), known=", ".join(names)))
