"""Blocks to statements: one text, cut into sentences with their places; what is no statement is set aside, with why."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from ..context import points_back
from ..records import MAX_TEXT, Statement
from .blocks import Block
from .documents import Facts, Sentence
from .filters import is_contents, why_not
from .filters.shapes import is_contents_entry
from .languages import languages
from .repeats import collapse
from .sentences import split

GAP = "\n\n"  # between blocks in the extracted text
LEAD_IN = re.compile(r"[:：]\s*$")
UNSPOKEN = frozenset({"furniture", "row", "caption"})  # blocks whose sentences are no context of others
NO_ROWS = ("index", "contents")  # rows that say where something is, whatever the tables are wanted for
REPEATED = "said before in this document"
TOO_LONG = f"longer than {MAX_TEXT:,} characters"
FRAGMENT = "fragment"


def lay_out(blocks: Sequence[Block]) -> tuple[str, list[int]]:
    """The extracted text, a block a paragraph, and where in it each block begins."""
    starts, position = [], 0
    for block in blocks:
        starts.append(position)
        position += len(block.text) + len(GAP)
    return GAP.join(block.text for block in blocks) + ("\n" if blocks else ""), starts


def cut(blocks: Sequence[Block], lang: str | None) -> list[Sentence]:
    """Every sentence of the blocks with its place: characters of the extracted text, page, paragraph, section."""
    _, starts = lay_out(blocks)
    sentences = []
    section: str | None = None
    contents: tuple[int, str] | None = (
        None  # the page with the last heading over contents: other headings may follow there
    )
    for number, (block, start) in enumerate(zip(blocks, starts, strict=True), 1):
        if block.kind == "heading":
            section = block.text
            if block.page is not None and is_contents(section):
                contents = block.page, section
        for a, b in split(block.text, block.lang or lang):
            text, page, over = block.text[a:b], page_at(block, a), section
            if contents and page == contents[0] and is_contents_entry(text, True):
                over = contents[1]
            sentences.append(Sentence(text, start + a, start + b, block, number, page, over))
    return sentences


def page_at(block: Block, offset: int) -> int | None:
    """The page on which a character of a block stands."""
    later = [page for at, page in block.breaks if at <= offset]
    return later[-1] if later else block.page


def sift(sentences: Sequence[Sentence], lang: str | None, tables: bool) -> list[Sentence]:
    """Sentences with their language, and with the reason where they are no statement; rows count with ``tables``."""
    found = languages([s.text for s in sentences], lang)
    judged = [
        replace(s, lang=code, dropped=_reason(s, code, tables, _lead_in(sentences, i)))
        for i, (s, code) in enumerate(zip(sentences, found, strict=True))
    ]
    return _without_repeats(judged)


def _reason(sentence: Sentence, lang: str, tables: bool, lead_in: Sentence | None) -> str:
    if len(sentence.text) > MAX_TEXT:
        return TOO_LONG
    reason = why_not(sentence.text, sentence.block, sentence.section, lang) or ""
    if tables and sentence.block.kind == "row" and reason not in NO_ROWS:
        return ""
    is_entry = lead_in is not None and (len(sentence.text.split()) > 2 or sum(c > "\u2e7f" for c in sentence.text) > 3)
    return "" if reason == FRAGMENT and is_entry else reason


def _without_repeats(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Statements that one voice has made before are set aside; the first remembers their places."""
    kept = [i for i, s in enumerate(sentences) if not s.dropped]
    result = list(sentences)
    voices: dict[tuple[str | None, str], list[int]] = {}
    for i in kept:
        turn, fields = sentences[i].block.turn, sentences[i].block.fields
        voices.setdefault((turn.speaker if turn else None, fields.get("document", "")), []).append(i)
    for ids in voices.values():
        for i, first in zip(ids, collapse([_with_antecedent(sentences, i) for i in ids]), strict=True):
            if ids[first] != i:
                result[i] = replace(sentences[i], dropped=REPEATED, same_as=ids[first])
    return result


def _with_antecedent(sentences: Sequence[Sentence], i: int) -> str:
    """A sentence that opens with "it" or "they" says the same as another only with the same sentence before it."""
    said = sentences[i]
    before = _neighbour(sentences, i, -1) if points_back(said.text, said.lang) else None
    return f"{before.text} {said.text}" if before else said.text


def _lead_in(sentences: Sequence[Sentence], i: int) -> Sentence | None:
    """The sentence ending in a colon under which a list entry stands, a page before it at most: "We commit to:"."""
    here = sentences[i]
    if here.block.kind != "item":
        return None
    for s in reversed(sentences[max(0, i - 200) : i]):
        if s.block.kind == "heading" or (here.page or 0) - (s.page or here.page or 0) > 1:
            return None
        if s.block.kind not in UNSPOKEN and s.block.kind != "item":
            return s if LEAD_IN.search(s.text) else None
    return None


def _neighbour(sentences: Sequence[Sentence], i: int, step: int) -> Sentence | None:
    """The sentence before or after in the same section, tables and furniture passed over."""
    here = sentences[i]
    j = i + step
    while 0 <= j < len(sentences) and abs(j - i) <= 50:
        s = sentences[j]
        if s.block.kind == "heading" or s.section != here.section:
            return None
        if s.block.kind not in UNSPOKEN:
            return s
        j += step
    return None


def as_statements(sentences: Sequence[Sentence], facts: Facts, origin: dict[str, Any]) -> Iterator[Statement]:
    """The statements among sifted sentences, each with its context; ``origin`` goes into the ``meta`` of each."""
    places: dict[int, list[dict[str, Any]]] = {}
    for s in sentences:
        if s.same_as is not None:
            places.setdefault(s.same_as, []).append(_place(s))
    for i, s in enumerate(sentences):
        if not s.dropped:
            before = _lead_in(sentences, i) or _neighbour(sentences, i, -1)
            after = _neighbour(sentences, i, +1)
            context = before.text if before else None, after.text if after else None
            yield _statement(s, facts, context, origin | _kind(s) | ({"also": places[i]} if i in places else {}))


def _statement(s: Sentence, facts: Facts, context: tuple[str | None, str | None], meta: dict[str, Any]) -> Statement:
    own, turn = s.block.fields, s.block.turn
    return Statement(
        company=own.get("company") or facts.company, source=own.get("source") or facts.source,
        document=own.get("document") or facts.document, date=own.get("date") or facts.date, lang=s.lang, text=s.text,
        url=own.get("url") or facts.url, page=s.page, paragraph=s.paragraph, section=s.section,
        speaker=turn.speaker if turn else None, role=own.get("role") or (turn.role if turn else None),
        start=s.start, end=s.end, before=context[0], after=context[1], meta=meta,
    )  # fmt: skip


def _kind(s: Sentence) -> dict[str, str]:
    """What kind of block a statement is of, unless a paragraph, and in which part of a call it was said."""
    kind = {} if s.block.kind == "paragraph" else {"block": str(s.block.kind)}
    part = s.block.turn.part if s.block.turn else None
    return kind | ({"part": str(part)} if part else {})


def _place(s: Sentence) -> dict[str, Any]:
    page = {} if s.page is None else {"page": s.page}
    return page | {"paragraph": s.paragraph, "start": s.start, "end": s.end}
