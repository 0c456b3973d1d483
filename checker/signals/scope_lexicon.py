"""Finds the words of scope in a text: quantifiers, negations, scopes and places, as concepts shared by all languages.

Some 6,900 terms in eight languages are sought at once. ahocorasick_rs does it in time linear in the text and gives
Python's character positions; an alternation in ``re`` tries its branches one after another (2.7 ms against 0.01 ms for
a sentence of 300 characters). The names of countries and large cities come from Unicode CLDR, exported once with babel
(its own data are pickles, which are not read at run time); see the head of ``data/scope_countries.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

Group = Literal["quantifier", "negation", "idiom", "scope", "place"]
LATIN = ("en", "de", "fr", "es", "pt")
MAX_HITS = 400  # hostile texts only: a page of prose has about a hundred

_KANA = re.compile(r"[\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_KATAKANA_WORD = re.compile(r"[\u30a0-\u30ff]+")


@dataclass(frozen=True, slots=True)
class Concept:
    """What a term means. Concepts of one ``axis`` shut each other out; ``within`` is the concept it is part of.

    A ``counted`` thing is what quantifiers range over; one that sets ``apart`` says, where only one side names it, that
    the two sides speak of different things.
    """

    group: Group
    key: str
    name: str
    axis: str = ""
    within: str = ""
    counted: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A term at ``text[start:end]``."""

    start: int
    end: int
    concept: Concept


@dataclass(frozen=True, slots=True)
class _Term:
    concept: Concept
    langs: frozenset[str]
    open_left: bool
    open_right: bool
    capital: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The compiled data files."""

    automaton: Any
    terms: tuple[tuple[_Term, ...], ...]
    places: Mapping[str, frozenset[str]]
    """A place and all that it lies in, itself included."""
    concepts: Mapping[str, Concept]
    not_models: frozenset[str]
    words: Mapping[str, tuple[str, ...]]


def language(lang: str | None, text: str) -> str:
    """ISO 639-1 code, from the script where ``lang`` is not given; "" is any language in Latin script."""
    if lang:
        return lang[:2]
    if _KANA.search(text):
        return "ja"
    if _HANGUL.search(text):
        return "ko"
    return "zh" if _HAN.search(text) else ""


def fold(text: str) -> str:
    """Lower case of the same length, so that positions stay true."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_wide(char: str) -> bool:
    """Whether a character belongs to a script written without spaces, or to Hangul."""
    return char >= "\u1100" and unicodedata.east_asian_width(char) in "WF"


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("checker.signals") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


Entry = tuple[Concept, str, str, bool]  # concept, language, term, whether it must begin with its capital


def _words(data: Mapping[str, Any]) -> Iterator[Entry]:
    groups: tuple[Group, ...] = ("quantifier", "negation", "idiom", "scope")
    for group in groups:
        for key, row in data[group].items():
            name = row.get("name", key.replace("_", " "))
            fields = {k: v for k, v in row.items() if k in ("axis", "within", "counted", "apart")}
            concept = Concept(group, key, name, **fields)
            for lang, terms in row.items():
                if isinstance(terms, list):
                    yield from ((concept, lang, term, False) for term in terms)


def _places(countries: Mapping[str, Any], more: Mapping[str, Any]) -> Iterator[Entry]:
    langs = countries["languages"]
    for key, names in [*countries["countries"].items(), *countries["cities"].items()]:
        concept = Concept("place", key, names[0] or key)
        yield from ((concept, lang, name, True) for lang, name in zip(langs, names, strict=True) if name)
    for table in ("region", "other", "city", "idiom"):
        for key, row in more[table].items():
            known = countries["countries"].get(key)
            name = row["en"][0] if "en" in row else key.split(".")[-1]
            if known and known[0] and not known[0].startswith(f"{name} "):  # but "Hong Kong SAR China" is "Hong Kong"
                name = known[0]
            concept = Concept("idiom" if table == "idiom" else "place", key, "worldwide" if key == "world" else name)
            for lang, terms in row.items():
                if lang != "members":
                    yield from ((concept, lang, term, term[0].isupper()) for term in terms)


def _ancestors(countries: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    above: dict[str, set[str]] = {}
    for region, row in more["region"].items():
        for member in row["members"]:
            above.setdefault(member, set()).add(region)

    def climb(key: str) -> frozenset[str]:
        direct = {key.split(".", maxsplit=1)[0]} if "." in key else above.get(key, set())
        return frozenset({key, "world"}).union(*(climb(k) for k in direct))

    keys = {*countries["countries"], *countries["cities"], *more["region"], *more["other"], *more["city"]}
    return {key: climb(key) for key in keys}


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The data files, compiled at the first use."""
    import ahocorasick_rs

    data, countries, more = _read("scope"), _read("scope_countries"), _read("scope_places")
    found: dict[str, dict[tuple[str, bool, bool, bool], tuple[Concept, set[str]]]] = {}
    for concept, lang, term, capital in [*_words(data), *_places(countries, more)]:
        bare = fold(term.strip("*"))
        key = (f"{concept.group}.{concept.key}", term.startswith("*"), term.endswith("*"), capital)
        found.setdefault(bare, {}).setdefault(key, (concept, set()))[1].add(lang)
    terms = tuple(
        tuple(_Term(concept, frozenset(langs), *flags) for (_, *flags), (concept, langs) in rows.items())
        for rows in found.values()
    )
    concepts = {t.concept.key: t.concept for rows in terms for t in rows if t.concept.group in ("scope", "place")}
    return Lexicon(
        ahocorasick_rs.AhoCorasick(list(found)),
        terms,
        _ancestors(countries, more),
        concepts,
        frozenset(data["not_models"]),
        {key: tuple(sorted(words, key=len, reverse=True)) for key, words in data["words"].items()},
    )


def _spoken(term: _Term, lang: str) -> bool:
    """Whether a term counts in a language: its own; English too in Asian texts, and for the names of places."""
    if lang == "":
        return not term.langs.isdisjoint(LATIN)
    if lang in term.langs:
        return True
    return "en" in term.langs and (term.concept.group == "place" or lang in ("zh", "ja", "ko"))


def _bounded(text: str, start: int, end: int, term: _Term) -> bool:
    """Whether the term stands as a word of its own, as far as its script has words."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    first, last = text[start], text[end - 1]
    if term.capital and not is_wide(first) and not first.isupper():
        return False
    if _KATAKANA_WORD.fullmatch(text[start:end]):
        return not (_KATAKANA_WORD.match(before) or _KATAKANA_WORD.match(after))
    if _HANGUL.match(first):
        short = end - start == 1 or term.concept.group == "place"
        return not (short and _HANGUL.match(before))
    left = term.open_left or not first.isalnum() or is_wide(first) or not before.isalnum() or is_wide(before)
    right = term.open_right or not last.isalnum() or is_wide(last) or not after.isalnum() or is_wide(after)
    return left and right


def find(text: str, lang: str) -> tuple[Hit, ...]:
    """The terms of a text from left to right; of terms that overlap the earlier one counts, then the longer one."""
    book = lexicon()
    spans: list[tuple[int, int, list[Concept]]] = []
    for index, start, end in book.automaton.find_matches_as_indexes(fold(text), overlapping=True):
        concepts = [t.concept for t in book.terms[index] if _spoken(t, lang) and _bounded(text, start, end, t)]
        if concepts:
            spans.append((start, -end, concepts))
    spans.sort(key=lambda s: s[:2])
    hits: list[Hit] = []
    reach = 0
    for start, negative_end, concepts in spans:
        if start >= reach:
            reach = -negative_end
            hits += [Hit(start, reach, c) for c in concepts if c.group != "idiom"]
            if len(hits) >= MAX_HITS:
                break
    return tuple(hits)


def ancestors(key: str) -> frozenset[str]:
    """A scope or place and all that it is part of."""
    book = lexicon()
    if key in book.places:
        return book.places[key]
    concept = book.concepts.get(key)
    return frozenset({key, concept.within} if concept and concept.within else {key})


def stands_apart(key: str) -> bool:
    """Whether a concept that is named on one side only keeps the two sides apart."""
    concept = lexicon().concepts.get(key)
    return concept is not None and concept.apart


def name_of(key: str) -> str:
    """What a reviewer reads for a concept."""
    concept = lexicon().concepts.get(key)
    return concept.name if concept else key
