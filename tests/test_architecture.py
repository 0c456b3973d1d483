"""What the code base promises about itself."""

from __future__ import annotations

import ast
import subprocess
import sys

import pytest
from conftest import ROOT

import checker

LAYERS = [
    {"records", "errors", "text", "features", "kinds", "context"},
    {
        "files",
        "cache_file",
        "store",
        "remembering",
        "corpus",
        "cases",
        "frames",
        "metrics",
        "models",
        "packs",
        "signals",
    },
    {"blocking", "candidates", "judging", "score", "echoes", "references", "findings", "issues", "ingest"},
    {"pipeline", "explaining", "reports", "baselines", "evaluation", "slices", "plots", "training", "gate", "lint"},
    {"cli"},
]
COMMANDS = ("run", "ingest", "ci", "config", "baseline create", "baseline add", "baseline prune", "baseline diff", "lint", "cache info",
            "explain", "eval", "schema")  # fmt: skip
LAYER = {name: n for n, names in enumerate(LAYERS) for name in names}
PACKAGE = ROOT / "checker"


def imported(path):
    """Modules of this package that a file imports when it is loaded, by their first name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = path.relative_to(PACKAGE).parts[: -node.level]
            full = [*base, *(node.module or "").split(".")] if node.module else list(base)
            yield from [full[0]] if full and full[0] else [a.name for a in node.names]


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_later_layers_import_earlier_ones(path):
    own = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    for name in imported(path):
        assert name.startswith("__") or LAYER[name] <= LAYER[own], f"{own} imports {name}"


def test_public_names_exist():
    assert sorted(checker.__all__) == checker.__all__
    for name in checker.__all__:
        assert getattr(checker, name).__doc__
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = checker.nonsense


def test_only_the_command_line_imports_click():
    users = {p.parent.name for p in PACKAGE.rglob("*.py") if "import click" in p.read_text("utf-8")}
    assert users == {"cli"}


def test_contributing_names_every_module():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    for name in LAYER:
        assert f"`{name}.py`" in text or f"`{name}/`" in text, name


def test_readme_shows_every_command_and_its_options():
    """Each command is in README, and each command line in README parses."""
    readme = (ROOT / "README.md").read_text("utf-8")
    for name in COMMANDS:
        assert f"checker {name}" in readme
    options = {w for line in readme.splitlines() if "checker " in line for w in line.split() if w.startswith("--")}
    helps = "".join(
        subprocess.run(
            [sys.executable, "-m", "checker", *c.split(), "--help"], capture_output=True, text=True, check=True
        ).stdout
        for c in COMMANDS
    )
    assert {o for o in options if o.strip("`.,:") not in helps} == set()
