"""Shared parts: the corpora, a way to write a corpus, and the command line as a subprocess."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from checker import Options, Report, Statement, check, load_encoder, load_judge, read_corpus

os.environ["CHECKER_CACHE_DIR"] = tempfile.mkdtemp(prefix="checker-cache-")  # tests leave the user's alone
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
ROOT = Path(__file__).parent.parent
CORPORA = ROOT / "corpora"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Write rows (dicts as JSON, strings and bytes as they are) as lines of a file; gives its path."""

    def make(rows: Iterable[Any], name: str = "corpus.jsonl") -> str:
        path = tmp_path / name
        lines = [r if isinstance(r, bytes) else (r if isinstance(r, str) else json.dumps(r)).encode() for r in rows]
        path.write_bytes(b"\n".join(lines) + b"\n")
        return str(path)

    return make


def row(text: str = "We pay a living wage.", **more: Any) -> dict[str, Any]:
    return {"company": "Acme", "source": "policy", "text": text, **more}


def statement(text: str, **more: Any) -> Statement:
    fields: dict[str, Any] = {"company": "Acme", "source": "policy", "document": "d", "lang": "en", "id": text, **more}
    return Statement(text=text, **fields)


def run_cli(*args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command line in a process of its own, as a user runs it."""
    return subprocess.run(
        [sys.executable, "-m", "checker", *args], input=stdin, capture_output=True, check=False, cwd=ROOT
    )


@pytest.fixture(scope="session")
def encoder() -> Any:
    return load_encoder()


@pytest.fixture(scope="session")
def judge() -> Any:
    return load_judge()


@pytest.fixture(scope="session")
def founding() -> Report:
    """The founding case with the call in English, run once."""
    return check(read_corpus([str(CORPORA / "founding-2019-en")]), Options(min_probability=0.2), reproducible=True)
