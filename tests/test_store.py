"""The cache on disk: what is kept comes back whole or not at all, and nothing that goes wrong ends a run."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ROOT, run_cli
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import ConfigError, cache_file, store
from checker.store import Store, hasher

NAME = "checker-cache-1.sqlite"
ROWS = {bytes([i, j]) * 8: bytes([i ^ j]) * (20 + i) for i in range(40) for j in range(50)}


def filled(folder: Path, rows=ROWS) -> Path:
    with Store(folder) as made:
        made.put_many("row", rows)
        assert made.warnings == []
    return folder / NAME


def python(code: str, *args: object, **more) -> subprocess.Popen[str]:
    """Another process, with the store at hand."""
    code = f"import os, sys; from pathlib import Path; from checker.store import Store; {code}"
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, args)], stdout=subprocess.PIPE, text=True, cwd=ROOT, **more
    )


@given(st.dictionaries(st.binary(min_size=1, max_size=20), st.binary(max_size=300), max_size=20))
@settings(max_examples=20)
def test_what_is_put_comes_back(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("cache")
    with Store(folder) as first:
        first.put_many("row", rows)
        assert first.get_many("row", rows.keys()) == rows
    with Store(folder) as second:
        assert second.get_many("row", [*rows, b"absent" * 5]) == rows
        assert second.get_many("other kind", rows.keys()) == {}
        assert second.warnings == []


def test_a_later_value_takes_the_place_of_an_earlier(tmp_path):
    with Store(tmp_path) as kept:
        kept.put_many("row", {b"k": b"old"})
        kept.put_many("row", {b"k": b"new"})
        assert kept.get_many("row", [b"k", b"k"]) == {b"k": b"new"}
        assert [held.entries for held in kept.info().held] == [1]


def test_keys_tell_parts_apart():
    """Neither where one text ends nor what was hashed before can be mistaken."""
    pairs = [("ab", "c"), ("a", "bc"), ("abc",), ("abc", ""), ("", "abc"), ("1:a", "bc")]
    keys = {hasher("kind")(*texts) for texts in pairs} | {hasher("kind", *texts)() for texts in pairs}
    assert len(keys) == len(pairs)
    assert hasher("a")("\ud800") != hasher("a")("?")


def test_two_processes_write_at_once(tmp_path):
    """Neither loses what it wrote, nor is told of the other."""
    code = (
        "n = int(sys.argv[2]); kept = Store(Path(sys.argv[1]))\n"
        "for i in range(40): kept.put_many('row', {b'%d %d %d' % (n, i, j): b'%d' % j * 100 for j in range(100)})\n"
        "kept.put_many('row', {b'common': b'value'}); kept.close(); print(kept.warnings)"
    )
    writers = [python(code, tmp_path, n) for n in range(4)]
    assert [w.communicate()[0] for w in writers] == ["[]\n"] * 4
    with Store(tmp_path) as kept:
        keys = [b"%d %d %d" % (n, i, j) for n in range(4) for i in range(40) for j in range(100)]
        assert len(kept.get_many("row", [*keys, b"common"])) == len(keys) + 1
        assert kept.info().sound


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")
def test_a_killed_writer_leaves_whole_entries(tmp_path):
    """kill -9 in the middle of writing: batches that were written are there, none is there in part."""
    code = (
        "kept = Store(Path(sys.argv[1])); i = 0\n"
        "while True: kept.put_many('row', {b'%d %d' % (i, j): b'%d' % j * 200 for j in range(300)}); i += 1; print(i, flush=True)"
    )
    for _ in range(3):
        writer = python(code, tmp_path)
        done = [writer.stdout.readline() for _ in range(5)]
        writer.kill()
        writer.communicate()
        with Store(tmp_path) as kept:
            written = {b"%d %d" % (i, j): b"%d" % j * 200 for i in range(int(done[-1])) for j in range(300)}
            assert kept.get_many("row", written.keys()) == written
            assert kept.info().sound
            assert kept.warnings == []


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()


def other_version(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()


def without_table(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE entry")
    other.close()


HARM = {
    "cut off": lambda path: os.truncate(path, path.stat().st_size // 2),
    "cut to a few bytes": lambda path: os.truncate(path, 50),
    "garbage": lambda path: path.write_bytes(b"this is no database\n" * 1000),
    "header overwritten": lambda path: path.write_bytes(b"\0" * 100 + path.read_bytes()[100:]),
    "middle overwritten": lambda path: path.write_bytes(
        path.read_bytes()[:8192] + b"\xff" * 100_000 + path.read_bytes()[108_192:]
    ),
    "another program's": foreign,
    "another version's": other_version,
    "a table is missing": without_table,
}


@pytest.mark.parametrize("harm", HARM.values(), ids=HARM.keys())
def test_a_damaged_file_is_noticed_said_and_made_anew(tmp_path, harm):
    harm(filled(tmp_path))
    with Store(tmp_path) as kept:
        found = kept.get_many("row", ROWS.keys())
        assert all(ROWS[key] == value for key, value in found.items())
        kept.put_many("row", ROWS)
        assert kept.get_many("row", ROWS.keys()) == ROWS
        assert len(kept.warnings) == 1
        assert NAME in kept.warnings[0] and "begun anew" in kept.warnings[0]
    with Store(tmp_path) as again:
        assert again.get_many("row", ROWS.keys()) == ROWS
        assert again.warnings == []
    assert len(list(tmp_path.iterdir())) == 1, "the damaged file is gone"


def test_an_empty_file_is_a_new_cache(tmp_path):
    """What is left of a run that was killed while it made the file."""
    (tmp_path / NAME).touch()
    filled(tmp_path)


@given(st.data())
@settings(max_examples=25)
def test_a_changed_byte_never_gives_another_value(tmp_path_factory, data):
    """Wherever a byte changes, a value that comes back is the one that was kept."""
    folder = tmp_path_factory.mktemp("cache")
    rows = dict(list(ROWS.items())[::10])
    path = filled(folder, rows)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(content)
    with Store(folder) as kept:
        found = kept.get_many("row", rows.keys())
        assert all(rows[key] == value for key, value in found.items())
        kept.put_many("row", rows)
        assert all(rows[key] == value for key, value in kept.get_many("row", rows.keys()).items())


def test_a_damaged_entry_is_said(tmp_path):
    with sqlite3.connect(filled(tmp_path)) as other:
        other.execute("UPDATE entry SET value = x'00' WHERE id = 7")
    other.close()
    with Store(tmp_path) as kept:
        assert len(kept.get_many("row", ROWS.keys())) == len(ROWS) - 1
        assert "damaged entries" in kept.warnings[0]


def test_the_file_stays_within_its_bound(tmp_path):
    bound = 2_000_000
    with Store(tmp_path, bound) as kept:
        for i in range(60):
            kept.put_many("row", {b"%d %d" % (i, j): os.urandom(1500) for j in range(100)})
        newest = kept.get_many("row", [b"59 %d" % j for j in range(100)])
        oldest = kept.get_many("row", [b"0 %d" % j for j in range(100)])
    assert len(newest) == 100 and not oldest
    size = (tmp_path / NAME).stat().st_size
    assert bound * 0.5 < size <= bound


def test_what_was_not_asked_for_goes_first(tmp_path, monkeypatch):
    """Of two sets of entries the one that a later day's run asked for outlives the other, though it is older."""
    day = 86_400
    for n, name in enumerate((b"asked", b"left")):
        monkeypatch.setattr(store.time, "time", lambda n=n: n * day)
        with Store(tmp_path, 1_000_000) as kept:
            kept.put_many("row", {b"%b %d" % (name, j): os.urandom(1000) for j in range(300)})
    monkeypatch.setattr(store.time, "time", lambda: 5 * day)
    asked, left = ([b"%b %d" % (name, j) for j in range(300)] for name in (b"asked", b"left"))
    with Store(tmp_path, 1_000_000) as kept:
        assert len(kept.get_many("row", asked)) == 300
        kept.put_many("row", {b"new %d" % j: os.urandom(1000) for j in range(300)})
        assert len(kept.get_many("row", asked)) == 300
        assert len(kept.get_many("row", left)) < 100


def test_too_small_a_bound_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="at least 1,000,000"):
        Store(tmp_path, 1000)


def without_rights(folder: Path) -> None:
    """A folder in which another user may write nothing; whoever runs as root becomes that user."""
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555)


@pytest.fixture
def open_folder(tmp_path_factory):
    """A folder that another user can reach."""
    base = tmp_path_factory.getbasetemp()
    for path in (base, base.parent):
        path.chmod(0o755)
    folder = tmp_path_factory.mktemp("reach")
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)


TRY = (
    "os.getuid() or os.setuid(65534)\n"
    "kept = Store(Path(sys.argv[1])); kept.put_many('row', {b'k': b'v'})\n"
    "print(kept.get_many('row', [b'k']), kept.get_many('row', [bytes([1, 1]) * 8])); print(*kept.warnings, sep='\\n'); kept.close()"
)


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users")
def test_a_read_only_folder_ends_no_run(open_folder):
    """Without a file in it: the run goes on without a cache, and says so once."""
    without_rights(open_folder)
    said = python(TRY, open_folder).communicate()[0].splitlines()
    assert said[0] == "{} {}"
    assert len(said) == 2 and "goes on without" in said[1]


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs users")
def test_a_read_only_cache_is_read(open_folder):
    """With a file in it: what is there is used, and that nothing new is kept is said."""
    filled(open_folder)
    without_rights(open_folder)
    said = python(TRY, open_folder).communicate()[0].splitlines()
    assert said[0] == "{} " + str({bytes([1, 1]) * 8: ROWS[bytes([1, 1]) * 8]})
    assert len(said) == 2 and "is not kept" in said[1]


def test_a_full_disk_ends_no_run(tmp_path):
    """A quota of 300 kB: what was kept before can be read, the rest is not kept, which is said once."""
    resource = pytest.importorskip("resource")
    filled(tmp_path)
    code = (
        "kept = Store(Path(sys.argv[1]))\n"
        "for i in range(20): kept.put_many('more', {b'%d %d' % (i, j): os.urandom(500) for j in range(100)})\n"
        "print(len(kept.get_many('row', [bytes([1, j]) * 8 for j in range(50)]))); print(*kept.warnings, sep='\\n'); kept.close()"
    )
    quota = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))}
    said = python(code, tmp_path, **quota).communicate()[0].splitlines()
    assert said[0] == "50"
    assert len(said) == 2 and "cannot be written" in said[1]
    with Store(tmp_path) as kept:
        assert kept.get_many("row", ROWS.keys()) == ROWS
        assert kept.warnings == []


def test_a_lock_that_is_never_let_go_ends_no_run(tmp_path, monkeypatch):
    monkeypatch.setattr(cache_file, "BUSY", 0.05)
    other = sqlite3.connect(filled(tmp_path), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store(tmp_path) as kept:
        kept.put_many("row", {b"k": b"v"})
        assert kept.get_many("row", [b"k"]) == {}
        assert kept.get_many("row", ROWS.keys()) == ROWS
        assert "locked" in kept.warnings[0]
    other.close()


def test_no_folder_ends_no_run(tmp_path):
    (tmp_path / "file").touch()
    with Store(tmp_path / "file" / "below") as kept:
        kept.put_many("row", {b"k": b"v"})
        assert kept.get_many("row", [b"k"]) == {}
        assert len(kept.warnings) == 1 and "goes on without" in kept.warnings[0]


def test_a_closed_store_gives_and_takes_nothing(tmp_path):
    kept = Store(tmp_path)
    kept.put_many("row", {b"k": b"v"})
    kept.close()
    kept.put_many("row", {b"l": b"v"})
    assert kept.get_many("row", [b"k"]) == {}
    assert kept.warnings == []


def test_clearing_under_another_run(tmp_path):
    """What is cleared is gone; a run that has it open goes on, and the next one finds the new file."""
    filled(tmp_path)
    with Store(tmp_path) as running:
        with Store(tmp_path) as other:
            other.clear()
            other.put_many("row", {b"new": b"v"})
        assert running.get_many("row", ROWS.keys()) == ROWS
        running.put_many("row", {b"lost": b"v"})
        assert running.warnings == other.warnings == []
    with Store(tmp_path) as kept:
        assert kept.get_many("row", [*ROWS, b"new", b"lost"]) == {b"new": b"v"}
        assert kept.info().sound
    assert len(list(tmp_path.iterdir())) == 1


def test_nobody_else_may_read_it(tmp_path):
    path = filled(tmp_path / "new")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_where_the_cache_is(tmp_path, monkeypatch):
    """The option goes before the variable, the variable before the user's folder."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CHECKER_CACHE_DIR", raising=False)
    assert cache_file.cache_folder().name == "checker"
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / "named"))
    assert cache_file.cache_folder() == tmp_path / "named"
    assert cache_file.cache_folder(tmp_path / "chosen") == tmp_path / "chosen"


def test_a_second_run_on_one_day_writes_nothing(tmp_path):
    path = filled(tmp_path)
    before = path.stat().st_mtime_ns
    time.sleep(0.01)
    kept = Store(tmp_path)
    kept.get_many("row", ROWS.keys())
    assert path.stat().st_mtime_ns == before
    assert not kept.info().held[0].hits, "counted when it is closed"
    kept.close()


def test_info_adds_up_over_runs(tmp_path):
    filled(tmp_path)
    for _ in range(2):
        with Store(tmp_path) as kept:
            kept.get_many("row", [*ROWS, b"absent"])
            kept.get_many("other", [b"absent"])
    with Store(tmp_path) as kept:
        contents = kept.info()
    other, row = contents.held
    assert (row.kind, row.entries, row.bytes) == ("row", len(ROWS), sum(map(len, ROWS.values())))
    assert (row.hits, row.misses) == (2 * len(ROWS), 2)
    assert (other.entries, other.bytes, other.hits, other.misses) == (0, 0, 0, 2)
    assert contents.bytes == (tmp_path / NAME).stat().st_size and contents.sound


def test_command_line(tmp_path):
    """``checker cache info`` says what is kept, ``clear`` forgets it; a folder that is none is an error."""
    filled(tmp_path)
    folder = ("--cache", str(tmp_path))
    shown = run_cli("cache", "info", *folder)
    assert shown.returncode == 0 and b"2,000" in shown.stdout and b"row" in shown.stdout
    assert json.loads(run_cli("cache", "info", "--json", *folder).stdout)["held"][0]["entries"] == len(ROWS)
    cleared = run_cli("cache", "clear", *folder)
    assert cleared.returncode == 0 and b"forgot 2,000 entries" in cleared.stdout
    assert json.loads(run_cli("cache", "info", "--json", *folder).stdout)["held"] == []
    (tmp_path / "file").touch()
    wrong = run_cli("cache", "clear", "--cache", str(tmp_path / "file" / "below"))
    assert wrong.returncode == 2 and wrong.stderr.count(b"\n") == 1 and b"Not a directory" in wrong.stderr
