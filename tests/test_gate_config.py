"""The configuration of a gated run: where it is found, what wins, which mistakes are refused, and with which words."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest
from conftest import run_cli
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.errors import ConfigError
from checker.gate.config import KEYS, Config, load_config, toml_of


@pytest.fixture(autouse=True)
def repository(tmp_path, monkeypatch):
    """An empty repository, which is the current folder."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def save(text, name="checker.toml"):
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def here(told=None, explicit=None, start="."):
    return load_config(Path(start), explicit, told)


def test_defaults():
    """Without a file every key has its default, and says so."""
    config, origins = here()
    assert config == Config()
    assert origins == dict.fromkeys(KEYS, "default")
    assert (config.mode, config.fail_on, config.format, config.min_probability) == (
        "block", ["contradiction"], ["text"], 0.5,
    )  # fmt: skip


def test_the_command_line_wins_over_the_file():
    """Each key says where its value comes from: with its line in checker.toml."""
    save('# what fails a merge\nmode = "monitor"\n\nfail-on = [\n  "numeric",\n]\nmin-probability = 1\n')
    config, origins = here({"mode": "comment"})
    assert (config.mode, config.fail_on, config.min_probability) == ("comment", ["numeric"], 1.0)
    assert [origins[k] for k in ("mode", "fail-on", "min-probability", "baseline")] == [
        "command line", "checker.toml:4", "checker.toml:7", "default",
    ]  # fmt: skip


def test_pyproject():
    """A table among those of other tools; a pyproject.toml without it is none of ours."""
    save('[tool.checker]\nmode = "monitor"\n[tool.other]\nmode = 3\n', "pyproject.toml")
    save("[tool.other]\nmode = 3\n", "part/pyproject.toml")
    config, origins = here(start="part")
    assert (config.mode, origins["mode"]) == ("monitor", "pyproject.toml [tool.checker]")


def test_checker_toml_wins_over_pyproject_and_the_nearest_folder_over_both():
    save('[tool.checker]\nmode = "monitor"\n', "pyproject.toml")
    save('mode = "comment"\n')
    save('[tool.checker]\nmode = "block"\n', "part/pyproject.toml")
    assert here()[0].mode == "comment"
    assert here(start="part")[0].mode == "block"


def test_the_search_ends_at_the_root_of_the_repository():
    save('mode = "monitor"\n')
    Path("inner/.git").mkdir(parents=True)
    assert here(start="inner")[0].mode == "block"


def test_a_file_by_name():
    """Its folder does not matter to where paths count from, only that it is its own."""
    save('mode = "monitor"\nagainst = ["old"]\n', "ci/strict.toml")
    config, origins = here(explicit=Path("ci/strict.toml"))
    assert (config.mode, config.against, origins["mode"]) == ("monitor", ["ci/old"], "ci/strict.toml:1")


def test_paths_count_from_the_file(repository, monkeypatch):
    """Those of the command line from the current folder."""
    save("""
against = ["corpora", "docs/*.pdf", "/absolute", "-"]
baseline = "accepted.jsonl"
pack = ["standards.toml"]
cache = "../cache"
format = ["text", "sarif:out/checker.sarif", "jsonl:-"]
""")
    config = here()[0]
    assert config.against == ["corpora", "docs/*.pdf", "/absolute", "-"]
    (repository / "part").mkdir()
    monkeypatch.chdir(repository / "part")
    config = here({"pack": ["mine.toml"]})[0]
    assert config.against == [f"{repository}/corpora", f"{repository}/docs/*.pdf", "/absolute", "-"]
    assert config.baseline == f"{repository}/accepted.jsonl"
    assert config.cache == f"{repository}/../cache"
    assert config.format == ["text", f"sarif:{repository}/out/checker.sarif", "jsonl:-"]
    assert config.pack == ["mine.toml"]


WRONG = [
    ('min_probability = 0.5', "checker.toml: unknown key 'min_probability'; do you mean 'min-probability'?"),
    ('colour = "red"', "checker.toml: unknown key 'colour'; there are: against, baseline, mode"),
    ('[tool.checker]\nmode = "block"', "checker.toml: unknown key 'tool'"),
    ('mode = "strict"', "checker.toml: mode: Invalid enum value 'strict'"),
    ('mode = ["block"]', "checker.toml: mode: expected str, got array"),
    ('against = "corpora"', "checker.toml: against: expected array, got str"),
    ('against = [""]', "checker.toml: against: expected str of length >= 1"),
    ("baseline = 3", "checker.toml: baseline: expected str, got int"),
    ('fail-on = ["numbers"]', "checker.toml: fail-on: each must be one of contradiction, update, antonym"),
    ("min-probability = 1.5", "checker.toml: min-probability: expected float <= 1.0"),
    ("min-probability = nan", "checker.toml: min-probability: expected float >= 0.0"),
    ('review-below = "0.8"', "checker.toml: review-below: expected float, got str"),
    ("neighbours = 0", "checker.toml: neighbours: expected int >= 1"),
    ("within-source = 1", "checker.toml: within-source: expected bool, got int"),
    ('format = ["xml"]', "checker.toml: format: each must be one of text, jsonl, sarif"),
    ('format = ["sarif:"]', "checker.toml: format: each must be one of text, jsonl, sarif"),
    ("mode = ", "checker.toml: not TOML: Invalid value"),
    ('mode = "block"\nmode = "block"', "checker.toml: not TOML: Cannot overwrite a value"),
    ("a = " + "[" * 5000, "checker.toml: not TOML"),
    ("# " + "x" * 1_000_000, "checker.toml: not TOML: more than 1,000,000 bytes"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), WRONG, ids=[w[1][14:40] for w in WRONG])
def test_mistakes_name_file_and_key(text, words):
    save(text)
    with pytest.raises(ConfigError) as error:
        here()
    assert str(error.value).startswith(words)
    assert "\n" not in str(error.value)


def test_other_mistakes():
    """A table that is none, a file that is absent or no text, a value of the command line."""
    save('[tool]\nchecker = "strict"\n', "pyproject.toml")
    with pytest.raises(ConfigError, match=r"pyproject.toml \[tool.checker\]: must be a table"):
        here()
    save("tool = 3\n", "pyproject.toml")
    assert here()[0] == Config()
    with pytest.raises(ConfigError, match="absent.toml: cannot be read: No such file"):
        here(explicit=Path("absent.toml"))
    Path("checker.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigError, match="checker.toml: not TOML: 'utf-8' codec"):
        here()
    with pytest.raises(ConfigError, match="command line: min-probability: expected float <= 1.0"):
        here({"min-probability": 2.0})


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 2) | st.floats() | st.sampled_from(["", "block", "text", "a", "-"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["a", "mode"]), inner, max_size=2),
    max_leaves=3,
)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from([*KEYS, "other"]), VALUES, max_size=3))
def test_any_value_is_taken_or_refused(told):
    """Nothing that is told ends in another error than one of the configuration; what is taken, holds."""
    refusal = ""
    try:
        config, origins = here(told)
    except ConfigError as error:
        refusal = str(error)
    if refusal:
        assert any(key in refusal for key in told)
        return
    values = msgspec.to_builtins(config)
    assert {k: values[k] for k in told} == told
    assert {k for k in KEYS if origins[k] == "command line"} == set(told)


def test_shown_as_a_file_that_says_the_same():
    """What is shown can be saved as checker.toml and means the same."""
    told = {"against": ['a "quoted" name', "Berichte/año"], "neighbours": 7, "company": "Acme\n# Co"}
    config, origins = here(told)
    text = toml_of(config, origins)
    assert "min-probability = 0.5 " in text
    assert msgspec.convert(tomllib.loads(text), Config) == config
    assert "# cache is not set" in text
    assert all(line.rpartition("# ")[2] in ("default", "command line") for line in text.splitlines())


def test_the_command(repository):
    """`checker config` shows what `checker ci` would go by, and refuses what it would refuse."""
    save('against = ["corpora"]\nmode = "comment"\n', "ci.toml")
    done = run_cli("config", "--config", str(repository / "ci.toml"), "--fail-on", "numeric", "--fail-on", "update")
    assert done.returncode == 0, done.stderr
    shown = tomllib.loads(done.stdout.decode())
    assert (shown["mode"], shown["fail-on"]) == ("comment", ["numeric", "update"])
    assert f"# {repository / 'ci.toml'}:2" in done.stdout.decode()
    save("fail_on = []\n", "ci.toml")
    done = run_cli("config", "--config", str(repository / "ci.toml"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"unknown key 'fail_on'; do you mean 'fail-on'?" in done.stderr
