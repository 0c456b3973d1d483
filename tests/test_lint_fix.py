"""``checker lint --fix``: what it mends, and that it mends nothing else."""

from __future__ import annotations

import gzip
import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from checker import ConfigError, InputError
from checker.cli.linting import lint as command
from checker.errors import UnreadableError
from checker.lint.fixing import Fixed, differences, fix, splice
from checker.lint.linting import lint
from checker.lint.mending import MENDING, mend
from checker.text import normalise, same_company

LINE = '{"company": "Acme", "source": "policy", "document": "Policy", "date": "2023-01-01", "lang": "en", "text": "%s"}'
SOUND = LINE % "We audit every supplier."


def mended(write, *lines, select=()):
    """The lines of a file after --fix."""
    path = Path(write([line.encode() for line in lines]))
    fix([str(path)], select)
    return path.read_bytes().decode().splitlines()


VALUES = [
    ("text", " We pay  a living\twage. ", "We pay a living wage."),
    ("text", "We pay:\r\n\r\n  a living wage.", "We pay:\na living wage."),
    ("text", "Cafe\u0301s are inspected.", "Cafés are inspected."),
    ("text", "\ufeffWe pay\u200b a living wage.\u00ad", "We pay a living wage."),
    ("text", "我们\u200b支付生活工资。", "我们支付生活工资。"),
    ("text", "می\u200cپردازیم", "می\u200cپردازیم"),
    ("text", "👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("text", "យើង\u200b\u200bបង់", "យើង\u200b\u200bបង់"),
    ("text", "1\u00a0500 €", "1\u00a0500 €"),
    ("text", "   ", "   "),
    ("company", "Acme  Inc.", "Acme Inc."),
    ("company", "Ac\u200bme", "Ac\u200bme"),
    ("document", " ESG  report", "ESG report"),
    ("source", " policy", " policy"),
]


@pytest.mark.parametrize(("field", "before", "after"), VALUES)
def test_what_a_value_becomes(field, before, after):
    """Nobody's words, and no key by which a company or a finding is known, change."""
    assert mend(field, before, MENDING) == after


ODD = st.text(
    st.sampled_from(
        " \t\n\r\u00a0\u3000\u2028abcA1.-5,(%€é\u0301\u0308ñß文가ㅏ\u1100\u1161\u00ad\u200b\u200c\u200d\u2060\ufeffកم👩—"
    )
)


@hypothesis_settings(max_examples=50)
@given(st.one_of(ODD, st.text()), st.sets(st.sampled_from(sorted(MENDING))))
def test_a_mended_text_is_the_same_text(value, codes):
    """Its words, its company and its fingerprint stay, and mending it again changes nothing."""
    after = mend("text", value, codes)
    assert normalise(after) == normalise(value)
    assert mend("text", after, codes) == after
    assert same_company(mend("company", value, codes)) == same_company(value)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.floats(allow_nan=False, allow_infinity=False) | ODD,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ODD, inner, max_size=3), max_leaves=6,
)  # fmt: skip


KEYS = st.sampled_from(["text", "before", "a", "é", '"}', "\\"])


@hypothesis_settings(max_examples=50)
@given(st.dictionaries(KEYS, JSON, max_size=4), ODD, st.booleans(), st.sampled_from(["", " ", "\t "]))
def test_a_line_keeps_every_other_byte(row, value, is_ascii, gap):
    """Whatever stands around the value that changes, and however it is escaped and spaced."""
    old = {key: json.dumps(told, ensure_ascii=is_ascii) for key, told in row.items()}
    new = old | ({"text": json.dumps(value, ensure_ascii=old["text"].isascii())} if "text" in old else {})

    def line(values):
        pairs = (f"{gap}{json.dumps(key, ensure_ascii=is_ascii)}{gap}:{gap}{raw}{gap}" for key, raw in values.items())
        return f"{gap}{{{','.join(pairs)}{gap}}}\r\n".encode()

    assert splice(line(old), {"text": value}) == line(new)


def test_only_changed_values_are_written_anew(write):
    """Order, spacing, escapes, numbers, unknown keys and broken lines stay as they are."""
    kept = [
        '{ "text" : "Caf\\u00e9s are inspected." ,"x":1.50e3, "company":"Acme","source":"policy" }',
        '{"company": "Acme", "source": "policy", "text": 7, "meta": {"text": "  two  "}}',
        "{broken  ",
        "",
        SOUND,
    ]
    odd = '{ "x":1.50e3 ,"text" : "\\u00e9  \\"quoted\\"" , "company":"Acme\\u0020","source":"policy","n":1234567890123456789012}'
    new = (
        '{ "x":1.50e3 ,"text" : "\\u00e9 \\"quoted\\"" , "company":"Acme","source":"policy","n":1234567890123456789012}'
    )
    assert mended(write, kept[0], odd, *kept[1:]) == [kept[0], new, *kept[1:]]


def test_escapes_stay_escapes_and_letters_stay_letters(write):
    lines = mended(write, LINE % " Caf\\u00e9s  pay.", LINE % " Cafés  sell.")
    assert lines == [LINE % "Caf\\u00e9s pay.", LINE % "Cafés sell."]


def test_ends_of_lines_and_a_byte_order_mark_stay(tmp_path):
    path = tmp_path / "corpus.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + (LINE % "One  two three four.").encode() + b"\r\n\r\n" + (LINE % " x").encode())
    fix([str(path)])
    assert path.read_bytes() == (
        b"\xef\xbb\xbf" + (LINE % "One two three four.").encode() + b"\r\n\r\n" + (LINE % "x").encode()
    )


def test_copies_of_a_line_are_left_out(write):
    """Lines that are the same in all; not those with an id of their own, nor those of another document."""
    spaced_out = SOUND.replace('"company": "Acme"', '"company":   "Acme"')
    own = SOUND[:-1] + ', "id": "a"}'
    other = SOUND.replace('"Policy"', '"Code"')
    lines = mended(
        write, SOUND, own, spaced_out, other, SOUND[:-1] + ', "page": 3}', LINE % " We audit every supplier."
    )
    assert lines == [SOUND, own, other, SOUND[:-1] + ', "page": 3}']


def test_a_text_with_its_place_stays(write):
    """It is text[start:end] of an extracted text: the problem is told, and not mended."""
    line = (LINE % "We audit  every supplier.")[:-1] + ', "start": 0, "end": 25}'
    path = write([line.encode()])
    (problem,) = lint([path], select=["E"]).problems
    assert problem.code == "E005" and not problem.mendable
    assert "ingest it again" in problem.message
    fix([path])
    assert Path(path).read_text("utf-8") == line + "\n"


def test_what_a_line_silences_is_not_mended(write):
    quiet = (LINE % "We audit  every supplier.")[:-1] + ', "meta": {"checker": {"lint_ignore": ["E005", "U"]}}}'
    assert mended(write, quiet, quiet) == [quiet, quiet]


def test_only_selected_codes_are_mended(write):
    odd = LINE % " Cafe\u0301s are inspected."
    assert mended(write, odd, odd, select=["E004"]) == [LINE % " Cafés are inspected."] * 2


LINES = st.one_of(
    st.text(max_size=9).filter(lambda s: "\n" not in s),
    ODD.map(lambda value: json.dumps({"company": "Acme", "source": "policy", "text": value, "date": "2023", "lang": "en"})),
    st.builds(lambda a, b: json.dumps({"company": a, "source": "policy", "document": b, "text": "We  pay."}, ensure_ascii=False),
              ODD, ODD),
)  # fmt: skip


@hypothesis_settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, max_size=6), st.booleans())
def test_mending_twice_changes_nothing_more(tmp_path, lines, is_packed):
    """Nothing that can be mended is left, and a file is not touched where nothing changes; .gz as well."""
    path = tmp_path / ("c.jsonl.gz" if is_packed else "c.jsonl")
    data = "\n".join(lines).encode()
    path.write_bytes(gzip.compress(data) if is_packed else data)
    fix([str(path)])
    first, when = path.read_bytes(), path.stat().st_mtime_ns
    assert not lint([str(path)]).mendable
    assert fix([str(path)]) == Fixed()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (first, when)


def test_packed_files_are_packed_again_to_the_same_bytes(tmp_path):
    a, b = tmp_path / "a.jsonl.gz", tmp_path / "b.jsonl.gz"
    for path in (a, b):
        path.write_bytes(gzip.compress((LINE % " We pay.").encode() + b"\n"))
        fix([str(path)])
    assert a.read_bytes() == b.read_bytes()
    assert gzip.decompress(a.read_bytes()).decode() == (LINE % "We pay.") + "\n"


def test_a_long_line_goes_through(write):
    long = "x" * (3 << 20)
    assert mended(write, LINE % " a b", long, LINE % " c d") == [LINE % "a b", long, LINE % "c d"]


def test_what_cannot_be_replaced_is_left_alone(tmp_path):
    """Standard input, a pipe, a truncated file; and a folder that cannot be written to leaves the old file."""
    with pytest.raises(ConfigError, match="standard input cannot be mended"):
        fix(["-"])
    os.mkfifo(tmp_path / "pipe.jsonl")
    with pytest.raises(InputError, match="no regular file"):
        fix([str(tmp_path / "pipe.jsonl")])
    cut = tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress((LINE % " We pay.").encode() * 99)[:-30])
    before = cut.read_bytes()
    with pytest.raises(UnreadableError):
        fix([str(cut)])
    assert cut.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cut.jsonl.gz", "pipe.jsonl"]


def test_mode_and_links_stay(write, tmp_path):
    path = Path(write([(LINE % " We pay.").encode()]))
    path.chmod(0o640)
    link = tmp_path / "link.jsonl"
    link.symlink_to(path)
    fix([str(link)])
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path.read_text("utf-8") == (LINE % "We pay.") + "\n"


def test_the_command_mends_and_tells_what_is_left(write):
    path = write([line.encode() for line in (LINE % " Our  commitments", SOUND, SOUND)])
    done = CliRunner().invoke(command, [path, "--fix"])
    assert done.exit_code == 1
    assert done.output.splitlines()[1:] == [
        "1 line mended, 1 copy left out, in 1 file",
        "1 problem in 2 lines of 1 file",
    ]
    again = CliRunner().invoke(command, [path, "--fix", "--ignore", "T"])
    assert (again.exit_code, again.output.splitlines()) == (
        0, ["0 lines mended, in 0 files", "no problem in 2 lines of 1 file"]
    )  # fmt: skip


def test_a_diff_shows_what_nobody_sees(write):
    """And changes nothing: exit 1 where there is something to mend, 0 where there is not."""
    lines = [SOUND, LINE % " Cafe\u0301s\u200b pay.", SOUND, LINE % "We pay  all."]
    path = write([line.encode() for line in lines])
    before = Path(path).read_bytes()
    done = CliRunner().invoke(command, [path, "--diff"])
    assert done.output.splitlines() == [
        f"--- {path}", f"+++ {path}",
        "@@ -2 +2 @@", "-" + LINE % " Cafe\\u0301s\\u200b pay.", "+" + LINE % "Cafés pay.",
        "@@ -3 +2,0 @@", "-" + SOUND,
        "@@ -4 +3 @@", "-" + LINE % "We pay  all.", "+" + LINE % "We pay all.",
    ]  # fmt: skip
    assert done.exit_code == 1
    assert Path(path).read_bytes() == before
    assert [edit.number for _, edit in differences([path])] == [2, 3, 4]
    fix([path])
    assert CliRunner().invoke(command, [path, "--diff"]).exit_code == 0
