"""Growth and decline around numbers, with or without a figure, and statements that there is none of something."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .number_context import Context, within
from .number_drafts import Draft
from .number_words import Found, concept_kinds

_FAR, _FAR_ASIAN = 40, 14  # characters between a word of change and its number
_YEAR = re.compile(r"(?:19|20)\d\d")
_LATIN = re.compile(r"[a-zà-ÿ]")
_ZERO_GAP = re.compile(
    r" ?(?:[^\W\d]+[ -])?|(?:发生|任何|出现|造成|一起|人员|一例|一宗|收到|过|有|重大|记录|安全|生产|"
    r"客户|用户|工|新|的){0,3}"
)
_ZERO_AFTER = re.compile(r" ?(?:[^\W\d]{0,3}(?:数量|数|件数)?(?:为|は|が|も|是|:|：|은|는|이|가|도|was|were|:)?) ?")
_NOT_ZERO = re.compile(
    r"(?:no|keine?[nr]?|aucune?|ning[úu]na?|nenhuma?) (?:other|further|weitere|autre|otr|outr)", re.IGNORECASE
)


def change_of(around: Context, draft: Draft) -> float | None:
    """The sign of growth (1) or decline (-1) that a number is, or nothing where it is a level."""
    clause = around.clause(draft.start)
    words = [m for m in within(around.markers, clause) if _sign(m) is not None]
    before = [m for m in words if m.end <= draft.start]
    if before:
        word = before[-1]
        gap = around.text[word.end : draft.start]
        if _leads_to(around, word, draft, gap):
            return _sign(word)
    after = next((m for m in words if m.start >= draft.end), None)
    if after is None or not _follows(around, draft, after):
        return None
    return _sign(after)


def _sign(marker: Found) -> float | None:
    return 1.0 if "change.up" in marker.labels else -1.0 if "change.down" in marker.labels else None


def _leads_to(around: Context, word: Found, draft: Draft, gap: str) -> bool:
    """Whether a word of change before a number says by how much."""
    asian = not _LATIN.search(gap) and around.lang in ("zh", "ja", "ko")
    if len(gap) > (_FAR_ASIAN if asian else _FAR) or re.search(r"\d", _YEAR.sub("", gap)):
        return False
    labels = {label for m in within(around.markers, (word.end, draft.start)) for label in m.labels}
    last = around.marker_before.get(len(around.text[: draft.start].rstrip(" $€£")))
    direct = last.labels if last else ()
    if "change.level" in direct and "change.by" not in direct:
        return False
    if "change.by" in labels and "former.before" not in direct:
        return True
    if draft.dimension in ("percent", "pp", "times"):
        return not draft.numeral.share or "change.by" in labels or not gap.strip()
    return not gap.strip() and draft.dimension.startswith("money")


def _follows(around: Context, draft: Draft, word: Found) -> bool:
    """Whether a word of change after a number says which way: "4% higher", "4 % gestiegen", 30%減少."""
    gap = around.text[draft.end : word.start]
    if around.text[word.end : word.end + 1] in ("至", "到", "为") or draft.dimension not in ("percent", "pp", "times"):
        return False
    return len(gap.split()) <= 1 and len(gap) <= 12 and not re.search(r"\d", gap)


def directions(around: Context, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, float, float, float]]:
    """Changes with no figure: start, end, value, low and high in percent ("halved", "unchanged")."""
    for marker in around.sized_changes:
        if any(s < marker.end and marker.start < e for s, e in taken):
            continue
        size = next(float(label[7:]) for label in marker.labels if label[:7] == "change." and label[-1].isdigit())
        yield marker.start, marker.end, size, size - max(0.5, abs(size) * 0.07), size + max(0.5, abs(size) * 0.07)


def zeros(around: Context, taken: list[tuple[int, int]]) -> Iterator[tuple[int, int, str]]:
    """Measures of which the text says that there is none: start, end, measure."""
    for marker in around.markers:
        if any(s < marker.end and marker.start < e for s, e in taken):
            continue
        if "zero.none" in marker.labels and not _NOT_ZERO.match(around.text, marker.start):
            yield from _none(around, marker)
        elif "zero.nobody" in marker.labels:
            clause = around.clause(marker.start)
            for found, name in around.concepts_in((marker.end, clause[1]), "measure"):
                yield marker.start, found.end, name
                break


def _none(around: Context, marker: Found) -> Iterator[tuple[int, int, str]]:
    """What a word such as "no" or 零 denies: the measure after it, else the one before it."""
    clause = around.clause(marker.start)
    at = marker.end
    for found in within(around.concepts, (marker.end, clause[1])):
        if not _ZERO_GAP.fullmatch(around.text[at : found.start]):
            break
        at = found.end
        names = [name for name in found.labels if concept_kinds()[name] == "measure"]
        if names:
            yield marker.start, found.end, names[0]
            return
    before = [
        f for f in within(around.concepts, (clause[0], marker.start)) if concept_kinds()[f.labels[0]] == "measure"
    ]
    ends_clause = not around.text[marker.end : clause[1]].strip(" .。でしたす다었니습없")
    if before and ends_clause and _ZERO_AFTER.fullmatch(around.text[before[-1].end : marker.start]):
        yield before[-1].start, marker.end, before[-1].labels[0]
