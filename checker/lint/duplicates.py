"""Duplicates (U): statements said twice in a document, and documents that are there twice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import msgspec

from .memory import Memory, document_of
from .records import Flaw, Line, Placed, Rule, Settings, shown

LEAST_STATEMENTS = 3  # of a document: two that share a slogan are no copies
_LEAST_LETTERS = 20  # of statements that are nearly the same: shorter ones differ by what is dropped here
_ACCENTS = re.compile("[\u0300-\u036f]")
_NO_SIGN = re.compile(r"[^\w %‰<>≤≥=±~≈°^$€£¥₩.,:/()+−-]+|[.,:/(−-](?!\d)|[_)]+")
_ALL_BITS = (1 << 64) - 1


@lru_cache(maxsize=16)
def words_key(text: str) -> str:
    """What two texts share that differ in case, width and punctuation only; a sign at a number counts."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_NO_SIGN.sub(" ", text.casefold()).split())


def letters_key(words: str) -> str:
    """What two texts (by their words) share that differ in spaces, hyphens and accents as well."""
    if not words.isascii():
        words = _ACCENTS.sub("", unicodedata.normalize("NFKD", words))
    return words.replace(" ", "")


class Said(NamedTuple):
    """A statement as it is remembered: its place, and hashes of its words and of the whole line."""

    place: int
    words: int
    row: int


class Repeats:
    """Statements that a document has twice."""

    def __init__(self, settings: Settings) -> None:
        self.places = settings.places
        self.said: Memory[Said] = settings.memory()
        self.again: Memory[bool] = settings.memory()

    def see(self, line: Line) -> Iterator[Flaw]:
        """U001, U002."""
        s = line.statement
        words = words_key(s.text)
        letters = letters_key(words)
        own = Said(line.place, hash(words), row_hash(line.row))
        known = self.said.first((*document_of(s), s.is_outside, letters), own)
        if known is None:
            return
        where = self.places.named(known.place)
        if known.words == own.words:
            is_copy = self._is_copy(known, own)
            yield Flaw("U001", "text", f"said in {where} too, in the same document: {shown(s.text)}", is_copy)
        elif len(letters) >= _LEAST_LETTERS:
            yield Flaw("U002", "text", f"said in {where} too, but for spaces, hyphens or accents: {shown(s.text)}")

    def _is_copy(self, known: Said, own: Said) -> bool:
        """Whether a line is in all the same as an earlier one of its file."""
        again = self.again.first((self.places.file_of(own.place), own.row), True)
        same_file = self.places.file_of(known.place) == self.places.file_of(own.place)
        return again is not None or (same_file and known.row == own.row)

    def end(self) -> Iterator[Placed]:
        """Nothing more."""
        yield from ()


def row_hash(row: object) -> int:
    """A hash of a whole line, however it is written."""
    return hash(msgspec.json.encode(row, order="sorted"))


@dataclass(slots=True)
class _Document:
    """A document as it is remembered: its first line, how many different texts it has, and the sum of their hashes."""

    place: int
    company: str
    title: str
    date: str | None
    texts: int = 0
    total: int = 0


class Copies:
    """Documents that are there under two titles."""

    def __init__(self, settings: Settings) -> None:
        self.places = settings.places
        self.documents: Memory[_Document] = settings.memory()

    def see(self, line: Line) -> Iterator[Flaw]:
        """Nothing yet: a document is known when all its statements are."""
        s = line.statement
        key = document_of(s)
        own = _Document(line.place, *key, s.date)
        document = self.documents.first(key, own) or own
        document.texts += 1
        document.total = (document.total + hash(letters_key(words_key(s.text)))) & _ALL_BITS
        yield from ()

    def end(self) -> Iterator[Placed]:
        """U003, for each document whose statements are all those of another one of the company and the day."""
        first: dict[tuple[str, int, int], _Document] = {}
        for document in self.documents.values():
            if document.texts < LEAST_STATEMENTS:
                continue
            known = first.setdefault((document.company, document.texts, document.total), document)
            if known is not document and (None in (known.date, document.date) or known.date == document.date):
                path, line = self.places.of(known.place)
                why = f"has the very statements of {shown(known.title)} ({path}:{line})"
                what = f"{shown(document.title)} {why}; leave one of the two out"
                yield Placed(document.place, Flaw("U003", "document", what))


RULES = (
    Rule("U001", "a statement twice in a document",
         "a run leaves the second one out; of lines that are the same in all, id included, --fix leaves one",
         '"text": "We pay a living wage." … "text": "We pay a living wage."', mends=True),
    Rule("U002", "nearly the same statement twice in a document",
         "one of the two is a slip: a word broken by a hyphen, an accent lost",
         '"text": "We re-use water in every plant." … "text": "We reuse water in every plant."'),
    Rule("U003", "a document that is there twice, under two titles",
         "each of its statements is compared, and found, twice",
         '"document": "Policy" … "document": "policy-final.pdf"'),
)  # fmt: skip
