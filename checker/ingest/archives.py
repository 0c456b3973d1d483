"""Zip-based documents (DOCX, PPTX) looked through before a library opens them.

The standard library's zipfile reads no more of a member than its header says and checks its CRC, so the sizes in the
headers bound what any library can be made to unpack. defusedxml was not taken: it guards parsers that it starts itself,
and python-docx and python-pptx start their own. Those resolve no entities; besides, a DTD, without which XML has
neither external entities nor entities that multiply, is looked for in the bytes of the XML members.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..errors import InputError
from .blocks import Limits
from .signatures import OLE_MAGIC, PASSWORD, ZIP_MAGIC

MAX_MEMBERS = 10_000
MAX_RATIO = 500  # of deflate, which packs zeros 1,000-fold; text comes to 3 to 30, 20,000 equal rows of a table to 177
SMALL = 1 << 20  # bytes; a member that small may be packed as tightly as it likes
_CHUNK = 1 << 20
_ANEW = "open it in Office and save it anew"
_ENCRYPTED = 0x1
_DEVICES = re.compile(r"[A-Za-z]:|[\\\x00-\x1f\x7f]")
_EMBEDDED = "embeddings"  # where Office keeps the workbook of a chart; nothing here opens it
_ARCHIVES = (*ZIP_MAGIC, OLE_MAGIC, b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_DTD = tuple("<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_ENTITY = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
_XML = (".xml", ".rels", ".vml")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""")
_ENCODINGS = re.compile(rb"utf-?8|utf-?16(?:le|be)?|us-ascii|ascii|iso-8859-\d{1,2}|windows-125\d", re.I)
_OVERLAP = 32  # bytes kept of the chunk before, in which a mark may begin
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, OverflowError,
)  # fmt: skip


def check_archive(path: Path, limits: Limits) -> None:
    """Raise InputError for an Office file that is unsound, damaged, protected or made to do harm."""
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
        if head.startswith(OLE_MAGIC):
            raise InputError(f"is {PASSWORD.what}; {PASSWORD.remedy}", str(path))
        with zipfile.ZipFile(path) as archive:
            _check_list(archive.infolist(), path, limits)
            for member in archive.infolist():
                _check_member(archive, member, path)
    except _BROKEN as error:
        why = " ".join(str(error).split())[:200]
        raise InputError(f"is damaged or cut off ({why}); {_ANEW}, or download it again", str(path)) from None


def _check_list(members: list[zipfile.ZipInfo], path: Path, limits: Limits) -> None:
    """What the list of members tells: how many, how large, how they are named and packed."""
    if len(members) > MAX_MEMBERS:
        raise InputError(f"holds {len(members):,} files, more than the {MAX_MEMBERS:,} that are read", str(path))
    total = sum(member.file_size for member in members)
    if total > limits.bytes:
        why = f"unpacks to {total:,} bytes, more than the {limits.bytes:,} that are read; save it as PDF, or split it"
        raise InputError(why, str(path))
    for member in members:
        if member.flag_bits & _ENCRYPTED:
            raise InputError(f"is {PASSWORD.what}; {PASSWORD.remedy}", str(path))
        if member.file_size > max(SMALL, MAX_RATIO * member.compress_size):
            why = f"is packed more than {MAX_RATIO}-fold, as no document is; {_ANEW}"
            raise InputError(why, str(path))
        if _leads_out(member.orig_filename):
            why = f"holds a file named {member.orig_filename[:80]!a}, which leads out of it; {_ANEW}"
            raise InputError(why, str(path))


def _leads_out(name: str) -> bool:
    """Whether the name of a member is absolute, climbs, or holds what no name has."""
    return name.startswith("/") or ".." in PurePosixPath(name).parts or _DEVICES.match(name) is not None


def _check_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> None:
    """Unpack a member once to see that it is whole, no archive in the archive and free of a DTD."""
    before = b""
    is_xml = PurePosixPath(member.filename).suffix.lower() in _XML
    for number, chunk in enumerate(_chunks(archive, member)):
        if number == 0:
            _check_head(chunk, member, path)
        both = before + chunk
        if is_xml and any(both.find(mark) >= 0 for mark in (*_DTD, *_ENTITY)):
            why = f"{member.filename[:80]!a} in it declares entities or a DTD, as no document does; {_ANEW}"
            raise InputError(why, str(path))
        before = chunk[-_OVERLAP:]


def _check_head(head: bytes, member: zipfile.ZipInfo, path: Path) -> None:
    if head.startswith(_ARCHIVES) and _EMBEDDED not in PurePosixPath(member.filename).parts:
        why = f"holds another archive ({member.filename[:80]!a}); take it out, or save the document as PDF"
        raise InputError(why, str(path))
    if head.startswith((b"\0\0\0<", b"<\0\0\0", b"\x4c\x6f\xa7\x94")):
        raise InputError(
            f"{member.filename[:80]!a} in it is XML in an encoding that Office does not write; {_ANEW}", str(path)
        )
    declared = _DECLARED.search(head.replace(b"\0", b"")[:400])
    if declared and not _ENCODINGS.fullmatch(declared[1]):
        name = declared[1].decode("ascii")
        raise InputError(
            f"{member.filename[:80]!a} in it is XML in {name}, which Office does not write; {_ANEW}", str(path)
        )


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk
