"""The command line: output, exit codes, messages."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from collections import Counter

import jsonschema
import pytest
from conftest import CORPORA, ROOT, row, run_cli

TWO = [row("We never use child labour.", document="a"), row("Children of ten work in our mine.", document="b")]
CASE = str(CORPORA / "zoom-end-to-end")


def test_report_is_written_and_valid(tmp_path):
    """Every line of a report validates against the schema that the command prints."""
    path = tmp_path / "report.jsonl"
    done = run_cli("run", CASE, "-o", str(path), "--min-probability", "0")
    assert done.returncode == 0, done.stderr
    validator = jsonschema.Draft202012Validator(json.loads(run_cli("schema", "report").stdout))
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    for line in lines:
        validator.validate(line)
    assert [lines[0]["type"], lines[1]["type"], lines[-1]["type"]] == ["run", "finding", "end"]
    kinds = Counter(line["type"] for line in lines)
    assert lines[-1] == {
        "type": "end",
        "findings": kinds["finding"],
        "issues": kinds["issue"],
        "echoes": 0,
        "complete": True,
    }
    assert set(lines[0]["models"]) == {"encoder", "judge", "scorer"}
    assert f"report: {path}" in re.sub(r"\s+", " ", done.stdout.decode()).replace("- ", "-")


def test_streaming_leaves_standard_output_to_the_report():
    done = run_cli("run", CASE, "-o", "-", "--reproducible")
    assert [json.loads(line)["type"] for line in done.stdout.splitlines()][:: len(done.stdout.splitlines()) - 1] == [
        "run",
        "end",
    ]
    assert b"judged" in done.stderr


def test_reproducible_bytes(tmp_path):
    first, second = (run_cli("run", CASE, "-o", "-", "--reproducible").stdout for _ in range(2))
    assert first == second
    assert first.endswith(b'"complete":true}\n')


def test_standard_input(write):
    lines = "\n".join(json.dumps(r) for r in TWO).encode()
    done = run_cli("run", "-", "-o", "-", "--min-probability", "0", stdin=lines)
    assert done.returncode == 0
    assert b"child labour" in done.stdout


WRONG = [
    (["run"], "Missing argument"),
    (["run", "absent.jsonl"], "absent.jsonl: no such file or folder; give a corpus"),
    (["run", CASE, "--min-probability", "2"], "min-probability is 2.0; it must lie between 0 and 1"),
    (["run", CASE, "--min-update", "-1"], "min-update is -1.0; it must lie between 0 and 1"),
    (["run", CASE, "--neighbours", "0"], "neighbours is 0; it must be at least 1"),
    (["run", CASE, "--top", "many"], "not a valid integer"),
    (["run", CASE, "--company", "Zom"], "no statement of the company 'Zom'; there are: Zoom"),
    (["run", CASE, "--judge", "absent"], "absent: cannot be loaded"),
    (["run", CASE, "-o", "absent/report.jsonl"], "absent/report.jsonl: cannot be written"),
    (["run", CASE, "-o", "tests"], "tests: is a folder; name the file to write"),
    (["run", ""], "the name of a corpus is empty"),
    (["run", CASE, "--max-statements", "0"], "not in the range"),
    (["run", CASE, "--encoder", ""], "the name of the encoder is empty"),
    (["run", CASE, "-o", CASE + "/statements.jsonl"], "is a corpus of this run"),
    (["run", CASE, "--company", ""], "no statement of the company ''; there are: Zoom"),
    (["run", CASE, "--max-statements", "3"], "more than 3 statements in one run"),
    (["eval", "tests"], "tests: no case here"),
    (["schema", "verdict"], "is not one of"),
    (["rum"], "No such command"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "words"), WRONG, ids=[" ".join(w[0])[-30:] for w in WRONG])
def test_wrong_use_is_one_line_and_exit_2(args, words):
    """What is wrong and how to mend it, no traceback, nothing on standard output."""
    done = run_cli(*args)
    error = done.stderr.decode()
    assert done.returncode == 2
    assert words in error
    assert error.startswith("checker: error: ")
    assert error.count("\n") == 1
    assert done.stdout == b""


def test_bad_line_stops_and_leaves_no_report(write, tmp_path):
    path = write([TWO[0], {"company": "Acme"}, TWO[1]])
    done = run_cli("run", path, "-o", str(tmp_path / "report.jsonl"))
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"checker: error: {path}:2:source: is missing")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus.jsonl"]


def test_keep_going_says_what_it_left_out(write):
    """Bad lines are in the summary and in the run line of the report."""
    path = write([TWO[0], {"company": "Acme"}, "nonsense", TWO[1]])
    done = run_cli("run", path, "--keep-going", "-o", "-", "--min-probability", "0")
    run = json.loads(done.stdout.splitlines()[0])
    assert done.returncode == 0
    assert [(b["line"], b["field"]) for b in run["bad_lines"]] == [(2, "source"), (3, "")]
    assert run["funnel"][0] == {"name": "statements", "entered": 4, "left": 2, "dropped": {"bad line": 2}, "rules": {}}
    assert b"2 bad lines were left out" in done.stderr


@pytest.mark.parametrize("lines", [[], ["", "  "], [TWO[0]], [TWO[0], row("Other.", document="a")]])
def test_nothing_to_compare_is_exit_2(write, lines):
    """An empty corpus, one statement, one document: said, and never an empty report."""
    done = run_cli("run", write(lines), "-o", "-")
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"nothing could be compared" in done.stderr or b"corpus is empty" in done.stderr


def test_names_in_an_error_cannot_steer_the_terminal(write):
    """Escape codes and line breaks of a corpus do not reach the terminal through an error."""
    path = write([row(company="A\x1b[2J\nB"), row("Other.", company="A\x1b[2J\nB")])
    for args in (["run", path, "--company", "zzz"], ["run", path]):
        error = run_cli(*args).stderr
        assert error.count(b"\n") == 1
        assert b"\x1b" not in error


def test_closed_and_full_streams(write):
    """A reader that goes away, a full disk and a closed input end in exit code 2 without a traceback."""
    for command in ("run - <&-", f"run {CASE} -o - | true", f"run {CASE} > /dev/full"):
        line = f"set -o pipefail; {sys.executable} -m checker {command}"
        done = subprocess.run(["bash", "-c", line], capture_output=True, cwd=ROOT, check=False)
        assert b"Traceback" not in done.stderr
        assert done.returncode == 2, command


def test_latin_1_terminal_shows_what_it_can():
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    command = [
        sys.executable,
        "-m",
        "checker",
        "run",
        str(CORPORA / "hugo-boss-xinjiang-cotton"),
        "--min-probability",
        "0",
    ]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert b"\\u" in done.stdout


def test_process_substitution(write):
    path = write(TWO)
    done = subprocess.run(["bash", "-c", f"{sys.executable} -m checker run <(cat {path}) --min-probability 0"],
                          capture_output=True, cwd=ROOT, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_frames_that_are_none(tmp_path):
    (tmp_path / "f.jsonl").write_text("\n".join(['{"a": 1}'] * 8))
    done = run_cli("eval", CASE, "--frames", str(tmp_path))
    assert done.returncode == 2
    assert b"f.jsonl:8: not a frame" in done.stderr


def test_no_finding_says_how_much_was_judged(write):
    lines = [row("The cafeteria was renovated.", document="a"), row("Revenue grew by 3%.", document="b")]
    done = run_cli("run", write(lines))
    assert done.returncode == 0
    assert "no finding: 1 pairs were judged" in re.sub(r"\s+", " ", done.stdout.decode())


def test_text_cannot_steer_the_terminal(write):
    """Escape codes, carriage returns, bidirectional overrides and rich markup of a corpus are shown, not obeyed."""
    evil = "\x1b[2J\x9b31m We never\r use \u202echild\u202c labour [bold red]x[/] [link=http://x]y[/link]"
    lines = [row(evil, document="a\x1b]0;title\x07"), row("Children of ten work in our mine.", document="b")]
    done = run_cli("run", write(lines), "--min-probability", "0")
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert not set("\x1b\x9b\r\u202e\x07") & set(out)
    assert "[bold red]x[/]" in out


def test_progress_and_width_on_a_terminal():
    """On a terminal the bars appear and the cards fit the width; in a pipe standard error stays empty."""
    assert run_cli("run", CASE).stderr == b""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": "60", "LINES": "40", "TERM": "xterm-256color"}
    command = [sys.executable, "-m", "checker", "run", CASE, "--min-probability", "0", "--top", "3"]
    process = subprocess.Popen(command, stdout=slave, stderr=slave, env=environment, cwd=ROOT)
    os.close(slave)
    out = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        out += part
    assert process.wait() == 0
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.decode("utf-8", "replace"))
    assert "judging pairs" in text
    cards = [line for line in re.split(r"[\r\n]+", text) if line.startswith(("│", "╭", "╰"))]
    assert cards
    assert max(map(len, cards)) <= 60


def test_eval_prints_tables():
    """Figures of the case and of the pool, what a run would report, and what was left out."""
    done = run_cli("eval", CASE)
    out = done.stdout.decode()
    assert done.returncode == 0, done.stderr
    assert all(
        x in out for x in ("1 labelled case", "average precision", "zoom-end-to-end", "pooled", "neighbours: default")
    )
    assert "called at 0.5" in out
    assert "without period" in out
    assert "candidate recall by rule" in out
    assert "note: semantic_search + another CrossEncoder is left out" in re.sub(r"\s+", " ", out)


def test_eval_prints_figures_as_json():
    done = run_cli("eval", CASE, "--json", "--neighbours", "3")
    assert done.returncode == 0, done.stderr
    table = json.loads(done.stdout)["tables"][0]
    assert {r["system"] for r in table["rows"]} == {
        "checker",
        "cosine of the encoder",
        "cosine of all-MiniLM-L6-v2",
        "semantic_search + bundled judge",
    }
    assert all(0 <= r["average precision"] <= 1 for r in table["rows"])


def test_funnel_shows_where_pairs_were_lost():
    done = run_cli("run", CASE, "--funnel")
    out = re.sub(r"\s+", " ", done.stdout.decode())
    assert done.returncode == 0, done.stderr
    assert "where pairs are lost" in out
    for part in ("same document or same text", "proposed by neighbours", "probability below 0.5"):
        assert part in out


def test_eval_draws_plots(tmp_path):
    """Three curves as SVG, the same bytes each time."""
    first, second = (run_cli("eval", CASE, "--neighbours", "2", "--plots", str(tmp_path / name)) for name in "ab")
    assert first.returncode == 0, first.stderr
    assert second.returncode == 0
    names = sorted(p.name for p in (tmp_path / "a").iterdir())
    assert names == ["precision-recall.svg", "reliability.svg", "scores.svg"]
    for name in names:
        drawn = (tmp_path / "a" / name).read_bytes()
        assert drawn.startswith(b"<?xml") and b"</svg>" in drawn
        assert drawn == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize("example", ["run", "documents"])
def test_readme_shows_what_is_printed(example):
    """The examples of README, run anew: every line shown is printed."""
    readme = (ROOT / "README.md").read_text("utf-8")
    block = rf"<!-- {example} -->\n```sh\n(?:[^`]*\n)?\S*checker (run .+?)\n```.+?```text\n(.+?)\n```"
    command, shown = re.search(block, readme, re.DOTALL).groups()
    done = subprocess.run(
        [sys.executable, "-m", "checker", *command.split(), "--no-cache"], cwd=ROOT, capture_output=True, check=True,
        env={**os.environ, "COLUMNS": "100"},
    )  # fmt: skip
    printed = [line.rstrip() for line in done.stdout.decode().splitlines()]
    assert [line for line in shown.splitlines() if line.strip() != "…" and line not in printed] == []


def test_defaults_of_the_command_are_those_of_the_library():
    from checker.cli.running import run
    from checker.pipeline import Options

    options = {p.name: p.default for p in run.params}
    assert (options["min_probability"], options["min_update"]) == (Options().min_probability, Options().min_update)
