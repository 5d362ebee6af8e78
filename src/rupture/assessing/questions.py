"""The questions of the assessment, and how the articles weigh the answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from rupture.language import languages
from rupture.resources import articles, toml
from rupture.resources.paths import templates_root

if TYPE_CHECKING:
    from collections.abc import Mapping

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Signal:
    """One question on a client's conduct.

    Args:
        slug: its name in an answers file.
        reason: the reason that a letter would give.
        answers: what may be answered.
        repair: the advice until something was tried.
        tries: the repair steps that count for it.
        source: the article it comes from.
        serious: repeated, it is a ground by itself.
        once: the message that a single slip is worth, or empty.
        alone: it needs no other ground, no repair, and nothing softens it.
    """

    slug: str
    reason: str
    answers: tuple[str, ...]
    repair: str
    tries: tuple[str, ...]
    source: str
    serious: bool = False
    once: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Assessing:
    """How the articles weigh what happens with a client.

    Args:
        order: every advice, from the mildest to the gravest.
        messages: the message that carries an advice out.
        repairs: what may have been tried, with the message that does it.
        signals: the questions on the client's conduct, by slug.
        circumstances: the other questions, with their answers, the usual one first.
        sources: the article each question comes from.
    """

    order: tuple[str, ...]
    messages: Mapping[str, str]
    repairs: Mapping[str, str]
    signals: Mapping[str, Signal]
    circumstances: Mapping[str, tuple[str, ...]]
    sources: Mapping[str, str]


_OFTEN: Final = ("never", "once", "repeated", "persisting")
_YES: Final = ("no", "yes", "persisting")


@cache
def known() -> Assessing:
    """Return the questions of the assessment, and how the answers weigh."""
    data = toml.read(_HERE / "assess.toml")
    signals = [
        Signal(**entry | {"answers": _OFTEN if entry["answers"] == "often" else _YES, "tries": tuple(entry["tries"])})
        for entry in data["signal"]
    ]
    return Assessing(
        order=tuple(data["order"]),
        messages=MappingProxyType(data["messages"]),
        repairs=MappingProxyType(data["repairs"]),
        signals=MappingProxyType({signal.slug: signal for signal in signals}),
        circumstances=MappingProxyType({entry["slug"]: tuple(entry["answers"]) for entry in data["circumstance"]}),
        sources=MappingProxyType(
            {entry["slug"]: entry["source"] for entry in (*data["signal"], *data["circumstance"])}
        ),
    )


@cache
def texts(code: str) -> Mapping[str, Any]:
    """Return the words of the questions and the advice in that language, each article by its title."""
    data: dict[str, Any] = _with_titles(toml.read(templates_root() / code / "assess.toml"), quotes(code))
    return MappingProxyType(data)


def quotes(code: str) -> tuple[str, str]:
    """Return the quotation marks in which a language puts the title of an article."""
    return next(iter(languages.get(code).styles.values())).quotes


def _with_titles(texts: Any, marks: tuple[str, str]) -> Any:  # noqa: ANN401  a tree of texts
    if isinstance(texts, dict):
        return {key: _with_titles(value, marks) for key, value in texts.items()}
    return articles.with_titles(texts, marks)
