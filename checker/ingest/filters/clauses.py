"""Whether a text is a sentence, by what it is made of: words, a full stop, a finite verb, or nothing but names.

No tagger is asked, as a sentence that ends with a full stop needs no proof of a verb. For others a list of frequent
verbs and endings goes far: of the sentences of the bundled cases and frames, taken without their full stops, 1 % pass
for labels. Lists are in ``data/verbs.toml``.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data" / "verbs.toml"
_EASTERN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CASED = frozenset({"en", "de", "fr", "es", "pt", "it"})  # written with capitals, and with lists of verbs
_EAST = frozenset({"zh", "ja", "ko"})
_WORD = re.compile(r"[^\W\d_]+(?:['’&.\-][^\W\d_]+)*['’]?|\d[\d.,:/]*")
_END = re.compile(r"[.!?。！？…｡][\"'”’»」』)）\]】]*[*†\d]{0,3}\s*$|[。！？][（(][^（(）)]{1,60}[）)]\s*$")
_DIGIT = re.compile(r"\d")
_CLAUSE_ENDS = " \u3000;；,，.。)）」』:："
MIN_WORDS, MIN_CHARACTERS = 4, 6  # of a sentence
LABEL_WORDS, LABEL_CHARACTERS = 9, 18  # that a label has not


@lru_cache(maxsize=64)
def _words(section: str, lang: str) -> frozenset[str]:
    listed = _data()[section].get(lang, [])
    return frozenset(listed.split() if isinstance(listed, str) else listed)


@lru_cache(maxsize=1)
def _data() -> dict[str, dict[str, list[str] | str]]:
    return tomllib.loads(_DATA.read_text("utf-8"))


def is_eastern(text: str, lang: str) -> bool:
    """Whether a text is written without spaces, so that characters count and not words."""
    return lang in _EAST and bool(_EASTERN.search(text))


@lru_cache(maxsize=64)
def words(text: str) -> tuple[str, ...]:
    """Words and numbers, with straight apostrophes."""
    return tuple(word.replace("’", "'") for word in _WORD.findall(text))


def length(text: str, lang: str) -> int:
    """Its words; two characters count as one where no spaces part them."""
    return len(_EASTERN.findall(text)) // 2 if is_eastern(text, lang) else len(words(text))


def is_ended(text: str) -> bool:
    """Whether a full stop, question mark or exclamation mark ends it."""
    return bool(_END.search(text))


def is_short(text: str, lang: str, spoken: bool = False) -> bool:
    """Fewer than four words or six characters; in writing, a sentence of three words or four characters is enough.

    "Nobody was hurt." and "Orders are sliding." state something; "That is right." in a call does not.
    """
    if is_eastern(text, lang):
        characters = len(_EASTERN.findall(text))
        least = 4 if is_ended(text) and not spoken and _denies(text, lang) else MIN_CHARACTERS
        return characters < least
    least = 3 if is_ended(text) and not spoken and (_denies(text, lang) or has_verb(text, lang)) else MIN_WORDS
    return len(_parted(text)) < least


def _parted(text: str) -> list[str]:
    """Words, where "l'eau" counts as two."""
    return [part for word in words(text) for part in word.split("'") if part]


def _denies(text: str, lang: str) -> bool:
    absolute = _words("absolute", lang)
    if is_eastern(text, lang):
        return any(word in text for word in absolute)
    return any(word.lower() in absolute for word in words(text))


def is_long(text: str, lang: str) -> bool:
    """Whether it says more than a label does, with or without a verb."""
    if is_eastern(text, lang):
        return len(_EASTERN.findall(text)) >= LABEL_CHARACTERS and not _may_be_label(text, lang)
    return len(_parted(text)) >= LABEL_WORDS


def has_verb(text: str, lang: str) -> bool:
    """Whether a finite verb is found; True for languages without a list."""
    if is_eastern(text, lang):
        body = text.rstrip(_CLAUSE_ENDS)
        endings = tuple(_words("endings", lang))
        if _may_be_label(text, lang):
            return _has_verb_in_label(body)
        return body.endswith(endings) if endings else any(verb in body for verb in _words("finite", lang))
    if lang not in _CASED:
        return True
    verbs, endings = _words("finite", lang), tuple(_words("endings", lang))
    found = words(text)
    if lang == "en" and any(word.endswith("ed") and word[0].islower() for word in found) and _DIGIT.search(text):
        return True  # "160 million gallons saved per year"
    lowered = [word.lower() for word in found]
    return any(w in verbs or (len(w) > 5 and bool(endings) and w.endswith(endings)) for w in lowered)


def _may_be_label(text: str, lang: str) -> bool:
    """Whether it is Chinese without a full stop or a semicolon, where nouns that hold a verb's character may be all."""
    return lang == "zh" and not is_ended(text) and not text.rstrip().endswith((";", "；"))


def _has_verb_in_label(body: str) -> bool:
    """Whether a verb is left without the nouns; of what ends as titles do it must be a sure one, or its first word."""
    bare = _nouns().sub("〇", body)
    if body.rstrip(" \u30000123456789").endswith(tuple(_words("titles", "zh"))):
        return bare.startswith(tuple(_words("finite", "zh"))) or any(verb in bare for verb in _words("sure", "zh"))
    return any(verb in bare for verb in _words("finite", "zh"))


@lru_cache(maxsize=1)
def _nouns() -> re.Pattern[str]:
    """Chinese nouns with a character of a verb in them, the longest first."""
    return re.compile("|".join(sorted(map(re.escape, _words("nouns", "zh")), key=lambda word: (-len(word), word))))


def opens_absolutely(text: str, lang: str) -> bool:
    """Whether it begins as a bare commitment does: "No child labour in our mines"."""
    absolute = _words("absolute", lang)
    if is_eastern(text, lang):
        return text.lstrip("“「（(").startswith(tuple(absolute))
    found = words(text)
    return bool(found) and found[0].lower() in absolute


def is_only_names(text: str, lang: str) -> bool:
    """Whether it holds nothing but names, numbers and small words between them: "Board of Directors, 12 May 2023".

    German writes all nouns like names, so that there a full stop is believed.
    """
    if lang not in _CASED or is_eastern(text, lang) or text.isupper() or (lang == "de" and is_ended(text)):
        return False
    return all(not word[0].islower() or word.lower().rstrip("'") in _between(lang) for word in _parted(text))


def _between(lang: str) -> frozenset[str]:
    return _words("between", lang) | _words("between", "en")


def is_torn(text: str, lang: str) -> bool:
    """Whether it begins in small letters and breaks off: the middle of a sentence."""
    body = text.lstrip("\"'“‘(")
    if not (body[:1].islower() and body[1:2].islower()) or is_ended(text):
        return False
    last = words(text)[-1].lower() if words(text) else ""
    return not has_verb(text, lang) or last in _between(lang) or text.rstrip().endswith(",")


def is_full(text: str, lang: str) -> bool:
    """Whether a title states something: "We pay taxes where we operate" does, "How we manage risk" does not."""
    long = len(_EASTERN.findall(text)) >= 10 if is_eastern(text, lang) else len(words(text)) >= 5
    if not long or text.rstrip().endswith(("?", "？", ":", "：")) or _asks(text, lang) or not has_verb(text, lang):
        return False
    return not is_only_names(text, lang) and (is_ended(text) or _speaks_of_itself(text, lang))


def _asks(text: str, lang: str) -> bool:
    if is_eastern(text, lang):
        return any(word in text for word in _words("asking", lang))
    found = words(text)
    return bool(found) and (found[0].lower() in _words("asking", lang) or (lang == "en" and found[0].endswith("ing")))


def _speaks_of_itself(text: str, lang: str) -> bool:
    own = _words("own", lang)
    if is_eastern(text, lang):
        return text.startswith(tuple(own))
    return any(word.lower() in own for word in words(text)[:2])
