"""Texts that are no statement (T): questions, fragments, several sentences, placeholders, what is cut or too long."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..context import needs_context
from .records import Flaw, Line, Rule, shown

MOST_SENTENCES = 5
_SHORT = 24  # characters; what is longer and ends in a full stop is a sentence
READ_TOKENS = 254  # of a text in a pair; the rest is read of one side only
_ASKING_ROLES = frozenset({"analyst", "operator", "moderator", "reference"})
_CLOSERS = r"[\"'“”‘’»«」』）)\]\s]*\Z"
_ASKS = re.compile(
    r"(?:[?？؟⁇⁈]|[吗嗎][。.]?|(?:です|ます|ません|でした|ました|でしょう)か[。.]?|(?:[습입합됩]니까|인가요|나요|[을를할될]까요)[.]?)"
    r"[\"'“”‘’»«」』\s]*\Z"
)
# A question that is none: it asserts, and asks for agreement
_TAG = re.compile(
    r"[,，;–—-]\s*(?:right|wasn't it|isn't it|isn't that so|is it|don't we|aren't we|no|you know|ok(?:ay)?|yes|agreed"
    r"|oder|nicht wahr|gell|n'est-ce pas|non|¿?verdad|¿?no|né|não é|certo|vero|toch|eller hur"
    r"|不是吗|不是嗎|是不是|对吧|對吧|是吧|好吗|对不对)\s?[?？]",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    r"\b(?:how|who|what|where|why) else\b|\bwho would(?:n't| not)\b|\bwhy (?:would|should) (?:we|anyone|anybody)\b"
    r"|\bwie sonst\b|\bwer sonst\b|\bcomment (?:faire )?autrement\b|\bcómo si no\b"
    r"|不然|否则|否則|难道|難道|岂|豈|何必|何尝|何嘗|谁不|誰不",
    re.IGNORECASE,
)
_ENDED = re.compile(rf"[.!?。！？…｡؟]{_CLOSERS}|[.!?。！？][\"'”’»」』）)]*\s?(?:\[\d+\]|[*†‡¹²³\d]{{1,3}})\Z")
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f]")
_STOPS = re.compile("[.!?。！？]")
_UNFILLED = re.compile(r"TB[DCA]|TODO:|FIXME|XX|[Ll]orem|#[RNVD]|\[|\{\{|<[ienacd]|____|待补充|待填写|此处填写|△△|○○")
_PLACEHOLDER = re.compile(
    r"\bTB[DCA]\b|\bTODO:|\bFIXME\b|\bX{4,}\b|(?:[$€£¥] ?|\b(?:FY|20))X{2,}\b|\bX{2,3} ?(?:%|per ?cent\b|million\b)"
    r"|\b[Ll]orem ipsum|#(?:REF|N/A|VALUE|NAME|DIV/0)\b!?|\[[●•…_]+\]"
    r"|\[(?:insert|enter|company|name|date|amount|number|year|percent|placeholder|to be|tbd|tbc|xx)\b[^\[\]]{0,80}\]"
    r"|\{\{[^{}]{0,80}\}\}|<(?:insert|enter|company|name|date|amount)\b[^<>]{0,80}>|_{4,}|待补充|待填写|此处填写|△△|○○",
    re.IGNORECASE,
)
_CUT = re.compile(r"(?:[^.…。!?！？\s][.]{3}|…|\[\.\.\.\]|[^\W\d]-)\s*\Z")
_COMMA = re.compile(r"[,，、]\s*\Z")
_MORE = re.compile(
    r"(?:read|show|see|learn) more(?: [>»→])?\s*\Z"
    r"|(?:mehr lesen|weiterlesen|lire la suite|leer más|阅读更多|查看更多|もっと見る)\W*\Z",
    re.IGNORECASE,
)


def check_question(line: Line) -> Iterator[Flaw]:
    """A question, in a role that speaks for the company."""
    s = line.statement
    if s.role not in _ASKING_ROLES and is_question(s.text, s.lang):
        who = "" if s.role else 'if somebody asks the company, give it "role": "analyst", else '
        yield Flaw("T001", "text", f"a question, no statement; {who}leave the line out")


def is_question(text: str, lang: str | None) -> bool:
    """Whether a text asks, and does nothing else: neither states something before or after, nor asks for agreement."""
    if text[-1:] == "." and text.isascii():
        return False
    if not _ASKS.search(text[-24:]) or _TAG.search(text[-40:]) or _RHETORICAL.search(text):
        return False
    from ..ingest.sentences import split

    return all(_ASKS.search(text[start:end][-24:]) for start, end in split(text, lang))


def check_fragment(line: Line) -> Iterator[Flaw]:
    """A heading, a label, a fragment: by the rules by which documents are ingested. Entries of a list may be such."""
    s = line.statement
    if _is_sentence(s.text) or s.role in _ASKING_ROLES or _is_cut(s.text) or needs_context(s):
        return
    from ..ingest.blocks import Block
    from ..ingest.filters import why_not

    if reason := why_not(s.text, Block(kind="paragraph", text=s.text), s.section, s.lang or ""):
        yield Flaw("T002", "text", f"no whole sentence ({reason}): {shown(s.text)}; complete it, or leave the line out")


def _is_sentence(text: str) -> bool:
    """Whether a text is surely a whole sentence: not very short, and it ends like one."""
    if text[-1:] == "。":
        return len(text) > _SHORT // 2
    return len(text) > _SHORT and (text[-1] == "." or bool(_ENDED.search(text[-_SHORT:])))


def check_sentences(line: Line) -> Iterator[Flaw]:
    """Many sentences in one statement."""
    text = line.statement.text
    if len(_STOPS.findall(text)) <= MOST_SENTENCES:
        return
    from ..ingest.sentences import split

    if (count := len(split(text, line.statement.lang))) > MOST_SENTENCES:
        why = "what contradicts one of them drowns in the others; make each a statement"
        yield Flaw("T003", "text", f"{count} sentences in one statement; {why}")


def check_placeholder(line: Line) -> Iterator[Flaw]:
    """What was to be filled in, and was not."""
    text = line.statement.text
    if _UNFILLED.search(text) and (found := _PLACEHOLDER.search(text)):
        yield Flaw("T004", "text", f"a placeholder is left in it: {shown(found[0])}")


def check_length(line: Line) -> Iterator[Flaw]:
    """Longer than the judge reads."""
    text = line.statement.text
    if len(text) > READ_TOKENS and (tokens := least_tokens(text)) > READ_TOKENS:
        why = f"the judge reads {READ_TOKENS} pieces of each side of a pair; split it"
        yield Flaw("T005", "text", f"at least {tokens:,} pieces of words; {why}")


def least_tokens(text: str) -> int:
    """About how many pieces the bundled tokenizer makes of a text, rather too few than too many.

    Measured on statements in eight languages: 0.22 to 0.29 pieces a character in Latin letters, 0.55 to 0.76 a Chinese
    character or kana, 0.49 to 0.58 a Korean one.
    """
    eastern = len(_EASTERN.findall(text))
    return int(0.5 * eastern + 0.21 * (len(text) - eastern))


def check_cut(line: Line) -> Iterator[Flaw]:
    """A text that breaks off."""
    text = line.statement.text
    is_entry = line.statement.meta.get("block") == "item"  # entries of a list end in commas
    if _is_cut(text) or (not is_entry and _COMMA.search(text[-_SHORT:])):
        yield Flaw("T006", "text", f"breaks off: {shown('…' + text[-_SHORT:])}; take the whole sentence")


def _is_cut(text: str) -> bool:
    tail = text[-40:]
    if tail[-1] in ".。" and not tail.endswith("..."):
        return False
    return bool(_CUT.search(tail) or _MORE.search(tail))


RULES = (
    Rule("T001", "a question",
         "whoever asks says nothing that the company could contradict; with a role it is kept and not compared",
         '"text": "Do you sell personal data?"', check=check_question),
    Rule("T002", "a heading, label or fragment",
         "it says nothing that can be true or false",
         '"text": "Our commitments"', check=check_fragment),
    Rule("T003", f"more than {MOST_SENTENCES} sentences in one statement",
         "what contradicts one sentence drowns in the others",
         '"text": "We grow. We hire. We pay. We build. We save. We win."', check=check_sentences),
    Rule("T004", "a placeholder",
         "the text was not finished when it was taken",
         '"text": "Emissions fell by TBD %."', check=check_placeholder),
    Rule("T005", "longer than the judge reads",
         f"of a pair {READ_TOKENS} pieces of words of each side are surely read (about 170 English words)",
         '"text": "…" (more than about 1,000 characters)', check=check_length),
    Rule("T006", "a text that breaks off",
         "the end may hold what decides: an exception, a figure, a negation",
         '"text": "We pay a living wage to every…"', check=check_cut),
)  # fmt: skip
