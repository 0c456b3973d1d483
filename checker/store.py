"""A local cache: bytes by kind and key in one SQLite file, shared by all runs and bounded in size.

Values carry a checksum and are served only where it holds. A file that SQLite cannot read, or that another program or
version made, is said and begun anew; what cannot be opened or written (a read-only folder, a full disk, a lock that is
never let go) is said, and the run goes on without. A killed run leaves whole what it had written: each batch is one
transaction in write-ahead mode. Two runs at once take turns at writing, a few milliseconds each.

An entry is stamped with the day on which it was last asked for, and those with the oldest stamps go first when room is
needed; within a day the first written go first. So a second run on one day has nothing to write.
"""

from __future__ import annotations

import sqlite3
import time
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from types import TracebackType

import msgspec

from . import cache_file
from .errors import ConfigError

MAX_BYTES = 2_000_000_000
LEAST_BYTES = 1_000_000
KEPT = 0.8  # of the bound that eviction leaves
BATCH = 500  # entries at most that a statement reads or a transaction writes
EVICTED = 250  # entries that go at once
ENTRY_BYTES = 120  # what an entry takes beside its value: key, stamp, indexes
_DAY = 86_400
_PUT = """
INSERT INTO entry (kind, key, used, checksum, value) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (kind, key) DO UPDATE SET used = excluded.used, checksum = excluded.checksum, value = excluded.value
"""
_EVICT = "DELETE FROM entry WHERE id IN (SELECT id FROM entry ORDER BY used, id LIMIT ?)"
_HELD = """
SELECT kind, count(value), coalesce(sum(length(value)), 0), coalesce(max(hits), 0), coalesce(max(misses), 0)
FROM (SELECT kind, value FROM entry UNION ALL SELECT kind, NULL FROM tally) LEFT JOIN tally USING (kind)
GROUP BY kind ORDER BY kind
"""
_TALLY = """
INSERT INTO tally VALUES (?, ?, ?)
ON CONFLICT (kind) DO UPDATE SET hits = hits + excluded.hits, misses = misses + excluded.misses
"""


class Held(msgspec.Struct, frozen=True):
    """What a cache holds of one kind, and how often entries were asked for and there, since it was begun."""

    kind: str
    entries: int
    bytes: int
    hits: int
    misses: int


class Contents(msgspec.Struct, frozen=True):
    """What a cache holds: ``bytes`` on disk of at most ``limit``; ``sound`` where SQLite finds the file whole."""

    path: str
    bytes: int
    limit: int
    held: list[Held]
    sound: bool


def hasher(*parts: str) -> Callable[..., bytes]:
    """A function from texts to a key of 16 bytes: BLAKE2b of ``parts`` and the texts, each with its length before."""
    base = blake2b(b"".join(map(_framed, parts)), digest_size=16)

    def key(*texts: str) -> bytes:
        total = base.copy()
        for text in texts:
            total.update(_framed(text))
        return total.digest()

    return key


def _framed(text: str) -> bytes:
    data = text.encode("utf-8", "surrogatepass")
    return b"%d:%b" % (len(data), data)


class Store:
    """Bytes by kind and key, for one thread. Nothing it meets on disk ends a run; ``warnings`` says what went wrong.

    The file holds at most ``max_bytes``; while it is in use a log of a few megabytes lies beside it.
    """

    def __init__(self, folder: Path | None = None, max_bytes: int = MAX_BYTES) -> None:
        if max_bytes < LEAST_BYTES:
            raise ConfigError(f"a cache of {max_bytes:,} bytes holds too little; give at least {LEAST_BYTES:,}")
        self.folder, self.max_bytes = cache_file.cache_folder(folder), max_bytes
        self.warnings: list[str] = []
        self.failure = ""  # why nothing can be read, or nothing written
        self.hits, self.misses = Counter[str](), Counter[str]()
        self._path = self.folder
        self._connection: sqlite3.Connection | None = None
        self._writable = True
        with self._forgiving():
            self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def get_many(self, kind: str, keys: Collection[bytes]) -> dict[bytes, bytes]:
        """The values of those keys that are there and whole."""
        asked = list(dict.fromkeys(keys))
        if not asked:
            return {}
        found: dict[bytes, bytes] = {}
        old: list[tuple[int]] = []
        bad: list[tuple[int]] = []
        with self._forgiving():
            for start in range(0, len(asked), BATCH):
                found.update(self._read(kind, asked[start : start + BATCH], old, bad))
        if bad:
            self._say(f"{self._path}: holds damaged entries ({len(bad):,}), which are made again")
        if (old or bad) and self._writable:
            with self._forgiving(writing=True), self._transaction() as connection:
                connection.executemany(f"UPDATE entry SET used = {_today()} WHERE id = ?", old)  # noqa: S608
                connection.executemany("DELETE FROM entry WHERE id = ?", bad)
        self.hits[kind] += len(found)
        self.misses[kind] += len(asked) - len(found)
        return found

    def put_many(self, kind: str, values: Mapping[bytes, bytes]) -> None:
        """Keep the values, a transaction a batch; the least recently used make room."""
        for rows, size in _batches(values, self.max_bytes // 20):
            if not self._writable:
                return
            with self._forgiving(writing=True), self._transaction() as connection:
                self._make_room(connection, size)
                connection.executemany(_PUT, ((kind, k, _today(), _checksum(k, v), v) for k, v in rows))

    def info(self) -> Contents:
        """What is held, by kind. Reads the whole file."""
        held: list[Held] = []
        sound = False
        with self._forgiving():
            if self._connection:
                held = [Held(*row) for row in self._connection.execute(_HELD)]
                sound = self._connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
        return Contents(str(self._path), cache_file.size_on_disk(self._path), self.max_bytes, held, sound)

    def clear(self) -> None:
        """Forget everything. A run that is under way keeps what it has open until it ends."""
        with self._forgiving(writing=True):
            self._begin_anew()
            if len(cache_file.numbers(self.folder)) > 1:
                raise OSError("older files cannot be removed")

    def close(self) -> None:
        """Add up hits and misses, and let go of the file."""
        rows = [(kind, self.hits[kind], self.misses[kind]) for kind in sorted({*self.hits, *self.misses})]
        if rows and self._writable:
            with self._forgiving(writing=True), self._transaction() as connection:
                connection.executemany(_TALLY, rows)
        self.hits.clear()
        self.misses.clear()
        self._let_go()

    def _open(self) -> None:
        """The file with the highest number; a new one where that is damaged."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number = max(cache_file.numbers(self.folder), default=1)
        self._path = cache_file.named(self.folder, number)
        try:
            self._connection = cache_file.connect(self._path)
            cache_file.remove_below(self.folder, number)
        except sqlite3.OperationalError as error:
            if not cache_file.is_closed(error):
                raise
            self._connection = cache_file.connect_read_only(self._path)
            self._give_up(str(error), writing=True)

    def _begin_anew(self) -> None:
        """Go on in a new file, and remove the older ones."""
        self._let_go()
        number = max(cache_file.numbers(self.folder), default=0) + 1
        self._path = cache_file.named(self.folder, number)
        self._connection = cache_file.connect(self._path)
        cache_file.remove_below(self.folder, number)

    def _let_go(self) -> None:
        connection, self._connection = self._connection, None
        if connection:
            with suppress(sqlite3.Error):
                connection.close()

    def _read(
        self, kind: str, keys: Sequence[bytes], old: list[tuple[int]], bad: list[tuple[int]]
    ) -> Iterator[tuple[bytes, bytes]]:
        """Whole entries; ids go to ``old`` where last asked for on another day, to ``bad`` where damaged."""
        if self._connection is None:
            return
        marks = ",".join("?" * len(keys))
        query = f"SELECT id, key, used, checksum, value FROM entry WHERE kind = ? AND key IN ({marks})"  # noqa: S608
        today = _today()
        for number, key, used, checksum, value in self._connection.execute(query, (kind, *keys)):
            if not (isinstance(key, bytes) and isinstance(value, bytes) and checksum == _checksum(key, value)):
                bad.append((number,))
                continue
            yield key, value
            if used != today:
                old.append((number,))

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written, or nothing."""
        if self._connection is None:
            raise _OffError
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection
            self._connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise

    def _make_room(self, connection: sqlite3.Connection, wanted: int) -> None:
        """Evict the least recently used where the file would outgrow its bound."""
        if cache_file.used_bytes(connection) + wanted <= self.max_bytes:
            return
        while cache_file.used_bytes(connection) + wanted > KEPT * self.max_bytes:
            if not connection.execute(_EVICT, (EVICTED,)).rowcount:
                break

    @contextmanager
    def _forgiving(self, writing: bool = False) -> Iterator[None]:
        """Damage begins the cache anew; any other failure is said and ends writing, or where reading fails, all use."""
        try:
            yield
        except _OffError:
            pass
        except sqlite3.Error as error:
            if cache_file.is_damage(error):
                self._recover(str(error))
            else:
                self._give_up(str(error), writing)
        except UnicodeError:  # sqlite3 stumbles over its own message, which quotes what is damaged
            self._recover("garbled")
        except OSError as error:
            self._give_up(error.strerror or str(error), writing)

    def _recover(self, why: str) -> None:
        self._say(f"{self._path}: not a whole cache of this version ({why}); begun anew")
        try:
            self._begin_anew()
        except (sqlite3.Error, OSError) as error:
            self._give_up(str(error), writing=False)

    def _give_up(self, why: str, writing: bool) -> None:
        self._writable, self.failure = False, why
        if writing:
            self._say(f"{self._path}: cannot be written ({why}); what this run finds out is not kept")
        else:
            self._say(f"{self._path}: cannot be used as a cache ({why}); this run goes on without")
            self._let_go()

    def _say(self, message: str) -> None:
        if message not in self.warnings:
            self.warnings.append(message)


class _OffError(Exception):
    """The store is closed, or could not be opened."""


def _batches(values: Mapping[bytes, bytes], most: int) -> Iterator[tuple[list[tuple[bytes, bytes]], int]]:
    """Entries for one transaction each, and what they may take on disk."""
    rows: list[tuple[bytes, bytes]] = []
    size = 0
    for key, value in values.items():
        rows.append((key, value))
        size += (len(value) + ENTRY_BYTES) * 5 // 4  # pages are not filled to the last byte
        if len(rows) == BATCH or size >= most:
            yield rows, size
            rows, size = [], 0
    if rows:
        yield rows, size


def _checksum(key: bytes, value: bytes) -> int:
    return zlib.crc32(value, zlib.crc32(key))


def _today() -> int:
    return int(time.time()) // _DAY
