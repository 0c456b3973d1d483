"""Bytes to a tree of elements: decoded, bounded, without comments; and what the head of the document says.

lxml is used rather than selectolax, whose lexbor follows HTML5 and takes the "<a/>" and "<div/>" of XHTML filings for
elements that never close: all of what follows becomes their content.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from ...errors import InputError

Element: TypeAlias = Any  # lxml ships no types
MAX_DEPTH = 2_000  # libxml2 itself stops at 2,048
MAX_PAGE, MAX_TAGS = 2_000_000, 60_000  # characters and tags of a page that Trafilatura and htmldate are asked about
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_DECLARED = re.compile(
    rb"""<\?xml[^>]{0,80}?encoding=["']([\w-]{2,30})|<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([\w-]{2,30})""", re.I
)
_XML = re.compile(r"\s{0,100}<\?xml[^>]{0,200}\?>")
# What the names stand for in documents, as in the WHATWG Encoding Standard
_MEANT = {
    "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932",
    "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932", "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949", "iso-8859-9": "cp1254", "utf8": "utf-8", "utf-16": "utf-8",
}  # fmt: skip


class Source(NamedTuple):
    """The text of a file, the encoding it was read in, and what a reader must know of that."""

    text: str
    encoding: str
    warnings: list[str]


def decoded(data: bytes) -> Source:
    """The text of an HTML file: by its byte order mark, else as it declares if that fits, else by its bytes.

    A declaration that is wrong is passed over: ASCII that is not, or UTF-8 that cannot be decoded.
    """
    for mark, encoding in _BOMS.items():
        if data.startswith(mark):
            return Source(data.decode(encoding, "replace"), encoding.removesuffix("-sig"), [])
    try:
        if b"\x1b$" not in data:  # which is how ISO-2022-JP begins, all of it ASCII
            return Source(data.decode("utf-8"), "utf-8", [])  # no other text is UTF-8 by chance, whatever it declares
    except UnicodeDecodeError:
        pass
    named = _DECLARED.search(data[:4096])
    if named:
        name = (named[1] or named[2]).decode("ascii").lower()
        try:
            return Source(data.decode(_MEANT.get(name, name)), name, [])
        except (UnicodeDecodeError, LookupError):
            pass
    from ..formats import decode

    mended = data.decode("utf-8", "replace")
    wrong, others = mended.count("\ufffd"), sum(c > "\x7f" for c in mended)
    if 10 * wrong < others:  # letters of no other encoding look like UTF-8 so often
        return Source(mended, "utf-8", [f"{wrong} characters in it are damaged and shown as \ufffd"])
    return Source(*decode(data))


def parse(text: str, path: str) -> Element:
    """The root of the tree. Raises InputError where it holds no element or is nested too deeply to be read whole."""
    import lxml.etree
    import lxml.html

    parser = lxml.html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True, collect_ids=False
    )
    declared = _XML.match(text)
    content = (text[declared.end() :] if declared else text).encode("utf-8", "replace")
    try:
        root = lxml.html.document_fromstring(content, parser=parser)
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError, AssertionError):
        root = None
    errors = {entry.type_name for entry in parser.error_log}
    if "ERR_NO_MEMORY" in errors:
        raise MemoryError
    if root is None:
        raise InputError("holds no HTML; is this the page itself, and was it saved whole?", path)
    if "ERR_RESOURCE_LIMIT" in errors:
        raise InputError(f"elements nested more than {MAX_DEPTH:,} deep; save the page as plain text", path)
    return root


def is_ordinary(page: str) -> bool:
    """Whether a page is of a size that libraries for web pages are made for: some take quadratic time.

    What they log of pages that they cannot use is no message for a user, unless a program asks for it.
    """
    for name in ("trafilatura", "htmldate"):
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
    return len(page) <= MAX_PAGE and page.count("<") <= MAX_TAGS


def tag_of(element: Element) -> str:
    """The tag of an element in lower case, with its prefix ("ix:nonfraction"); "" for what is no element."""
    tag = element.tag
    return tag.lower() if isinstance(tag, str) else ""


def walk(element: Element) -> Iterator[tuple[str, Element, Any]]:
    """Starts and ends of the elements below one, itself included, in order, and the walker (to skip what is below).

    Iterative, so that no depth of nesting exhausts the stack.
    """
    import lxml.etree

    walker = lxml.etree.iterwalk(element, events=("start", "end"))
    for event, found in walker:
        yield event, found, walker
