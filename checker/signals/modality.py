"""Modality: whether a statement is a rule, a promise, an aim, leave, a possibility, a forecast or a plain fact.

A rule and conduct against it cannot both stand, while an aim and a present fact, or a possibility and a fact, can. A
verdict of ``conflict`` needs more than two modalities that oppose each other: both sentences must share a topic out of
the lexicon, which is a concept with words in eight languages, and the one must turn the other round (a prohibition
against what was done, a duty against what was left undone).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, get_args

from ..records import Mark, Signal, Statement, Verdict
from .cues import Hit, by_sentence, language, lexicon, sentences
from .stance import RULE_SOURCES, stance

Kind = Literal[
    "prohibition", "obligation", "commitment", "permission", "aim", "possibility", "forecast", "ability", "fact"
]
Relation = Literal[
    "rule against conduct", "rule against permission", "opposed rules", "same", "aim against fact", "hedged", "unknown"
]
KINDS: tuple[Kind, ...] = get_args(Kind)  # in the order in which one of them speaks for a statement of many sentences
RULES = frozenset({"prohibition", "obligation", "commitment"})
HEDGES = frozenset({"possibility", "forecast"})
VERDICTS: dict[Relation, Verdict] = {
    "rule against conduct": "conflict",
    "rule against permission": "conflict",
    "opposed rules": "conflict",
    "same": "agree",
}
_WEAK: dict[str, Kind] = {"may": "possibility", "can": "possibility", "will": "aim"}
_TURNS = frozenset({"not", "prohibition"})
_STRONG = frozenset(KINDS) | {"leave"}
_UNTIL = r"by|until|before|bis|d'ici(?: à)?|para|hasta|até|antes de|avant"
_HORIZON = re.compile(
    rf"\b(?P<until>{_UNTIL}|in|from|ab|en|em)\s(?:the\s|end\s|of\s|ende\s|fin\s|\w+\s){{0,4}}(?P<year>20[2-9]\d)\b"
    r"|(?:(?P<to>到|至)|于|在|自)?\s?(?P<nian>20[2-9]\d)\s?[年년](?P<end>底前|底之前|末前|前|之前|までに|까지)?",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？]")


@dataclass(frozen=True, slots=True)
class Modal:
    """What one sentence is, the characters that say so, whether it is turned round, and what it is about.

    ``said`` where a cue says so, not just the kind of document; ``aside`` where the sentence is of another time, gives
    figures or tells how a rule is kept, so that it is no conduct against a rule.
    """

    kind: Kind
    start: int
    end: int
    said: bool
    negative: bool
    aside: bool
    topics: frozenset[str]


def modals(text: str, lang: str | None, rules: bool = False, year: int | None = None) -> tuple[Modal, ...]:
    """The modality of each sentence; with ``rules`` (a policy, a code) a plain present is read as a rule.

    ``year`` is when it was said: a promise for a later year is an aim, and one "by 2030" whenever it was said.
    """
    return _read(text, language(text, lang), rules, year)


@lru_cache(maxsize=16_384)
def _read(text: str, lang: str, rules: bool, year: int | None) -> tuple[Modal, ...]:
    if not lang:
        return ()
    spans = sentences(text)
    cues = by_sentence(lexicon("modality", "cue", lang).hits(text), spans)
    topics = by_sentence(lexicon("modality", "topic", lang).hits(text), spans)
    found = []
    for (start, end), said, about in zip(spans, cues, topics, strict=True):
        if not _QUESTION.search(text, max(start, end - 3), end):
            dated = _to_come(text, start, end, year)
            kept = [hit for hit in said if dated or hit.concept != "will"]
            found.append(_modal(start, end, kept, frozenset(hit.concept for hit in about), rules, dated))
    return tuple(found)


def _to_come(text: str, start: int, end: int, said: int | None) -> bool:
    """Whether a sentence names a year to come: one after it was said, else one that something is to be done by."""
    for match in _HORIZON.finditer(text, start, end):
        limit = match["to"] or match["end"] or re.fullmatch(_UNTIL, match["until"] or "", re.IGNORECASE)
        if limit if said is None else int(match["year"] or match["nian"]) > said - (limit is not None):
            return True
    return False


def _modal(start: int, end: int, cues: list[Hit], about: frozenset[str], rules: bool, dated: bool) -> Modal:
    """The modality of one sentence: its first strong cue, else its first weak one, else a fact."""
    names = {hit.concept for hit in cues}
    cue = _first(cues)
    odd = sum(hit is not cue and hit.concept in _TURNS for hit in cues) % 2 == 1
    kind: Kind
    if cue is None:
        kind = "fact"
        if rules and "past" not in names:
            kind = "prohibition" if odd else "obligation"
            odd = False
    else:
        kind = _kind(cue, rules)
        if dated and kind in ("commitment", "obligation"):
            kind = "aim"
        start, end = cue.start, cue.end
    negative = odd != (kind == "prohibition")
    aside = "earlier" in names or (cue is None and "aside" in names)
    return Modal(kind, start, end, cue is not None, negative, aside, about)


def _first(cues: list[Hit]) -> Hit | None:
    """The first strong cue ("staff may" gives way to the "may not" that it runs into), else the first weak one."""
    strong = [hit for hit in cues if hit.concept in _STRONG]
    if len(strong) > 1 and strong[0].concept == "leave" and strong[1].start < strong[0].end:
        return strong[1]
    return next(iter(strong), None) or next((hit for hit in cues if hit.concept in _WEAK), None)


def _kind(cue: Hit, rules: bool) -> Kind:
    if cue.concept == "leave" or (cue.concept == "may" and rules):
        return "permission"
    return _WEAK.get(cue.concept, cue.concept)  # type: ignore[arg-type]


def _of(statement: Statement) -> tuple[Modal, ...]:
    year = int(statement.date[:4]) if statement.date else None
    rules = statement.source in RULE_SOURCES or statement.is_reference
    return modals(statement.text, statement.lang, rules, year)


def _stance(statement: Statement) -> str:
    """Whose word it is; a reference is read for what it demands, whoever said it."""
    role = None if statement.is_reference else statement.role
    return stance(statement.text, statement.lang, role, statement.source).kind


def _clash(one: Modal, other: Modal) -> Relation | None:
    """How a rule is turned round by what stands on the other side, if it is."""
    if one.kind not in RULES or one.aside or other.aside or not one.topics & other.topics:
        return None
    if other.kind == "permission":
        return "rule against permission"
    if one.negative == other.negative or (one.kind == "commitment" and not one.negative):
        return None
    if other.kind == "fact":
        return "rule against conduct" if one.said or _near(one, other) else None
    return "opposed rules" if other.kind in RULES and one.said and other.said else None


def _near(one: Modal, other: Modal) -> bool:
    """Whether at least half of what the two are about is common to both; asked of rules that no word marks as such."""
    return 2 * len(one.topics & other.topics) >= len(one.topics | other.topics)


def _clashes(a: tuple[Modal, ...], b: tuple[Modal, ...]) -> Iterator[tuple[Relation, Modal, Modal]]:
    for one in a:
        for other in b:
            found = _clash(one, other) or _clash(other, one)
            if found:
                yield found, one, other


def _main(found: tuple[Modal, ...]) -> Modal | None:
    """The sentence that speaks for the statement: a rule before an aim, an aim before a fact."""
    return min(found, key=lambda modal: (KINDS.index(modal.kind), modal.start), default=None)


def _related(a: Statement, b: Statement) -> tuple[Relation, Modal | None, Modal | None]:
    one, other = _of(a), _of(b)
    main, second = _main(one), _main(other)
    stances = {_stance(a), _stance(b)}
    if main is None or second is None or stances & {"asked", "reported"}:
        return "unknown", main, second
    if "hypothetical" in stances:
        return "hedged", main, second
    clash = next(_clashes(one, other), None)
    if clash:
        return clash
    return _plain(main.kind, second.kind), main, second


def _plain(one: Kind, other: Kind) -> Relation:
    """The relation of two modalities that do not clash."""
    kinds = {one, other}
    if len(kinds) == 1 or kinds == HEDGES:
        return "same"
    if kinds == {"aim", "fact"}:
        return "aim against fact"
    return "hedged" if kinds & HEDGES else "unknown"


def relation(a: Statement, b: Statement) -> Relation:
    """How the two stand to each other as to modality."""
    return _related(a, b)[0]


def compare(a: Statement, b: Statement) -> Signal:
    """``conflict`` where a rule is turned round, ``agree`` where both are of one modality."""
    found, one, other = _related(a, b)
    return Signal(
        name="modality",
        verdict=VERDICTS.get(found, "not comparable"),
        relation=found,
        note=f"{_name(one)} against {_name(other)}",
        a=_marks(one),
        b=_marks(other),
    )


def _name(modal: Modal | None) -> str:
    return "nothing" if modal is None else modal.kind


def _marks(modal: Modal | None) -> list[Mark]:
    return [] if modal is None else [Mark(modal.start, modal.end, modal.kind)]
