"""Which format a file is, by its content first and by its name where the content leaves it open; and who reads it."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

import msgspec

from ..errors import InputError
from .encodings import decode
from .finding import find_documents
from .signatures import (
    MAIL,
    OLE_MAGIC,
    XML,
    ZIP_MAGIC,
    Unread,
    binary_kind,
    known_start,
    ole_kind,
    zip_kind,
)

__all__ = ["FORMATS", "READERS", "decode", "find_documents", "format_of", "mismatch"]

READERS = {
    "pdf": "pdf", "html": "html", "docx": "docx", "pptx": "pptx", "text": "plain", "markdown": "markdown",
    "srt": "subtitles", "vtt": "subtitles", "jsonl": "tables", "csv": "tables",
}  # fmt: skip
"""Format to the module of this package whose ``read(path, limits)`` reads it; ``tables`` takes ``columns`` besides."""

FORMATS = {
    "pdf": ("a PDF", (".pdf",)),
    "html": ("a web page", (".html", ".htm", ".xhtml", ".xht")),
    "docx": ("a Word document", (".docx", ".docm", ".dotx", ".dotm")),
    "pptx": ("a presentation", (".pptx", ".pptm", ".ppsx", ".ppsm", ".potx")),
    "text": ("plain text", (".txt", ".text", "")),
    "markdown": ("Markdown", (".md", ".markdown", ".mdown", ".mkd")),
    "srt": ("SRT subtitles", (".srt",)),
    "vtt": ("WebVTT subtitles", (".vtt",)),
    "jsonl": ("JSON", (".jsonl", ".ndjson", ".json")),
    "csv": ("a CSV table", (".csv", ".tsv")),
}
"""Format to what it is called and the endings of names that it has."""

_BY_NAME = {
    ending: name for name, (_, endings) in FORMATS.items() for ending in endings if name not in ("pdf", "docx", "pptx")
}
_HEAD = 64 << 10  # bytes that a format is told by
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_FEW = 8  # control characters that a short text may hold
_BINARY = 0.01  # share of control characters that no text has
_SRT = re.compile(r"\d{1,6}[ \t]*\n[ \t]*\d{1,3}:\d\d:\d\d[,.]\d{1,3}[ \t]*-->")
_PAGE = re.compile(r"<(?:!doctype\s+html|html|\w{1,20}:html)[\s>]", re.I)
_ELEMENT = re.compile(
    r"<(?:head|body|title|meta|link|style|script|div|span|p|br|hr|h[1-6]|table|tr|td|ul|ol|li|a|b|i|img|font|center|article|"
    r"section|main|header|nav|pre|form)[\s/>]", re.I
)  # fmt: skip
_SEC = "-----BEGIN PRIVACY-ENHANCED MESSAGE-----"
_XML_ENDINGS = (".xml", ".svg", ".xbrl", ".xsd")
_MAIL = re.compile(r"^MIME-Version:\s*1\.0", re.I | re.M)
_HEADER = re.compile(r"[A-Za-z][A-Za-z-]{1,40}:\s")
_ROOT = re.compile(r"<(\w[\w:.-]{0,60})")


def format_of(path: Path) -> str:
    """The format of a file. Raises InputError for what is not read, saying what it is and how to go on."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        found = _of_bytes(head, path)
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", str(path)) from None
    if isinstance(found, Unread):
        raise InputError(f"is {found.what}, which is not read; {found.remedy}", str(path))
    return found


def mismatch(path: Path, found: str) -> str | None:
    """A warning where the name of a file says another format than its content."""
    ending = path.suffix.lower()
    what, endings = FORMATS[found]
    return None if ending in ("", *endings) else f"its name ends in {ending}, but it is {what} and was read as that"


def _of_bytes(head: bytes, path: Path) -> str | Unread:
    if not head:
        raise InputError("the file is empty; was it saved or downloaded whole?", str(path))
    if re.search(rb"%PDF-\d", head[:1024]):
        return "pdf"
    if head.startswith(ZIP_MAGIC):
        return _of_zip(path)
    if head.startswith(OLE_MAGIC):
        return ole_kind(path)
    return known_start(head) or _of_text(head, path.suffix.lower())


def _of_zip(path: Path) -> str | Unread:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            mimetype = b""
            if "mimetype" in names:
                with archive.open("mimetype") as member:
                    mimetype = member.read(100).strip()
            return zip_kind(names, mimetype)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError):
        why = "begins like a DOCX, PPTX or ZIP file but is damaged or cut off; save or download it again"
        raise InputError(why, str(path)) from None


def _of_text(head: bytes, ending: str) -> str | Unread:
    text = decode(head)[0].lstrip().replace("\r\n", "\n").replace("\r", "\n")
    if len(_CONTROLS.findall(text)) > _FEW + len(text) * _BINARY:
        return binary_kind(head)
    if text.startswith("WEBVTT") or _SRT.match(text):
        return "vtt" if text.startswith("WEBVTT") else "srt"
    if text.startswith(("<", _SEC)):
        return _of_markup(text, ending)
    if text.startswith(("{", "[")) and (found := _of_json(text, ending)):
        return found
    is_mail = _HEADER.match(text) and _MAIL.search(text[:4096].partition("\n\n")[0])
    return MAIL if is_mail else _BY_NAME.get(ending, "text")


def _of_markup(text: str, ending: str) -> str | Unread:
    """A page, XML of another kind, or a text that begins with an angle bracket."""
    named = _BY_NAME.get(ending, "text")
    if _PAGE.match(text) or (named in ("html", "text") and (_ELEMENT.match(text) or _PAGE.search(text))):
        return "html"
    root = _ROOT.match(text)
    is_xml = text.startswith("<?xml") or (ending in _XML_ENDINGS and root and f"</{root[1]}>" in text)
    return XML if is_xml and named != "html" else named


def _of_json(text: str, ending: str) -> str | None:
    """JSON Lines, or one JSON value: the reader of tables tells them apart."""
    line = text.partition("\n")[0]
    try:
        if isinstance(msgspec.json.decode(line), dict):
            return "jsonl"
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        pass
    is_value = re.match(r'\{\s*"[^"\n]{1,200}"\s*:|\[\s*\{\s*"', text)
    return "jsonl" if is_value or _BY_NAME.get(ending) == "jsonl" else None
