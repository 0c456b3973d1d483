"""What files look like that hold documents we do not read, or no documents at all: what they are, and how to go on.

A table of our own rather than puremagic 1.30 (MIT), which was tried on 30 small files: it weighs the name more than the
content (a DOCX named .xlsx is an XLSX to it), cannot tell DOCX, PPTX, XLSX and plain archives apart without the name,
misses a PDF with a line before its header, and takes texts that begin with "BMW" or "MZ" for a bitmap and a program.
"""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import NamedTuple

_AS_DOCX = "save it as .docx or PDF"
_AS_CSV = "save the sheet with the texts as CSV (UTF-8)"
_UNPACK = "unpack it and give the files in it"
_AS_PDF = "convert it to PDF"
_NO_TEXT = "it holds no text"


class Unread(NamedTuple):
    """A kind of file that is not read: its name with an article, and how to go on."""

    what: str
    remedy: str


PASSWORD = Unread("a document protected by a password", "save an unprotected copy")
OTHER_ZIP = Unread("a ZIP archive", _UNPACK)
OTHER_OLE = Unread("a file of an older Office program", _AS_DOCX)
BINARY = Unread("binary data of an unknown kind", "save the document as PDF, DOCX, HTML or UTF-8 text")
XML = Unread("XML that is not a web page", "give the report itself as PDF, HTML or inline XBRL")
MAIL = Unread("an e-mail or web archive (MHTML)", "save the page as HTML or PDF")

_STARTS: tuple[tuple[bytes, Unread], ...] = (
    (b"{\\rtf", Unread("an RTF document", _AS_DOCX)),
    (b"\xffWPC", Unread("a WordPerfect document", _AS_DOCX)),
    (b"%!PS", Unread("a PostScript file", _AS_PDF)),
    (b"AT&TFORM", Unread("a DjVu document", _AS_PDF)),
    (b"ITSF", Unread("a compiled help file (CHM)", _AS_PDF)),
    (b"\x1f\x8b", Unread("a file compressed with gzip", _UNPACK)),
    (b"BZh", Unread("a file compressed with bzip2", _UNPACK)),
    (b"\xfd7zXZ\0", Unread("a file compressed with xz", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Unread("a file compressed with Zstandard", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Unread("a 7-Zip archive", _UNPACK)),
    (b"Rar!\x1a\x07", Unread("a RAR archive", _UNPACK)),
    (b"\x89PNG\r\n\x1a\n", Unread("a PNG image", "put scanned pages into one PDF and read it with --ocr")),
    (b"\xff\xd8\xff", Unread("a JPEG image", "put scanned pages into one PDF and read it with --ocr")),
    (b"II*\0", Unread("a TIFF image", "put scanned pages into one PDF and read it with --ocr")),
    (b"MM\0*", Unread("a TIFF image", "put scanned pages into one PDF and read it with --ocr")),
    (b"GIF87a", Unread("a GIF image", _NO_TEXT)),
    (b"GIF89a", Unread("a GIF image", _NO_TEXT)),
    (b"\x7fELF", Unread("a program", _NO_TEXT)),
    (b"SQLite format 3\0", Unread("an SQLite database", "export the texts as CSV or JSON Lines")),
    (b"PAR1", Unread("a Parquet table", "export the texts as CSV or JSON Lines")),
    (b"\x00\x01\x00\x00\x00", Unread("a font", _NO_TEXT)),
    (b"wOF", Unread("a font", _NO_TEXT)),
    (b"OggS", Unread("audio or video", "read a transcript of it instead")),
    (b"fLaC", Unread("audio", "read a transcript of it instead")),
    (b"\x1aE\xdf\xa3", Unread("a video", "read a transcript of it instead")),
)
# These begin like words that a text may begin with: only of what turned out to be no text.
_BINARY_STARTS: tuple[tuple[bytes, Unread], ...] = (
    (b"MZ", Unread("a program", _NO_TEXT)),
    (b"BM", Unread("a bitmap image", "put scanned pages into one PDF and read it with --ocr")),
    (b"ID3", Unread("audio (MP3)", "read a transcript of it instead")),
    (b"RIFF", Unread("audio, video or a WebP image", _NO_TEXT)),
    (b"PK", OTHER_ZIP),
)
_OLE_STREAMS: tuple[tuple[str, Unread], ...] = (
    ("EncryptedPackage", PASSWORD),
    ("WordDocument", Unread("a Word document of the old kind (.doc)", _AS_DOCX)),
    ("PowerPoint Document", Unread("a presentation of the old kind (.ppt)", "save it as .pptx or PDF")),
    ("Workbook", Unread("a spreadsheet of the old kind (.xls)", _AS_CSV)),
    ("__properties_version1.0", Unread("an Outlook message (.msg)", "save it as text or HTML")),
)
_ZIP_MEMBERS: tuple[tuple[str, Unread], ...] = (
    ("xl/", Unread("a spreadsheet (.xlsx)", _AS_CSV)),
    ("Index/Document.iwa", Unread("a document of Apple iWork", "export it as .docx or PDF")),
    ("META-INF/container.xml", Unread("an EPUB book", "convert it to PDF or HTML")),
    ("META-INF/MANIFEST.MF", Unread("a Java archive", _NO_TEXT)),
    ("FixedDocSeq.fdseq", Unread("an XPS document", _AS_PDF)),
    ("visio/", Unread("a Visio drawing", _AS_PDF)),
)
_OPEN_DOCUMENT = {
    b"application/epub+zip": Unread("an EPUB book", "convert it to PDF or HTML"),
    b"application/vnd.oasis.opendocument.text": Unread("an OpenDocument text (.odt)", _AS_DOCX),
    b"application/vnd.oasis.opendocument.presentation": Unread(
        "an OpenDocument presentation", "save it as .pptx or PDF"
    ),
    b"application/vnd.oasis.opendocument.spreadsheet": Unread("an OpenDocument spreadsheet (.ods)", _AS_CSV),
}
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def known_start(head: bytes) -> Unread | None:
    """The kind of file that begins like this, if it is one that is not read."""
    if head[4:8] == b"ftyp":
        return Unread("a video or an image (MP4, HEIC)", _NO_TEXT)
    return next((kind for start, kind in _STARTS if head.startswith(start)), None)


def binary_kind(head: bytes) -> Unread:
    """What a file is that is certainly no text."""
    return next((kind for start, kind in _BINARY_STARTS if head.startswith(start)), BINARY)


def ole_kind(path: Path) -> Unread:
    """What an OLE container holds, by the names of the streams in its directory, wherever in the file that lies."""
    with path.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return next((kind for name, kind in _OLE_STREAMS if content.find(name.encode("utf-16-le")) >= 0), OTHER_OLE)


def zip_kind(names: list[str], mimetype: bytes) -> str | Unread:
    """What a ZIP archive holds, by the names of its members: "docx", "pptx", or what is not read."""
    if mimetype in _OPEN_DOCUMENT:
        return _OPEN_DOCUMENT[mimetype]
    if "[Content_Types].xml" in names:
        for folder, kind in (("word/", "docx"), ("ppt/", "pptx")):
            if any(name.startswith(folder) for name in names):
                return kind
    return next((kind for start, kind in _ZIP_MEMBERS if any(n.startswith(start) for n in names)), OTHER_ZIP)
