"""The gate: what is new, what is compared, which findings fail a run."""

from __future__ import annotations

import datetime
import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import row, statement
from made_gate import finding, made

from checker.cli import main
from checker.corpus import Corpus, as_corpus
from checker.errors import ConfigError, InputError, NothingToCompareError
from checker.gate import outputs
from checker.gate.baseline import Entry, entry_of, read_baseline, write_baseline
from checker.gate.config import Config
from checker.gate.deciding import decide
from checker.gate.running import NOTHING_BEFORE, NOTHING_NEW, Tools, run_gate
from checker.gate.sides import Sides, can_be_compared, input_files, read_sides, together, without_repeats
from checker.gate.suppression import reason_of, suppressions

TODAY = datetime.date(2024, 6, 15)
RIGHTS = "We respect the Universal Declaration of Human Rights wherever we work."
LOCAL = "Human rights mean different things in different countries, so we go by the local view."
A, B = statement(RIGHTS, id="a"), statement(LOCAL, id="b", source="press", document="e")
FOUND = "00000000000000a1"

# deciding


def gated(made_of=None, config=None, entries=(), meta=None, new=("b",)):
    """What the gate makes of one finding between A and B."""
    a = replace_meta(A, meta)
    found = finding(FOUND, a, B, **(made_of or {}))
    report = replace(made().report, findings=(found,))
    places = {"a": ("old.jsonl", 3), "b": ("new.jsonl", 1)}
    baseline = {e.fingerprint: e for e in entries}
    settings = Config(**(config or {}))
    result = decide(report, [a, B], places, new, settings, baseline, suppressions([a, B], places), TODAY)
    return result, result.findings[0]


def replace_meta(s, meta):
    return statement(s.text, id=s.id, meta={"checker": meta} if meta else {})


def accepted(**more):
    return Entry(**{"fingerprint": FOUND, "reason": "known", **more})


IGNORED = {"ignore": [FOUND], "reason": "quotes a critic"}
UPDATE = {"kind": "update", "probability": 0.2, "update": 0.7}
DECISIONS = [
    # finding, configuration, baseline, suppression: state, fails, uncertain, why
    ({}, {}, [], None, ("new", True, False, "")),
    ({}, {"mode": "monitor"}, [], None, ("new", False, False, "")),
    ({}, {"mode": "comment"}, [], None, ("new", False, False, "")),
    ({"probability": 0.7}, {}, [], None, ("new", True, True, "")),
    ({"probability": 0.7}, {"review_below": 0.7}, [], None, ("new", True, False, "")),
    ({"probability": 0.7}, {"min_probability": 0.71}, [], None, ("new", False, True, "")),
    ({"probability": 0.7}, {"min_probability": 0.7}, [], None, ("new", True, True, "")),
    ({}, {"fail_on": ["numeric"]}, [], None, ("new", True, False, "")),
    ({}, {"fail_on": ["scope", "update"]}, [], None, ("new", False, False, "")),
    ({}, {"fail_on": []}, [], None, ("new", False, False, "")),
    ({"kind": "unclassified"}, {}, [], None, ("new", True, False, "")),
    (UPDATE, {}, [], None, ("new", False, True, "")),
    (UPDATE, {"fail_on": ["update"]}, [], None, ("new", True, True, "")),
    (UPDATE, {"fail_on": ["update"], "min_probability": 0.91}, [], None, ("new", False, True, "")),
    ({}, {}, [accepted()], None, ("accepted", False, False, "known")),
    ({}, {}, [accepted(decision="compatible", reason="")], None, ("accepted", False, False, "compatible")),
    ({}, {}, [accepted(status="dismissed")], None, ("accepted", False, False, "known")),
    ({}, {}, [accepted(decision="contradiction")], None, ("new", True, False, "known")),
    ({}, {}, [accepted(expires="2024-06-15")], None, ("accepted", False, False, "known")),
    ({}, {}, [accepted(expires="2024-06-14")], None, ("new", True, False, "accepted until 2024-06-14: known")),
    ({}, {}, [accepted(fingerprint="f" * 16)], None, ("new", True, False, "")),
    ({}, {}, [], IGNORED, ("ignored", False, False, "quotes a critic")),
    ({}, {}, [accepted()], IGNORED, ("ignored", False, False, "quotes a critic")),
    ({}, {}, [], {**IGNORED, "ignore": ["numeric"]}, ("ignored", False, False, "quotes a critic")),
    ({}, {}, [], {**IGNORED, "ignore": ["contradiction"]}, ("ignored", False, False, "quotes a critic")),
    ({}, {}, [], {**IGNORED, "ignore": ["all"]}, ("ignored", False, False, "quotes a critic")),
    ({}, {}, [], {**IGNORED, "ignore": ["f" * 16, "scope"]}, ("new", True, False, "")),
    (UPDATE, {"fail_on": ["update"]}, [], {**IGNORED, "ignore": ["contradiction"]}, ("new", True, True, "")),
    (UPDATE, {"fail_on": ["update"]}, [], {**IGNORED, "ignore": ["update"]}, ("ignored", False, True, "quotes a critic")),
]  # fmt: skip


@pytest.mark.parametrize(("made_of", "config", "entries", "meta", "expected"), DECISIONS, ids=str)
def test_decisions(made_of, config, entries, meta, expected):
    """State of a finding, whether the run fails on it, whether it is uncertain, and why it is not to be acted on."""
    result, g = gated(made_of, config, entries, meta)
    assert (g.state, g.fails, g.uncertain, g.why) == expected
    assert result.exit_code == int(g.fails)


def test_places_and_sides():
    """Each statement has its place, and the new one is known."""
    for new, side in ((("b",), "b"), (("a",), "a"), (("a", "b"), "both")):
        _, g = gated(new=new)
        assert (g.new_side, (g.a.file, g.a.line), (g.b.file, g.b.line)) == (side, ("old.jsonl", 3), ("new.jsonl", 1))


def test_stale_entries_are_listed():
    """Those of whose statements one is said no more; not those of other companies than the one asked for."""
    gone = entry_of(finding("f" * 16, A, statement("Gone.")), "known")
    assert gated(entries=[gone, accepted()])[0].stale == ("f" * 16,)
    assert gated(entries=[gone], config={"company": "Other"})[0].stale == ()


# suppression in the corpus

MALFORMED = [
    ("all", "cannot be read: Expected `object`, got `str`"),
    ({"ignore": "all", "reason": "x"}, "cannot be read: Expected `array`, got `str`"),
    ({"ignored": ["all"], "reason": "x"}, "contains unknown field `ignored`"),
    ({"ignore": ["all"]}, 'has no reason; write {"ignore": ["fingerprint or kind"], "reason": "…"}'),
    ({"ignore": ["all"], "reason": "  "}, "has no reason"),
    ({"ignore": ["numbers"], "reason": "x"}, "'numbers' is neither a fingerprint nor one of all, contradiction, update"),
    ({"ignore": ["A" * 16], "reason": "x"}, "is neither a fingerprint"),
]  # fmt: skip


@pytest.mark.parametrize(("meta", "words"), MALFORMED, ids=[m[1][:30] for m in MALFORMED])
def test_a_malformed_suppression_is_an_error(meta, words):
    with pytest.raises(InputError) as error:
        suppressions([statement("x", id="s", meta={"checker": meta})], {"s": ("old.jsonl", 7)})
    assert str(error.value).startswith("old.jsonl:7:meta.checker: ")
    assert words in str(error.value)


def test_who_says_the_same_is_suppressed_too():
    """A finding is told by company, kind of document and text, and so is its suppression; either side will do."""
    told = statement(LOCAL.upper(), id="z", source="Press", document="another", meta={"checker": IGNORED})
    assert reason_of(finding(FOUND, A, B), suppressions([told, A], {})) == "quotes a critic"
    assert reason_of(finding(FOUND, B, A), suppressions([told, A], {})) == "quotes a critic"
    other = statement(LOCAL, id="z", source="interview", meta={"checker": IGNORED})
    assert reason_of(finding(FOUND, A, B), suppressions([other], {})) == ""


def test_other_words_of_a_line_to_checker_are_no_suppression():
    assert (
        suppressions([statement("x", meta={"checker": {"lint_ignore": ["T001"]}}), statement("y", meta={"a": 1})], {})
        == {}
    )


# the two sides


def texts(sides, new=True):
    return [s.text for s in sides.corpus.statements if (s.id in sides.new) is new]


def read(new, against, **more):
    return read_sides(new, against, **{"baseline": "baseline.jsonl", **more})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The current folder, with corpora/old.jsonl and corpora/new.jsonl."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CHECKER_CACHE_DIR", str(tmp_path / ".cache"))
    save("corpora/old.jsonl", row(RIGHTS, id="1", document="Policy", date="2023", lang="en"))
    save("corpora/new.jsonl", row(LOCAL, id="1", document="Call", source="call", date="2024", lang="en"))
    return tmp_path


def save(name, *rows):
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return name


NEW, OLD = ["corpora/new.jsonl"], ["corpora"]


def test_a_file_on_both_sides_is_new(folder):
    """Whatever it is called; and an id that both sides use is no mistake of theirs."""
    sides = read([f"{folder}/corpora/../corpora/new.jsonl"], OLD)
    assert (texts(sides), texts(sides, new=False)) == ([LOCAL], [RIGHTS])
    assert [s.id for s in sides.corpus.statements] == ["1", "1-2"]
    assert sides.corpus.places["1"] == ("corpora/old.jsonl", 1)
    assert Path(sides.corpus.places["1-2"][0]).name == "new.jsonl"


def test_ids_stay_apart():
    """Also where the id with a number is taken."""
    before = as_corpus([statement("a", id="x"), statement("b", id="x-2")])
    new = as_corpus([statement("c", id="x"), statement("d", id="x-2")])
    sides = together([before], [new])
    assert [s.id for s in sides.corpus.statements] == ["x", "x-2", "x-3", "x-2-2"]
    assert sides.new == {"x-3", "x-2-2"}
    assert list(sides.corpus.places) == ["x", "x-2", "x-3", "x-2-2"]


def test_what_was_said_before_in_the_same_document_is_not_new(folder):
    """A moved file, a changed comma; it stands where it stands now. The same words in another document are new."""
    save("before/new.jsonl", row("We PAY, well.", document="Call"), row("We pay well.", document="Policy"))
    save("corpora/new.jsonl", row("Added.", document="Call"), row("We pay well.", document="Call"))
    sides = read(NEW, ["corpora", "before"])
    kept = without_repeats(sides)
    assert texts(kept) == ["Added."]
    assert len(kept.corpus.statements) == len(sides.corpus.statements) - 1 == 4
    assert kept.corpus.dropped["said before in the same document"] == 1
    first = next(s for s in kept.corpus.statements if s.text == "We PAY, well.")
    assert kept.corpus.places[first.id] == ("corpora/new.jsonl", 2)
    other = statement("We pay well.", id="o", company="Other", document="Call")
    assert without_repeats(
        together([as_corpus([other])], [as_corpus([statement("We pay well.", document="Call")])])
    ).new


def test_the_baseline_is_no_corpus(folder):
    """Though it is a .jsonl file in a folder of corpora, and may be among the files of a commit."""
    write_baseline(Path("corpora/.checker/kept.jsonl"), {FOUND: accepted()})
    sides = read([*NEW, "corpora/.checker/kept.jsonl"], OLD, baseline="corpora/.checker/kept.jsonl")
    assert (texts(sides), texts(sides, new=False)) == ([LOCAL], [RIGHTS])
    assert read(["corpora/.checker/kept.jsonl"], OLD, baseline="corpora/.checker/kept.jsonl").new == frozenset()


def test_a_baseline_beside_documents_does_not_hide_them(folder):
    """A folder of documents with nothing but the baseline in JSON Lines is read as documents."""
    save_text("docs/policy.txt", f"{RIGHTS}\n")
    write_baseline(Path("docs/.checker/kept.jsonl"), {FOUND: accepted()})
    sides = read(NEW, ["docs"], baseline="docs/.checker/kept.jsonl", company="Acme")
    assert texts(sides, new=False) == [RIGHTS]


def save_text(name, text):
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


def test_documents_of_a_manifest(folder):
    """A new document that a manifest lists is known by it, whichever side names the manifest."""
    save_text("docs/policy.txt", f"{RIGHTS}\n")
    save_text("docs/call.txt", f"{LOCAL}\n")
    facts = 'company = "Acme"\nsource = "{}"\ndocument = "{}"\n\n'
    listed = [f'[[source]]\npath = "{n}.txt"\n' + facts.format(n, n.title()) for n in ("policy", "call")]
    save_text("docs/sources.toml", "".join(listed))
    for new, against in (
        (["docs/call.txt"], ["docs"]),
        (["docs"], ["docs/policy.txt"]),
        (["docs/sources.toml"], ["corpora"]),
    ):
        sides = read(new, against)
        known = {s.text: s for s in sides.corpus.statements}
        assert (known[LOCAL].document, known[LOCAL].source) == ("Call", "call")
        assert known[LOCAL].id in sides.new
        assert (known[RIGHTS].id in sides.new) is (new != ["docs/call.txt"])
        assert len(sides.corpus.documents) == 2


def test_an_unreadable_document_is_an_error(folder):
    """On either side."""
    Path("scan.pdf").write_bytes(b"%PDF-1.7 nonsense")
    for new, against in ((["scan.pdf"], OLD), (NEW, ["scan.pdf"])):
        with pytest.raises(InputError, match=r"scan\.pdf"):
            read(new, against, company="Acme")


def test_files_without_statements(folder):
    """A new one is a mistake; an old one is said; an empty folder is that of a repository without statements."""
    save("corpora/empty.jsonl")
    Path("later").mkdir()
    save_text("later/.gitkeep", "")
    with pytest.raises(InputError, match=r"corpora/empty\.jsonl: holds no statement"):
        read([*NEW, "corpora/empty.jsonl"], OLD)
    sides = read(NEW, ["corpora", "later"])
    assert sides.corpus.warnings == ["later: this folder is empty", "corpora/empty.jsonl: holds no statement"]
    assert input_files(NEW, ["later"]) == NEW
    with pytest.raises(InputError, match="absent: no such file or folder"):
        read(NEW, ["absent"])


def test_one_company(folder):
    """What others say is left out, references are not; a name that nobody has is a mistake."""
    save("corpora/more.jsonl", row("We mine.", company="Other"), row("Principle 1.", company="UN", role="reference"))
    sides = read(["corpora/more.jsonl"], OLD, company="ACME")
    assert (texts(sides), sorted(texts(sides, new=False))) == (["Principle 1."], sorted([RIGHTS, LOCAL]))
    assert sides.corpus.dropped["other company"] == 1
    with pytest.raises(InputError, match=r"no statement of the company 'Acne'; there are: Acme, Other"):
        read(NEW, OLD, company="Acne")


def said(text="We pay.", document="d", **more):
    return statement(text, id=f"{document} {text}", document=document, **more)


RULE = said("Principle 1.", "p", company="UN", role="reference", source="standard")
COMPARABLE = [
    ([], [said()], False, False),
    ([], [said(), said("We do not.")], False, False),
    ([], [said(), said("We do not.")], True, True),
    ([], [said(), said("We do not.", "e")], False, True),
    ([said("We do not.", "e")], [said()], False, True),
    ([said("we pay", "e")], [said()], False, False),
    ([said("we pay", "e")], [said()], True, False),
    ([said("we pay", "e"), said("We do not.")], [said()], False, False),
    ([said("we pay", "e"), said("We do not.")], [said()], True, True),
    ([said("We do not.", "e", company="Other")], [said()], False, False),
    ([said("We do not.", "e", role="analyst")], [said()], False, False),
    ([said("We do not.", "e")], [said(role="operator")], False, False),
    ([RULE], [said()], False, True),
    ([said()], [RULE], False, True),
    ([RULE], [said(role="analyst")], False, False),
    ([said("We do not.", "e")], [], False, False),
]


@pytest.mark.parametrize(("before", "new", "within", "expected"), COMPARABLE)
def test_what_can_be_compared(before, new, within, expected):
    """A new statement and another of its company, in another document and other words; or a reference."""
    assert can_be_compared(together([as_corpus(before)], [as_corpus(new)]), within) is expected
    assert not can_be_compared(Sides(Corpus(), frozenset()), within)


# outputs

CLASHES = [
    (["text", "jsonl"], ConfigError, "standard output would get text and jsonl; write jsonl to a file"),
    (["sarif:-", "github"], ConfigError, "standard output would get sarif and github"),
    (["sarif:out", "junit:./out"], ConfigError, "two formats are to be written to ./out"),
    (["text:absent/out"], InputError, "absent/out: cannot be written"),
    (["text:corpora/old.jsonl"], InputError, "corpora/old.jsonl: is a corpus of this run"),
]


@pytest.mark.parametrize(("formats", "error", "words"), CLASHES, ids=[c[2] for c in CLASHES])
def test_outputs_that_would_spoil_each_other(folder, formats, error, words):
    with pytest.raises(error, match=words):
        outputs.check_targets(formats, ["corpora/old.jsonl"])


def test_outputs(folder, capsysbinary):
    """To standard output or to files, all or none."""
    formats = ["text", "github", "sarif:checker.sarif", "markdown:checker.md"]
    outputs.check_targets(formats, ["corpora/old.jsonl"])
    outputs.write_outputs(made(), formats, sys.stdout.buffer)
    assert capsysbinary.readouterr().out.count(b"\n::error ") == 1
    assert json.loads(Path("checker.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert Path("checker.md").is_file()


# whole runs, with the bundled models


@pytest.fixture
def gate(folder, encoder, judge):
    """A run in the folder: states of its findings with the new side, and its result."""

    def run(new=NEW, **config):
        result = run_gate(new, Config(**{"against": OLD, **config}), TODAY, Tools(encoder, judge), reproducible=True)
        return [(g.state, g.new_side, g.fails) for g in result.findings], result

    return run


def warnings(result):
    return result.report.run.warnings


def test_old_contradictions_are_left_alone(gate):
    """Only pairs with a new statement are judged: what was there before is not this change's matter."""
    assert gate()[0] == [("new", "b", True)]
    save("corpora/later.jsonl", row("Our new plant opened in May.", document="Report", lang="en"))
    found, result = gate(["corpora/later.jsonl"])
    assert (found, result.exit_code) == ([], 0)
    assert result.report.run.funnel[-1].entered == 2


def test_new_statements_are_compared_with_each_other(gate):
    found, result = gate([*NEW, "corpora/old.jsonl"])
    assert (found, result.exit_code) == ([("new", "both", True)], 1)


def test_nothing_new(gate):
    """A moved file; only the baseline; statements of another company than the one asked for."""
    Path("corpora/moved.jsonl").write_bytes(Path(NEW[0]).read_bytes())
    found, result = gate(["corpora/moved.jsonl"])
    assert (found, result.exit_code) == ([], 0)
    assert warnings(result) == ["1 of 1 statements of the new files were said before in the same document", NOTHING_NEW]
    assert warnings(gate([".checker/baseline.jsonl"])[1]) == [NOTHING_NEW]
    save("corpora/other.jsonl", row("We mine.", company="Other"))
    assert warnings(gate(["corpora/other.jsonl"], company="Acme")[1]) == [NOTHING_NEW]


def test_nobody_spoke_before(gate):
    """The first corpus of a repository, and the first of a company: said, and no failure."""
    found, result = gate(against=NEW)
    assert (found, result.exit_code, warnings(result)) == ([], 0, [NOTHING_BEFORE])
    save("corpora/other.jsonl", row("We mine.", company="Other", lang="en"), row("We dig.", company="Other", lang="en"))
    assert warnings(gate(["corpora/other.jsonl"])[1]) == [NOTHING_BEFORE]


def test_what_cannot_be_compared_is_no_pass(gate):
    """New statements in a script that the models do not read."""
    save("corpora/thai.jsonl", row("เราเคารพสิทธิมนุษยชนทุกแห่งที่เราทำงาน", document="t", lang="th"))
    with pytest.raises(NothingToCompareError, match="script not covered"):
        gate(["corpora/thai.jsonl"])


def test_accepted_until(gate):
    """A baseline of this finding, up to its last day; then it is new again, and the run says so."""
    (found,) = gate()[1].findings
    for expires, state in (("2024-06-15", "accepted"), ("2024-06-14", "new")):
        entry = entry_of(found.finding, "known", expires=expires)
        write_baseline(Path(".checker/baseline.jsonl"), {entry.fingerprint: entry})
        states, result = gate()
        assert states == [(state, "b", state == "new")]
        assert any("1 of 1 entries of the baseline have expired" in w for w in warnings(result)) is (state == "new")
        assert result.stale == ()


def test_suppressed_where_the_old_version_of_a_file_is_read_too(gate):
    """What is suppressed in the new version of a line holds, though the line says what it said before."""
    save("before/old.jsonl", row(RIGHTS, id="1", document="Policy", date="2023", lang="en"))
    ignored = {"checker": {"ignore": ["contradiction"], "reason": "under review"}}
    save("corpora/old.jsonl", row(RIGHTS, id="1", document="Policy", date="2023", lang="en", meta=ignored))
    found, result = gate([*NEW, "corpora/old.jsonl"], against=["corpora", "before"])
    assert found == [("ignored", "b", False)]
    assert (result.findings[0].why, result.findings[0].a.file) == ("under review", "corpora/old.jsonl")


# the command


@pytest.fixture
def checker(folder, monkeypatch, capfd):
    """The command line in the folder: exit code, standard output and error."""

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["checker", *args])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, *capfd.readouterr()

    return call


def test_exit_codes(checker):
    """1 for a finding that the mode acts on, 0 after it is accepted; the same bytes twice."""
    ci = ("ci", *NEW, "--against", "corpora", "--reproducible", "--format", "jsonl")
    code, out, error = checker(*ci)
    assert code == 1, error
    assert checker(*ci)[1] == out
    assert checker(*ci, "--no-cache")[1] == out
    (fingerprint,) = (json.loads(line)["finding"]["fingerprint"] for line in out.splitlines()[1:-1])
    assert checker("baseline", "add", fingerprint, "--reason", "known", "--date", "2024-06-01")[0] == 0
    assert read_baseline(Path(".checker/baseline.jsonl"))[fingerprint].date == "2024-06-01"
    assert checker(*ci)[0] == 0


def test_wrong_use_says_how_to_mend_it(checker):
    for args, words in (
        (["ci", *NEW], "what was said before is not named: give --against"),
        (["ci", *NEW, "--against", "corpora", "--column", "text"], "--column 'text'"),
        (["ci", *NEW, "--against", "corpora", "--format", "jsonl", "--format", "sarif"], "standard output would get"),
        (["ci", "corpora/absent.jsonl", "--against", "corpora"], "corpora/absent.jsonl: no such file"),
    ):
        code, out, error = checker(*args)
        assert (code, out, words in error) == (2, "", True), error


def test_a_cache_of_the_configuration(checker):
    """--no-cache does without the one that is configured."""
    Path("checker.toml").write_text('cache = "kept"\nmode = "monitor"\nagainst = ["corpora"]\n')
    assert checker("ci", *NEW, "--no-cache")[0] == 0
    assert not Path("kept").exists()
    assert checker("ci", *NEW)[0] == 0
    assert Path("kept").is_dir()


def test_a_run_that_breaks_down_does_not_look_like_findings(checker, monkeypatch):
    """An error that nobody foresaw ends with 2 and shows where it was; Python's own exit code would be 1."""
    monkeypatch.setattr("checker.gate.running.decide", lambda *args: 1 / 0)
    code, out, error = checker("ci", *NEW, "--against", "corpora")
    assert (code, out, "ZeroDivisionError" in error) == (2, "", True)
