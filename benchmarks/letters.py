"""The letter that is measured, as many different ones of it as are wanted, and its words as a template with blanks."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

import rupture
from rupture.letter.blocks import Bullets, Figure, Table, block_text
from rupture.page import faces, layouts
from rupture.writing import html, pdf, stylesheet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from rupture.case.model import Case
    from rupture.letter.tree import Document

CASE: Final = Path(__file__).parent / "letter.fr.yaml"
#: What varies from letter to letter: where it stands in a case, and its value in the case file.
BLANKS: Final[Mapping[str, str]] = {
    "recipient.organisation": "Cordages Mistral",
    "recipient.person.name": "Odile Verdier",
    "recipient.address.lines[0]": "4 quai des Brumes",
    "recipient.address.postcode": "38200",
    "recipient.address.town": "Vienne",
    "relationship.contract.name": "notre contrat C-2021-014",
    "reasons[0].fact": "la facture F-2026-031 a été réglée six semaines après son échéance",
    "reasons[2].fact": "la facture F-2026-048 a été réglée sept semaines après la sienne",
    "money[0].what": "la facture F-2026-061",
}
_TRADES: Final = [
    "Cordages",
    "Voiles",
    "Ateliers",
    "Vergers",
    "Faïences",
    "Reliures",
    "Tissages",
    "Lainages",
    "Meubles",
    "Jardins",
]
_NAMES: Final = ["Mistral", "Alizé", "Zéphyr", "Tramontane", "Sirocco", "Galerne", "Autan", "Brise", "Ponant", "Levant"]
_FIRST: Final = ["Odile", "Agathe", "Solène", "Margot", "Irène", "Lucile", "Ninon", "Perrine", "Colette", "Edmée"]
_LAST: Final = ["Verdier", "Lambel", "Rochas", "Tissot", "Garance", "Belval", "Charmes", "Delorme", "Faubert", "Novel"]
_STREETS: Final = ["quai des Brumes", "rue des Lices", "place du Four", "chemin des Aulnes", "rue du Puits"]
_TOWNS: Final = ["Vienne", "Annonay", "Mâcon", "Roanne", "Nevers", "Tarare", "Givors", "Bourgoin"]


def values(index: int) -> dict[str, str]:
    """Return what the blanks of the letter of that number hold; the same number gives the same."""
    if not index:
        return dict(BLANKS)
    pick = random.Random(index)  # noqa: S311  the same letters each time, not a secret
    last = pick.sample(range(100, 1000), 3)
    filled = (
        f"{pick.choice(_TRADES)} {pick.choice(_NAMES)} {index}",
        f"{pick.choice(_FIRST)} {pick.choice(_LAST)}",
        f"{pick.randint(2, 99)} {pick.choice(_STREETS)}",
        str(pick.randint(10_000, 89_999)),
        pick.choice(_TOWNS),
        f"notre contrat C-2021-{pick.randint(100, 999)}",
        f"la facture F-2026-{last[0]} a été réglée six semaines après son échéance",
        f"la facture F-2026-{last[1]} a été réglée sept semaines après la sienne",
        f"la facture F-2026-{last[2]}",
    )
    return dict(zip(BLANKS, filled, strict=True))


@dataclass(frozen=True)
class Sample:
    """One letter, as each tool takes it; what is not asked for is not composed.

    Args:
        data: the case as plain data, which the templates of other tools read.
        blanks: what varies, by the names of `BLANKS`.
        case: the case.
    """

    data: Mapping[str, Any]
    blanks: Mapping[str, str]
    case: Case

    @cached_property
    def document(self) -> Document:
        """The composed letter."""
        return rupture.compose(self.case)

    @cached_property
    def page(self) -> str:
        """The HTML and CSS that our PDF is made from, as one page that any WeasyPrint can lay out."""
        return final_page(self.document)


def samples(count: int, first: int = 0) -> list[Sample]:
    """Return so many different letters.

    Args:
        count: how many.
        first: the number of the first; 0 is the letter of the case file.
    """
    return [sample(values(index)) for index in range(first, first + count)]


def sample(blanks: Mapping[str, str], **more: object) -> Sample:
    """Return the letter with these values, and with other keys of a case added or replaced."""
    data = {**case_data(blanks), **more}
    return Sample(data, blanks, rupture.load(data))


def case_data(blanks: Mapping[str, str]) -> dict[str, Any]:
    """Return the case with these values, as plain data; a value that is repeated is replaced everywhere."""
    replaced = {value: blanks[name] for name, value in BLANKS.items()}

    def filled(part: Any) -> Any:  # noqa: ANN401  text, list or mapping
        if isinstance(part, dict):
            return {key: filled(value) for key, value in part.items()}
        if isinstance(part, list):
            return [filled(value) for value in part]
        return replaced.get(part, part)

    text = CASE.read_text(encoding="utf-8")
    data: dict[str, Any] = filled(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506  BaseLoader makes only text
    return data


# ---------------------------------------------------------------- the same words, with blanks


def jinja_blank(name: str, *, upper: bool) -> str:
    """Return a blank as Jinja has it."""
    return f"{{{{ {name}|upper }}}}" if upper else f"{{{{ {name} }}}}"


def blanked(text: str, blank: Callable[..., str] = jinja_blank) -> str:
    """Return words of the first letter with its varying values as blanks.

    Args:
        text: the words.
        blank: gives the blank of a name, and takes whether it is ``upper``.
    """
    for name, value in BLANKS.items():
        text = text.replace(value, blank(name, upper=False))
        if value.isalpha():  # the town of an address
            text = text.replace(value.upper(), blank(name, upper=True))
    return text


def paragraphs(document: Document) -> list[tuple[str, str]]:
    """Return the part and the words of each paragraph of a letter, its lines apart."""
    (letter,) = document.letters
    blocks = [(part.name, block) for part in letter.parts for block in part.blocks]
    if odd := [type(block).__name__ for _, block in blocks if isinstance(block, Bullets | Table | Figure)]:
        raise ValueError(f"the letter has {odd[0]}: the templates of the contenders hold paragraphs only")
    return [(name, block_text(block)) for name, block in blocks]


def text_template() -> str:
    """Return the words of the letter as a Jinja template, a blank line between paragraphs."""
    return blanked("\n\n".join(text for _, text in paragraphs(samples(1)[0].document)))


def page_template() -> str:
    """Return the finished HTML of the letter's page, with its style, as a Jinja template."""
    return blanked(samples(1)[0].page)


def final_page(document: Document) -> str:
    """Return the HTML and CSS that our PDF is made from, as one page that any WeasyPrint can lay out."""
    pages = tuple(layouts.get(letter.layout) for letter in document.letters)
    style = stylesheet.style_sheet(pages, "normal", document.look)
    for name, path in faces.files().items():
        style = style.replace(f'rupture:{name}"', f'{path.as_uri()}"')
    return html.page(document, html.articles(document, extras=running_heads(document)), style)


def running_heads(document: Document) -> tuple[str, ...]:
    """Return what our PDF has in front of each letter."""
    return pdf._extras(document)  # noqa: SLF001  the same page needs the same head


def squeezed(text: str) -> str:
    """Return a text without white space and marks of hyphenation, so that texts compare however their lines end."""
    return re.sub(r"[\s\u00ad\u0002\ufffe]+", "", text)


def rows(count: int) -> Iterator[dict[str, str]]:
    """Yield the rows of a merge: the columns of the letter that one value decides."""
    for index in range(1, count + 1):
        filled = values(index)
        yield {name: filled[name] for name in BLANKS if name.partition(".")[0] in {"recipient", "relationship"}}
