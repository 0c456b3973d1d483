"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, and a guess for the rest.

charset-normalizer does the guessing, among 13 encodings and from the lines that are not ASCII (some milliseconds).
Measured on pieces of 200 characters and more in 14 languages, it knows Chinese, Japanese, Korean, Cyrillic and Greek
encodings without fault, but takes half of the Spanish and Portuguese ones in cp1252 for cp1250; with the rule of
``_western`` none.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_GUESSES = [
    "cp1252", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1251", "koi8_r", "cp1250", "iso8859_2", "cp1253",
    "cp1254", "mac_roman",
]  # fmt: skip
_NAMES = {
    "cp1252": "Windows-1252", "gb18030": "GB18030", "big5hkscs": "Big5", "cp932": "Shift_JIS", "euc_jp": "EUC-JP",
    "cp949": "EUC-KR", "cp1251": "Windows-1251", "koi8_r": "KOI8-R", "cp1250": "Windows-1250",
    "iso8859_2": "ISO-8859-2", "cp1253": "Windows-1253", "cp1254": "Windows-1254", "mac_roman": "Mac Roman",
    "utf-16-le": "UTF-16", "utf-16-be": "UTF-16", "iso2022_jp": "ISO-2022-JP",
}  # fmt: skip
_NEAR_WESTERN = ("cp1250", "iso8859_2", "cp1254")
# what Polish, Czech and Turkish look like when they are taken for cp1252
_NOT_WESTERN = re.compile(r"[ðþýÐÞÝ]|(?<=[^\W\d_])[³¹¿£](?=[^\W\d_])")
_FOREIGN = re.compile(rb"[\x80-\xff]{1,256}")
_AROUND = 512  # bytes
_SAMPLE = 64 << 10  # bytes to guess from
_FEW = 6  # bytes: an accent or a sign here and there, no text in another script
_VOTERS = 200  # lines
_STRAY = 0.1  # share of the non-ASCII characters that may be wrong in what is still UTF-8


def decode(data: bytes) -> tuple[str, str, list[str]]:
    """The text of a file, the encoding it was read in, and warnings: that it was guessed, that bytes make no character.

    Bytes that make no character become U+FFFD, as nothing is lost without a word.
    """
    encoding, guessed = _encoding(data)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    warnings = []
    if guessed:
        warnings.append(f"read as {name_of(encoding)}, which is a guess; if letters are wrong, save the file as UTF-8")
    lost = text.count("\ufffd") - (data.count(b"\xef\xbf\xbd") if encoding.startswith("utf-8") else 0)
    if lost > 0:
        what = "bytes are no character" if lost > 1 else "byte is no character"
        warnings.append(f"{lost:,} {what} in {name_of(encoding)}, shown as \ufffd")
    return text, encoding.removesuffix("-sig"), warnings


def name_of(encoding: str) -> str:
    """An encoding as people write it: "cp932" is Shift_JIS."""
    return _NAMES.get(encoding, encoding.removesuffix("-sig").upper())


def _encoding(data: bytes) -> tuple[str, bool]:
    """The encoding, and whether it is a guess."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, False
    wide = _wide(data[:_SAMPLE])
    if wide:
        return wide, False
    if b"\x1b$" in data[:_SAMPLE] and data.isascii():
        return "iso2022_jp", False
    if _is_utf8(data):
        return "utf-8", False
    return _guess(data), True


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of text in Latin script is NUL."""
    half = len(sample) // 2
    if half < 2 or sample.count(0) < half * 0.3:
        return ""
    low, high = sample[0 : 2 * half : 2].count(0), sample[1 : 2 * half : 2].count(0)
    if min(low, high) > half * 0.05:
        return ""
    return "utf-16-le" if high > low else "utf-16-be"


def _is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, a few stray ones apart: other encodings yield next to no sound sequences."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        sound = data.decode("utf-8", "ignore")
        foreign = len(sound) - sum(map(sound.count, map(chr, range(128))))
        lost = data.decode("utf-8", "replace").count("\ufffd") - data.count(b"\xef\xbf\xbd")
        return lost <= foreign * _STRAY
    return True


def _guess(data: bytes) -> str:
    sample = _sample(data)
    if sum(len(run) for run in _FOREIGN.findall(sample)) < _FEW:
        return "cp1252"
    for cut in range(4):  # the end of the sample may lie within a character
        if encoding := _best(sample[: len(sample) - cut]):
            return _western(sample, encoding)
    votes = Counter(filter(None, map(_best, sample.split(b"\n")[:_VOTERS])))  # stray bytes spoil only their own line
    return _western(sample, votes.most_common(1)[0][0]) if votes else "cp1252"


def _best(sample: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(sample, cp_isolation=_GUESSES).best() if not sample.isascii() else None
    return best.encoding if best and best.encoding in _GUESSES else ""


def _sample(data: bytes) -> bytes:
    """The lines that hold more than ASCII, as many as are needed to guess; of a long line what is about such bytes."""
    pieces: list[bytes] = []
    size = at = 0
    while size < _SAMPLE and (match := _FOREIGN.search(data, at)):
        start = max(data.rfind(b"\n", at, match.start()) + 1, match.start() - _AROUND, at)
        newline = data.find(b"\n", match.end(), match.end() + _AROUND) + 1
        end = newline or match.end() + _AROUND
        pieces += [b"\n", data[start:end]] if start > at else [data[start:end]]
        size += end - start
        at = end
    return b"".join(pieces)


def _western(sample: bytes, encoding: str) -> str:
    """cp1252 where a guess near it is no better: it is by far the most frequent of them."""
    if encoding not in _NEAR_WESTERN:
        return encoding
    try:
        text = sample.decode("cp1252")
    except UnicodeDecodeError:
        return encoding
    return encoding if _NOT_WESTERN.search(text) else "cp1252"
