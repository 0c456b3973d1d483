"""``checker ingest`` and ``checker run`` on documents, as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import run_cli

REPORT = """# Sustainability Report 2023

Northmoor Ltd. makes garden tools in two plants.

## Suppliers

We pay every supplier within thirty days of delivery. We do not use child labour anywhere in our supply chain.

## Water

Our plants draw no water from protected areas. This applies to both plants without exception.
"""
CALL = """Northmoor Ltd. Q2 2024 Earnings Call Transcript

2024-05-10

Jane Roe - Chief Executive Officer

Good morning. Our plants took more from the protected wetland than in any year before. Suppliers wait ninety days for payment now.

Operator

Our first question comes from the line of John Doe with Harbour Securities.

John Doe - Analyst, Harbour Securities

Is it right that you never pay a supplier within thirty days of delivery?

Jane Roe - Chief Executive Officer

In most cases we need about ninety days to pay them.
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "report-2023.md").write_text(REPORT)
    (tmp_path / "call.txt").write_text(CALL)
    return tmp_path


def ingest(*args):
    done = run_cli("ingest", *args)
    return done, done.stdout.decode(), done.stderr.decode()


def test_a_folder_becomes_a_corpus_that_can_be_verified(folder, tmp_path):
    """Every statement is text[start:end] of a file beside the corpus; guesses are marked; the analyst is marked."""
    out = tmp_path / "acme.jsonl"
    done, shown, error = ingest(str(folder / "report-2023.md"), str(folder / "call.txt"), "-o", str(out))
    assert done.returncode == 0, error
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert rows
    for row in rows:
        assert (tmp_path / row["meta"]["text"]).read_text("utf-8")[row["start"] : row["end"]] == row["text"]
    assert {r["company"] for r in rows} == {"Northmoor Ltd."}
    assert {r["source"] for r in rows} == {"esg-report", "investor-call"}
    assert [r["role"] for r in rows if "never pay a supplier" in r["text"]] == ["analyst"]
    assert {r.get("role") for r in rows if "ninety days" in r["text"]} == {"management"}
    assert "Northmoor Ltd.?" in shown
    assert "? marks a guess" in shown
    index = json.loads((tmp_path / "acme.texts" / "documents.json").read_text())
    assert [d["file"] for d in index] == ["report-2023.md", "call.txt"]
    assert "company" in index[0]["guessed"]


def test_what_is_told_is_not_guessed(folder, tmp_path):
    out = tmp_path / "o.jsonl"
    _, shown, _ = ingest(str(folder / "call.txt"), "-o", str(out), "--company", "N", "--date", "2020", "--source", "x",
                            "--document", "Call", "--lang", "en")  # fmt: skip
    first = json.loads(out.read_text().splitlines()[0])
    assert (first["company"], first["date"], first["source"], first["document"]) == ("N", "2020", "x", "Call")
    assert "marks a guess" not in shown


def test_the_same_bytes_again(folder, tmp_path):
    """Ingesting twice gives the same corpus, texts and index."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        assert ingest(str(folder / "call.txt"), "-o", str(tmp_path / name / "c.jsonl"))[0].returncode == 0
    first, second = ({p.relative_to(tmp_path / n): p.read_bytes() for p in sorted((tmp_path / n).rglob("*.*"))
                      if p.is_file()} for n in ("a", "b"))  # fmt: skip
    assert first == second
    assert len(first) == 3


def test_show_dropped_lists_reasons(folder, tmp_path):
    """What is set aside is listed with its place and the reason."""
    _, shown, _ = ingest(str(folder / "report-2023.md"), "-o", str(tmp_path / "o.jsonl"), "--show-dropped")
    assert "report-2023.md paragraph 1 · heading: Sustainability Report 2023" in " ".join(shown.split())


def test_one_unreadable_file_does_not_stop_the_others(folder, tmp_path):
    """The others are written, the failure is said, and the exit code is 2."""
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnonsense")
    out = tmp_path / "o.jsonl"
    done, shown, _ = ingest(str(folder / "call.txt"), str(folder / "broken.pdf"), "-o", str(out))
    assert done.returncode == 2
    assert out.exists()
    assert "error: " in shown
    assert "broken.pdf" in shown
    assert "1 could not be read" in shown


def test_nothing_readable_writes_nothing(tmp_path):
    """Never an empty corpus that looks fine."""
    (tmp_path / "a.txt").write_text("2023\n")
    out = tmp_path / "o.jsonl"
    done, shown, _ = ingest(str(tmp_path / "a.txt"), "-o", str(out), "--company", "A")
    assert done.returncode == 2
    assert not out.exists()
    assert "no statement in it" in shown


WRONG = [
    (["ingest", "-o", "x.jsonl"], "no document to read; give files, folders or --manifest"),
    (["ingest", "absent.pdf", "-o", "x.jsonl"], "absent.pdf: no such file or folder; give documents"),
    (["ingest", "README.md", "-o", "README.md"], "is a corpus of this run"),
    (["ingest", "README.md", "-o", "x.jsonl", "--date", "May"], "--date: has an unknown form; use YYYY-MM-DD"),
    (["ingest", "README.md", "-o", "absent/x.jsonl"], "cannot be written"),
    (["run", "absent.pdf"], "absent.pdf: no such file or folder"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "words"), WRONG, ids=[" ".join(w[0])[-30:] for w in WRONG])
def test_wrong_use(args, words):
    """One line, exit code 2."""
    done = run_cli(*args)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_run_takes_documents(folder, tmp_path):
    """Documents are ingested on the way; the report says what of them was guessed; analysts are never the company."""
    out = tmp_path / "r.jsonl"
    done = run_cli(
        "run", str(folder / "report-2023.md"), str(folder / "call.txt"), "-o", str(out), "--min-probability", "0"
    )
    assert done.returncode == 0, done.stderr
    run, *rest = [json.loads(line) for line in out.read_text().splitlines()]
    assert [d["file"] for d in run["documents"]] == ["report-2023.md", "call.txt"]
    assert any("guessed: " in w for w in run["warnings"])
    own = next(s for s in run["funnel"] if s["name"] == "own words")
    assert own["dropped"]["said by an analyst, not by the company"] >= 1
    findings = [f for f in rest if f["type"] == "finding"]
    assert findings
    assert not any(s.get("role") in ("analyst", "operator") for f in findings for s in (f["a"], f["b"]))


def test_run_fails_on_an_unreadable_document_unless_told(folder, tmp_path):
    """An unreadable document ends the run with exit code 2; with --keep-going it is in the report."""
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnonsense")
    names = [str(p) for p in sorted(Path(folder).iterdir()) if p.is_file()]
    done = run_cli("run", *names)
    assert done.returncode == 2
    assert b"broken.pdf: " in done.stderr
    out = tmp_path / "r.jsonl"
    assert run_cli("run", *names, "--keep-going", "-o", str(out)).returncode == 0
    assert json.loads(out.read_text().splitlines()[0])["bad_lines"][0]["path"].endswith("broken.pdf")
