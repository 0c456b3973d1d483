"""Normalised text and the hashes made of it."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable


def normalise(text: str) -> str:
    """Letters, digits and the signs that change a number; case, width, spacing and punctuation do not count.

    A decimal point between two digits, a sign and a per cent mark stay: 1.5 is not 15, and -3 is not 3.
    """
    folded = _compose(_compose(text).casefold())
    return _compose("".join(c for i, c in enumerate(folded) if _counts(folded, i, c)))


def _compose(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _counts(text: str, i: int, c: str) -> bool:
    if unicodedata.category(c)[0] in "LNM" or c in "%‰$€£¥":
        return True
    before, after = text[i - 1 : i], text[i + 1 : i + 2]
    if c in "-−+":
        return after.isdigit() and not before.isalnum()
    return c in ".," and before.isdigit() and after.isdigit()


def digest(parts: Iterable[str], size: int = 8) -> str:
    """BLAKE2b of the parts, each set apart by a NUL, as ``2 * size`` hexadecimal digits."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=size).hexdigest()


def same_company(name: str) -> str:
    """The key under which statements of one company are compared."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
