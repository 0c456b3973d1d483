"""Questions and answers that are marked as such, without names: Q:/A:, 问/答, 質問/回答, FAQ pages.

Only the alternation of both marks is a sign: "Q1: …, Q2: …" are quarters, "A. …, B. …" a list. Two forms have but one
mark: numbered questions of which only the answers are labelled ("1、… 答…"), as Chinese companies minute visits of
investors, and numbered questions with plain paragraphs as answers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ..blocks import Block
from .labels import Label, is_section
from .words import fold, is_eastern, pattern, plain, words

_NUMBER = r"(?:\s?[-.#]?\s?\d{1,3}(?![\d%.,]*\d)|[一二三四五六七八九十]{1,3})"
_LETTERS = {"question": "QFPD", "answer": "AR"}
_ASKS = re.compile(r"[?？][」”\"')）]?$|[か吗呢][。.]?[」”\"']?$")
_NUMBERED = re.compile(r"[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．]")
_NUMBER_WITHIN = re.compile(r"(?:^|[。!?;…|])\s*(?P<number>[(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)、.](?!\d))")
_SENTENCE_END = r"(?<=[?？.。!！”」』)…;；])"
_STRONG = re.compile(
    "提问|回复|答复|回答|質問|回答|Question|Answer|Frage|Antwort|Pregunta|Respuesta|Réponse", re.IGNORECASE
)


def form_labels(blocks: Sequence[Block], fences: frozenset[int]) -> list[Label]:
    """Marks of questions and answers, at the head of blocks and within them, in order."""
    found: list[Label] = []
    for index, block in enumerate(blocks):
        if block.kind == "furniture" or index in fences:
            continue
        text = plain(block.text)
        first = _head(index, text)
        found += [first] if first else []
        found += [label for label in _within(index, text) if not first or label.start >= first.end]
    return found


def _head(index: int, text: str) -> Label | None:
    for form in ("question", "answer"):
        match = _at_head(form).match(text)
        if match:
            return Label(index, 0, match.end(), "form", form="question" if form == "question" else "answer")
    return None


def _within(index: int, text: str) -> list[Label]:
    hits = [(m.start(), m.end(), form) for form in ("question", "answer") for m in _inside(form).finditer(text)]
    return [
        Label(index, start, end, "form", form="question" if form == "question" else "answer")
        for start, end, form in sorted(hits)
        if start
    ]


@lru_cache(maxsize=2)
def _at_head(form: str) -> re.Pattern[str]:
    """A mark at the head: a word or a letter, its number, and what parts it from the text."""
    listed = "|".join(_written(form))
    letters = _LETTERS[form]
    note = r"(?:\s?\([^()]{1,40}\))?"
    return re.compile(
        r"\s*(?:[(]?\d{1,3}[)、.]\s*|[一二三四五六七八九十]{1,3}、\s*)?(?:"
        rf"[<【\[〔(]\s*(?:{listed}|[{letters}]){_NUMBER}?\s*[>】\]〕)]\s*[:.]?\s*"
        rf"|(?:{listed}){_NUMBER}?{note}\s*(?::|$|(?=「))\s*"
        rf"|(?:{listed}){_NUMBER}\s*[.、]\s*"
        rf"|[{letters}]{_NUMBER}?{note}\s*(?::|(?=「))\s*"
        rf"|[{letters}]{_NUMBER}?\.\s+"
        rf"|[{letters}]{_NUMBER}(?:\s*、|\s+|$)"
        r")"
    )


@lru_cache(maxsize=2)
def _inside(form: str) -> re.Pattern[str]:
    """A mark after the end of a sentence: always with a colon."""
    listed = "|".join(_written(form))
    return re.compile(rf"{_SENTENCE_END}\s?(?:{listed}|[{_LETTERS[form]}]){_NUMBER}?(?:\([^()]{{1,40}}\))?\s?:\s*")


def _written(form: str) -> list[str]:
    """The words as they are written: capitalised or in capitals, the longest first."""
    listed = {word for word in words(form) if len(word) > 1 or is_eastern(word)}
    listed |= {word.upper() for word in listed}
    return [re.escape(word) for word in sorted(listed, key=lambda word: (-len(word), word))]


def pairs(labels: Sequence[Label]) -> int:
    """How many questions are followed by an answer."""
    forms = [label.form for label in labels if label.style == "form"]
    return sum(a == "question" and b == "answer" for a, b in pairwise(forms))


def is_strong(blocks: Sequence[Block], labels: Sequence[Label]) -> bool:
    """Whether words rather than letters mark the questions and answers."""
    marks = [plain(blocks[label.block].text)[label.start : label.end] for label in labels if label.style == "form"]
    return bool(marks) and all(_STRONG.search(mark) or is_eastern(mark) for mark in marks)


def with_unmarked(blocks: Sequence[Block], labels: Sequence[Label]) -> list[Label]:
    """The marks, and what stands unmarked beside them: questions before answers, answers after questions."""
    answers = [label for label in labels if label.form == "answer"]
    questions = [label for label in labels if label.form == "question"]
    if len(answers) >= 1 and len(questions) * 2 < len(answers):
        return sorted([*labels, *_questions_before(blocks, labels)], key=lambda label: (label.block, label.start))
    if len(questions) >= 3 and len(answers) * 2 < len(questions):
        return _answers_after(blocks, labels)
    return list(labels)


def _questions_before(blocks: Sequence[Block], labels: Sequence[Label]) -> list[Label]:
    """The numbered or asking text right before each answer that no question's mark precedes."""
    found: list[Label] = []
    marked = {label.block for label in labels}
    previous: Label | None = None
    for label in labels:
        if label.form == "answer" and (previous is None or previous.form != "question"):
            asked = _asked_within(blocks, label, previous) if label.start else _asked_above(blocks, label, marked)
            found += [asked] if asked else []
        previous = label
    return found


def _asked_within(blocks: Sequence[Block], answer: Label, previous: Label | None) -> Label | None:
    """A question in the answer's block: from its number on, or its last sentence."""
    begin = previous.end if previous and previous.block == answer.block else 0
    text = plain(blocks[answer.block].text)[begin : answer.start]
    numbers = [match.start("number") for match in _NUMBER_WITHIN.finditer(text)]
    if not numbers and begin and not _ASKS.search(text.strip()):
        return None
    start = numbers[-1] if numbers else text.rstrip().rstrip("?!。").rfind("。") + 1 if begin else 0
    return Label(answer.block, begin + start, begin + start, "form", form="question")


def _asked_above(blocks: Sequence[Block], answer: Label, marked: set[int]) -> Label | None:
    """A question in one of the three blocks above the answer."""
    for back in range(answer.block - 1, max(answer.block - 4, -1), -1):
        block = blocks[back]
        if back in marked and block.kind != "furniture":
            return None
        if _NUMBERED.match(block.text) or block.marker or _ASKS.search(block.text.strip()):
            return Label(back, 0, 0, "form", form="question")
    return None


def _answers_after(blocks: Sequence[Block], labels: Sequence[Label]) -> list[Label]:
    """The marks with an answer in the block after each question that asks, if nearly all of them ask."""
    questions = [label for label in labels if label.form == "question"]
    asking = [label for label in questions if _ASKS.search(blocks[label.block].text.strip())]
    if len(asking) * 5 < len(questions) * 4:
        return list(labels)
    taken = {label.block for label in labels}
    answers = [
        Label(label.block + 1, 0, 0, "form", form="answer")
        for label in asking
        if label.block + 1 < len(blocks) and label.block + 1 not in taken
    ]
    return sorted([*labels, *answers], key=lambda label: (label.block, label.start))


def faq_labels(blocks: Sequence[Block], title: str) -> list[Label]:
    """A page of frequently asked questions, or an interview: short blocks that ask, with answers in what follows."""
    heads = [title, *(block.text for block in blocks[:12] if block.kind == "heading" or len(block.text) <= 80)]
    if not any(is_section(head, "faq") or (len(head) <= 120 and _names_faq(head)) for head in heads):
        return []
    asked = [i for i, block in enumerate(blocks) if len(block.text) <= 300 and _ASKS.search(block.text.strip())]
    next_asks = set(asked)
    asked = [i for i in asked if i + 1 < len(blocks) and i + 1 not in next_asks and blocks[i].kind != "furniture"]
    if len(asked) < 3:
        return []
    both = [(Label(i, 0, 0, "form", form="question"), Label(i + 1, 0, 0, "form", form="answer")) for i in asked]
    return [label for pair in both for label in pair]


def _names_faq(text: str) -> bool:
    return any(pattern(section).search(fold(text)) for section in ("faq", "interviews"))
