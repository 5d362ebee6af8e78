"""Reads a letter as a careful reader does: its sentences, how paragraphs open, words that must not be there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rupture.letter.blocks import Paragraph, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rupture.letter.blocks import Block
    from rupture.letter.tree import Letter

#: What no letter of ours says: it can be read as an admission, a settlement, a threat or a form letter.
FORBIDDEN = {
    "fr": (
        *("notre faute", "ma faute", "notre erreur", "mon erreur", "erreur de notre part", "pas à la hauteur"),
        *(
            "manquement",
            "vous ne devriez pas avoir à payer",
            "sans préjudice",
            "sous toutes réserves",
            "solde de tout compte",
        ),
        *(
            "par la présente",
            "veuillez noter",
            "n’hésitez pas",
            "si vous estimez",
            "si vous avez",
            "désolé",
            "congédier",
        ),
    ),
    "en": (
        *(
            "our mistake",
            "my mistake",
            "our fault",
            "my fault",
            "our failure",
            "not good enough",
            "should not have to pay",
        ),
        *(
            "without prejudice",
            "full and final",
            "hereby",
            "please be advised",
            "do not hesitate",
            "if you felt",
            "if you feel",
        ),
        *("we failed", "i failed", "unfortunately for you"),
    ),
}

#: Grammar that goes wrong around inserted words, and what a template leaves behind.
FAULTS = re.compile(
    r"  |\s[.,](?:\s|$)|[.,;:]{2}|\{\{|\}\}|\{%|<|>|\bNone\b|\bundefined\b|rupture\."
    r"|[.!?][A-ZÀ-Ý][a-zà-ÿ]|(?<!\bM[rsx])(?<!\bMrs)(?<!\bDr)\.\s+[a-zà-ÿ]"
)
GRAMMAR = {
    "fr": re.compile(
        r"\bde les?\b(?! [A-Z])|\bde des\b|\bà les?\b(?! [A-Z])|\bque ils?\b|\bque elles?\b|\bsi ils?\b"
        r"|\b[dlnjmtsc]e [aeéèêiou]\w"
    ),
    "en": re.compile(r"\ba (?:invoice|agreement|hour|email|answer|end)\b|\bthe the\b|\ban? an? \b"),
}

CONNECTIVES = {
    "fr": (
        "par ailleurs",
        "de plus",
        "en outre",
        "toutefois",
        "cependant",
        "néanmoins",
        "en effet",
        "de même",
        "en revanche",
    ),
    "en": ("however", "moreover", "furthermore", "in addition", "therefore", "nevertheless", "at the same time"),
}

_END = re.compile(r"[.!?…][»”\u00a0\u202f]*$")
_ABBREVIATED = re.compile(r"(?:^|[(’])(?:M|MM|Mr|Ms|Mx|Dr|No|no|p|a\.m|p\.m|N/Réf|Réf|art)\.$")


@dataclass(frozen=True)
class Sentence:
    """One sentence: its words, and how many of them are the letter's own."""

    text: str
    words: int
    own: int


def sentences(letter: Letter) -> list[Sentence]:
    """Return the sentences of the steps of a letter, list items with their intro left apart."""
    found = [sentence for block in _steps(letter) for line in _lines(block) for sentence in _split(line)]
    return [sentence for sentence in found if sentence.words > 1]


def _steps(letter: Letter) -> list[Block]:
    """Return the blocks between salutation and closing formula."""
    return [block for part in letter.body[1:-1] if part.name != "subject" for block in part.blocks]


def _lines(block):
    return block.lines if isinstance(block, Paragraph) else lines_of(block)


def _split(line):
    words, out = [], []
    for run in line:
        pieces = re.findall(r"\S+|\s+", run.text)
        for piece in pieces:
            if piece.isspace():
                words.append(None)
            elif words and words[-1] is not None:
                text, own = words[-1]
                words[-1] = (text + piece, own and run.source is None)
            else:
                words.append((piece, run.source is None))
    current = []
    for word in filter(None, words):
        if re.search(r"\w", word[0]):
            current.append(word)
        elif current:
            current[-1] = (current[-1][0] + word[0], current[-1][1])
        if current and _END.search(current[-1][0]) and not _ABBREVIATED.search(current[-1][0]):
            out.append(current)
            current = []
    if current:
        out.append(current)
    return [Sentence(" ".join(text for text, _ in each), len(each), sum(own for _, own in each)) for each in out]


def body_text(letter: Letter) -> str:
    """Return the steps of a letter as one text, paragraphs on lines of their own."""
    return "\n".join(str(part) for part in letter.body)


def own_text(letter: Letter) -> str:
    """Return the steps of a letter with each stretch of user words replaced by one sign, and with plain spaces."""
    lines = (line for part in letter.body for block in part.blocks for line in _lines(block))
    text = "\n".join("".join("¤" if run.source else run.text for run in line) for line in lines)
    return re.sub(r"[\u00a0\u202f]", " ", text)


def openings(letter: Letter) -> list[str]:
    """Return the first word of each paragraph between salutation and closing formula."""
    texts = ("".join(run.text for run in block.lines[0]) for block in _steps(letter) if isinstance(block, Paragraph))
    return [re.split(r"[\s\u00a0\u202f]", text.strip("«“‘ "))[0].casefold() for text in texts]


# ---------------------------------------------------------------- the checks


def _around(pattern: re.Pattern[str], text: str) -> list[str]:
    return [
        f"{match[0]!r} in {text[max(0, match.start() - 25) : match.end() + 25]!r}" for match in pattern.finditer(text)
    ]


def _leftovers(letter: Letter) -> list[str]:
    return _around(FAULTS, own_text(letter))


def _doubled_space(letter: Letter) -> list[str]:
    text = body_text(letter).replace("\u00a0 ", "")
    return _around(re.compile("  "), text)


def _grammar(letter: Letter) -> list[str]:
    return _around(GRAMMAR[letter.locale[:2]], own_text(letter))


def _forbidden(letter: Letter) -> list[str]:
    own = own_text(letter).casefold()
    return [words for words in FORBIDDEN[letter.locale[:2]] if words in own]


def _connectives(letter: Letter) -> list[str]:
    own = own_text(letter).casefold()
    return [f"{words} twice" for words in CONNECTIVES[letter.locale[:2]] if own.count(words) > 1]


def _long_sentences(letter: Letter) -> list[str]:
    return [f"{each.own} own words: {each.text}" for each in sentences(letter) if each.own > 30]


def _same_openings(letter: Letter) -> list[str]:
    words = openings(letter)
    rows = zip(words, words[1:], words[2:], words[3:], words[4:], strict=False)
    return [f"five paragraphs open with {row[0]!r}" for row in rows if len(set(row)) == 1]


#: What a careful reader marks: each check by its name, which returns what it finds in a letter.
CHECKS: dict[str, Callable[[Letter], list[str]]] = {
    "leftovers of a template": _leftovers,
    "a doubled space": _doubled_space,
    "grammar": _grammar,
    "forbidden words": _forbidden,
    "a connective twice": _connectives,
    "long sentences": _long_sentences,
    "same openings": _same_openings,
}


def mean_length(letter: Letter) -> float:
    """Return the mean number of words of a sentence."""
    lengths = [sentence.words for sentence in sentences(letter)]
    return sum(lengths) / len(lengths)


def words_before(letter: Letter, date: str) -> float:
    """Return which share of the words from salutation to signature stands before a date, the subject left out."""
    text = "\n".join(str(part) for part in letter.body if part.name != "subject")
    folded = re.sub(r"[\u00a0\u202f]", " ", text)
    assert date in folded, f"{date} is not in the letter"
    return len(folded.partition(date)[0].split()) / len(folded.split())
