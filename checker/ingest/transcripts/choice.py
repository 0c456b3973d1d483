"""Whether labels make a transcript, and which of them are labels.

A shape is never enough: reports hold "Target: …", board members' names over their lives, questions as headings and a
page of interview. What counts is who is labelled (a list of participants, an operator, titles, numbers that run on,
questions that alternate with answers), that speakers come again, that they talk as people do to each other, and that
their turns make up most of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from ..blocks import Block
from .forms import is_strong, pairs
from .labels import Label, key
from .names import mentions, names_fully
from .words import inside, is_eastern, plain

MIN_COVERAGE = 0.5  # of the text outside lists and furniture, that turns of believable length hold
MAX_SPEAKERS = 400
_LONGEST = {"sure": 40_000, "weak": 12_000, "form": 6_000}  # characters of a turn that count: a speech, not a report
_SAMPLE = 600


@dataclass(frozen=True, slots=True)
class Evidence:
    """What labels that were kept say together."""

    turns: int
    speakers: int
    talk: float  # share of turns that sound spoken
    coverage: float
    changes: float  # share of turns whose speaker is not that of the turn before


class Spans:
    """How long labelled turns are and whether they sound spoken, without joining any text."""

    def __init__(self, blocks: Sequence[Block], fences: frozenset[int]) -> None:
        self.blocks = blocks
        sizes = [0 if b.kind == "furniture" or i in fences else len(b.text) for i, b in enumerate(blocks)]
        self.before = [0, *accumulate(sizes)]
        self.headings = [i for i, block in enumerate(blocks) if block.kind == "heading"]

    @property
    def total(self) -> int:
        """Characters outside lists and furniture."""
        return self.before[-1]

    def held(self, label: Label, following: Label | None, believed: str) -> int:
        """Characters of a turn that count for a transcript: a believable number, and none behind a heading.

        A box of questions in a code of conduct does not make the chapters between two boxes an answer.
        """
        end = self.before[following.block] + following.start if following else self.total
        later = bisect_right(self.headings, label.block)
        if believed != "sure" and later < len(self.headings):
            end = min(end, self.before[self.headings[later]])
        start = self.before[label.block] + label.start
        return min(max(0, end - start), _LONGEST[believed] + label.end - label.start)

    def talks(self, label: Label, following: Label | None) -> bool:
        """Whether the speech begins as people speak, or asks."""
        last = min(following.block if following else len(self.blocks), label.block + 4)
        texts = [self.blocks[label.block].text[label.end : label.end + _SAMPLE]]
        texts += [block.text[:_SAMPLE] for block in self.blocks[label.block + 1 : last]]
        text = plain(" ".join(texts))[:_SAMPLE]
        return inside("talk", text) or "?" in text


def choose(
    blocks: Sequence[Block], heads: Sequence[Label], forms: Sequence[Label], fences: frozenset[int], title: str
) -> list[Label]:
    """The labels of a transcript in order; none where the document is no transcript."""
    spans = Spans(blocks, fences)
    numbered = [label for label in heads if label.style == "number"]
    if _runs_on(numbered):
        return numbered if _is_spoken(spans, numbered, "sure", talk=0.3) else []
    kept, beside = _kept(spans, [label for label in heads if label.style != "number"])
    asked = _is_form(blocks, spans, forms)
    hinted = inside("titles", title)
    named = _by_names(spans, kept, hinted)
    kept = sorted([*kept, *beside], key=lambda label: (label.block, label.start)) if named else kept
    if named and (asked or pairs(forms)):
        return _merged(kept, forms)
    if asked:
        return _merged([label for label in kept if _is_strong_label(label)], forms)
    return kept if named else []


def choose_faq(blocks: Sequence[Block], labels: Sequence[Label], fences: frozenset[int]) -> list[Label]:
    """The questions and answers of a page of them, if they hold most of its text."""
    held = _weigh(Spans(blocks, fences), labels, "form").coverage
    return list(labels) if labels and held >= MIN_COVERAGE else []


def _merged(heads: Sequence[Label], forms: Sequence[Label]) -> list[Label]:
    taken = {(label.block, label.start) for label in heads}
    free = [label for label in forms if (label.block, label.start) not in taken]
    return sorted([*heads, *free], key=lambda label: (label.block, label.start))


def _runs_on(labels: Sequence[Label]) -> bool:
    """Whether the labels' numbers count on, beginning again where the questions begin."""
    steps = [0 < b.number - a.number <= 3 or b.number == 1 for a, b in pairwise(labels)]
    return len(steps) >= 2 and sum(steps) >= 0.8 * len(steps)


def _is_strong_label(label: Label) -> bool:
    """Whether the label's own words, the list or the publisher's marks say that it is one."""
    head = label.head
    if head is None or label.listed or label.form:
        return head is not None
    return head.sure and (head.kind in ("person", "operator", "interpreter") or label.style == "colon")


def _kept(spans: Spans, labels: Sequence[Label]) -> tuple[list[Label], list[Label]]:
    """The labels that may stand, and those that may stand only in a transcript that the others make."""
    often = Counter(key(label.head) for label in labels if label.head)
    if not labels or len(often) > MAX_SPEAKERS:
        return [], []
    ahead = [*labels[1:], None]
    spoken = {key(a.head) for a, b in zip(labels, ahead, strict=True) if a.head and spans.talks(a, b)}
    strong = {key(label.head) for label in labels if label.head and _is_strong_label(label)}
    kept, beside = [], []
    for label in labels:
        if label.head is None:
            continue
        name = key(label.head)
        if name in strong or _may_stand(spans.blocks, label, often[name], name in spoken):
            kept.append(label)
        else:
            beside.append(label)
    lines = sum(label.style == "line" for label in kept)
    open_ = [label for label in beside if label.style == "colon" or lines >= 4]
    called = {key(label.head) for label in open_ if label.head and _is_addressed(spans.blocks, label)}
    return kept, [
        label
        for label in open_
        if label.head and (_is_a_side(label) or _comes_again(label, often) or key(label.head) in called)
    ]


def _comes_again(label: Label, often: Counter[str]) -> bool:
    """Whether a full name with a colon heads several blocks, however little its speaker says."""
    name = key(label.head) if label.head else ""
    return label.style == "colon" and label.start == 0 and " " in name and often[name] > 1


def _may_stand(blocks: Sequence[Block], label: Label, often: int, spoken: bool) -> bool:
    """Whether a name without a title is a label: it comes again, or is called on, or has a colon behind it."""
    name = key(label.head) if label.head else ""
    full = " " in name or is_eastern(name)
    if label.style == "line":
        return full and not _is_a_side(label) and ((often >= 2 and spoken) or _is_announced(blocks, label))
    return spoken and (often >= 2 or (full and label.start == 0) or _is_announced(blocks, label))


def _is_a_side(label: Label) -> bool:
    """Whether the label is a word for a side ("Unidentified Analyst"), which as a line may be a heading too."""
    return label.head is not None and label.head.kind != "person"


def _is_announced(blocks: Sequence[Block], label: Label) -> bool:
    """Whether what stands before calls on the speaker: "Our next question comes from Ann Example"."""
    before = _before(blocks, label, 1)
    called = any(inside(section, before) for section in ("calls_on", "asks_next", "hands_over"))
    return called and label.head is not None and names_fully(before, label.head.speaker)


def _is_addressed(blocks: Sequence[Block], label: Label) -> bool:
    """Whether those around call the speaker by name: "I'll ask Ann", "This is Ann", "Thanks, Ann"."""
    after = [
        blocks[label.block].text[label.end :],
        *(block.text for block in blocks[label.block + 1 : label.block + 4]),
    ]
    around = [_before(blocks, label, 2), *(text[:_SAMPLE] for text in after)]
    return label.head is not None and any(mentions(plain(text), label.head.speaker) for text in around)


def _before(blocks: Sequence[Block], label: Label, count: int) -> str:
    """The end of what stands before a label: of its own block, or of the blocks before."""
    if label.start:
        return plain(blocks[label.block].text[max(0, label.start - _SAMPLE) : label.start])
    return plain(" ".join(block.text[-_SAMPLE:] for block in blocks[max(0, label.block - count) : label.block]))


def _weigh(spans: Spans, labels: Sequence[Label], believed: str) -> Evidence:
    if not labels:
        return Evidence(0, 0, 0.0, 0.0, 0.0)
    ahead = [*labels[1:], None]
    names = [key(label.head) if label.head else label.form for label in labels]
    talks = sum(spans.talks(a, b) for a, b in zip(labels, ahead, strict=True))
    held = sum(spans.held(a, b, believed) for a, b in zip(labels, ahead, strict=True))
    changes = sum(a != b for a, b in pairwise(names))
    return Evidence(
        turns=len(labels),
        speakers=len(set(names)),
        talk=talks / len(labels),
        coverage=held / spans.total if spans.total else 0.0,
        changes=changes / (len(names) - 1) if len(names) > 1 else 0.0,
    )


def _is_spoken(spans: Spans, labels: Sequence[Label], believed: str, talk: float) -> bool:
    evidence = _weigh(spans, labels, believed)
    return evidence.coverage >= MIN_COVERAGE and evidence.talk >= talk


def _is_form(blocks: Sequence[Block], spans: Spans, forms: Sequence[Label]) -> bool:
    """Whether marks of questions and answers alternate and hold most of the text."""
    found = pairs(forms)
    if found < (1 if is_strong(blocks, forms) else 2) or found * 4 < len(forms):
        return False
    return _weigh(spans, forms, "form").coverage >= MIN_COVERAGE


def _by_names(spans: Spans, labels: Sequence[Label], hinted: bool) -> bool:
    """Whether labels with names make a transcript: the surer they are, the fewer of them it takes."""
    strong = [label for label in labels if _is_strong_label(label)]
    sure, weak = _weigh(spans, labels, "sure"), _weigh(spans, labels, "weak")
    return sure.speakers >= 2 and (
        _is_certain(labels, strong, sure, hinted) or _is_likely(labels, strong, weak, hinted)
    )


def _is_certain(labels: Sequence[Label], strong: Sequence[Label], seen: Evidence, hinted: bool) -> bool:
    """Two listed speakers, the marks of a publisher, or an operator among speakers."""
    if seen.coverage < MIN_COVERAGE or seen.talk < 0.4:
        return False
    listed = {key(label.head) for label in labels if label.head and label.listed}
    operator = any(label.head and label.head.kind == "operator" for label in strong)
    again = seen.turns > seen.speakers or hinted or len(strong) == len(labels)
    return len(listed) >= 2 or any(label.form for label in labels) or (operator and seen.turns >= 3 and again)


def _is_likely(labels: Sequence[Label], strong: Sequence[Label], seen: Evidence, hinted: bool) -> bool:
    """Titled speakers, or "Journalist:", who come again; or names with colons that take turns in what sounds spoken."""
    if seen.coverage < MIN_COVERAGE or seen.talk < 0.5:
        return False
    again = seen.turns - seen.speakers
    askers = sum(label.head is not None and label.head.kind == "asks" for label in strong)
    if askers >= 2 and seen.turns >= 4 and seen.changes >= 0.6:
        return True
    if len(strong) >= 2 and seen.turns >= 3 and (again >= 1 or hinted):
        return True
    if not hinted and any(label.style == "line" for label in labels):
        return False  # headings that come again have this shape as well
    turns, repeats = (3, 1) if hinted else (4, 2)
    return seen.turns >= turns and again >= repeats and min(seen.talk, seen.changes) >= 0.6


def within(blocks: Sequence[Block], labels: Sequence[Label]) -> list[Label]:
    """The labels, and those of the same speakers in the middle of blocks, after the end of a sentence."""
    heads: dict[str, Label] = {}
    for label in labels:
        if label.style == "colon" and label.head and not label.form:
            text = plain(blocks[label.block].text)[label.start : label.end].strip().rstrip(":").rstrip()
            heads.setdefault(text, label)
    if not heads or len(heads) > 100:
        return list(labels)
    listed = "|".join(re.escape(text) for text in sorted(heads, key=lambda text: (-len(text), text)))
    inner = re.compile(rf"(?<=[.!?。…\"”」)\]])\s*(?P<head>{listed})\s?:\s*")
    first, last = labels[0].block, len(blocks)
    found = [
        Label(i, m.start("head"), m.end(), "colon", heads[m["head"]].head, listed=heads[m["head"]].listed)
        for i in range(first, last)
        for m in inner.finditer(plain(blocks[i].text))
    ]
    taken = {(label.block, label.start) for label in labels}
    return sorted(
        [*labels, *(label for label in found if (label.block, label.start) not in taken)],
        key=lambda label: (label.block, label.start),
    )
