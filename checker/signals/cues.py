"""Cue words in many languages: lists that a reviewer can read, compiled once, and the sentences they stand in.

Two lines of libraries come near. Tools after the ConText algorithm (medspaCy, pyConTextNLP) also tell from cue words
whether a finding is negated, hypothetical or historical, but their cues are clinical English, and importing medspaCy
takes 2.0 s, spaCy under it 1.3 s. Lemmatisers would spare listing endings, but simplemma, the lightest, has no Chinese,
Japanese or Korean. So what is here is the part that such tools have in common: the longest match of listed cues, in one
regular expression for each language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

LANGUAGES = ("en", "zh", "de", "fr", "es", "ja", "ko", "pt")
LATIN = ("en", "de", "fr", "es", "pt")
GAP = 60  # characters that " ... " of a cue may stand for, all in one sentence
_SHORT = r"[^.,:!?。，：！？;；、]{0,10}?"
_SHORT_LATIN = r"(?:\s(?!who|whom|whose|which|that\b|die\b|qui\b|que\b|whether)[^\s.,:;!?()]{1,20}){0,3}?\s"
_DATA = Path(__file__).parent / "data"
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\n": " ", "\t": " ", "\r": " ", "\u00a0": " ", "\u202f": " "})
_START = r"(?:\A|(?<=[.!?:;。！？；：，,]\s)|(?<=[。！？；：，]))"
_END = r"(?=[\s\"'”」』)）]{0,3}(?:[.!?。！？;；]|\Z))"
_CUT = re.compile(r"(?<=[.!?;])[\"'”’»)]?\s+|(?<=[。！？；])[”」』）]?\s*")
_NOT_BEFORE_CUT = re.compile(
    r"\b(?:U\.S|U\.K|No|Nr|Mr|Ms|Dr|St|Inc|Ltd|Co|approx|ca|z\. ?B|d\. ?h|bzw|art|vgl|Abs|Sr|Sra)\.$"
)
_FUNCTION_WORDS = {
    "en": "the of and to in is are was that for we our with by it not on from as have has",
    "de": "der die das und den dem des ein eine wir ist sind wird werden nicht mit von für auf im zu bei hat haben",
    "fr": "le la les des du et est sont nous une pour dans par avec au aux sur qui ne pas l'entreprise notre nos en",
    "es": "el la los las del y es son una para por con en que se al nuestro nuestra nuestros no sus ha",
    "pt": "o a os as do da dos das e é são uma para por com em no na nos nas que não ao nosso nossa nossos foi",
}
_VOTES = {lang: frozenset(words.split()) for lang, words in _FUNCTION_WORDS.items()}


class Hit(NamedTuple):
    """Characters ``text[start:end]`` that are a cue of a concept."""

    start: int
    end: int
    concept: str


def plain(text: str) -> str:
    """The text with straight apostrophes and plain spaces, of the same length."""
    return text.translate(_PLAIN)


@lru_cache(maxsize=16_384)
def language(text: str, lang: str | None) -> str:
    """The lexicon to read a text with: the language that it is said to be in unless its script says otherwise.

    Where nothing is said, function words vote; that is enough for a choice among five and needs no model.
    """
    named = (lang or "").partition("-")[0]
    head = text[:400]
    east = sum("\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in head)
    if east * 5 > sum(c.isalpha() for c in head):
        if named in ("zh", "ja", "ko"):
            return named
        if any("\uac00" <= c <= "\ud7af" for c in head):
            return "ko"
        return "ja" if any("\u3040" <= c <= "\u30ff" for c in head) else "zh"
    if lang:
        return named if named in LANGUAGES else ""
    words = head.lower().split()
    return max(LATIN, key=lambda name: sum(word in _VOTES[name] for word in words))


@lru_cache(maxsize=16_384)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of each sentence; a semicolon ends one too, an abbreviation does not."""
    cuts = [0]
    for match in _CUT.finditer(text):
        if not _NOT_BEFORE_CUT.search(text, max(0, match.start() - 12), match.start()):
            cuts.extend((match.start(), match.end()))
    cuts.append(len(text))
    spans = ((cuts[i], cuts[i + 1]) for i in range(0, len(cuts), 2))
    return tuple((start, end) for start, end in spans if any(c.isalnum() for c in text[start:end]))


def by_sentence(hits: Sequence[Hit], spans: Sequence[tuple[int, int]]) -> list[list[Hit]]:
    """The cues that begin in each sentence; both come in order."""
    found: list[list[Hit]] = [[] for _ in spans]
    at = 0
    for hit in hits:
        while at < len(spans) and spans[at][1] <= hit.start:
            at += 1
        if at < len(spans) and spans[at][0] <= hit.start:
            found[at].append(hit)
    return found


@lru_cache(maxsize=8)
def _data(name: str) -> dict[str, Any]:
    import tomllib

    with (_DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


class Lexicon:
    """The cues of one section of a data file in one language.

    A cue is words as they stand; ``*`` at its end takes any ending, `` ... `` up to 60 characters of the same
    sentence, `` .. `` up to three words (ten characters) of the same clause, ``^`` and ``$`` the start and the end of
    a clause, ``{name}`` any of the words listed under that name.
    """

    def __init__(self, name: str, section: str, lang: str) -> None:
        data = _data(name)
        self._words = {key: _of(table, lang) for key, table in data.get("words", {}).items()}
        self._whole: dict[str, str] = {}
        self._stems: dict[str, str] = {}
        self._patterns: list[tuple[re.Pattern[str], str]] = []
        self._edge = r"(?<!\w)" if lang in LATIN else ""
        self._spaced = lang in LATIN
        for concept, table in data[section].items():
            for cue in _of(table, lang):
                self._add(cue, concept)
        tree = _tree([*self._whole, *(stem + "*" for stem in self._stems)], self._spaced)
        self._literal = re.compile(self._edge + tree, re.IGNORECASE) if tree else None

    def _add(self, cue: str, concept: str) -> None:
        if any(sign in cue for sign in ("...", "{", "^", "$")):
            self._patterns.append((re.compile(self._pattern(cue), re.IGNORECASE), concept))
        elif cue.endswith("*"):
            self._stems[cue[:-1]] = concept
        else:
            self._whole[cue] = concept

    def _pattern(self, cue: str) -> str:
        """The regular expression of a cue that has gaps, anchors or lists in it."""
        body = cue.removeprefix("^").removesuffix("$")
        parts = []
        for piece in re.split(r"( \.\.\.? |\{\w+\})", body):
            if piece.strip() == "...":
                parts.append(rf"(?:[^.!?。！？;；]|\.(?=\d)){{0,{GAP}}}?")
            elif piece.strip() == "..":
                parts.append(_SHORT_LATIN if self._spaced else _SHORT)
            elif piece.startswith("{"):
                parts.append(self._edge + _tree(self._words[piece[1:-1]], self._spaced))
            elif piece.strip():
                stem = re.escape(piece.strip().removesuffix("*"))
                tail = (r"\w*" if piece.strip().endswith("*") else r"(?!\w)") if self._spaced else ""
                parts.append(("" if parts and not piece[0].isspace() else self._edge) + stem + tail)
                parts[-1] = r"\s" * piece.startswith(" ") + parts[-1] + r"\s" * piece.endswith(" ")
        start = _START if cue.startswith("^") else ""
        return start + "".join(parts) + (_END if cue.endswith("$") else "")

    def hits(self, text: str) -> tuple[Hit, ...]:
        """Every cue in the text, in order; a cue inside a longer one is not kept."""
        found = sorted(self._all(plain(text)), key=lambda hit: (hit.start - hit.end, hit.start))
        false = [hit for hit in found if hit.concept == "nothing"]
        kept: list[Hit] = []
        taken = bytearray(len(text))
        for hit in found:
            if taken.find(0, hit.start, hit.end) >= 0 and not any(_runs_into(hit, other) for other in false):
                taken[hit.start : hit.end] = b"\1" * (hit.end - hit.start)
                kept.append(hit)
        return tuple(sorted(kept))

    def concepts(self) -> frozenset[str]:
        """The concepts that have at least one cue."""
        return frozenset({*self._whole.values(), *self._stems.values(), *(concept for _, concept in self._patterns)})

    def _all(self, text: str) -> Iterator[Hit]:
        if self._literal is not None:
            for match in self._literal.finditer(text):
                concept = self._concept(match.group().lower())
                if concept:
                    yield Hit(match.start(), match.end(), concept)
        for pattern, concept in self._patterns:
            for match in pattern.finditer(text):
                if match.end() > match.start():
                    yield Hit(match.start(), match.end(), concept)

    def _concept(self, found: str) -> str:
        if found in self._whole:
            return self._whole[found]
        for end in range(len(found), 0, -1):
            if found[:end] in self._stems:
                return self._stems[found[:end]]
        return ""


def _runs_into(hit: Hit, other: Hit) -> bool:
    """Whether an end of the hit, not just its inner part, lies in the other one."""
    return hit is not other and (other.start <= hit.start < other.end or other.start < hit.end <= other.end)


@lru_cache(maxsize=64)
def lexicon(name: str, section: str, lang: str) -> Lexicon:
    """The compiled cues of a section of ``data/<name>.toml``; of no cue at all where the language has none."""
    return Lexicon(name, section, lang)


def _of(table: Mapping[str, list[str]], lang: str) -> list[str]:
    """The cues of a language, with those that all languages in Latin script share."""
    shared = table.get("latin", []) if lang in LATIN else []
    return [cue.lower() for cue in (*table.get(lang, []), *shared, *table.get("any", []))]


def _tree(cues: list[str], spaced: bool) -> str:
    """One expression of all cues, branching at each character, so that a text is read once however many there are."""
    root: dict[str, Any] = {}
    for cue in cues:
        node = root
        for char in cue.removesuffix("*"):
            node = node.setdefault(char, {})
        node[""] = cue.endswith("*") or bool(node.get(""))
    return _branch(root, spaced) if root else ""


def _branch(node: Mapping[str, Any], spaced: bool) -> str:
    options = [re.escape(char) + _branch(child, spaced) for char, child in node.items() if char]
    if "" in node:
        ending = "" if not spaced else (r"\w*" if node[""] else r"(?!\w)")
        options.append(ending)
    return options[0] if len(options) == 1 else "(?:" + "|".join(options) + ")"
