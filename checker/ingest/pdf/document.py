"""A PDF file opened, and what it says of itself."""

from __future__ import annotations

import ctypes
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ...errors import InputError
from ..blocks import Limits
from ..tidy import tidy

if TYPE_CHECKING:
    import pypdfium2 as pdfium

_NOBODY = re.compile(r"|anonymous|unknown|author|user|admin(?:istrator)?|owner|\W+", re.IGNORECASE)
_DATE = re.compile(r"(?:D:)?((?:19|20)\d\d)(?:-?(0[1-9]|1[0-2])(?:-?(0[1-9]|[12]\d|3[01]))?)?")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9-]+)?\Z")
_JUNK_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b|powerpoint[- ]?pr|untitled|senza titolo|ohne titel|sin título|"
    r"sans titre|document\d*\Z|dokument\d*\Z|layout ?\d|presentation\d*\Z|print\b|slide \d|title\Z|template|about:blank|https?://|"
    r"[\w.,() -]+\.(?:docx?|pptx?|xlsx?|indd|pdf|qxp|pub|odt|rtf|html?|md|tex|dvi|ai|cdr)\b)",
    re.IGNORECASE,
)


def open_pdf(path: Path, limits: Limits) -> pdfium.PdfDocument:
    """The document; raises InputError where it cannot be opened, or is longer than the limits allow."""
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    try:
        size = path.stat().st_size
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", str(path)) from None
    if size > limits.bytes:
        raise InputError(f"larger than {limits.bytes:,} bytes; split it, or raise the limit", str(path))
    try:
        document = pdfium.PdfDocument(path)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            why = "protected by a password; open it in a viewer and save or print a copy without protection"
        else:
            why = "no PDF that can be read: damaged or cut off; open it in a viewer and save it again, or get it anew"
        raise InputError(why, str(path)) from None
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", str(path)) from None
    if not pages:
        raise InputError("a PDF without pages: damaged or cut off; get it anew", str(path))
    if pages > limits.pages:
        raise InputError(f"{pages:,} pages, more than {limits.pages:,}; split it, or raise the limit", str(path))
    return document


def about(document: pdfium.PdfDocument) -> dict[str, str | None]:
    """Title, date, language and author, as far as the file states them and they are not what programs put there."""
    title = tidy(document.get_metadata_value("Title"))
    author = tidy(document.get_metadata_value("Author"))
    return {
        "title": None if len(title) < 4 or _JUNK_TITLE.match(title) else title,
        "date": _date(document.get_metadata_value("CreationDate")) or _date(document.get_metadata_value("ModDate")),
        "lang": _language(document),
        "author": None if _NOBODY.fullmatch(author) else author,
    }


def _date(value: str) -> str | None:
    found = _DATE.match(value)
    return "-".join(filter(None, found.groups())) if found else None


def _language(document: pdfium.PdfDocument) -> str | None:
    from pypdfium2 import raw

    size = raw.FPDFCatalog_GetLanguage(document.raw, None, 0)
    if not 2 < size < 100:
        return None
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFCatalog_GetLanguage(document.raw, buffer, size)
    found = _LANGUAGE.match(bytes(buffer).decode("utf-16-le").rstrip("\0"))
    return found[1].lower() if found else None
