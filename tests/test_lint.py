"""Checks of corpora: what each code finds and leaves alone, the command line, and hostile corpora."""

from __future__ import annotations

import datetime
import gzip
import json
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CORPORA, ROOT
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import checker.cli
from checker import ConfigError, InputError, read_corpus
from checker.cli.linting import lint as command
from checker.corpus import parse_statement
from checker.errors import UnreadableError
from checker.files import read_objects, stop
from checker.lint import linting
from checker.lint.languages import other_language
from checker.lint.linting import lint
from checker.lint.memory import Memory
from checker.lint.reading import _sound
from checker.lint.rules import ALL, BY_CODE, RULES, choose

TABLES = Path(__file__).parent / "lint"
TODAY = datetime.date(2026, 6, 1)
BASE = {"company": "Acme", "source": "policy", "document": "Policy", "date": "2023-01-01", "lang": "en"}
CLEAN = BASE | {"text": "We pay a living wage to everyone."}


def table(name):
    return [case for _, case in read_objects(str(TABLES / name), stop)]


def found(path, select=(ALL,)):
    """The codes by line."""
    codes = {}
    for problem in lint([path], select=select, today=TODAY).problems:
        codes.setdefault(problem.line, []).append(problem.code)
    return {line: " ".join(sorted(told)) for line, told in codes.items()}


def run(*args, stdin=None):
    return CliRunner().invoke(command, [str(arg) for arg in args], input=stdin)


@pytest.mark.parametrize("case", table("lines.jsonl"), ids=lambda case: f"{case['expect']} {case['why']}")
def test_what_is_found_in_a_line(write, case):
    """Every rule is on; a line of the table differs from a sound one in what ``row`` says, without the keys named."""
    line = {key: value for key, value in (CLEAN | case["row"]).items() if key not in case.get("without", ())}
    assert found(write([line])).get(1, "") == case["expect"]


@pytest.mark.parametrize("case", table("corpora.jsonl"), ids=lambda case: case["why"])
def test_what_is_found_in_several_lines(write, case):
    path = write([BASE | line for line in case["lines"]])
    assert [found(path).get(n, "") for n in range(1, len(case["lines"]) + 1)] == case["expect"]


def test_every_code_has_a_case():
    """But for those that need a file of a certain kind, which have tests of their own."""
    told = {code for name in ("lines.jsonl", "corpora.jsonl") for case in table(name) for part in [case["expect"]]
            for codes in ([part] if isinstance(part, str) else part) for code in codes.split()}  # fmt: skip
    assert BY_CODE.keys() - told == {"S001", "S007", "S010", "P002"}


BROKEN = [
    (b'{"company": "Acme", "text": "We pay', "S001"),
    (b"[1, 2]", "S001"),
    (b'"text"', "S001"),
    (b'{"text": NaN}', "S001"),
    (b'{"company": "Acme", "source": "p", "text": "caf\xe9"}', "S001"),
    (b'{"company": "Acme", "source": "p", "text": "\\ud800"}', "S001"),
    (b'{"meta": ' + b"[" * 100 + b"]" * 100 + b"}", "S001"),
    (b"[" * 200_000, "S001"),
    (b'{"company": "' + b"x" * (1 << 20) + b'"}', "S007"),
    (json.dumps(CLEAN | {"text": "We pay. " * 3_000}).encode(), "S007"),
    (json.dumps(CLEAN | {"document": "d" * 2_000}).encode(), "S003"),
]


@pytest.mark.parametrize(("line", "code"), BROKEN, ids=[f"{code} {line[:24]!r}" for line, code in BROKEN])
def test_a_line_that_cannot_be_read_is_told_and_the_next_one_checked(write, line, code):
    path = write([line, CLEAN, CLEAN | {"text": "Our commitments"}])
    assert found(path) == {1: code, 3: "T002"}


def test_an_error_is_what_a_run_stops_at(write):
    """Of every line of the table, and of every broken one: a run refuses it where a problem of it is an error."""
    rows = [
        {k: v for k, v in (CLEAN | c["row"]).items() if k not in c.get("without", ())} for c in table("lines.jsonl")
    ]
    for line in [*rows, *(line for line, _ in BROKEN)]:
        path = write([line])
        errors = [p for p in lint([path], today=TODAY).problems if p.level == "error"]
        if errors:
            with pytest.raises(InputError):
                read_corpus([path])
        else:
            read_corpus([path])


VALUES = st.one_of(
    st.none(), st.integers(), st.text(max_size=8), st.sampled_from(["2023-02-30", "2023", "en", "EN", "\0", "…", "e\n", "x"]),
    st.lists(st.integers(), max_size=1), st.dictionaries(st.text(max_size=3), st.integers(), max_size=1),
)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(["company", "source", "text", "date", "lang", "page", "meta", "type", "x"], VALUES)
)


@hypothesis_settings(max_examples=50)
@given(ROWS, st.booleans())
def test_the_quick_look_agrees_with_the_reader(row, is_whole):
    """A line that is held for sound at a glance is one that the reader takes."""
    row = (CLEAN | row) if is_whole else row
    if _sound(row) is not None:
        parse_statement(row)


def test_files_without_a_statement(write, tmp_path):
    (tmp_path / "empty.jsonl").write_bytes(b"\n\n")
    assert found(str(tmp_path / "empty.jsonl")) == {1: "S010"}


def test_statements_are_found_in_the_extracted_texts(write, tmp_path):
    """Characters of the text below the corpus's folder; what is outside is never opened, whatever leads there."""
    (tmp_path / "acme.texts").mkdir()
    (tmp_path / "acme.texts/policy.txt").write_text("Wages. We pay a living wage to everyone. 始终如此。", "utf-8")
    (tmp_path / "acme.texts/out.txt").symlink_to("/etc/passwd")
    (tmp_path / "acme.texts/latin.txt").write_bytes(b"caf\xe9")
    meta = {"text": "acme.texts/policy.txt"}
    rows = [
        CLEAN | {"start": 7, "end": 40, "meta": meta},
        CLEAN | {"start": 8, "end": 41, "meta": meta, "id": "shifted"},
        CLEAN | {"start": 700, "end": 733, "meta": meta},
        *(CLEAN | {"start": 0, "end": 9, "meta": {"text": t}}
          for t in ("acme.texts/out.txt", "acme.texts", "acme.texts/latin.txt", "/etc/passwd", "a\0b", "x" * 5_000)),
    ]  # fmt: skip
    assert found(write(rows), ["P"]) == {2: "P002", 3: "P002"} | dict.fromkeys(range(4, 10), "P001")


def test_the_shipped_corpora_are_clean():
    """Nothing to say about any folder of them."""
    folders = sorted({path.parent for path in CORPORA.rglob("statements.jsonl")})
    problems = [p for folder in folders for p in lint([str(folder)], today=TODAY).problems]
    assert problems == []


@pytest.mark.parametrize("lang", ["en", "de", "fr", "es", "pt", "zh", "ja", "ko"])
def test_languages_of_the_shipped_corpora(lang):
    """No statement is taken for another language; of those with a wrong code a fourth and more are noticed."""
    texts = [row["text"] for path in CORPORA.rglob("statements.jsonl") for _, row in read_objects(str(path), stop)
             if row["lang"] == lang]  # fmt: skip
    assert not [text for text in texts if other_language(text, lang)]
    wrong = "en" if lang != "en" else "de"
    assert sum(bool(other_language(text, wrong)) for text in texts) > len(texts) / 4


CHOICES = [
    ((), (), {"D001", "T001"}, {"D004"}),
    (("D",), (), {"D001", "D004"}, {"T001"}),
    (("D001", "T"), (), {"D001", "T006"}, {"D002"}),
    ((ALL,), ("T00", "D"), {"E001"}, {"T001", "D001"}),
    (("T001",), ("T",), {"T001"}, {"T002"}),
    (("T",), ("T001",), {"T002"}, {"T001"}),
    (("T",), ("T",), set(), {"T001"}),
    ((), (ALL,), set(), {"T001"}),
]


@pytest.mark.parametrize(("select", "ignore", "inside", "outside"), CHOICES)
def test_the_longer_beginning_of_a_code_has_the_last_word(select, ignore, inside, outside):
    chosen = choose(select, ignore)
    assert inside <= chosen
    assert not outside & chosen


@pytest.mark.parametrize("code", ["X", "T01", "t001", "", "D0011"])
def test_a_code_that_is_none_is_wrong_use(code):
    with pytest.raises(ConfigError, match="no code; checker lint --rules"):
        choose([code])


def test_rules_are_told_whole():
    """Each has a code of its own, in order of its family, and says what, why and shows an example."""
    assert len(BY_CODE) == len(RULES) >= 45
    assert all(rule.what and rule.why and rule.example for rule in RULES)
    shown = run("--rules").output
    assert all(f"{rule.code} {'[*] ' * rule.mends}{rule.what}" in shown for rule in RULES)
    assert all(c.isprintable() or c == "\n" for c in shown)
    rows = [json.loads(line) for line in run("--rules", "--format", "jsonl", "--select", "E").output.splitlines()]
    assert [row["code"] for row in rows] == [rule.code for rule in RULES if rule.code[0] == "E"]


def test_text_is_as_ruff_has_it(write):
    path = write([CLEAN, CLEAN | {"text": "Do you sell  data?", "date": None}, "nonsense"])
    done = run(path)
    assert done.exit_code == 1
    assert done.output.splitlines() == [
        f"{path}:2:date: D001 is missing: nothing tells what was said first; give YYYY-MM-DD, YYYY-MM or YYYY",
        f"{path}:2:text: E005 [*] white space: doubled, or tabs and breaks",
        f'{path}:2:text: T001 a question, no statement; if somebody asks the company, give it "role": "analyst", else '
        "leave the line out",
        f"{path}:3: S001 not JSON: invalid character (byte 4); one object a line",
        "4 problems in 3 lines of 1 file ([*] 1 can be mended with --fix)",
    ]


def test_jsonl_ends_with_its_counts(write):
    path = write([CLEAN, CLEAN | {"text": "Do you sell data?"}])
    rows = [json.loads(line) for line in run(path, "--format", "jsonl").output.splitlines()]
    assert [row["type"] for row in rows] == ["problem", "end"]
    assert rows[0]["code"] == "T001" and rows[0]["line"] == 2 and rows[0]["level"] == "warning"
    assert rows[1] == {"type": "end", "problems": 1, "mendable": 0, "counts": {"T001": 1}, "files": 1, "lines": 2,
                       "notes": [], "complete": True}  # fmt: skip


def test_annotations_of_github(write, tmp_path):
    """As many as GitHub shows; a corpus cannot smuggle in a command of its own."""
    name = "a,b:c%.jsonl"
    hostile = CLEAN | {"role": "x%0A::error::y\n::set-output name=a::b"}
    path = write([hostile, *([CLEAN | {"date": None}] * 12), {"company": "Acme"}], name)
    lines = run(path, "--format", "github").output.splitlines()
    commands = [line for line in lines if line.startswith("::")]
    assert len([c for c in commands if c.startswith("::error ")]) == 2
    assert len([c for c in commands if c.startswith("::warning ")]) == 10
    assert all("a%2Cb%3Ac%25.jsonl,line=" in c for c in commands)
    assert commands[2].endswith("the company's own; roles are management, analyst, operator, reference")
    assert "x%250A::error::y ::set" in commands[2]
    assert lines[-1].startswith("27 problems in 14 lines of 1 file")


def test_statistics_count(write):
    path = write(
        [CLEAN | {"date": None, "text": f"We pay {n} living wages."} for n in range(3)] + [CLEAN | {"role": "x"}]
    )
    assert run(path, "--statistics").output.splitlines() == [
        "3  D001     no date",
        "1  P003     an unknown role",
        "4 problems in 4 lines of 1 file",
    ]


def test_exit_codes(write, tmp_path, monkeypatch, capsys):
    """0 clean, 1 problems, 2 wrong use or what cannot be read: through the command line as it is installed."""
    clean, bad, cut = write([CLEAN]), write([CLEAN | {"date": None}], "bad.jsonl"), tmp_path / "cut.jsonl.gz"
    cut.write_bytes(gzip.compress(json.dumps(CLEAN).encode() * 50)[:-30])
    if "lint" not in checker.cli.commands.commands:
        monkeypatch.setitem(checker.cli.commands.commands, "lint", command)
    for args, code, words in (
        ([clean], 0, ""), ([bad], 1, ""), ([bad, "--exit-zero"], 0, ""), ([bad, "--ignore", "D001"], 0, ""),
        ([bad, "--select", "T,E"], 0, ""), ([], 2, "Missing argument"), ([clean, "--select", "Z"], 2, "no code"),
        ([str(tmp_path / "absent.jsonl")], 2, "no such file"), ([str(cut)], 2, "cannot be read on"),
        ([str(cut), "--exit-zero"], 2, "cannot be read on"), ([bad, "--fix", "--diff"], 2, "give one of them"),
        (["-", "--fix"], 2, "cannot be mended"), ([bad, "--statistics", "--format", "jsonl"], 2, "as text"),
    ):  # fmt: skip
        monkeypatch.setattr(sys, "argv", ["checker", "lint", *args])
        with pytest.raises(SystemExit) as done:
            checker.cli.main()
        assert (done.value.code or 0) == code, args
        assert words in capsys.readouterr().err


def test_standard_input():
    done = run("-", stdin=json.dumps(CLEAN | {"role": "x", "start": 0, "end": 3, "meta": {"text": "a.txt"}}) + "\n")
    assert done.output.startswith("-:1:role: P003 'x' is unknown")
    assert done.exit_code == 1


def test_a_terminal_is_not_steered(write):
    """Neither by what a message quotes nor by the name of a file."""
    path = write([CLEAN | {"role": "\x1b[31m\u202ex", "key\x1b[0m\n": 1}], "a\x1b[1m.jsonl")
    output = run(path).output
    assert not [c for c in output if c in "\x1b\u202e"]
    assert len(output.splitlines()) == 3


@pytest.mark.parametrize("value", ["\u200b \u200d" * 5_000, "a " * 9_000 + "?", " \t" * 9_000 + "x", "((((" * 4_000,
                                   "e\u0301" * 9_000, "?" * 19_000, "我们" * 9_000 + "吗", "&a" * 9_000, "<a " * 6_000,
                                   "[name " * 3_000, "\\u00" * 4_000, "Ã¤" * 9_000, "1." * 9_000])  # fmt: skip
def test_hostile_texts_take_no_time(write, value):
    path = write([CLEAN | {"text": f"x{value}", "before": value * 4}])
    begin = time.process_time()
    found(path)
    assert time.process_time() - begin < 2


def test_memory_is_bounded():
    """A full memory forgets nothing, and says that it learns nothing new."""
    memory = Memory(2)
    assert [memory.first(key, key) for key in "abca"] == [None, None, None, "a"]
    assert memory.is_full
    assert memory.first("c", "c") is None
    assert list(memory.values()) == ["a", "b"]


def test_many_problems_are_counted_and_not_all_listed(write, monkeypatch):
    monkeypatch.setattr(linting, "LISTED", 3)
    path = write([CLEAN | {"date": None, "text": f"We pay {n} living wages."} for n in range(9)])
    result = lint([path], today=TODAY)
    assert (len(result.problems), result.counts.total(), result.unlisted) == (3, 9, 6)
    assert "6 problems more than are listed" in run(path).output


def test_same_input_same_output(write):
    path = write([BASE | line for case in table("corpora.jsonl") for line in case["lines"]])
    assert lint([path], today=TODAY) == lint([path], today=TODAY)


def test_a_truncated_file_has_no_result(write, tmp_path):
    path = tmp_path / "cut.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(CLEAN).encode() * 50)[:-30])
    with pytest.raises(UnreadableError):
        lint([str(path)])


def test_no_model_is_loaded():
    """Checks start fast: neither numpy nor a model is imported."""
    import subprocess

    code = f"import sys; from checker.lint.linting import lint; lint([{str(CORPORA / 'zoom-end-to-end')!r}]); " \
           "print(sorted({'numpy', 'onnxruntime', 'torch', 'sklearn'} & sys.modules.keys()))"  # fmt: skip
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "[]"
