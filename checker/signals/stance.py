"""Stance: whether a statement is the company's own word, or asked, reported from others, or supposed.

A company contradicts itself only with its own words, so a pair of which one is a question of an analyst, the view of
a critic or an idea played with is in conflict here: it is no contradiction. A denied accusation is the company's own
word for the opposite. A statement without any cue is the company's; where the word of others stands beside a sentence
in which the company speaks of itself, nothing can be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..records import Mark, Signal, Statement, Verdict
from .cues import Hit, by_sentence, language, lexicon, plain, sentences

Kind = Literal["asserted", "denied", "asked", "reported", "hypothetical", "unknown"]
Relation = Literal["own words", "asked", "reported", "hypothetical", "unknown"]
ASKING_ROLES = frozenset({"analyst", "moderator", "operator"})
RULE_SOURCES = frozenset({"policy", "code-of-conduct", "standard", "handbook", "manual"})
_FOREIGN: tuple[Kind, ...] = ("asked", "reported", "hypothetical")  # in the order in which they decide a pair
_QUESTION = re.compile(r"[?？][\"'”’」』）)\s]{0,3}\Z")
_TAG = re.compile(
    r"[,，] ?(?:right|wasn't it|isn't it|is it|no|you know|ok|okay|oder|nicht wahr|n'est-ce pas|"
    r"¿?verdad|não é|对吧|是吧) ?[?？]$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2}|[\u3040-\u9fff\uac00-\ud7af]")
_DUTY = re.compile(r"\b(?:must|shall|is required|are required)\b|必须|应当|须|不得|严禁|一律|应(?=立即|及时|在)")


@dataclass(frozen=True, slots=True)
class Stance:
    """Whose word a statement is, the characters that say so, and what is denied where something is."""

    kind: Kind
    start: int
    end: int
    denied: tuple[int, int] | None = None


def stance(text: str, lang: str | None, role: str | None = None, source: str = "") -> Stance:
    """The stance of a statement; role and source of the document weigh more than the text where they are given."""
    part = (role or "").casefold()
    if part in ASKING_ROLES or part == "reference":
        return Stance("reported" if part == "reference" else "asked", 0, len(text))
    return _read(text, language(text, lang), source in RULE_SOURCES)


@lru_cache(maxsize=16_384)
def _read(text: str, lang: str, rules: bool) -> Stance:
    if not _WORD.search(text):
        return Stance("unknown", 0, len(text))
    spans = sentences(text)
    hits = lexicon("stance", "cue", lang).hits(text) if lang else ()
    denied = _first(hits, "denied")
    if denied:
        start, end = next((s for s in spans if s[0] <= denied.start < s[1]), (0, len(text)))
        return Stance("denied", denied.start, denied.end, (start, end))
    inside = by_sentence(hits, spans)
    bodies = [plain(text[start:end]) for start, end in spans]
    told = [i for i, body in enumerate(bodies) if not _QUESTION.search(body) and not _first(inside[i], "thanks")]
    answered = max(told, default=-1)  # what is told after a question answers it
    found = [_sentence(bodies[i], spans[i], inside[i], i < answered, rules) for i in range(len(spans))]
    foreign = next((s for kind in _FOREIGN for s in found if s is not None and s.kind == kind), None)
    if foreign is None or _first(hits, "endorsed"):
        return Stance("asserted", 0, len(text))
    own = any(s is None and _first(inside[i], "own") for i, s in enumerate(found))
    return Stance("unknown", foreign.start, foreign.end) if own else foreign


def _sentence(body: str, span: tuple[int, int], cues: Sequence[Hit], answered: bool, rules: bool) -> Stance | None:
    """The foreign word in one sentence, or None: it is the company's own."""
    asked = _first(cues, "asked")
    if asked:
        return Stance("asked", asked.start, asked.end)
    if _QUESTION.search(body) and not _TAG.search(body):
        return None if answered else Stance("asked", *span)
    reported = _first(cues, "reported")
    if reported:
        return Stance("reported", reported.start, reported.end)
    supposed = _first(cues, "hypothetical")
    if supposed and not rules and not _DUTY.search(body):
        return Stance("hypothetical", supposed.start, supposed.end)
    return None


def _first(hits: Sequence[Hit], concept: str) -> Hit | None:
    return next((hit for hit in hits if hit.concept == concept), None)


def _of(statement: Statement) -> Stance:
    return stance(statement.text, statement.lang, statement.role, statement.source)


def relation(a: Statement, b: Statement) -> Relation:
    """Why the two are not both the company's own words, or that they are."""
    kinds = (_of(a).kind, _of(b).kind)
    for kind in _FOREIGN:
        if kind in kinds:
            return kind  # type: ignore[return-value]
    return "unknown" if "unknown" in kinds else "own words"


def compare(a: Statement, b: Statement) -> Signal:
    """``agree`` where both are the company's own words, ``conflict`` where one of them surely is not."""
    found = relation(a, b)
    verdict: Verdict = {"own words": "agree", "unknown": "not comparable"}.get(found, "conflict")  # type: ignore[assignment]
    one, other = _of(a), _of(b)
    return Signal(
        name="stance", verdict=verdict, relation=found, note=f"{one.kind} against {other.kind}",
        a=_marks(one), b=_marks(other),
    )  # fmt: skip


def _marks(found: Stance) -> list[Mark]:
    if found.denied is None:
        return [Mark(found.start, found.end, found.kind)]
    return [Mark(found.start, found.end, "denied"), Mark(*found.denied, "denied content")]
