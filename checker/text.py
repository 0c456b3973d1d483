"""Normalised text and the hashes made of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

CURRENCY = "$€£¥₩"
SIGNS = "%‰<>≤≥=±~≈°^" + CURRENCY  # they change what a number says, wherever they stand
DASHES = "-‐‑‒–—−"
_BETWEEN_DIGITS = ".,/:"
_WIDE = re.compile(r" ?([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff]) ?")  # scripts in which a space separates nothing


@lru_cache(maxsize=16_384)
def normalise(text: str) -> str:
    """Words, numbers and the signs that change them; case, width, punctuation and line breaks do not count.

    1.5 stays apart from 15, -3 and (3) from 3, > 5 from < 5, 3:1 from 31, "in active" from "inactive".
    """
    folded = _compose(_compose(text).casefold())
    spaced = "".join(_kept(folded, i, c) for i, c in enumerate(folded))
    return _WIDE.sub(r"\1", " ".join(_compose(spaced).split()))


def _kept(text: str, i: int, c: str) -> str:
    """What stands for a character: itself, a plain dash, a space, or nothing for an apostrophe."""
    if unicodedata.category(c)[0] in "LNM" or c in SIGNS:
        return c
    before, after = text[i - 1 : i] if i else "", text[i + 1 : i + 2]
    number_follows = after.isdigit() or (after != "" and after in CURRENCY)
    if c in DASHES:
        return "-" if number_follows and not before.isalnum() else " "
    if c == "(":
        return c if number_follows else " "
    if c in _BETWEEN_DIGITS and after.isdigit() and (before.isdigit() or (c == "." and not before.isalnum())):
        return c
    return "" if c in "'’" else " "


def _compose(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def digest(parts: Iterable[str], size: int = 8) -> str:
    """BLAKE2b of the parts, each set apart by a NUL, as ``2 * size`` hexadecimal digits."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=size).hexdigest()


def same_company(name: str) -> str:
    """The key under which statements of one company are compared."""
    return " ".join(_compose(name).casefold().split())


def plain(text: str) -> str:
    """Text without control and bidirectional characters, each shown as a replacement character, length kept.

    A corpus must not steer the terminal of the person who reads it.
    """
    return "".join(
        " " if c in "\n\t" else "\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs") else c for c in text
    )
