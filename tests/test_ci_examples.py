"""The files to copy for CI services: valid by the services' schemas, and their steps run as far as they run here."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys

import click
import pytest
import yaml
from conftest import ROOT

from checker.cli import commands

WORKFLOW = ROOT / "examples" / "ci" / "github-workflow.yml"
GITLAB = ROOT / "examples" / "ci" / "gitlab-ci.yml"
HOOKS = ROOT / ".pre-commit-hooks.yaml"
OLD = {
    "company": "Acme", "source": "policy", "document": "Policy", "date": "2023-05-01", "lang": "en",
    "text": "We respect the Universal Declaration of Human Rights wherever we work.",
}  # fmt: skip
NEW = {
    "company": "Acme", "source": "press", "document": "Report", "date": "2024-02-01", "lang": "en",
    "text": "Human rights mean different things in different countries, so we go by the local view.",
}  # fmt: skip


def steps():
    """The shell steps of the workflow by name."""
    (job,) = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"].values()
    return {step["name"]: step["run"] for step in job["steps"] if "run" in step}


def gitlab_job():
    return yaml.safe_load(GITLAB.read_text("utf-8"))["checker"]


@pytest.mark.parametrize(
    ("schema", "path"), [("github-workflows", WORKFLOW), ("gitlab-ci", GITLAB)], ids=["github", "gitlab"]
)
def test_valid_by_the_schema_of_the_service(schema, path):
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def command_lines():
    """Every call of checker in the files."""
    hooks = [f"{h['entry']} {' '.join(h.get('args', []))} new.jsonl" for h in yaml.safe_load(HOOKS.read_text("utf-8"))]
    shell = "\n".join([*steps().values(), *gitlab_job()["script"]]).replace("\\\n", " ")
    calls = re.findall(r"(?:^|then|;)\s*(checker (?:[^;\n]+))", shell, re.MULTILINE)
    assert len(calls) == 4
    shown = {'"${new[@]}"': "new.jsonl", '"${against[@]}"': "--against corpora --against before/new.jsonl"}
    for variable, value in shown.items():
        calls = [c.replace(variable, value) for c in calls]
    return [*hooks, *calls]


@pytest.mark.parametrize("line", command_lines())
def test_command_lines_parse(line):
    """By the real command line, with all their options; nothing is run."""
    _, name, *args = shlex.split(line)
    command = commands.get_command(click.Context(commands), name)
    assert command is not None, f"checker {name}"
    context = command.make_context(name, args)
    assert "new.jsonl" in str(context.params)


@pytest.fixture
def repository(tmp_path):
    """A repository with one statement on its base, and a contradiction of it on a branch; ``checker`` on its PATH."""
    tools, folder = tmp_path / "tools", tmp_path / "repository"
    for path in (tools, folder / "corpora" / "2024"):
        path.mkdir(parents=True)
    tool(tools / "checker", f'exec {shlex.quote(sys.executable)} -m checker "$@"')
    git(folder, "init", "-q", "-b", "main")
    (folder / "corpora" / "2023.jsonl").write_text(json.dumps(OLD) + "\n")
    commit(folder)
    base = git(folder, "rev-parse", "HEAD").strip()
    (folder / "corpora" / "2024" / "new statements.jsonl").write_text(json.dumps(NEW) + "\n")
    commit(folder)
    environment = {
        **os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "CORPORA": "corpora",
        "CHECKER_CACHE_DIR": str(tmp_path / "cache"), "RUNNER_TEMP": str(tmp_path),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "GITHUB_REPOSITORY": "owner/name", "NUMBER": "7",
    }  # fmt: skip
    return folder, environment


def git(folder, *args):
    return subprocess.run(
        ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *args],
        cwd=folder, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def commit(folder):
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "statements")


def tool(path, script):
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def shell(script, repository):
    """As the services run a step: bash, ending at the first command that fails."""
    folder, environment = repository
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_github_steps_run(repository):
    """New corpora are found, checked and compared; the annotation stands at the new statement, the files are there."""
    lint, compare = (
        steps()[n] for n in ("Check the form of the new corpora", "Compare them with what was said before")
    )
    done = shell(lint, repository)
    assert done.returncode == 0, done.stdout + done.stderr
    done = shell(compare, repository)
    assert done.returncode == 1, done.stderr
    assert "file=corpora/2024/new statements.jsonl,line=1," in done.stdout
    assert json.loads((repository[0] / "checker.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert (repository[0] / "checker.md").read_text("utf-8").startswith("<!-- checker -->")


def test_gitlab_script_runs(repository):
    done = shell("\n".join(gitlab_job()["script"]), repository)
    assert done.returncode == 1, done.stderr
    (issue,) = json.loads((repository[0] / "gl-code-quality-report.json").read_text("utf-8"))
    assert issue["location"] == {"path": "corpora/2024/new statements.jsonl", "lines": {"begin": 1}}
    assert (repository[0] / "checker-junit.xml").is_file()


def test_only_what_was_added_to_a_corpus_is_new(repository):
    """A corpus that is changed: what it had before, its old contradictions too, is what was said before."""
    folder, environment = repository
    environment["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "HEAD^1"
    with (folder / "corpora" / "2023.jsonl").open("a") as stream:
        stream.write(json.dumps({**OLD, "text": "Our new plant opened in May."}) + "\n")
    commit(folder)
    for script in ("\n".join(list(steps().values())[1:3]), "\n".join(gitlab_job()["script"])):
        done = shell(script, repository)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "0 new findings" in done.stdout
        assert "1 of 2 statements of the new files were said before" in done.stdout


def test_nothing_new_is_no_failure(repository):
    """A pull request that changes no corpus."""
    (repository[0] / "README.md").write_text("Statements.\n")
    commit(repository[0])
    repository[1]["CI_MERGE_REQUEST_DIFF_BASE_SHA"] = "HEAD^1"
    for script in (*list(steps().values())[1:3], "\n".join(gitlab_job()["script"])):
        assert shell(script, repository).returncode == 0


CALLS = [
    ("### 1. Acme", "41", "--method PATCH repos/owner/name/issues/comments/41"),
    ("no new finding", "41", "--method PATCH repos/owner/name/issues/comments/41"),
    ("### 1. Acme", "", "--method POST repos/owner/name/issues/7/comments"),
    ("no new finding", "", None),
]


@pytest.mark.parametrize(("comment", "there", "call"), CALLS)
def test_comment_is_written_anew_or_brought_up_to_date(repository, tmp_path, comment, there, call):
    """One comment a pull request, and none where nothing was ever found."""
    folder, _ = repository
    (folder / "checker.md").write_text(comment)
    log = shlex.quote(str(tmp_path / "calls"))
    tool(tmp_path / "tools" / "gh", f'case "$*" in *--paginate*) echo {there};; *) echo "$@" >> {log};; esac')
    done = shell(steps()["Comment on the pull request"], repository)
    assert done.returncode == 0, done.stderr
    calls = (tmp_path / "calls").read_text().splitlines() if (tmp_path / "calls").exists() else []
    assert calls == ([f"api --silent {call} -F body=@checker.md"] if call else [])
