"""Files and folders given by name, as documents to read: each once, in order, nothing from outside a folder."""

from __future__ import annotations

import glob
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..errors import InputError, UnreadableError

_PARTS_OF_PAGES = frozenset(
    (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico", ".bmp", ".avif", ".css", ".js", ".mjs", ".map", ".woff",
     ".woff2", ".ttf", ".otf", ".eot", ".mp3", ".mp4", ".webm", ".wav")
)  # fmt: skip
_SETTINGS = frozenset(
    (".toml", ".yaml", ".yml", ".ini", ".cfg", ".lock", ".db", ".py", ".sh", ".bat", ".xsd", ".dtd", ".sha256", ".md5")
)
_UNPRINTABLE = ("Cc", "Cs", "Zl", "Zp")  # control characters, bytes that are no text, line separators
_INDEX = "documents.json"  # of a folder of extracted texts beside a corpus


def find_documents(names: Iterable[str]) -> list[Path]:
    """The files named by files, folders (searched to any depth) and globs, each once, in order.

    In a folder these are left aside: hidden files, links (what they point to inside is found itself, what lies outside
    is no part of it), parts of web pages (images, styles, fonts), settings, and the corpora that checker wrote. Pipes,
    devices and sockets in it are listed, and refused when read. Raises InputError for a name that is no file, a link,
    and a folder without documents.
    """
    found: dict[str, Path] = {}
    for name in names:
        try:
            for path in _expand(name):
                found.setdefault(os.path.realpath(path), path)
        except OSError as error:
            raise UnreadableError(f"cannot be read: {error.strerror}", str(error.filename or name)) from None
    return list(found.values())


def check_readable(path: Path) -> None:
    """Raise InputError for what is no file to read: a link, a folder, a pipe, one without rights or a name in text."""
    if any(unicodedata.category(c) in _UNPRINTABLE for c in str(path)):
        raise InputError("its name holds control characters or is no Unicode text; rename it", _shown(path))
    try:
        mode = path.lstat().st_mode
    except OSError as error:
        raise InputError(f"cannot be opened: {error.strerror}", str(path)) from None
    what = _special(mode)
    if stat.S_ISLNK(mode):
        raise InputError(f"is a link; give the file itself: {_shown(path.readlink())}", str(path))
    if what:
        raise InputError(f"is {what}, not a file; save the document as a file", str(path))
    if not os.access(path, os.R_OK):
        raise InputError("cannot be opened: no permission to read it", str(path))


def _expand(name: str) -> list[Path]:
    if not name or "\0" in name:
        raise InputError("the name of a document is empty or holds a NUL; give a file, a folder or a glob")
    path = Path(name)
    if not path.is_symlink() and path.is_dir():
        files = sorted(_walk(path))
        if not files:
            raise InputError("no document in this folder", name)
        return files
    if path.is_symlink() or path.exists():
        check_readable(path)
        return [path]
    files = sorted(p for p in map(Path, glob.glob(name)) if not p.is_dir() and not p.is_symlink())
    if not files:
        raise InputError("no such file or folder; give documents, folders of them, or globs", name)
    return files


def _walk(folder: Path) -> Iterator[Path]:
    """Files below a folder that may be documents; a folder that cannot be read is an error."""
    for parent, folders, names in os.walk(folder, onerror=_fail):
        corpora = {f"{name.removesuffix('.texts')}.jsonl" for name in folders if _is_output(Path(parent, name))}
        folders[:] = [
            n for n in folders if not n.startswith(".") and f"{n.removesuffix('.texts')}.jsonl" not in corpora
        ]
        for name in names:
            path = Path(parent, name)
            if name not in corpora and _may_be_document(name) and not path.is_symlink():
                yield path


def _is_output(folder: Path) -> bool:
    """Whether ``checker ingest`` wrote this folder of texts, and the corpus beside it."""
    return folder.suffix == ".texts" and (folder / _INDEX).is_file()


def _may_be_document(name: str) -> bool:
    if name.startswith((".", "~$")):  # hidden, or the lock of a document that is open in Office
        return False
    return Path(name).suffix.lower() not in _PARTS_OF_PAGES | _SETTINGS


def _special(mode: int) -> str:
    kinds = (
        (stat.S_ISDIR, "a folder"), (stat.S_ISFIFO, "a pipe"), (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"), (stat.S_ISBLK, "a device"),
    )  # fmt: skip
    return next((what for test, what in kinds if test(mode)), "")


def _shown(path: Path) -> str:
    """A path in one line, whatever characters are in it."""
    return "".join(repr(c)[1:-1] if unicodedata.category(c) in _UNPRINTABLE else c for c in str(path))


def _fail(error: OSError) -> None:
    raise error
