"""The words around numbers and the concepts they measure, found in a text.

Reads ``data/numbers.toml`` and ``data/numbers_concepts.toml``. A lookup by the first two characters, rather than one
large alternation of regular expressions: 1,900 terms over a sentence take about 0.1 ms, whatever the text.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_DATA = Path(__file__).parent / "data"
_STARTS = re.compile(rf"(?<![{LATIN}])[{LATIN}]|[^\s{LATIN}]")
_LETTERS = re.compile(rf"[{LATIN}]*")
_PLURALS = {"de": ("", "e", "en", "n", "s", "es", "er", "ern")}
_COMMON_PLURALS = ("", "s", "es")
LANGUAGES = ("en", "zh", "de", "fr", "es", "ja", "ko", "pt")


class Found(NamedTuple):
    """A term found at ``text[start:end]`` and what it stands for."""

    start: int
    end: int
    labels: tuple[str, ...]


class _Term(NamedTuple):
    text: str
    labels: tuple[str, ...]
    endings: tuple[str, ...]  # letters that may follow
    open: bool  # any letters may follow
    cased: bool  # only as it is spelled


class Words:
    """Terms and their labels, found from the left, the longest first."""

    def __init__(self, entries: Iterable[tuple[str, str]], endings: tuple[str, ...] = ("",), cased: int = 0) -> None:
        """Pairs of term and label.

        Acronyms count only as they are spelled; so do, unless ``cased`` is 0, terms of up to so many characters or with
        a capital.
        """
        labels: dict[str, list[str]] = {}
        for term, label in entries:
            known = labels.setdefault(term if _is_cased(term, cased) else _lower(term), [])
            if label not in known:
                known.append(label)
        self._by_start: dict[str, list[_Term]] = {}
        self._inner: list[_Term] = []
        for term, its in sorted(labels.items(), key=lambda item: (-len(item[0].strip("*")), item[0])):
            bare = term.strip("*")
            entry = _Term(bare, tuple(its), endings, term.endswith("*"), _is_cased(term, cased))
            if term.startswith("*"):
                self._inner.append(entry)
            else:
                self._by_start.setdefault(_lower(bare[:2]), []).append(entry)

    def at(self, text: str, low: str, start: int) -> Found | None:
        """The longest term that starts at ``start``; ``low`` is ``lower(text)``."""
        for key in (low[start : start + 2], low[start : start + 1]):
            for term in self._by_start.get(key, ()):
                if (text if term.cased else low).startswith(term.text, start):
                    end = self._end(term, low, start + len(term.text))
                    if end:
                        return Found(start, end, term.labels)
        return None

    def scan(self, text: str, low: str) -> Iterator[Found]:
        """Every term of a text, none over another."""
        done = 0
        for start in (match.start() for match in _STARTS.finditer(low)):
            if start < done:
                continue
            found = self.at(text, low, start) or self._inside(low, start)
            if found:
                done = found.end
                yield found

    def _inside(self, low: str, start: int) -> Found | None:
        """A term within the compound word that starts at ``start``."""
        if not self._inner or not _is_letter(low, start):
            return None
        end = _letters_end(low, start)
        word = low[start:end]
        for term in self._inner:
            if term.text in word if term.open else word.endswith(term.text):
                return Found(start, end, term.labels)
        return None

    @staticmethod
    def _end(term: _Term, low: str, end: int) -> int:
        """Where the word ends whose first letters are the term, or 0 where another word begins so."""
        if not _is_letter(low, end - 1) or not _is_letter(low, end):
            return end
        if term.open:
            return _letters_end(low, end)
        rest = low[end : end + 4]
        for ending in term.endings:
            if ending and rest.startswith(ending) and not _is_letter(low, end + len(ending)):
                return end + len(ending)
        return 0


def lower(text: str) -> str:
    """Lower case, every character in its place."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(_lower(c) for c in text)


def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else text


def _is_cased(term: str, cased: int) -> bool:
    acronym = term.isascii() and term.isupper() and 1 < len(term.rstrip("*.")) <= 4
    return 0 < len(term) <= cased or acronym or (cased > 0 and term != term.lower())


def _is_letter(text: str, i: int) -> bool:
    c = text[i : i + 1]
    return ("a" <= c <= "z") or ("A" <= c <= "Z") or ("À" <= c <= "ɏ" and c not in "×÷")


def _letters_end(text: str, start: int) -> int:
    match = _LETTERS.match(text, start)
    return match.end() if match else start


def split(terms: str) -> list[str]:
    """The terms of a line of the data files."""
    return [term.strip() for term in terms.split(",") if term.strip()]


@cache
def data(name: str = "numbers") -> dict[str, Any]:
    """A data file."""
    with (_DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def concept_kinds() -> dict[str, str]:
    """Of each concept whether it is a measure, a thing, a group, an aspect or a place."""
    return {name: kind for kind, table in data("numbers_concepts").items() for name in table}


@cache
def measure_units() -> dict[str, frozenset[str]]:
    """The units that each measure takes."""
    return {name: frozenset(entry["units"].split()) for name, entry in data("numbers_concepts")["measure"].items()}


@cache
def concepts(language: str) -> Words:
    """The concepts in one language; those in English for a language that is not covered."""
    language = language if language in LANGUAGES else "en"
    entries = [
        (term, name)
        for table in data("numbers_concepts").values()
        for name, entry in table.items()
        for term in split(entry.get(language, "")) + split(entry.get("any", ""))
    ]
    return Words(entries, _PLURALS.get(language, _COMMON_PLURALS))


@cache
def markers() -> Words:
    """Words around numbers, labelled ``section.key`` of numbers.toml."""
    sections = (
        "before",
        "after",
        "change",
        "former",
        "zero",
        "context",
        "period",
        "relative_year",
        "months",
        "loss",
        "ignore",
    )
    return Words((t, f"{s}.{key}") for s in sections for key, terms in data()[s].items() for t in split(terms))


@cache
def units() -> Words:
    """Units, labelled ``dimension factor``; currencies are of the dimension ``money:EUR``, or ``money`` if unnamed."""
    entries = [
        (term, f"{dimension} {factor}")
        for dimension, table in data()["unit"].items()
        for factor, terms in table.items()
        for term in split(terms)
    ]
    entries += [
        (term, "money 1" if name == "unknown" else f"money:{name} 1")
        for name, terms in data()["currency"].items()
        for term in split(terms)
    ]
    entries += [(term, "money 0.01") for terms in data()["currency_cents"].values() for term in split(terms)]
    return Words(entries, cased=2)


@cache
def rate_bases() -> Words:
    """What rates are counted on ("per 200,000 hours"), labelled with its name."""
    return Words((term, name) for name, terms in data()["rate_base"].items() for term in split(terms))


@cache
def scales() -> Words:
    """Words and abbreviations that multiply, labelled with their factor."""
    return Words(((t, key) for key, terms in data()["scale"].items() for t in split(terms)), cased=2)


@cache
def counters() -> Words:
    """Words between a number and what it counts, labelled person or other."""
    return Words((term, kind) for kind, terms in data()["counter"].items() for term in split(terms))


@cache
def fractions() -> Words:
    """Names of fractions, labelled with the denominator, and vague numbers, labelled ``low high unit``."""
    entries = [(term, key) for key, terms in data()["fraction"].items() for term in split(terms)]
    return Words(entries + [(term, key) for key, terms in data()["vague"].items() for term in split(terms)])
