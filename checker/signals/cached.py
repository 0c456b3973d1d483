"""The signals of many pairs, each pair compared once as long as nothing changes that its comparison rests on.

A comparison is handed texts, languages, dates, sources and roles, and nothing else of a statement, so that these are
the whole key; that a statement moved to another page is no reason to compare it again.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from ..packs import Packs
from ..records import Signal, Statement
from ..remembering import remembered, sources
from ..text import digest
from . import compare

if TYPE_CHECKING:
    from ..store import Store

KIND = "signals"
MADE_OF = ("signals", "packs", "records.py", "text.py")
LIBRARIES = ("ahocorasick_rs", "text2num")


def compare_all(
    pairs: Sequence[tuple[Statement, Statement]], packs: Packs, store: Store | None = None
) -> list[tuple[Signal, ...]]:
    """What every signal says of each pair."""
    made_by = digest([sources(*MADE_OF, libraries=LIBRARIES), digest_of(packs)]) if store else ""
    rows = [(*_facts(a), *_facts(b)) for a, b in pairs]

    def answer(i: int) -> tuple[Signal, ...]:
        a, b = pairs[i]
        return compare(_bare(a), _bare(b), packs)

    return remembered(store, KIND, made_by, rows, answer, tuple[Signal, ...])


@lru_cache(maxsize=8)
def digest_of(packs: Packs) -> str:
    """A digest of all that packs say."""
    parts = (packs.entries, packs.topics, packs.entry_phrases, packs.topic_phrases)
    return digest([msgspec.json.encode(parts, order="sorted").decode()], size=16)


def _facts(s: Statement) -> tuple[str | None, ...]:
    return s.text, s.lang, s.date, s.source, s.role


def _bare(s: Statement) -> Statement:
    """A statement with nothing but its facts."""
    return Statement(company="-", text=s.text, lang=s.lang, date=s.date, source=s.source, role=s.role)
