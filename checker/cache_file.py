"""The SQLite file of a cache: where it is, its tables, and whether it is one of ours and whole.

Files are numbered, and the highest number counts. One that is damaged or cleared is followed by a new one and then
removed, so that no name is used again while another run still has it open, which SQLite warns of.
"""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import suppress
from pathlib import Path

BUSY = 20.0  # seconds that a run waits for another's lock
SCHEMA = 1
APPLICATION = 0x63686B72  # "chkr" in the file's header
PAGE = 8192  # bytes: five embeddings of 384 numbers, where pages of half the size hold two
LOG = 8_000_000  # bytes to which the write-ahead log is cut after use
_NAME = re.compile(r"checker-cache-([0-9]{1,9})\.sqlite")
_BESIDE = ("-wal", "-shm", "-journal")
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)  # the last: a table is not there
_CLOSED = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN)
_TABLES = f"""
CREATE TABLE entry (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key BLOB NOT NULL, used INTEGER NOT NULL, checksum INTEGER NOT NULL,
  value BLOB NOT NULL, UNIQUE (kind, key)
);
CREATE INDEX entry_used ON entry (used);
CREATE TABLE tally (kind TEXT PRIMARY KEY, hits INTEGER NOT NULL, misses INTEGER NOT NULL);
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {SCHEMA}
"""


def cache_folder(chosen: Path | None = None) -> Path:
    """The folder that was chosen, else that of CHECKER_CACHE_DIR, else the user's cache folder."""
    named = os.environ.get("CHECKER_CACHE_DIR")
    if chosen is not None or named:
        return Path(chosen or str(named))
    from platformdirs import user_cache_path

    return user_cache_path("checker")


def numbers(folder: Path) -> list[int]:
    """The numbers of the cache files in a folder."""
    paths = folder.iterdir() if folder.is_dir() else ()
    return [int(match[1]) for path in paths if (match := _NAME.fullmatch(path.name))]


def named(folder: Path, number: int) -> Path:
    """The cache file with this number."""
    return folder / f"checker-cache-{number}.sqlite"


def remove_below(folder: Path, number: int) -> None:
    """Remove the files that one with this number has taken the place of; what cannot be removed stays."""
    for path in (named(folder, n) for n in numbers(folder) if n < number):
        for old in (path, *(path.with_name(path.name + end) for end in _BESIDE)):
            with suppress(OSError):
                old.unlink()


def connect(path: Path) -> sqlite3.Connection:
    """Open a cache file, or make it, for its owner alone; raises sqlite3.DatabaseError for a file of another sort."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    connection = sqlite3.connect(path, timeout=BUSY, isolation_level=None)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_read_only(path: Path) -> sqlite3.Connection:
    """Open a file in a folder where nothing can be written; what a killed run left in its log is not seen."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?immutable=1", uri=True, isolation_level=None)
    if _made_by(connection) != (APPLICATION, SCHEMA):
        connection.close()
        raise sqlite3.DatabaseError("made by another program or another version of checker")
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Tables are made by whichever of several runs comes first."""
    connection.execute(f"PRAGMA page_size = {PAGE}")
    connection.execute("PRAGMA synchronous = NORMAL")
    if _is_empty(connection):
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        if _is_empty(connection):
            for statement in _TABLES.split(";"):
                connection.execute(statement)
        connection.execute("COMMIT")
    if _made_by(connection) != (APPLICATION, SCHEMA):
        raise sqlite3.DatabaseError("made by another program or another version of checker")
    connection.execute(f"PRAGMA journal_size_limit = {LOG}")


def _is_empty(connection: sqlite3.Connection) -> bool:
    return bool(connection.execute("SELECT count(*) = 0 FROM sqlite_master").fetchone()[0])


def _made_by(connection: sqlite3.Connection) -> tuple[int, int]:
    return pragma(connection, "application_id"), pragma(connection, "user_version")


def pragma(connection: sqlite3.Connection, name: str) -> int:
    """What SQLite says of a file."""
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def used_bytes(connection: sqlite3.Connection) -> int:
    """Bytes of the pages that hold something; the others are filled before the file grows."""
    return (pragma(connection, "page_count") - pragma(connection, "freelist_count")) * pragma(connection, "page_size")


def size_on_disk(path: Path) -> int:
    """Bytes of the file and of its log."""
    return sum(p.stat().st_size for p in (path, path.with_name(path.name + "-wal")) if p.is_file())


def is_damage(error: sqlite3.Error) -> bool:
    """Whether a file is at fault, rather than the disk, a lock or a right."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # ours, or of Python, which cannot read a column
        return type(error) in (sqlite3.DatabaseError, sqlite3.OperationalError)
    return code & 0xFF in _DAMAGED


def is_closed(error: sqlite3.Error) -> bool:
    """Whether a file may not be written, or nothing beside it."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _CLOSED
