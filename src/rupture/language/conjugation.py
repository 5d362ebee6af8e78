"""The forms of verbs, from the models in a language's ``verbs.toml``: one table for the review and for the sentences.

A pattern of the tone rules names a verb by its base form: ``:négliger`` stands for all its forms, ``:négliger.2`` for
those of a group, ``:négliger.2+pp`` for those of two.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, Final

from rupture.resources import toml
from rupture.resources.memory import remembered
from rupture.resources.paths import templates_root

if TYPE_CHECKING:
    from collections.abc import Mapping

#: One alternative of a pattern that names a verb, without the marks around it.
_ALTERNATIVE: Final = re.compile(r"(?:(?<=[\s|!])|^)(?:[^\s|!?]*_)?:[^\W\d_][^\s|!?]*")
_VERB: Final = re.compile(r":([^\W\d_]+)(?:\.([\w+]+))?")


class UnknownFormError(ValueError):
    """A verb follows no known model, or has no group of that name; the message says which."""


def expanded(text: str, code: str) -> str:
    """Return a pattern or an entry of a list with the forms of each verb in place of its name.

    Args:
        text: such as ``vous|tu :ignorer.2``.
        code: of the language.

    Raises:
        UnknownFormError: a verb or a group is not known.
    """
    if ":" not in text:
        return text
    return _ALTERNATIVE.sub(lambda match: "|".join(_phrases(match[0], code)), text)


def _phrases(alternative: str, code: str) -> list[str]:
    parts = []
    for word in alternative.split("_"):
        named = _VERB.fullmatch(word)
        parts.append(forms(named[1], code, named[2] or "") if named else (word,))
    return ["_".join(words) for words in product(*parts)]


@remembered(1024)
def forms(verb: str, code: str, groups: str = "") -> tuple[str, ...]:
    """Return the forms of a verb, each once.

    Args:
        verb: its base form.
        code: of the language.
        groups: names of groups of forms, joined by ``+``; all forms when left out.

    Raises:
        UnknownFormError: the verb follows no known model, or there is no such group.
    """
    data = _data(code)
    model = _model(verb, data)
    named = groups.split("+") if groups else data["groups"]
    slots = [slot for group in named for slot in _slots(group, data)]
    stem = verb.removesuffix(model["base"][0])
    found = (f"{stem}{ending}" for slot in slots for ending in _endings(model, slot))
    return tuple(dict.fromkeys(found))


@remembered(1024)
def slot_of(verb: str, code: str, slot: str, locale: str = "") -> tuple[str, ...]:
    """Return the forms of a verb in one slot of its model, such as the six persons of ``present``.

    Args:
        verb: its base form.
        code: of the language.
        slot: named in ``verbs.toml``; none of its forms where the model has no such slot.
        locale: whose spelling is wanted, where locales differ.

    Raises:
        UnknownFormError: the verb follows no known model.
    """
    data = _data(code)
    model = _model(verb, data, locale)
    stem = verb.removesuffix(model["base"][0])
    return tuple(f"{stem}{ending}" for ending in model.get(slot, ()))


def is_known(verb: str, code: str) -> bool:
    """Return whether a word follows the model of a verb."""
    try:
        model = _model(verb, _data(code))
    except UnknownFormError:
        return False
    return verb.endswith(model["base"][0])


def sentence_data(code: str) -> Mapping[str, Any]:
    """Return how a language builds the verb of a sentence around a form: ``[sentence]`` of its ``verbs.toml``."""
    data: Mapping[str, Any] = _data(code)["sentence"]
    return data


def irregular(verb: str, code: str) -> bool:
    """Return whether a verb is named in the table, and not only its ending."""
    data = _data(code)
    return verb in data["models"] or verb in data["verbs"]


def _model(verb: str, data: Mapping[str, Any], locale: str = "") -> Mapping[str, list[str]]:
    models: Mapping[str, Mapping[str, list[str]]] = data["models"]
    name = verb if verb in models else data["verbs"].get(verb) or _prefixed(verb, data)
    if name is None:
        endings = (ending for ending in data["endings"] if verb.endswith(ending))
        name = data["endings"].get(max(endings, key=len, default=""))
    if name is None:
        raise UnknownFormError(f"there is no model for the verb {verb!r}: name one under [verbs] in verbs.toml")
    return models[data.get("variants", {}).get(locale, {}).get(name, name)]


def _prefixed(verb: str, data: Mapping[str, Any]) -> str | None:
    """Return the model of a verb without its prefix, if that verb is in the table: “rewrite”, “re-send”."""
    for prefix in data.get("prefixes", ()):
        rest = verb.removeprefix(prefix)
        if rest != verb and (rest in data["models"] or rest in data["verbs"]):
            return rest if rest in data["models"] else str(data["verbs"][rest])
    return None


def _slots(group: str, data: Mapping[str, Any]) -> list[str]:
    if group not in data["groups"]:
        raise UnknownFormError(f"there is no group of forms {group!r}, only {', '.join(data['groups'])}")
    slots: list[str] = data["groups"][group]
    return slots


def _endings(model: Mapping[str, list[str]], slot: str) -> list[str]:
    """Return the endings of a slot, such as ``present``, or the one at a place of it, such as ``present.2``."""
    name, _, place = slot.partition(".")
    endings = model.get(name, [])
    return endings[int(place) - 1 : int(place)] if place else endings


@cache
def _data(code: str) -> dict[str, Any]:
    return toml.read(templates_root() / code / "verbs.toml")
