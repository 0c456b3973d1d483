"""Whether a sentence ends at a full stop or its like: the rules of scripts that put a space between sentences."""

from __future__ import annotations

import re
from typing import NamedTuple

from .marks import BULLETS, End
from .words import Words

_WINDOW = 40  # characters before a full stop in which its word is looked for
_TOKEN = re.compile(r"[^\W_][\w&'’/°-]*(?:\.[\w°-]+)*$")
_SPACED = re.compile(r"(?:(?<![\w.])[^\W\d_]{1,2}\.\s){1,3}[^\W\d_]{1,3}$")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,4}")
_NEXT = re.compile(r"[\s\"'“‘«„»‹›(\[（¿¡•●▪■◦·*–—.-]{0,8}([^\W_][\w'’&]*)")
_NUMBER = re.compile(r"[\s(\[]{0,2}(?:[§#]|[A-Z]{0,2}[-.]?\s?\d|[IVXLC]+\b|[A-Z]\b(?!['’]))")
_MARKER = re.compile(r"[\s\"“‘«„(•●▪■◦·*–—-]*(?:\d{1,3}(?:\.\d{1,2})*|[A-Za-z]|[ivxIVX]{1,4}|[가-힣])\)?")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]|[st]\Z")  # eBook; Dutch 's Nachts
_LOWER_MARKER = re.compile(r"[a-z]\.\s[A-Z]")
_ITEM = re.compile(r"\b(?:Item|ITEM)\s\d{1,2}[A-C]?$")
_LISTED = re.compile(r":\s1$|;\s\d{1,2}$")
_LETTER = re.compile(r"[A-Z]\b(?!\s(?!(?:as|and|or|in)\b)[a-z]|['’])")  # "Appendix A", "Corp. I as", but "A plan"
_CLOCK = frozenset({"a.m", "p.m"})
_TIME_OF = re.compile(
    r"[\s(]*(?:[A-Z]{2,4}\b|(?:[A-Z][a-z]+\s){1,2}(?:[Tt]ime|Standard|Daylight)\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|Eastern|Pacific|Central|Mountain|(?:Jan|Febr)uary|March|April|May|June|July|August|[A-Z][a-z]+ember|October)"
)
_PAREN_NUMBER = re.compile(r"[(（]\d{1,2}[)）]$")
_RUN_IN = re.compile(r"(?:Note|Section|Article|Part|Exhibit|Schedule|Table|Figure)\s[\dIVX.]+", re.IGNORECASE)
_NOTE = re.compile(r"\d{1,3}(?:%|\s[A-Z][a-z]+\s[a-z])")  # the number of a note and its first words
_VOWEL = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüý]", re.IGNORECASE)
SURE_STARTS = BULLETS + "¿¡"
_GLUED = re.compile(r"[A-ZÀ-Þ][\w'’]*(?=[\s,])")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff가-힣]")
_QUOTED_ON = re.compile(r"(?:이?라고|이?라며|이?라는|고|며|는|이란|란|라)(?![가-힣]*\.)")


class Place(NamedTuple):
    """A place where a sentence could end, as the rules see it: the text, where the sentence begins, the words known.

    ``east`` is "ja", "zh", "ko" or nothing: whose rules hold for wide full stops and quotations.
    """

    text: str
    start: int
    end: End
    words: Words
    east: str

    @property
    def closing(self) -> str:
        """What closes after the terminator: quotation marks, brackets, references to notes."""
        return self.text[self.end.stop : self.end.close]

    @property
    def token(self) -> str:
        """The word before the terminator, with full stops inside it: "Inc", "U.S"."""
        found = _TOKEN.search(self.text[max(self.start, self.end.at - _WINDOW) : self.end.at])
        return found.group() if found else ""

    @property
    def following(self) -> str:
        """The first word after the place."""
        found = _NEXT.match(self.text, self.end.next)
        return found[1] if found else ""

    @property
    def starts(self) -> bool:
        """Whether the next word is one that begins sentences, in capitals as such."""
        word = self.following
        if not word[:1].isupper() or _LETTER.match(self.text, self.end.next):
            return False
        article, sign, _ = word.lower().replace("’", "'").partition("'")
        return _plain(word) in self.words.starters or article + sign in self.words.starters


def breaks(place: Place) -> bool:
    """Whether a sentence ends here. The end of the text is no such place."""
    text, end, word = place.text, place.end, place.following
    if end.next == end.close:
        return _breaks_without_space(place)
    if end.at == end.stop:
        return word[:1].isupper() or word[:1].isdecimal()  # before a bullet
    if text[end.next] in SURE_STARTS:
        return True
    if word[:1].islower() and not _CAMEL.match(word) and not _LOWER_MARKER.match(text, end.next):
        return False
    return _breaks_after(place, text[end.at : end.stop])


def _breaks_after(place: Place, mark: str) -> bool:
    """Whether a sentence ends after this terminator, as the next word may begin one."""
    text, end = place.text, place.end
    if "!" in mark or "?" in mark:
        return place.token.lower() not in place.words.exclaimed or place.starts
    if len(mark) > 1 or mark == "…":
        return _breaks_after_dots(place)
    if text[end.at - 1 : end.at].isspace():
        return place.following[:1].isupper()
    return not _is_marker(place) and _breaks_after_stop(place)


def _breaks_after_dots(place: Place) -> bool:
    before = place.text[max(0, place.end.at - 1) : place.end.at]
    if is_hangul(before):
        return before in "다요죠까네"
    return place.following[:1].isupper() and place.text[place.end.next] != "("


def _is_marker(place: Place) -> bool:
    """Whether the full stop belongs to the number or letter of a list entry or heading: "2. We pay", "areas: 1. We"."""
    text, end = place.text, place.end
    if end.at - place.start < _WINDOW and _MARKER.fullmatch(text, place.start, end.at):
        return True
    before = text[max(place.start, end.at - 4) : end.at]
    if _EASTERN.match(place.following) and (before[-1:].isdecimal() or _PAREN_NUMBER.search(before)):
        return True
    return bool(_LISTED.search(before))


def _breaks_after_stop(place: Place) -> bool:
    text, end, token = place.text, place.end, place.token
    if is_hangul(text[end.at - 1]):
        return not (place.closing and _QUOTED_ON.match(text, end.next))
    if place.closing:
        return _breaks_after_closing(place, token)
    if text[end.next] in "(（" and not _is_own_sentence(place, token):
        return False
    if token.replace(".", "").isdecimal():
        return _breaks_after_number(place, token)
    return _by_abbreviation(place, token) is not False


def _breaks_after_closing(place: Place, token: str) -> bool:
    """After a quotation, a bracket or the number of a note."""
    if place.closing.lstrip(')]”"')[:1].isdigit():
        short = token[-1:].isdecimal() and not re.fullmatch(r"(?:19|20)\d\d", token)
        known = token.lower() in place.words.number | place.words.never or len(token) == 1
        return not known and not short and (place.starts or not token[-1:].isdecimal())
    return _by_abbreviation(place, token) is not False


def _is_own_sentence(place: Place, token: str) -> bool:
    """Whether the parenthesis that follows is a sentence or the marker of a list entry, and no part of this one."""
    if _by_abbreviation(place, token) is False:
        return False
    inside, sign, _ = place.text[place.end.next + 1 : place.end.next + 400].replace("）", ")").partition(")")
    return bool(sign) and (len(inside) <= 3 or inside[-1:] in ".!?。")


def _breaks_after_number(place: Place, token: str) -> bool:
    text, end = place.text, place.end
    following = place.following
    if following[:1].isdecimal():
        return not _is_date(place, token, following) or (not place.east and bool(_NOTE.match(text, end.next)))
    before = text[max(place.start, end.at - 12) : end.at]
    if _ITEM.search(before) or _RUN_IN.fullmatch(text, place.start, min(end.at, place.start + _WINDOW)):
        return place.starts
    return not _is_ordinal(place, token)


def _is_ordinal(place: Place, token: str) -> bool:
    """Whether the full stop makes a number an ordinal: "am 1. Januar", "im 3. Quartal"."""
    words, end = place.words, place.end
    if not words.before_ordinals or len(token) > 2 or place.starts:
        return False
    before = place.text[max(place.start, end.at - _WINDOW) : end.at].lower().split()[-2:-1]
    return _plain(place.following) in words.after_ordinals or not words.before_ordinals.isdisjoint(before)


def _is_date(place: Place, token: str, following: str) -> bool:
    """Whether two numbers around a full stop are parts of a date: "31. 12.", "2021. 1. 1."."""
    if place.east == "ko" or (place.words.before_ordinals and len(token) <= 2):
        return len(token) <= 2 or len(following) <= 2
    return len(token) <= 2 and len(following) <= 2


def _by_abbreviation(place: Place, token: str) -> bool | None:
    """What the word before says: False, or True where only the next word tells that a sentence ends, None: nothing."""
    text, end = place.text, place.end
    spaced = _SPACED.search(text[max(place.start, end.at - _WINDOW) : end.at])
    name = re.sub(r"\s", "", spaced.group()).lower() if spaced else _plain(token)
    if name in place.words.number and (text[end.next] == "(" or (_NUMBER.match(text, end.next) and not place.starts)):
        return False
    if token.isalpha() and token.isupper() and len(token) > 1 and name not in place.words.maybe:
        # The name of a company or state, and not "adm." for admiral or "ca."; "MR." in a text in capitals.
        return place.starts if len(token) == 2 and name in place.words.never else None
    if name in place.words.never or (spaced and len(token) > 1 and _plain(token) in place.words.never):
        return False
    return place.starts if _may_end(place, name, token) else None


def _may_end(place: Place, name: str, token: str) -> bool:
    """Whether it is an abbreviation that also stands at the end of sentences: then the next word tells."""
    if name in _CLOCK:
        return bool(_TIME_OF.match(place.text, place.end.next))
    if name in place.words.maybe or _DOTTED.fullmatch(token) or _is_initial(token) or _lacks_vowels(token):
        return True
    return bool(_ITEM.search(place.text[max(place.start, place.end.at - 12) : place.end.at]))


def _is_initial(token: str) -> bool:
    return (len(token) == 1 and token.isalpha()) or bool(re.fullmatch(r"[A-ZÀ-Þ]\.?-[A-ZÀ-Þ]", token))


def _lacks_vowels(token: str) -> bool:
    return token.isalpha() and token[1:].islower() and len(token) <= 5 and token.isascii() and not _VOWEL.search(token)


def _breaks_without_space(place: Place) -> bool:
    """Where a space is missing: "in prohibited.In exceptional"; never within an address or a figure."""
    text, end = place.text, place.end
    token = place.token
    if _EASTERN.match(text, end.next):
        return token.isascii() and len(token) > 3 and token.islower() and _by_abbreviation(place, token) is None
    if place.closing or not _GLUED.match(text, end.next):
        return False
    chunk = re.search(r"\S*$", text[max(place.start, end.at - _WINDOW) : end.at])
    if chunk and re.search(r"[@/:]|www", chunk.group()):
        return False
    if re.fullmatch(r"(?:19|20)\d\d", token):
        return place.starts
    return token.islower() and len(token) > 2 and token.isalpha() and _by_abbreviation(place, token) is None


def is_hangul(sign: str) -> bool:
    """Whether a character is a Korean syllable."""
    return "가" <= sign <= "힣"


def _plain(word: str) -> str:
    """A word in lower case, with straight apostrophes and without an elided article: "l'art" is "art"."""
    lowered = word.lower().replace("’", "'")
    head, sign, tail = lowered.rpartition("'")
    return tail if sign and len(tail) > 2 and len(head) <= 5 else lowered
