"""Sentences that say the same as an earlier one of their document, word for word or nearly.

Nearly: alike word by word (rapidfuzz's edit operations over words), where an article or possessive may come, go or
change, and a long word may hold a slip. Any other word that differs - a number, a name, a negation, "some" for "all" -
keeps two sentences apart. Only sentences that begin or end alike are compared, so that time stays near linear.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ..text import normalise

EDGE = 12  # characters at either end by which sentences meet
SHORTEST = 6  # words; a shorter sentence with another word says another thing
MOST = 40  # earlier sentences with one edge that are compared
SLIP = 7  # letters from which a word may differ by one
CHANGES = 3  # words that may differ
_ARTICLES = frozenset(
    (
        "a",
        "an",
        "the",
        "its",
        "their",
        "our",
        "this",
        "these",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "ein",
        "eine",
        "einer",
        "unser",
        "unsere",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "notre",
        "nos",
        "el",
        "los",
        "las",
        "una",
        "nuestro",
        "nuestra",
        "nuestros",
        "nuestras",
        "su",
        "sus",
        "o",
        "os",
        "as",
        "um",
        "uma",
        "nosso",
        "nossa",
        "il",
        "lo",
        "gli",
        "i",
        "nostro",
        "nostra",
    )
)


def collapse(sentences: Sequence[str]) -> list[int]:
    """For each sentence the index of the first that says the same; its own where none does."""
    first: dict[str, int] = {}
    edges: dict[str, list[int]] = defaultdict(list)
    keys = [normalise(s) for s in sentences]
    words = [key.split() for key in keys]
    result = []
    for i, key in enumerate(keys):
        same = first.get(key)
        if same is None and len(words[i]) >= SHORTEST:
            near = dict.fromkeys(j for edge in _edges(key) for j in edges[edge])
            same = next((j for j in near if _nearly(words[j], words[i])), None)
            for edge in _edges(key) if same is None else ():
                if len(edges[edge]) < MOST:
                    edges[edge].append(i)
        result.append(first.setdefault(key, i if same is None else same))
    return result


def _edges(key: str) -> tuple[str, str]:
    return "^" + key[:EDGE], key[-EDGE:] + "$"


def _nearly(a: Sequence[str], b: Sequence[str]) -> bool:
    from rapidfuzz.distance import Levenshtein

    if abs(len(a) - len(b)) > CHANGES:
        return False
    changes = Levenshtein.editops(a, b)
    if len(changes) > CHANGES:
        return False
    return all(_may_change(c.tag, a[c.src_pos : c.src_pos + 1], b[c.dest_pos : c.dest_pos + 1]) for c in changes)


def _may_change(tag: str, old: Sequence[str], new: Sequence[str]) -> bool:
    if tag == "replace":
        return _alike(old[0], new[0])
    return (old if tag == "delete" else new)[0] in _ARTICLES


def _alike(a: str, b: str) -> bool:
    """Whether one word may stand for the other: both articles, or one a slip of the other."""
    from rapidfuzz.distance import Levenshtein

    if a in _ARTICLES and b in _ARTICLES:
        return True
    is_slip = min(len(a), len(b)) >= SLIP and a[0] == b[0] and a[-1] == b[-1] and a.isalpha() and b.isalpha()
    return is_slip and Levenshtein.distance(a, b, score_cutoff=1) <= 1
