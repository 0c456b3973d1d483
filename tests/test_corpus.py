"""Reading corpora: what is accepted, what is refused, and what the message says."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys

import jsonschema
import pytest
from conftest import CORPORA, row

from checker import InputError, Statement, read_corpus
from checker.corpus import as_corpus, schema, with_languages
from checker.errors import UnreadableError
from checker.files import MAX_LINE
from checker.records import MAX_TEXT

BAD_LINES = [
    ("not an object", "[1]", "", "one JSON object a line"),
    ("null", "null", "", "one JSON object a line"),
    ("cut off", '{"company": "A"', "", "not JSON"),
    ("two objects", '{"a": 1} {"b": 2}', "", "not JSON"),
    ("NaN", '{"company": "A", "source": "s", "text": "t", "page": NaN}', "", "not JSON"),
    ("raw NUL byte", b'{"company": "A", "source": "s", "text": "a\x00b"}', "", "not JSON"),
    ("escaped NUL", '{"company": "A", "source": "s", "text": "a\\u0000b"}', "text", "NUL"),
    ("deep nesting", "[" * 100_000, "", "nested too deeply"),
    ("deep nesting in meta", '{"meta": ' * 5_000 + "1" + "}" * 5_000, "", "nested too deeply"),
    ("70 levels of nesting", {**row(), "meta": json.loads('{"a": ' * 70 + "1" + "}" * 70)}, "", "nested too deeply"),
    ("a report among the corpora", {"type": "run", "schema": 1}, "type", "take the report out of the corpus"),
    ("day 31 of February", row(date="2019-02-31"), "date", "not in the calendar"),
    ("year 0", row(date="0000"), "date", "not in the calendar"),
    ("date with a line break", row(date="2019\n"), "date", "not in the calendar"),
    ("language with a line break", row(lang="en\n"), "lang", "line break"),
    ("not UTF-8", b'{"company": "A", "source": "s", "text": "caf\xe9"}', "", "save the file as UTF-8"),
    ("UTF-16", '{"company": "A", "source": "s", "text": "t"}'.encode("utf-16"), "", "save the file as UTF-8"),
    ("no text", {"company": "A", "source": "s"}, "text", "is missing"),
    ("no company", {"source": "s", "text": "t"}, "company", "is missing"),
    ("no source", {"company": "A", "text": "t"}, "source", "is missing"),
    ("empty text", row(""), "text", "length"),
    ("blank text", row(" \t "), "text", "no letter or digit"),
    ("punctuation only", row("...!"), "text", "no letter or digit"),
    ("number as text", row(7), "text", "expected str, got int"),
    ("list as company", row(company=["A"]), "company", "expected str, got array"),
    ("date the other way round", row(date="20.04.2019"), "date", "YYYY-MM-DD"),
    ("month 13", row(date="2019-13-01"), "date", "YYYY-MM-DD"),
    ("language by name", row(lang="English"), "lang", "ISO 639-1"),
    ("page 1.5", row(page=1.5), "page", "expected int"),
    ("meta as list", row(meta=[1]), "meta", "expected object"),
    ("text of 100 kB", row("word " * 20_000), "text", "split"),
    ("line of over a megabyte", b'{"company": "' + b"A" * MAX_LINE + b'"}', "", "split it into statements"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "field", "words"), [b[1:] for b in BAD_LINES], ids=[b[0] for b in BAD_LINES])
def test_bad_line_is_named_and_explained(write, line, field, words):
    """File, line and field of a bad line are in the error, and how to mend it."""
    path = write([row(), line, row("Another one.")])
    with pytest.raises(InputError) as raised:
        read_corpus([path])
    error = raised.value
    assert (error.path, error.line, error.field) == (path, 2, field)
    assert words in error.message


def test_keep_going_collects_every_bad_line(write):
    """All bad lines are kept with their places, the good ones are read, and nothing is lost."""
    path = write([x for b in BAD_LINES for x in (b[1], row(b[0]))])
    corpus = read_corpus([path], keep_going=True)
    assert corpus.lines == 2 * len(BAD_LINES) == len(corpus.statements) + len(corpus.bad)
    assert {s.text for s in corpus.statements} == {b[0] for b in BAD_LINES}
    assert all(b.path == path and b.message for b in corpus.bad)


GOOD_LINES = [
    ("byte order mark", b"\xef\xbb\xbf" + json.dumps(row()).encode()),
    ("Windows line end", json.dumps(row()).encode() + b"\r"),
    ("blank line before", b"  \n" + json.dumps(row()).encode()),
    ("longest text", row("a" * MAX_TEXT)),
    ("astral and combining characters", row("𝒜 e\u0301 👩‍👩‍👧 text")),
    ("year as date", row(date="2019")),
]


@pytest.mark.parametrize("line", [g[1] for g in GOOD_LINES], ids=[g[0] for g in GOOD_LINES])
def test_good_line_is_read(write, line):
    """What other programs write into JSON Lines is accepted."""
    assert len(read_corpus([write([line])]).statements) == 1


def test_unknown_keys_are_kept_in_meta(write):
    """A key that checker does not know is not lost, and does not hide one in meta."""
    statement = read_corpus([write([row(tone="calm", meta={"by": "hand"})])]).statements[0]
    assert statement.meta == {"tone": "calm", "by": "hand"}


def test_ids_are_derived_and_stable(write):
    """An id depends on company, document, text and occurrence, not on the place in the file."""
    first = read_corpus([write([row("One."), row("Two."), row("Two.")])]).statements
    second = read_corpus([write([row("Two."), row("Two."), row("one")])]).statements
    assert len({s.id for s in first}) == 3
    assert {s.id for s in first} == {s.id for s in second}


def test_duplicate_id_names_both_places(write):
    path = write([row(id="x"), row("Other.", id="x")])
    with pytest.raises(InputError, match=r"corpus\.jsonl:2:id: 'x' is already the id of .*corpus\.jsonl:1"):
        read_corpus([path])


def test_files_folders_globs_and_gzip(write, tmp_path):
    """Each file is read once, however it is named; gold pairs are not statements."""
    write([row("One.")], "a.jsonl")
    write([{"a": "x"}], "pairs.jsonl")
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(json.dumps(row("Two.")).encode()))
    corpus = read_corpus([str(tmp_path), str(tmp_path / "*.jsonl.gz"), str(tmp_path / "a.jsonl")])
    assert [s.text for s in corpus.statements] == ["One.", "Two."]


@pytest.mark.parametrize("name", ["absent.jsonl", "none*.jsonl", "."])
def test_nothing_there_is_an_error(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="no "):
        read_corpus([name])


@pytest.mark.parametrize("keep_going", [False, True])
def test_truncated_gzip_is_an_error(tmp_path, keep_going):
    """Half a download is not a short corpus, whatever else may be passed over."""
    whole = gzip.compress(b"\n".join(json.dumps(row(f"Text {i}.")).encode() for i in range(5_000)))
    (tmp_path / "half.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UnreadableError, match="is the file whole"):
        read_corpus([str(tmp_path / "half.jsonl.gz")], keep_going=keep_going)


def test_links_in_circles_and_to_nowhere(write, tmp_path):
    """A link to a parent folder is not followed; a corpus that is a dangling link is an error, not skipped."""
    write([row()], "a.jsonl")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert len(read_corpus([str(tmp_path)]).statements) == 1
    (tmp_path / "b.jsonl").symlink_to(tmp_path / "absent")
    with pytest.raises(UnreadableError, match=r"b\.jsonl: cannot be opened: No such file"):
        read_corpus([str(tmp_path)])


def test_name_that_no_file_can_have():
    with pytest.raises(InputError, match="name too long"):
        read_corpus(["a" * 5000])


def test_almost_nothing_is_a_statement(write):
    with pytest.raises(InputError, match="is this a corpus"):
        read_corpus([write(["{}"] * 10_001)], keep_going=True)


def test_statements_made_in_python():
    """Documents and ids are derived as for lines, and an id that occurs twice is refused."""
    made = [Statement(company="A", source=s, text=t, date="2020") for s, t in (("policy", "One."), ("call", "Two."))]
    corpus = as_corpus(made)
    assert [s.document for s in corpus.statements] == ["policy 2020", "call 2020"]
    assert len({s.id for s in corpus.statements}) == 2
    with pytest.raises(InputError, match="is already the id of statement:1"):
        as_corpus([corpus.statements[0], corpus.statements[0]])
    with pytest.raises(InputError, match="no letter or digit"):
        as_corpus([Statement(company="A", source="s", text="...")])


def test_gzip_that_is_none(write):
    with pytest.raises(InputError, match="is the file whole"):
        read_corpus([write([row()], "plain.jsonl.gz")])


def test_company_filter_names_near_misses(write):
    path = write([row(), row("Elsewhere.", company="Globex")])
    corpus = read_corpus([path], company=" ACME ")
    assert [s.company for s in corpus.statements] == ["Acme"]
    assert corpus.dropped["other company"] == 1
    with pytest.raises(InputError, match="Globex"):
        read_corpus([path], company="Globexx")


def test_too_many_statements_are_refused(write):
    with pytest.raises(InputError, match="more than 2 statements"):
        read_corpus([write([row(f"Text {i}.") for i in range(3)])], limit=2)


def test_huge_file_needs_bounded_memory(tmp_path):
    """A gigabyte in one line, and 60 MB of another company's lines, are read in under 150 MB of memory."""
    line = json.dumps(row("A sentence of quite ordinary length for a report. " * 20, company="Other")).encode() + b"\n"
    with gzip.open(tmp_path / "big.jsonl.gz", "wb", compresslevel=1) as stream:
        for _ in range(60):
            stream.write(line * (1_000_000 // len(line)))
        stream.write(json.dumps(row()).encode() + b"\n")
        stream.write(b'{"company": "')
        for _ in range(1000):
            stream.write(b"A" * 1_000_000)
    program = (
        "from checker import read_corpus\n"
        f"c = read_corpus([{str(tmp_path)!r}], company='Acme', keep_going=True)\n"
        "peak = next(l for l in open('/proc/self/status') if l.startswith('VmHWM'))\n"
        "print(len(c.statements), len(c.bad), int(peak.split()[1]) // 1024)"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout
    statements, bad, megabytes = map(int, out.split())
    assert (statements, bad) == (1, 1)
    assert megabytes < 150


def test_language_is_found_where_absent(write):
    texts = {"en": "We respect human rights.", "zh": "我们尊重人权。", "de": "Wir achten die Menschenrechte.",
             "ja": "私たちは人権を尊重します。"}  # fmt: skip
    corpus = read_corpus([write([row(t) for t in texts.values()])])
    assert [s.lang for s in with_languages(corpus.statements)] == list(texts)


def test_schema_accepts_the_corpora():
    """Every line that is shipped validates against the schema that is printed."""
    validator = jsonschema.Draft202012Validator(schema())
    for path in sorted(CORPORA.glob("*/statements.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            validator.validate(json.loads(line))


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (b[1], b[2])
        for b in BAD_LINES
        if (isinstance(b[1], dict) and "expected" in b[3])
        or "is missing" in b[3]
        or b[0] in ("empty text", "month 13", "language by name")
    ],
)
def test_schema_refuses_what_reading_refuses(line, field):
    with pytest.raises(jsonschema.ValidationError) as raised:
        jsonschema.validate(line, schema())
    assert field in (*raised.value.absolute_path, *raised.value.message.split("'"))
