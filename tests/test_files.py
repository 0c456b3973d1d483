"""Writing: whole files or none, in the place and with the mode that the user meant."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from checker import InputError
from checker.files import check_writable, find_corpora, write_atomically


def broken():
    yield b"first half"
    raise RuntimeError("power cut")


def test_a_failure_leaves_the_old_file(tmp_path):
    path = tmp_path / "report.jsonl"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError):
        write_atomically(str(path), broken())
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["report.jsonl"]


def test_mode_is_kept_and_links_are_followed(tmp_path):
    target, link = tmp_path / "private.jsonl", tmp_path / "link.jsonl"
    target.write_bytes(b"old")
    target.chmod(0o600)
    link.symlink_to(target)
    write_atomically(str(link), [b"new"])
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o600


def test_new_file_follows_the_umask(tmp_path):
    old = os.umask(0o027)
    try:
        write_atomically(str(tmp_path / "new"), [b"x"])
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


def test_device_is_written_to_and_stays_one():
    check_writable("/dev/null")
    write_atomically("/dev/null", [b"x"])
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_unwritable_places_are_told_before_the_work(tmp_path):
    corpus = tmp_path / "corpus.jsonl"
    corpus.touch()
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "no" / "x", "no folder"),
        (corpus, "is a corpus of this run"),
    ):
        with pytest.raises(InputError, match=words):
            check_writable(str(path), [str(corpus)])


def test_hidden_files_of_a_folder_are_no_corpora(tmp_path):
    """A baseline in .checker, an editor's copy: left aside."""
    (tmp_path / ".checker").mkdir()
    for name in (".checker/baseline.jsonl", ".copy.jsonl", "said.jsonl"):
        (tmp_path / name).write_text("{}\n")
    assert [Path(p).name for p in find_corpora([str(tmp_path)])] == ["said.jsonl"]
