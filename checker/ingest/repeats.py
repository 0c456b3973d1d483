"""Sentences of one document that say the same in nearly the same words.

Fuzzy matching does not do: of 152 pairs in real reports and filings that rapidfuzz finds alike to 95 % or more, numbers
being equal, half differ in the one word that matters ("no" and "some", "may" and "can", "water" and "biodiversity", two
names), and those are what contradictions are made of. So two sentences are the same only if nothing is left between
them once words that state nothing are away: articles and openings ("In addition, …"), plural and third-person "s",
British and American spelling, "we" for "the company". What is left is a key, so that no pair is compared: 20,000
sentences take a second.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import normalise

_ENGLISH = re.compile(r"\b(?:the|of|and|we|our|are|is)\b")
_OPENING = re.compile(
    r"^(?:(?:in addition|additionally|furthermore|moreover|further|also|and|so|finally|similarly|likewise|in fact"
    r"|zudem|außerdem|ausserdem|darüber hinaus|ferner|des weiteren|de plus|en outre|par ailleurs|además|asimismo"
    r"|por otra parte|além disso|ademais|adicionalmente|inoltre)\s"
    r"|此外|另外|同时|並且|并且|而且|また|さらに|なお|加えて|또한 ?|아울러 ?|그리고 ?)+"
)
_ALSO = frozenset({"also", "auch", "également", "aussi", "también", "também", "anche"})
_ARTICLES = frozenset({"a", "an", "the"})
_NOT_AFTER_ARTICLE = frozenset({"few", "little", "lot", "number"})  # "a few" is more than "few"
_COMPANY = re.compile(r"\bthe company(?: has| is)?\b|\bwe (?:have|are)\b|\bwe\b|\bus\b")
_OWN_EAST = re.compile("本公司|我公司|我司")
_FORMS = (
    (re.compile(r"is(e|ed|es|er|ing|ation|ations)$"), r"iz\1"),
    (re.compile(r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|able$)"), "or"),
    (re.compile(r"mmes?$"), "m"),
    (re.compile(r"(?<=[a-z]{3})(?<![su])(?<!i)s$"), ""),
)  # fmt: skip


def collapse(sentences: Sequence[str]) -> list[int]:
    """For each sentence the index of the first one that says the same: its own if there is none before it."""
    first: dict[str, int] = {}
    return [first.setdefault(_key(sentence), i) for i, sentence in enumerate(sentences)]


def _key(sentence: str) -> str:
    """What a sentence states: without openings and articles, in one spelling, with one name for the company."""
    body = _OWN_EAST.sub("公司", normalise(sentence))
    body = _OPENING.sub("", body) or body
    if _ENGLISH.search(body):
        words = _COMPANY.sub(_as_we, body).split()
        kept = [_spelling(word) for word, after in zip(words, [*words[1:], ""], strict=True) if _counts(word, after)]
    else:
        kept = [word for word in body.split() if word not in _ALSO]
    return " ".join(kept) or body


def _as_we(found: re.Match[str]) -> str:
    text = found[0]
    if text == "us":
        return "we"
    helper = text.rpartition(" ")[2]
    return {"has": "we have", "have": "we have", "is": "we are", "are": "we are"}.get(helper, "we")


def _counts(word: str, after: str) -> bool:
    return word not in _ALSO and not (word in _ARTICLES and after not in _NOT_AFTER_ARTICLE)


def _spelling(word: str) -> str:
    for pattern, replacement in _FORMS:
        word = pattern.sub(replacement, word)
    return word
