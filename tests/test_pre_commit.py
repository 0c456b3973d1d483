"""The hooks of .pre-commit-hooks.yaml, run by pre-commit in a repository."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys

import pytest
import yaml
from conftest import ROOT

HOOKS = ROOT / ".pre-commit-hooks.yaml"
OLD = {
    "company": "Acme", "source": "policy", "document": "Policy", "date": "2023-05-01", "lang": "en",
    "text": "We respect the Universal Declaration of Human Rights wherever we work.",
}  # fmt: skip
NEW = {
    "company": "Acme", "source": "press", "document": "Report", "date": "2024-02-01", "lang": "en",
    "text": "Human rights mean different things in different countries, so we go by the local view.",
}  # fmt: skip
AGREES = {**NEW, "text": "Our new plant opened in May."}


def pre_commit(folder, *args):
    home = folder.parent / "home"
    environment = {**os.environ, "PRE_COMMIT_HOME": str(home), "PYTHONPATH": str(ROOT), "SKIP": ""}
    environment["CHECKER_CACHE_DIR"] = str(folder.parent / "cache")
    return subprocess.run(
        [sys.executable, "-m", "pre_commit", *args],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def git(folder, *args):
    subprocess.run(["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *args], cwd=folder, check=True)


@pytest.fixture
def repository(tmp_path):
    """A repository whose hooks are ours, but for where checker is installed: here, since there is no network."""
    folder = tmp_path / "repository"
    (folder / "corpora").mkdir(parents=True)
    hooks = yaml.safe_load(HOOKS.read_text("utf-8"))
    for hook in hooks:
        assert (hook["language"], hook["entry"].split()[0]) == ("python", "checker")
        hook["language"] = "system"
        hook["entry"] = f"{shlex.quote(sys.executable)} -m {hook['entry']}"
    config = {"repos": [{"repo": "local", "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config))
    git(folder, "init", "-q")
    save(folder, "old.jsonl", OLD)
    git(folder, "commit", "-q", "-m", "old")
    return folder


def save(folder, name, *rows):
    (folder / "corpora" / name).write_text("".join(json.dumps(r) + "\n" for r in rows))
    git(folder, "add", ".")


def test_manifest_is_valid(tmp_path):
    assert pre_commit(tmp_path, "validate-manifest", str(HOOKS)).returncode == 0


def test_a_contradiction_is_shown_before_it_is_committed(repository):
    """Only the staged corpus is new; both statements are shown where they stand."""
    save(repository, "new.jsonl", NEW)
    done = pre_commit(repository, "run")
    assert done.returncode == 1, done.stdout
    assert "corpora/new.jsonl:1" in done.stdout and "corpora/old.jsonl:1" in done.stdout
    assert OLD["text"] in done.stdout and NEW["text"] in done.stdout


def test_a_commit_without_contradiction_passes(repository):
    save(repository, "new.jsonl", AGREES)
    done = pre_commit(repository, "run")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Passed") == 2


def test_a_corpus_that_cannot_be_read_fails_both(repository):
    """A mistake in a corpus never passes for a corpus without contradictions."""
    save(repository, "new.jsonl", {"company": "Acme"})
    done = pre_commit(repository, "run")
    assert done.returncode == 1
    assert done.stdout.count("Failed") == 2
    assert "corpora/new.jsonl:1" in done.stdout


def test_all_files(repository):
    """Every corpus counts as new: they are compared with each other."""
    save(repository, "new.jsonl", NEW)
    done = pre_commit(repository, "run", "--all-files")
    assert done.returncode == 1, done.stdout
    assert "corpora/new.jsonl:1" in done.stdout
