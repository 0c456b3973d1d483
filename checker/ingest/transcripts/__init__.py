"""Transcripts of calls and interviews: who speaks each block, in which role, in which part.

A document that is no transcript comes back unchanged. In one that is, labels are taken off the text, or made furniture
where they are blocks of their own, as are the list of participants and what the publisher prints at the end. Role
"analyst" means: asks from outside, as analysts, shareholders, journalists and interviewers do, and the Q of a page of
questions and answers; "management" speaks for the company; "operator" leads through the call and speaks for nobody.

What labels look like: ``transcript_labels`` (names), ``transcript_forms`` (Q:/A:), ``transcript_cast`` (participants);
whether it is a transcript: ``transcript_choice``; who is who: ``transcript_roles``, ``transcript_parts``.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ..blocks import Block, Extract, Turn
from .cast import Cast, read_cast
from .choice import choose, choose_faq, within
from .forms import faq_labels, form_labels, with_unmarked
from .heads import parse_head
from .labels import Label, is_section, speaker_labels
from .parts import Spoken
from .pieces import cut, given
from .roles import assign, unknown
from .words import fold, plain

_TITLE_BLOCKS = 6
_LONGEST = 50_000  # blocks; the longest of meetings has a few thousand
_LISTS = ("listed_company", "listed_outside", "listed")
_NAMED_AT_MOST = 5  # speakers in a warning


def mark_turns(extract: Extract) -> Extract:
    """The extract with the speaker, role and part of each block, if it is a transcript; else as it is."""
    spoken = any(block.turn for block in extract.blocks)
    if not spoken and len(extract.blocks) > _LONGEST:
        return extract
    host = _host(extract)
    cast = read_cast(extract.blocks, host)
    if spoken:
        blocks, turns = given(extract.blocks, cast)
    else:
        labels = _labels(extract.blocks, cast, host)
        if not labels:
            return extract
        blocks, turns = cut(extract.blocks, labels, cast)
    begin = assign(turns, cast, host)
    warnings = [*extract.warnings, *_warnings(turns)]
    return msgspec.structs.replace(extract, blocks=_marked(blocks, turns, begin), warnings=warnings)


def _host(extract: Extract) -> str:
    """What the document calls itself: its title, and the short blocks before the first list or label."""
    first: list[str] = []
    for block in extract.blocks[:_TITLE_BLOCKS]:
        text = plain(block.text)
        if block.turn or len(text) > 150 or ":" in text or any(is_section(text, name) for name in _LISTS):
            break
        head = parse_head(text)
        if head and head.sure:
            break
        first.append(text)
    return fold(" ".join([extract.title or "", *first]))


def _labels(blocks: Sequence[Block], cast: Cast, host: str) -> list[Label]:
    headings = ("questions", "prepared")
    sections = {i for i, b in enumerate(blocks) if any(is_section(plain(b.text), name) for name in headings)}
    fences = frozenset(cast.blocks | sections)
    heads = speaker_labels(blocks, cast.holds, fences)
    forms = with_unmarked(blocks, form_labels(blocks, fences))
    title = " ".join([host, *(block.text for block in blocks[:3] if len(block.text) <= 150)])
    chosen = choose(blocks, heads, forms, fences, title)
    chosen = chosen or choose_faq(blocks, faq_labels(blocks, host), fences)
    return within(blocks, chosen) if chosen else []


def _marked(blocks: list[Block], turns: Sequence[Spoken], begin: int | None) -> list[Block]:
    marked = list(blocks)
    for number, spoken in enumerate(turns):
        asked = begin is not None and number >= begin
        turn = Turn(
            speaker=spoken.name,
            role=spoken.role,
            part=spoken.given.part or ("questions and answers" if asked else "prepared remarks"),
        )
        for index in spoken.blocks:
            marked[index] = msgspec.structs.replace(marked[index], turn=turn)
    return marked


def _warnings(turns: Sequence[Spoken]) -> list[str]:
    names = unknown(turns)
    if not names:
        return []
    listed = ", ".join(name or "(no name)" for name in names[:_NAMED_AT_MOST])
    return [f"role of {len(names)} speakers not known: {listed}{', …' if len(names) > _NAMED_AT_MOST else ''}"]
