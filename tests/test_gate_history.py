"""A repository of statements through its commits: what the gate says of each, and with which exit code."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from checker.cli import main

RIGHTS = "In all our operations, at home and abroad, we respect the Universal Declaration of Human Rights."
LOCAL = "Human rights mean different things in different regions, and we go by each country's own view of them."
REPORT = ["We pay every supplier within thirty days of delivery.", RIGHTS, "Our head office is in Leeds."]
NEXT = ["We opened a shop in Oslo in March 2023.", "Our drivers attended a course on road safety."]
PAID = "From 2024 on we no longer pay suppliers within thirty days of delivery; the term is now sixty days."


def rows(texts, document, source, date, **more):
    said = ({"company": "Northmoor", "source": source, "document": document, "date": date, "lang": "en", "text": t, **more}
            for t in texts)  # fmt: skip
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in said)


class Repository:
    """Statements under git, and the gate as a job runs it: the files that a commit adds or changes, beside all."""

    def __init__(self, folder, capfd):
        self.folder, self.capfd = folder, capfd
        self.git("init", "-q", "-b", "main")
        (folder / "checker.toml").write_text('against = ["statements"]\nbaseline = "accepted.jsonl"\n')

    def git(self, *args):
        who = ("-c", "user.name=t", "-c", "user.email=t@t.example")
        return subprocess.run(["git", *who, *args], cwd=self.folder, check=True, capture_output=True, text=True).stdout

    def commit(self, **files):
        """Write files below statements/ ("__" for a dot; None deletes) and commit; gives those added or changed."""
        for name, text in files.items():
            path = self.folder / "statements" / name.replace("__", ".").replace("_", "-")
            path.parent.mkdir(exist_ok=True)
            path.unlink() if text is None else path.write_text(text, "utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "change")
        changed = self.git(
            "diff-tree", "--root", "--no-commit-id", "--name-only", "-r", "--diff-filter=AMR", "-M", "HEAD"
        )
        return [n for n in changed.splitlines() if n.startswith("statements/")]

    def checker(self, *args):
        """Exit code, standard output and error of a command, run in this repository."""
        self.capfd.readouterr()
        sys.argv = ["checker", *args]
        with pytest.raises(SystemExit) as ended:
            main()
        out, error = self.capfd.readouterr()
        return ended.value.code or 0, out, error

    def gate(self, *names, **options):
        """The gate on these new files."""
        more = [part for k, v in options.items() for part in (f"--{k.replace('_', '-')}", v)]
        return self.checker("ci", *names, *more)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return str(tmp_path_factory.mktemp("cache"))


@pytest.fixture
def repository(tmp_path, capfd, monkeypatch, cache):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", [])
    monkeypatch.setenv("CHECKER_CACHE_DIR", cache)
    return Repository(tmp_path, capfd)


def fingerprint(out):
    """Of the first finding of a report in JSON Lines."""
    return next(json.loads(line)["finding"]["fingerprint"] for line in out.splitlines() if '"type":"gated"' in line)


def test_ten_commits(repository):
    """From the first corpus to an inline suppression: exit code and words of each commit."""
    gate, commit = repository.gate, repository.commit

    # 1 the first corpus: nobody spoke before, which is no failure, and is said
    new = commit(report_2022__jsonl=rows(REPORT, "Report 2022", "esg-report", "2023-03-01"))
    code, out, _ = gate(*new)
    assert (code, "nothing to compare with" in out) == (0, True), out

    # 2 a new report that contradicts nothing
    new = commit(report_2023__jsonl=rows(NEXT, "Report 2023", "esg-report", "2024-03-01"))
    assert new == ["statements/report-2023.jsonl"]
    code, out, _ = gate(*new)
    assert (code, "0 new findings" in out) == (0, True), out

    # 3 the edit of a comma: a changed file, no new finding
    text = rows([t.replace("head office", "head office,") for t in REPORT], "Report 2022", "esg-report", "2023-03-01")
    code, out, _ = gate(*commit(report_2022__jsonl=text))
    assert (code, "0 new findings" in out) == (0, True), out

    # 4 a contradiction planted in a call: the author learns both places
    call = rows([LOCAL, "The shop in Oslo does well."], "Call, May 2024", "investor-call", "2024-05-10")
    new = commit(call_2024__jsonl=call)
    code, out, _ = gate(*new)
    assert code == 1
    assert "statements/call-2024.jsonl:1" in out
    assert "statements/report-2022.jsonl:2" in out
    assert LOCAL in out
    assert RIGHTS in out

    # 5 the same in monitor mode, and below the bar: for the record
    assert gate(*new, mode="monitor")[0] == 0
    assert gate(*new, fail_on="update")[0] == 0
    assert gate(*new, min_probability="1")[0] == 0

    # 6 dismissed, with the reason, in the baseline
    found = fingerprint(gate(*new, format="jsonl")[1])
    code, _, error = repository.checker("baseline", "add", found, "--reason", "the call was misquoted", "--reviewer", "r1",
                                        "--date", "2024-06-01")  # fmt: skip
    assert code == 0, error
    commit()
    code, out, _ = gate(*new)
    assert (code, "1 accepted" in out) == (0, True), out

    # 7 a moved file: the same statements in another place, still accepted
    new = commit(call_2024__jsonl=None, calls_2024__jsonl=call)
    assert new == ["statements/calls-2024.jsonl"]
    code, out, _ = gate(*new)
    assert (code, "1 accepted" in out) == (0, True), out

    # 8 the comma of an accepted statement: still accepted
    code, out, _ = gate(*commit(calls_2024__jsonl=call.replace("regions, and", "regions - and")))
    assert (code, "1 accepted" in out) == (0, True), out

    # 9 an update is announced: no contradiction, unless a team wants to hear of updates
    new = commit(press_2024__jsonl=rows([PAID], "Press release", "press", "2024-07-01"))
    code, out, _ = gate(*new)
    assert code == 0, out
    assert gate(*new, fail_on="update", min_probability="0.2")[0] == 1

    # 10 the accepted pair is said again elsewhere: another finding, suppressed in the corpus itself
    again = rows([LOCAL], "Interview", "interview", "2024-08-01")
    new = commit(interview__jsonl=again)
    assert gate(*new)[0] == 1
    ignored = rows([LOCAL], "Interview", "interview", "2024-08-01",
                   meta={"checker": {"ignore": ["contradiction"], "reason": "quotes a critic"}})  # fmt: skip
    code, out, _ = gate(*commit(interview__jsonl=ignored))
    assert (code, "1 ignored" in out) == (0, True), out


def test_failures_are_never_zero(repository):
    """A broken corpus, an unreadable document, a malformed baseline or suppression, a missing model: exit code 2."""
    gate, commit = repository.gate, repository.commit
    commit(report_2022__jsonl=rows(REPORT, "Report 2022", "esg-report", "2023-03-01"))
    (new,) = commit(call__jsonl=rows([LOCAL], "Call", "investor-call", "2024"))

    def fails(words, *names, **options):
        code, out, error = gate(*names, **options)
        assert (code, out) == (2, "")
        assert words in error
        assert error.count("\n") == 1

    fails("absent.jsonl: no such file", "statements/absent.jsonl")
    fails("absent: cannot be loaded", new, judge="absent")
    fails("fail-on: each must be one of contradiction, update, antonym", new, fail_on="unknown")
    (repository.folder / "accepted.jsonl").write_text("<<<<<<< ours\n")
    fails("accepted.jsonl:1: a merge left its marks", new)
    (repository.folder / "accepted.jsonl").write_text('{"fingerprint": "0123456789abcdef"}\n')
    fails("accepted.jsonl:1", new)
    (repository.folder / "accepted.jsonl").unlink()
    (broken,) = commit(broken__jsonl='{"company": "Northmoor"}\n')
    fails("broken.jsonl:1:source: is missing", broken)
    fails("broken.jsonl:1:source: is missing", new)  # also where it is what was said before
    commit(broken__jsonl=None)
    (repository.folder / "statements" / "scan.pdf").write_bytes(b"%PDF-1.7 nonsense")
    fails("scan.pdf", "statements/scan.pdf")
    (repository.folder / "statements" / "scan.pdf").unlink()
    (bad,) = commit(
        bad__jsonl=rows([LOCAL], "Interview", "interview", "2024", meta={"checker": {"ignore": ["contradiction"]}})
    )
    fails("bad.jsonl:1:meta.checker: has no reason", bad)


def test_a_new_model_keeps_what_was_accepted(repository, monkeypatch):
    """Another model version asks anew (its checksum is in the key of the cache) and finds the same fingerprints."""
    from checker.models import bundled

    commit = repository.commit
    commit(report_2022__jsonl=rows(REPORT, "Report 2022", "esg-report", "2023-03-01"))
    new = commit(call__jsonl=rows([LOCAL], "Call", "investor-call", "2024-05-10"))
    out = repository.gate(*new, format="jsonl")[1]
    repository.checker("baseline", "add", fingerprint(out), "--reason", "known", "--date", "2024-06-01")
    real = bundled.read_manifest

    def other(folder):
        manifest = real(folder)
        return bundled.Manifest({k: f"{v}-next" for k, v in manifest.models.items()},
                                {k: v[::-1] if k == "judge.onnx" else v for k, v in manifest.files.items()})  # fmt: skip

    before = json.loads(out.splitlines()[0])["models"]["judge"]
    monkeypatch.setattr(bundled, "_verify", lambda *args: None)
    monkeypatch.setattr(bundled, "read_manifest", other)
    code, out, error = repository.gate(*new, format="jsonl")
    assert code == 0, error
    after = json.loads(out.splitlines()[0])["models"]["judge"]
    assert before["checksum"] != after["checksum"]
    assert [json.loads(x)["state"] for x in out.splitlines() if '"type":"gated"' in x] == ["accepted"]
