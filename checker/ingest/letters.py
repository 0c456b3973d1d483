"""What words are made of: the letters of alphabets, the pairs of letters that languages have, and what breaks both.

Libraries come near: charset-normalizer's ``mess_ratio`` averages over a page (0.04 where homoglyphs are in a tenth of
the words, 0.24 on a sound table of contents), confusable_homoglyphs tells scripts apart, not letters of one script,
lingua and py3langid say which language fits best, never that none does.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

CONTROL = "control codes"
UNMAPPED = "characters without a meaning"
FOREIGN = "letters of other alphabets inside words"
SYMBOLS = "symbols inside words"
UNLIKELY = "letters in an order that no language has"

# After each letter, those that follow it in words of some language. From names of countries, languages and currencies
# in 43 locales of CLDR, the Universal Declaration of Human Rights in five languages, and company reports in three,
# without accents: pairs that two sources have in 1 of 2,000, or all in 1 of 4,000. On sound pages 92 to 100 % of pairs
# are such, on shifted ones half.
_EVERY = "abcdefghijklmnopqrstuvwxyz"
_FOLLOWERS = {
    "a": _EVERY, "b": "aehijlorsuvwy", "c": "acehijklmnorstuy", "d": "adehijklnorsuyz", "e": _EVERY, "f": "aefgiloru",
    "g": "adeghijklnorstuvwy", "h": "aeijmnorstuvwy", "i": _EVERY, "j": "aceiknosu", "k": "acehiklmorstuvwy",
    "l": "abcdefghijklmnoqstuvy", "m": "abcehimopsuy", "n": "acdefghijklmnoqstuvyz", "o": _EVERY, "p": "aefhiloprstuy",
    "q": "aeiou", "r": _EVERY, "s": "acefhijklmnoprstuvwyz", "t": "acehijklnorstuvwxyz", "u": _EVERY, "v": "aeijnorsuy",
    "w": "aehinorsy", "x": "abcehiopty", "y": "acdeijklmnoprstu", "z": "aeijklnostuvwyz",
}  # fmt: skip
_PAIRS = frozenset(a + b for a, followers in _FOLLOWERS.items() for b in followers)

# Lower-case letters beyond Latin-1 of languages written in Latin letters, those of one language, or of close ones, in
# an entry; the last are romanised Arabic and Sanskrit, romanised Chinese, and Vietnamese. Clicks (ǀ ǁ) are left out.
_ALPHABETS = (
    "āčēģīķļņōŗšūž", "ąčęėįšųūž", "ąćęłńóśźż", "őű", "čďěľĺňŕřšťůž", "ćčđšž", "ăâîșțşţ", "ğışəi̇", "čđŋšŧžǥǧǩʒǯ",
    "ĉĝĥĵŝŭ", "ċġħż", "ŵŷẁẃẅỳ", "ŀ", "ĳ", "œÿ", "ĩũẽỹ", "ćčěłńŕśšźž", "ōłńśż", "ɓɗƙƴŋ",
    "ɛɔŋɖƒɣʋɩʊǝəɨʉɲɑɤɓɗʔǹḿńŕǎěǐǒǔāēīōūẅĩũ", "ẹọṣǹḿń", "ịọụṅ", "āēīōū", "ȟǧŋčšž", "ŝőẅ", "ḍǧḥɛṛṣṭẓčɣ", "žşň",
    "āīūṣṭḥḍṇṛśñṁṃẓṅḷḻẖġžǧšḫṯḏ", "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ",
    "ăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ",
)  # fmt: skip
_LATIN_SETS = tuple(frozenset(letters + letters.upper() + "İẞ") for letters in _ALPHABETS)
_KNOWN_LATIN = frozenset().union(*_LATIN_SETS)
_MODIFIERS = re.compile("[\u02b0-\u02ff\ufb00-\ufb06\uff00-\uffef]")  # apostrophes, ligatures, wide letters
_GREEK_TWINS = frozenset("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορυ")  # look like Latin letters, and stand for no unit or quantity in a word
_GREEK = re.compile("[\u0386-\u03ce\u1f00-\u1fff\u03d0-\u03d6\u03f0\u03f1\u03f5]")
_LETTER_RUN = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_ALIKE = frozenset({"LATIN", "GREEK", "CYRILLIC", "COPTIC", "ARMENIAN", "CHEROKEE"})  # no sound word mixes two
_CAPITAL_INSIDE = re.compile(r"[^\W\d_A-Z][A-ZÀ-ÖØ-Þ]?[Ā-ɏ][^\W\d_A-Z]|\d[Ā-ɏ]\d")
_ACCENTED_RUN = re.compile("[À-ÖØ-öø-ÿ]{4}")  # as Cyrillic read as Western European is
_SYMBOL_IN_WORD = re.compile("[a-zà-ÿ][¡-§¬¯±³¹´¶¸¼-¿×÷][a-zà-ÿ]")  # as Polish read as Western European has
_FOLD = str.maketrans({"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th", "ð": "d"})
_FOLDED_RUN = re.compile("[a-z]{4,}")
_STRANGE = frozenset('!"#$%&*+;<=>?@[\\]^_`{|}~')
_STRANGE_ALONE = _STRANGE - frozenset("<>%$+=*[]&")  # those are signs and brackets around figures
_INSIDE = re.compile(r'[^\W_][!";<=>?\\^{|}]+[^\W_]')
_COMPARISON = re.compile(r"\W{0,3}\w+[<>=]+[-+]?[\d.,]+%?\W{0,3}\Z")
_EDGES = "()[]{}<>“”‘’\"'.,:;*-–—|_=~"
_ADDRESS = re.compile(r"://|www\.|\w@\w|\w\.\w+[/?#]|^[#@]\w+\W*$")
_ABBREVIATION = re.compile(r"\W*[A-ZÀ-Þ]{2,6}[a-z]{0,2}\W*\Z")
_REPEATED = re.compile(r"(.)\1+")


def flaw(word: str) -> str | None:
    """What is wrong with a word (without spaces, and not Chinese or Japanese), or None."""
    if word.isascii() and word.isalpha():
        return UNLIKELY if _is_unlikely(word) else None
    if found := _unprintable(word):
        return found
    if not word.isascii() and _is_foreign(word):
        return FOREIGN
    if _is_jumbled(word):
        return SYMBOLS
    return UNLIKELY if _is_unlikely(word) else None


@lru_cache(maxsize=4096)
def _kind(character: str) -> str:
    """CONTROL or UNMAPPED for a character that no text has, else the empty text."""
    category = unicodedata.category(character)
    if category == "Cc":
        return CONTROL
    return UNMAPPED if category in ("Co", "Cn", "Cs") or character == "\ufffd" else ""


def _unprintable(word: str) -> str | None:
    """Control codes anywhere; private-use and unassigned characters unless they are a bullet or icon at either end."""
    if word.isprintable() and "\ufffd" not in word:
        return None
    if len(word) == 1:
        return None
    if any(_kind(c) == CONTROL for c in word):
        return CONTROL
    kinds = [_kind(c) for c in word]
    return UNMAPPED if UNMAPPED in (kinds[1:-1] if len(word) > 2 else []) or all(kinds) else None


@lru_cache(maxsize=8192)
def script(character: str) -> str:
    """The script of a letter by the first word of its Unicode name: LATIN, GREEK, CJK, …"""
    return unicodedata.name(character, "").partition(" ")[0]


@lru_cache(maxsize=8192)
def is_rare(character: str) -> bool:
    """Whether a letter or combining mark belongs to no alphabet in use."""
    if character < "\u0100":
        return False
    if "\u034f" <= character <= "\u036f":
        return True
    name = script(character)
    if name == "LATIN" and character.isalpha():
        return character not in _KNOWN_LATIN and not _MODIFIERS.match(character)
    return name == "COPTIC" or (name == "GREEK" and character.isalpha() and not _GREEK.match(character))


def has_rare_letter(word: str) -> bool:
    """Whether a word holds a letter of no alphabet in use, as homoglyphs in broken fonts are."""
    return not word.isascii() and any(is_rare(c) for c in unicodedata.normalize("NFC", word))


def has_distant_letter(word: str) -> bool:
    """Whether a Latin word holds a letter or mark beyond Latin-1."""
    return any("\u0100" <= c < "\u0370" for c in word)


def _is_foreign(word: str) -> bool:
    """Letters that cannot stand in one word: of no alphabet, of two, or a capital with an accent amid small letters."""
    word = unicodedata.normalize("NFC", word)
    if (len(word) > 1 and any(is_rare(c) for c in word)) or _SYMBOL_IN_WORD.search(word):
        return True
    if (found := _CAPITAL_INSIDE.search(word)) and any(c.isupper() and c > "\u00ff" for c in found[0][1:-1]):
        return True
    return any(_mixes(run) for run in _LETTER_RUN.findall(word) if len(run) > 1 and not run.isascii())


def _mixes(run: str) -> bool:
    scripts = {script(c) for c in run if c.isalpha()} & _ALIKE
    if len(scripts) > 1:
        return scripts != {"LATIN", "GREEK"} or _is_greek_disguise(run)
    if scripts != {"LATIN"}:
        return False
    distant = {c for c in run if c > "\u00ff" and c.isalpha() and not _MODIFIERS.match(c)}
    if distant and not any(distant <= letters for letters in _LATIN_SETS):
        return True
    return bool(_ACCENTED_RUN.search(run))


def _is_greek_disguise(run: str) -> bool:
    """Greek among Latin letters that is no unit or quantity such as µg or ΔT."""
    greek = [i for i, c in enumerate(run) if script(c) == "GREEK"]
    return len(greek) > 1 or greek[0] not in (0, len(run) - 1) or (run[greek[0]] in _GREEK_TWINS and len(run) > 2)


def _is_jumbled(word: str) -> bool:
    """Symbols where letters should be: between letters, or several kinds of them in a word; addresses have them too."""
    if word.isalnum() or _ADDRESS.search(word) or _COMPARISON.match(word):
        return False
    inner = word.strip(_EDGES)
    if not any(c.isalnum() for c in word):
        return word.isascii() and len(inner) > 2 and len(set(inner)) > 2
    return bool(_INSIDE.search(word)) or (len(_STRANGE_ALONE.intersection(inner)) > 1 and len(inner) > 2)


@lru_cache(maxsize=65536)
def _is_unlikely(word: str) -> bool:
    """Whether more than two of five pairs of its letters are in no language.

    Short capitals are abbreviations; words with digits are units and names of substances.
    """
    if _ABBREVIATION.match(word) or any(c.isdigit() for c in word):
        return False
    pairs = [run[i : i + 2] for run in _FOLDED_RUN.findall(fold(word)) for i in range(len(run) - 1)]
    return len(pairs) > 2 and sum(pair not in _PAIRS for pair in pairs) * 5 > len(pairs) * 2


def fold(word: str) -> str:
    """Small letters without accents."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.lower().translate(_FOLD))
    return "".join(c for c in plain if not unicodedata.combining(c))


def likelihood(text: str) -> float:
    """The share of pairs of letters that languages have; 0 where there are few letters."""
    pairs = [run[i : i + 2] for run in _FOLDED_RUN.findall(fold(text)) for i in range(len(run) - 1)]
    return sum(pair in _PAIRS for pair in pairs) / len(pairs) if len(pairs) > 20 else 0.0


def collapse(word: str) -> str:
    """A word with each run of one character, as the dots of a table of contents, made one."""
    return _REPEATED.sub(r"\1", word)


@lru_cache(maxsize=16384)
def is_common_han(character: str) -> bool:
    """Whether a Chinese character is in the first level of a national standard: simplified, traditional or Japanese."""
    for codec, first, last in (("gb2312", 0xB0, 0xD7), ("big5", 0xA4, 0xC6), ("shift_jis", 0x88, 0x97)):
        try:
            if first <= character.encode(codec)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False
