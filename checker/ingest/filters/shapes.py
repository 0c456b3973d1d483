"""What a text is by its shape: an entry of a list of contents or an index, an address, a form, code."""

from __future__ import annotations

import re
from itertools import pairwise

from .clauses import is_ended, words

_LEADERS = re.compile(r"(?:[.·‧∙_]\s?){5}|…\s?…|⋯\s?⋯|[.·…]{4}\s*\d{1,4}\s*$")
_PAGE_BEHIND = re.compile(r"\s(?:\d{1,3}|[ivxlc]{1,6})\s*$")
_PAGE_BEFORE = re.compile(r"^\s*\d{1,3}\s+[^\W\d]")
_PAGES = re.compile(r"(?<![\d.,$€£¥%+\-])\b\d{1,3}\b(?![.,]\d|\s*[%°‰$€£¥])")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s|]+|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    r"|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|net|gov|eu|cn|jp)\b[^\s|]*"
)
_PHONE = re.compile(
    r"\+\d[\d\s().\-/]{6,}\d|\(\d{2,5}\)\s?\d[\d\s\-]{4,}\d|\b\d{3,4}[\-–]\d{3,4}[\-–]\d{4}\b|(?<![\d.,])\b0\d{1,4}[/\s\-]\d{3,}[\d\s\-]*"
)
_CONTACT_WORD = re.compile(
    r"(?i)\b(?:tel|telephone|phone|fax|e-?mail|telefon|telefax|t[ée]l[ée]phone|t[ée]l[ée]fono|telefone|telefono"
    r"|p\.?\s?o\.? box|hotline|postfach)\b|电话|電話|传真|傳真|邮箱|邮编|전화|팩스|이메일|〒"
)
_BOX = re.compile(r"[☐☑☒□]|\[ ?[xX]? ?\](?=\s*(?:[Yy]es|[Nn]o)\b)")
_CODE = re.compile(
    r"\b(?:GRI|SASB|TCFD|ESRS|UNGC|SDG)\s?[\dA-Z][\w.\-]*|\b\d{3}[-‐–]\d{1,2}\b|\b[ESG]\d-\d{1,2}\b|\b[A-Z]{2}-[A-Z]{2}-\d{3}[a-z]\.\d\b"
)
_EXHIBIT = re.compile(r"^\W*(?:EX-)?\d{1,3}\.(?:\d{1,3}|INS|SCH|CAL|DEF|LAB|PRE)\W*\s")
_EXHIBIT_TITLE = re.compile(r"(?i)^\W*exhibit\s+(?:no\.?|number|\d)")
_SYMBOLS = re.compile(r"[{}<>=|\\^~@+/]|(?<=\w)[*_#\[\]](?=\w)")
_CRUMBS = re.compile(r"\s[>»›]\s|\s/\s")
_QUOTED = r"^\W*[\"“«「„‘'][^\"”»」“]{1,60}[\"”»」“’']\s*(?:\([^)]{0,80}\)\s*)?(?:,?\s*or\s*[\"“][^\"”]{1,40}[\"”]\s*)?"
_MEANS = (
    r"(?:means?\b|refers? to\b|shall mean\b|(?:has|have) the meaning|is defined as\b|bedeutet\b|bezeichnet\b"
    r"|bezeichnen\b|désigne\b|désignent\b|signifie\b|significa\b|significan\b|se refiere a\b|designa\b|refere-se a\b"
    r"|indica\b|si intende\b|とは|是指|指|(?:이)?란\b|은\(는\)|라 함은)"
)
_DEFINES = re.compile(_QUOTED + _MEANS + r"(?!\s+(?:more|much|ben|più|más|plus|bien|mehr|viel|muito|mais)\b)")
_READ_THERE = re.compile("^[^，,；;。]{1,40}(?:详见|参见|请参阅|詳見|請參閱)")
_NUMBERED = r"\s*\d{1,3}(?:[.\-]\d{1,3})?\s*"
_CAPTION = re.compile(
    r"^\W*(?:(?:figure|fig\.?|table|chart|graph|exhibit|photo|abbildung|abb\.?|tabelle|tab\.?|grafik|tableau|graphique"
    rf"|figura|tabla|gráfico|cuadro|tabela|quadro|tabella|grafico){_NUMBERED}[:.\-–—|]\s"
    rf"|[图圖表図]{_NUMBERED}[：:.\s　]|(?:그림|표){_NUMBERED}[:.\s])",
    re.IGNORECASE,
)


def is_contents_entry(text: str, under_contents: bool) -> bool:
    """Dot leaders anywhere; under "Contents" what has its page before or behind it; pages in rising order."""
    if _LEADERS.search(text):
        return True
    if is_ended(text):
        return False
    if under_contents and (_PAGE_BEHIND.search(text) or _PAGE_BEFORE.search(text)):
        return True
    if "|" in text:
        return False
    pages = [int(number) for number in _PAGES.findall(text)]
    return len(pages) >= 4 and all(a < b for a, b in pairwise(pages)) and len(words(text)) >= 2 * len(pages) - 2


def is_index_entry(text: str, under_index: bool) -> bool:
    """A row of an index of disclosures: mostly codes of a standard, with what is found where."""
    codes = _CODE.findall(text)
    if is_ended(text) and len(codes) < 4:
        return False
    if under_index:
        return bool(codes) or len(words(text)) <= 12
    return bool(codes) and (bool(_CODE.match(text.lstrip("| "))) or len(codes) >= 3)


def has_contact_detail(text: str) -> bool:
    """Whether an address on the web, a mail address or a telephone number stands in it."""
    return bool(_URL.search(text) or _PHONE.search(text))


def is_contact_line(text: str) -> bool:
    """Whether little is left of it without addresses, numbers and what announces them."""
    if not (has_contact_detail(text) or (_CONTACT_WORD.search(text) and re.search(r"\d{4}", text))):
        return False
    rest = _CONTACT_WORD.sub(" ", _PHONE.sub(" ", _URL.sub(" ", text)))
    lower = [word for word in words(rest) if word[0].islower()]
    return len(lower) <= 2 and (not is_ended(text) or len(words(rest)) <= 4)


def is_form(text: str) -> bool:
    """Whether there are boxes to check in it; a sentence may have one for its bullet."""
    return not is_ended(text) and (len(_BOX.findall(text)) >= 2 or text.lstrip().startswith(("☐", "☒", "☑", "□")))


def is_exhibit(text: str, under_exhibits: bool) -> bool:
    """Whether it is an entry of a list of exhibits."""
    numbered = bool(_EXHIBIT.match(text)) and (under_exhibits or "xhibit" in text or "XBRL" in text)
    return numbered or (bool(_EXHIBIT_TITLE.match(text)) and not is_ended(text))


def is_code(text: str) -> bool:
    """Whether it is a formula, a piece of code or an address of the web, and not language."""
    bare = _URL.sub("", text)
    visible = [character for character in bare if not character.isspace()]
    if len(visible) < 4:
        return bool(_URL.fullmatch(text.strip()))
    return len(_SYMBOLS.findall(bare)) * 6 > len(visible) and not is_row(text)


def is_row(text: str) -> bool:
    """Whether bars part it into cells."""
    return text.count("|") >= 2


def is_path(text: str) -> bool:
    """Whether it is a path through a site: "Home > Investors > Reports"."""
    return len(_CRUMBS.findall(text)) >= 2 and not is_ended(text) and len(words(text)) <= 20


def is_definition(text: str) -> bool:
    """Whether it says what a word in quotation marks means."""
    return bool(_DEFINES.match(text))


def is_pointer(text: str) -> bool:
    """Whether a Chinese sentence of one clause says where something can be read."""
    return bool(_READ_THERE.match(text))


def is_caption(text: str) -> bool:
    """Whether it begins with the number of a figure or table."""
    return bool(_CAPTION.match(text))
