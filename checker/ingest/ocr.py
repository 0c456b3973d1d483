"""Pages read by OCR, for those without a sound text layer.

Tesseract is the one engine that installs from every system's packages, reads a hundred languages offline and needs no
GPU; easyocr and docTR bring PyTorch. An A4 page takes 1 to 3 s of one core. Of pages whose text layer is sound, 98 to
100 % of the words of English prose come back at 300 dpi (85 to 99 % at 150 dpi), 98 to 100 % of the characters of
Chinese prose at 200 dpi (88 to 100 % at 300 dpi), 75 % of those in a table of narrow columns.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from ..errors import InputError
from .lines import Line
from .tesseract import Picture, Word, models, orientation, program, recognise
from .tidy import is_cjk_end, is_cjk_start

if TYPE_CHECKING:
    import pypdfium2 as pdfium
    from lingua import LanguageDetector

DPI, EAST_ASIAN_DPI = 300, 200  # what either kind of script reads best at
MAX_PIXELS = 18_000_000  # an A3 page at DPI; larger pages are read at a lower resolution
POOR = 80  # mean confidence in per cent; pages in the language they are read in have 89 to 96, others 20 to 79
_SMALLEST = 16  # pixels; no text is smaller, and tesseract fails on such pictures
_GAP = 0.8  # of the size of the type: a wider space may part columns or cells, as in a text layer
_EAST_GAP = 1.6  # after a Chinese character, whose boxes are less exact
_BLANK = 0.4  # of the size of the type: a wider space beside a Chinese character is a blank
_JUNK = 50  # confidence below which a line is a picture, a pattern or a rule; on a page that reads poorly, it is POOR
_SIGNS = "$€£¥%"  # that stand in cells of their own beside figures
_ENOUGH = 60  # letters; fewer do not tell a language
_MODELS = {
    "af": "afr", "ar": "ara", "az": "aze", "be": "bel", "bg": "bul", "bn": "ben", "bs": "bos", "ca": "cat", "cs": "ces",
    "cy": "cym", "da": "dan", "de": "deu", "el": "ell", "en": "eng", "eo": "epo", "es": "spa", "et": "est", "eu": "eus",
    "fa": "fas", "fi": "fin", "fr": "fra", "ga": "gle", "gl": "glg", "gu": "guj", "he": "heb", "hi": "hin", "hr": "hrv",
    "hu": "hun", "hy": "hye", "id": "ind", "is": "isl", "it": "ita", "ja": "jpn", "ka": "kat", "kk": "kaz", "ko": "kor",
    "la": "lat", "lt": "lit", "lv": "lav", "mk": "mkd", "mr": "mar", "ms": "msa", "nb": "nor", "nl": "nld", "pa": "pan",
    "pl": "pol", "pt": "por", "ro": "ron", "ru": "rus", "sk": "slk", "sl": "slv", "sq": "sqi", "sr": "srp", "sv": "swe",
    "sw": "swa", "ta": "tam", "te": "tel", "th": "tha", "tl": "tgl", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie",
    "zh": "chi_sim", "zh-hant": "chi_tra",
}  # fmt: skip
_OTHER_NAMES = {"no": "nb", "nn": "nb", "zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-hans": "zh", "zh-cn": "zh"}
_EAST_ASIAN = frozenset({"zh", "zh-hant", "ja", "ko"})
_SCRIPTS = {  # tesseract's names of scripts that are not Latin, and the language to read each in
    "Han": "zh", "HanS": "zh", "HanT": "zh-hant", "Japanese": "ja", "Hiragana": "ja", "Katakana": "ja", "Korean": "ko",
    "Hangul": "ko", "Cyrillic": "ru", "Greek": "el", "Arabic": "ar", "Hebrew": "he", "Thai": "th", "Devanagari": "hi",
}  # fmt: skip


def missing() -> str | None:
    """Why pages cannot be read by OCR here, and how to get what it takes; None where they can."""
    if program() is None:
        return (
            "tesseract is not installed; on Debian or Ubuntu: apt install tesseract-ocr tesseract-ocr-chi-sim (and one "
            "package for each other language), on macOS: brew install tesseract tesseract-lang, on Windows: winget "
            "install UB-Mannheim.TesseractOCR"
        )
    if not languages_available():
        return "tesseract has no language; on Debian or Ubuntu: apt install tesseract-ocr-eng tesseract-ocr-chi-sim"
    return None


def languages_available() -> list[str]:
    """The languages that pages can be read in here, as ISO 639-1 codes (zh-hant is traditional Chinese)."""
    return sorted(code for code, model in _MODELS.items() if model in models())


def read_page(page: pdfium.PdfPage, languages: Sequence[str] | None = None) -> list[Line]:
    """The lines of a page in reading order; without ``languages`` its script and a first reading tell the language.

    A page that lies on its side is turned, and its lines are measured on the turned page; single lines that stand on
    end are left out. Raises InputError where
    tesseract or its model of the language is not installed, where it fails or takes too long, and where it is sure of
    nothing on a page that is not blank.
    """
    if why := missing():
        raise InputError(why)
    here = languages_available()
    reading = _read(page, languages or (["en"] if "en" in here else here[:1]))
    if reading.confidence < POOR:
        reading = _second_look(page, reading, languages)
    if not languages and (told := _language(reading, tuple(here))):
        reading = max(reading, _read(page, [told], reading.turn), key=lambda r: r.confidence)
    lines = reading.lines()
    if reading.parts and not lines:
        raise InputError("OCR is sure of nothing on this page: it is a picture, or in a language that is not installed")
    return lines


def _second_look(page: pdfium.PdfPage, reading: _Reading, languages: Sequence[str] | None) -> _Reading:
    """A page that reads poorly once more, if it turns out to lie on its side or to be in another script."""
    picture = _picture(page, EAST_ASIAN_DPI)
    turn, script = (picture and orientation(picture)) or (0, "")
    told = None if languages else _SCRIPTS.get(script)
    return _read(page, [told] if told else reading.languages, turn) if turn or told else reading


def _picture(page: pdfium.PdfPage, dpi: int, turn: int = 0) -> Picture | None:
    """The page in shades of grey; None where it is smaller than any text."""
    width, height = page.get_size()
    scale = min(dpi / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    if min(width, height) * scale < _SMALLEST:
        return None
    pixels = page.render(scale=scale, rotation=turn, grayscale=True).to_numpy()
    return Picture(b"P5 %d %d 255\n" % (pixels.shape[1], pixels.shape[0]) + pixels.tobytes(), scale * 72)


class _Reading(NamedTuple):
    """What one pass read: runs of words, and the mean confidence of all, junk included; 0 where it read nothing."""

    parts: list[list[Word]]
    confidence: float
    dpi: float
    languages: Sequence[str]
    turn: int

    def lines(self) -> list[Line]:
        """The runs of words that are text."""
        least = _JUNK if self.confidence >= POOR else POOR
        return [_line(part, self.dpi / 72) for part in self.parts if _is_text(part, least)]


def _read(page: pdfium.PdfPage, languages: Sequence[str], turn: int = 0) -> _Reading:
    codes = [_code(language) for language in languages]
    east = [code for code in codes if code in _EAST_ASIAN][:1]  # its model reads Latin letters, and two read worse
    model = _model(east or codes)
    picture = _picture(page, EAST_ASIAN_DPI if east else DPI, turn)
    rows = list(recognise(picture, model)) if picture else []
    on_end = [row for row in rows if _stands_on_end(row)]
    if not turn and sum(map(len, on_end)) * 2 > sum(map(len, rows)):  # tesseract reads such pages, but measures askew
        return _read(page, languages, 270 if on_end[0][0].y0 < on_end[0][-1].y0 else 90)
    parts = [part for row in rows if row not in on_end for part in _parts(row)]
    confidence = _confidence([word for part in parts for word in part])
    return _Reading(parts, confidence, picture.dpi if picture else DPI, languages, turn)


def _stands_on_end(row: Sequence[Word]) -> bool:
    """Whether the words of a row stand one below the other, as the labels of an axis do."""
    height = max((word.y1 for word in row), default=0.0) - min((word.y0 for word in row), default=0.0)
    width = max((word.x1 for word in row), default=0.0) - min((word.x0 for word in row), default=0.0)
    return len(row) > 1 and height > 2 * width


def _model(codes: Sequence[str]) -> str:
    """The models of languages as tesseract wants them; one that is not installed is left out if another is."""
    wanted = dict.fromkeys(_MODELS.get(code, code) for code in codes)
    if found := [model for model in wanted if model in models()]:
        return "+".join(found)
    packages = " ".join(f"tesseract-ocr-{model.replace('_', '-')}" for model in wanted)
    raise InputError(
        f"tesseract cannot read {', '.join(codes)}; on Debian or Ubuntu: apt install {packages}, on macOS: brew "
        "install tesseract-lang"
    )


def _code(language: str) -> str:
    """A language as in ``_MODELS``: regions and, but for Chinese, scripts left out."""
    whole = language.lower()
    code = _OTHER_NAMES.get(whole, whole)
    return code if code in _MODELS else whole.partition("-")[0]


def _language(reading: _Reading, here: tuple[str, ...]) -> str | None:
    """Another language than a page in Latin letters was read in, if it is in that and can be read here."""
    text = " ".join(word.text for part in reading.parts for word in part)[:4000]
    if _code(reading.languages[0]) in _SCRIPTS.values() or sum(c.isalpha() for c in text) < _ENOUGH:
        return None
    language = _detector(here).detect_language_of(text)
    code = language.iso_code_639_1.name.lower() if language else ""
    return code if code in here and code not in _SCRIPTS.values() and code not in reading.languages else None


@lru_cache(maxsize=2)
def _detector(here: tuple[str, ...]) -> LanguageDetector:
    """Tells the languages that can be read here, and common ones besides, lest Italian be taken for Spanish."""
    from lingua import Language, LanguageDetectorBuilder

    codes = {*here, "en", "de", "fr", "es", "it", "pt", "nl"}
    known = [language for language in Language.all() if language.iso_code_639_1.name.lower() in codes]
    return LanguageDetectorBuilder.from_languages(*known).build()


def _parts(row: Sequence[Word]) -> Iterator[list[Word]]:
    """The words of a row cut at wide gaps: tesseract takes the cells of a table for one line."""
    part: list[Word] = []
    for word in row:
        if part and word.x0 - part[-1].x1 > word.size * (_EAST_GAP if is_cjk_end(part[-1].text) else _GAP):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def _confidence(words: Sequence[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _is_text(words: Sequence[Word], least: float) -> bool:
    return _confidence(words) >= least and any(c.isalnum() or c in _SIGNS for word in words for c in word.text)


def _is_joined(left: Word, right: Word) -> bool:
    """Whether no space parts two words: between Chinese characters, and beside one unless the space is wide."""
    east = is_cjk_end(left.text), is_cjk_start(right.text)
    return all(east) or (any(east) and right.x0 - left.x1 < _BLANK * right.size)


def _line(words: Sequence[Word], scale: float) -> Line:
    text = words[0].text
    for left, right in pairwise(words):
        text += right.text if _is_joined(left, right) else f" {right.text}"
    x0, y0 = min(word.x0 for word in words), min(word.y0 for word in words)
    x1, y1 = max(word.x1 for word in words), max(word.y1 for word in words)
    size = words[0].size or median(word.y1 - word.y0 for word in words)
    return Line(text, x0 / scale, y0 / scale, x1 / scale, y1 / scale, size / scale)
