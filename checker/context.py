"""Statements that cannot be read alone: "It applies to every site", or an entry under "We commit to:".

The sentence before such a statement goes in front of it when the judge reads it. A closed list of openings per language
decides; full coreference resolution needs a model per language and costs more than the judge itself.
"""

from __future__ import annotations

import re

from .features import days_apart
from .records import Statement

_OPENINGS = {
    "en": r"(it|they|he|she|both|neither|the (former|latter|same)|doing so|such|(this|that|these|those)(?! (year"
          r"|quarter|month|week|half|morning|afternoon|report|document|policy|statement|code|call|presentation)\b))\b",
    "de": r"((es|er|dies|diese[rsmn]?|jene[rsmn]?|letztere[rsmn]?|beide|das (ist|gilt|war|wird|sind)|(hier|da)(für|mit"
          r"|zu|bei|von|durch|gegen|rauf|ran)|solche[rsmn]?)\b(?! (Jahr|Quartal|Bericht|Richtlinie)\b)"
          r"|sie (ist|wird|war|gilt|hat|kann|muss|soll|darf|sind|werden|gelten)\b)",
    "fr": r"(ils?|elles?|cela|ceci|celui-ci|ceux-ci|celles?-ci|ces|cette|cet|ce|tous deux|y)\b"
          r"(?! (année|exercice|trimestre|rapport|document|code|politique)\b)",
    "es": r"(esto|ello|ellos?|ellas?|éste|estos|estas|este|esta|eso|esa|ese|dichos?|dichas?|ambos|ambas|tales?)\b"
          r"(?! (año|ejercicio|trimestre|informe|documento|código|política)\b)",
    "pt": r"(isto|isso|eles?|elas?|este|esta|estes|estas|esse|essa|esses|essas|tais|ambos|ambas)\b"
          r"(?! (ano|exercício|trimestre|relatório|documento|código|política)\b)",
    "it": r"(ciò|essi|esse|esso|essa|questi|queste|questo|questa|tali?|entrambi)\b"
          r"(?! (anno|esercizio|trimestre|bilancio|rapporto|documento|codice)\b)",
    "zh": r"(这(?!一?(年|季度|份?报告))|这些|那些|该(?!年|报告)|此(?!外|次|刻|前|后)|它|它们|他们|其(?!中|他|次|实|余)"
          r"|前者|后者|二者|两者|上述)",
    "ja": r"(これ|それ|この(?!レポート|報告書|年)|その(?!他|後)|こうした|そうした|同(制度|方針|社|基準)"
          r"|両者|後者|前者)",
    "ko": r"(이(는|를|에|와|러한|들)|그(는|들|것|러한)|해당|양자|전자|후자)(?=\s|$|[은는이가])",
}  # fmt: skip
_NEEDS = {lang: re.compile(r"[\"'“‘«„(\s]*" + words, re.IGNORECASE) for lang, words in _OPENINGS.items()}
_LEAD_IN = re.compile(r"[:：]\s*$")
_CJK = frozenset({"zh", "ja"})
_APART = 45  # days: nearer dates order two statements, but no more explain why they differ


def points_back(text: str, lang: str | None) -> bool:
    """Whether a text opens with a word for something named before it."""
    pattern = _NEEDS.get((lang or "en").split("-")[0])
    return bool(pattern and pattern.match(text))


def needs_context(statement: Statement) -> bool:
    """Whether a statement has a sentence before it that it cannot be read without: an antecedent or a lead-in."""
    if not statement.before:
        return False
    return bool(_LEAD_IN.search(statement.before)) or points_back(statement.text, statement.lang)


def in_context(statement: Statement) -> str:
    """The statement as the judge reads it: with the sentence before it where it needs that one."""
    if not needs_context(statement):
        return statement.text
    gap = "" if (statement.lang or "").split("-")[0] in _CJK else " "
    return f"{statement.before}{gap}{statement.text}"


def as_read(a: Statement, b: Statement) -> tuple[str, str]:
    """Two statements as the judge reads them: in context, and behind their months where their dates lie apart."""
    texts = in_context(a), in_context(b)
    if (days_apart(a, b) or 0) < _APART:
        return texts
    return dated(texts[0], a.date), dated(texts[1], b.date)


def dated(text: str, date: str | None) -> str:
    """A text behind the year and month of its date: "[2023-05] We pay after ninety days." """
    return f"[{date[:7]}] {text}" if date else text
