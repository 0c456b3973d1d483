"""Any bytes whatever are either read, and keep the contract of blocks, or refused with an error in words."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from fuzz.contract import check_reading
from fuzz.mutations import KINDS, PIECES, Change, mutate, mutate_tree
from fuzz.sound import member, sound_files, with_member
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.ingest.formats import FORMATS, READERS, format_of
from checker.ingest.signatures import OLE_MAGIC, ZIP_MAGIC

CHANGES = st.lists(
    st.builds(
        Change,
        st.sampled_from(KINDS),
        st.integers(0, (1 << 16) - 1),
        st.integers(1, 400),
        st.sampled_from(PIECES) | st.binary(min_size=1, max_size=8),
    ),
    min_size=1,
    max_size=6,
)
MEMBERS = {"docx": "word/document.xml", "pptx": "ppt/slides/slide1.xml"}


def read(name, data):
    with tempfile.TemporaryDirectory() as folder:
        return check_reading(name, data, Path(folder))


@pytest.mark.parametrize("name", READERS)
def test_sound_files_are_read(name):
    """The files that are mutated below are read as they are; else all mutations would be refused."""
    assert [read(name, data) for data in sound_files()[name]] == ["read"] * len(sound_files()[name])


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=40)
@given(data=st.data())
def test_mutated_files_are_read_or_refused(name, data):
    """Flipped, cut, spliced and repeated bytes lead to blocks that keep the contract, or to an InputError."""
    changes = data.draw(CHANGES)
    sound = data.draw(st.sampled_from(sound_files()[name]))
    read(name, mutate(sound, changes))


@pytest.mark.parametrize("name", MEMBERS)
@settings(max_examples=40)
@given(changes=CHANGES)
def test_mutated_members_of_office_files_are_read_or_refused(name, changes):
    """The same for the XML inside, where archive and XML are sound, but not what it says."""
    [sound] = sound_files()[name]
    read(name, with_member(sound, MEMBERS[name], mutate_tree(member(sound, MEMBERS[name]), changes)))


STARTS = [b"%PDF-1.", b"<?xml", b"<html", b"{", b"[", b"1\n00:00:01,000 -->", b"{\\rtf", b"MZ", OLE_MAGIC, *ZIP_MAGIC]


@given(st.sampled_from([*STARTS, b""]), st.binary(max_size=200), st.sampled_from(["", ".x", ".pdf", ".json", ".md"]))
def test_any_file_has_a_format_or_is_refused(start, rest, ending):
    """Whatever a file begins with and is called, a reader is found, or it is said what the file is."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"a{ending}")
        path.write_bytes(start + rest)
        with suppress(InputError):
            assert format_of(path) in FORMATS


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=20)
@given(data=st.binary(max_size=400))
def test_noise_is_read_or_refused(name, data):
    """Bytes that are nothing at all."""
    read(name, data)
