"""Text files: decoded, laid out, and doubted where they are garbage."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.errors import InputError
from checker.ingest.blocks import Limits
from checker.ingest.plain import read


def extract(tmp_path, data, **limits):
    path = tmp_path / "a.txt"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return read(path, Limits(**limits))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_make_no_difference(tmp_path, encoding, line_end):
    """The same paragraphs, whatever program wrote the file."""
    text = f"Wir zahlen überall Löhne, von denen man leben kann.{line_end * 2}Das gilt für alle Länder."
    blocks = extract(tmp_path, text.encode(encoding)).blocks
    assert [b.text for b in blocks] == [
        "Wir zahlen überall Löhne, von denen man leben kann.",
        "Das gilt für alle Länder.",
    ]


def test_hard_wrapped_lines_are_one_paragraph_and_lists_are_entries(tmp_path):
    """Lines of a mail or an old filing are joined, entries of a list are not."""
    text = (
        "We pay a living wage to everybody who works for us, in each and every\n"
        "country, and we check each year that our suppliers do the same for all.\n\n"
        "- We publish the results.\n- We act on them.\n"
    )
    assert [(b.kind, b.marker, b.text) for b in extract(tmp_path, text).blocks] == [
        ("paragraph", "", "We pay a living wage to everybody who works for us, in each and every country, and we check "
         "each year that our suppliers do the same for all."),
        ("item", "-", "We publish the results."), ("item", "-", "We act on them."),
    ]  # fmt: skip


def test_garbage_is_read_with_a_warning(tmp_path):
    """Text decoded wrongly by whoever wrote the file is named, sound text is not."""
    wrong = "Die Löhne für unsere Beschäftigten prüfen wir jährlich. ".encode().decode("cp1252") * 3
    assert "looks broken" in extract(tmp_path, wrong).warnings[0]
    assert extract(tmp_path, "Die Löhne für unsere Beschäftigten prüfen wir jährlich.").warnings == []


def test_errors_say_what_is_wrong(tmp_path):
    """Nothing to read, or too much, is an InputError that names the file."""
    for data, limits, why in [(b"", {}, "is empty"), (b" \n\xef\xbb\xbf", {}, "is empty|holds no text"), ("ab" * 9, {"bytes": 5}, "larger than 5 bytes"),
                              ("ab" * 9, {"characters": 5}, "more than 5 characters")]:  # fmt: skip
        with pytest.raises(InputError, match=why) as caught:
            extract(tmp_path, data, **limits)
        assert caught.value.path.endswith("a.txt")
    with pytest.raises(InputError, match="cannot be opened"):
        read(tmp_path / "none.txt", Limits())


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(min_size=1, max_size=300))
def test_no_file_crashes_the_reader(tmp_path, data):
    """Any bytes give blocks with text in them, or an InputError."""
    try:
        blocks = extract(tmp_path, data).blocks
    except InputError:
        return
    assert all(b.text.strip() for b in blocks)
