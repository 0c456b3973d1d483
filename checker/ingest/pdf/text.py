"""Lines of a paragraph joined to its text, words that the end of a line cut in two made whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set

from ..tidy import join

_HYPHENS = ("-", "\u2010")
_AROUND = "\"'“”‘’«»()[]{}.,;:!?…•*/|"
_SUSPENDED = re.compile(
    r"(?:and|or|und|oder|bzw|sowie|bis|et|ou|och|eller|og)\b", re.IGNORECASE
)  # "short- and long-term"


def join_lines(lines: Sequence[str], known: Set[str]) -> str:
    """The lines of a paragraph as one text."""
    if len(lines) == 1:
        return lines[0]
    text = lines[0]
    whole = []
    for line in lines[1:]:
        if text[-1] in _HYPHENS or text[-1] > "\u2e80" or line[0] > "\u2e80":
            text = join_two(text, line, known)
        else:
            whole.append(text)
            text = line
    return " ".join([*whole, text])


def join_two(first: str, second: str, known: Set[str]) -> str:
    """Two parts of a paragraph as one text."""
    if not first.endswith(_HYPHENS) or not second or not first[-2:-1].isalnum():
        return join(first, second, known)
    left = first.rsplit(None, 1)[-1].lstrip(_AROUND)[:-1]
    right = second.split(None, 1)[0].rstrip(_AROUND)
    whole = (left + right).lower()
    if right[:1].islower() and len(left) > 1 and whole in known:
        return first[:-1] + second
    if second[0].isdigit() or (second[0].isalpha() and (len(left) < 2 or left[-1].isdigit())):
        return first + second  # "COVID-" "19", "e-" "commerce"
    if _SUSPENDED.match(second):
        return f"{first} {second}"
    if len(left) > 1 and left.isupper() and right.isupper():
        parts = left.lower() in known and right.lower() in known
        return first + second if parts and whole not in known else first[:-1] + second
    return join(first, second, known)


def known_words(pages: Iterable[Iterable[str]]) -> Set[str]:
    """The words of a document, if any line ends in a hyphen; not the parts of those that the end of a line cuts.

    ``tidy.vocabulary`` finds the same in three times the time.
    """
    texts = ["\n".join(lines).lower().replace("\u2010\n", "-\n") for lines in pages]
    if not any("-\n" in text for text in texts):
        return frozenset()
    words: set[str] = set()
    for text in texts:
        parts = text.split("-\n")
        for n, part in enumerate(parts):
            words.update(part.split()[n > 0 : None if n + 1 == len(parts) else -1])
    bare = [word.strip(_AROUND) for word in words]
    return frozenset([*bare, *(part for word in bare if "-" in word for part in word.split("-"))])
