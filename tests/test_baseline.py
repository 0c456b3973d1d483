"""Accepted findings: the file, what counts as accepted and until when, and the commands that keep it."""

from __future__ import annotations

import datetime
import json
import sys
from pathlib import Path

import msgspec
import pytest
from conftest import statement
from hypothesis import given, settings
from hypothesis import strategies as st
from made_gate import GATED, made

from checker.cli import main
from checker.errors import ConfigError, InputError
from checker.gate.baseline import (
    Entry,
    Said,
    accept,
    difference,
    entry_of,
    merge,
    read_baseline,
    stale,
    write_baseline,
)
from checker.reports import gate_jsonl, jsonl

TODAY = datetime.date(2024, 6, 15)
ONE, TWO, THREE = "00000000000000a1", "00000000000000a2", "00000000000000a3"


def entry(name=ONE, **more):
    return Entry(**{"fingerprint": name, "reason": "known", "date": "2024-06-01", **more})


def saved(path, *entries):
    write_baseline(path, {e.fingerprint: e for e in entries})
    return path


def lines(path):
    return path.read_text("utf-8").splitlines()


ENTRIES = st.builds(
    Entry,
    fingerprint=st.text("0123456789abcdef", min_size=16, max_size=16),
    status=st.sampled_from(["accepted", "dismissed"]),
    decision=st.sampled_from(["", "compatible"]),
    reason=st.text(min_size=1, max_size=5).filter(str.strip),
    reviewer=st.text(max_size=5),
    date=st.none() | st.dates().map(str),
    expires=st.none() | st.dates().map(str),
    kind=st.sampled_from(["", "numeric"]),
    a=st.none() | st.builds(Said, st.text(max_size=5), st.text(max_size=5)),
)


@settings(max_examples=50)
@given(st.lists(ENTRIES, max_size=5))
def test_rewriting_changes_nothing(tmp_path_factory, entries):
    """What is read is what was written, and written again it is the same bytes; one line an entry, sorted."""
    path = tmp_path_factory.mktemp("b") / "baseline.jsonl"
    wanted = {e.fingerprint: e for e in entries}
    write_baseline(path, wanted)
    first = path.read_bytes()
    assert read_baseline(path) == wanted
    write_baseline(path, dict(reversed(read_baseline(path).items())))
    assert path.read_bytes() == first
    assert first.count(b"\n") == len(wanted)


def test_an_entry_more_is_a_line_more(tmp_path):
    """In its place by fingerprint, with the other lines untouched: branches that accept other findings merge."""
    path = saved(tmp_path / "new" / "baseline.jsonl", entry(THREE), entry(ONE))
    before = lines(path)
    write_baseline(path, read_baseline(path) | {TWO: entry(TWO, reviewer="r1")})
    assert lines(path) == [before[0], json.dumps({
        "fingerprint": TWO, "reason": "known", "reviewer": "r1", "date": "2024-06-01",
    }, separators=(",", ":")), before[1]]  # fmt: skip


def test_no_file_accepts_nothing(tmp_path):
    assert read_baseline(tmp_path / "absent.jsonl") == {}


GOOD = json.dumps({"fingerprint": ONE, "reason": "known"})
BROKEN = [
    (["<<<<<<< ours", GOOD], ":1: a merge left its marks; keep the entries of both sides, one a line"),
    ([GOOD, "||||||| base"], ":2: a merge left its marks"),
    ([GOOD, "=======", GOOD], ":2: a merge left its marks"),
    ([GOOD, "", GOOD], f":3: {ONE} is on line 1 already; keep one of the two"),
    ([GOOD, "{"], ":2: not JSON"),
    (["[]"], ":1: expected one JSON object"),
    (['{"reason": "known"}'], ":1: not an entry of a baseline: Object missing required field `fingerprint`"),
    ([json.dumps({"fingerprint": ONE})], ":1:reason: is empty; say why the finding is accepted"),
    ([json.dumps({"fingerprint": ONE, "reason": " "})], ":1:reason: is empty"),
    ([json.dumps({"fingerprint": "a1", "reason": "x"})], ":1:fingerprint: must be 16 hexadecimal digits"),
    ([json.dumps({"fingerprint": ONE, "reason": "x", "expire": "2024"})], "contains unknown field `expire`"),
    ([json.dumps({"fingerprint": ONE, "reason": "x", "expires": "June"})], "`$.expires`"),
    ([json.dumps({"fingerprint": ONE, "reason": "x", "status": "confirmed"})], "Invalid enum value 'confirmed'"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "words"), BROKEN, ids=[w[1][:30] for w in BROKEN])
def test_a_broken_baseline_accepts_nothing_silently(write, rows, words):
    """It is an error with its line, not a baseline with fewer entries, nor one whose entries never expire."""
    path = write(rows, "baseline.jsonl")
    with pytest.raises(InputError) as error:
        read_baseline(Path(path))
    assert words in str(error.value)
    assert str(error.value).startswith(path)


COUNTS = [
    ({}, True),
    ({"expires": "2024-06-15"}, True),
    ({"expires": "2024-06-14"}, False),
    ({"expires": "2024-06"}, True),
    ({"expires": "2024-05"}, False),
    ({"expires": "2024"}, True),
    ({"expires": "2023"}, False),
    ({"status": "dismissed"}, True),
    ({"decision": "dismissed", "reason": ""}, True),
    ({"decision": "compatible"}, True),
    ({"decision": "Not about the same thing"}, True),
    ({"decision": "compatible", "expires": "2023"}, False),
    ({"decision": "contradiction"}, False),
    ({"decision": "dismised"}, False),
]


@pytest.mark.parametrize(("fields", "counts"), COUNTS, ids=str)
def test_what_counts(fields, counts):
    """An entry counts up to its last day, that of a year or month included; a verdict if it dismisses the finding."""
    assert entry(**fields).accepts(TODAY) is counts
    assert entry(**fields).why


def test_a_verdict_stays_what_it_is(write):
    """Lines of a reviewer live in the same file, and writing it keeps them."""
    row = {"fingerprint": ONE, "decision": "compatible", "reviewer": "r2", "reason": "two sites"}
    path = Path(write([json.dumps(row)], "baseline.jsonl"))
    write_baseline(path, read_baseline(path))
    assert json.loads(path.read_text()) == row


REFUSED = [
    (["a1"], {}, "'a1' is no fingerprint; it has 16 hexadecimal digits"),
    ([ONE], {"reason": " "}, "--reason is empty"),
    ([ONE], {"date": "June"}, "--date 'June'; write a day as YYYY-MM-DD"),
    ([ONE], {"expires": "2024-06"}, "--expires '2024-06'"),
    ([ONE], {"expires": "2024-02-30"}, "--expires '2024-02-30'"),
    ([ONE], {"expires": "2024-05-31"}, "--expires 2024-05-31 lies before the day of acceptance, 2024-06-01"),
]


@pytest.mark.parametrize(("names", "more", "words"), REFUSED, ids=[r[2][:30] for r in REFUSED])
def test_accept_refuses(names, more, words):
    with pytest.raises(ConfigError, match=words):
        accept(names, [], **{"reason": "known", "reviewer": "", "date": "2024-06-01", "expires": None, **more})


def test_accept_takes_the_texts_of_the_report():
    """A person sees what was accepted; days are written in one form, whichever they were given in."""
    made = accept([ONE, THREE], [g.finding for g in GATED[:1]], "known", "r1", "20240601", "2024-W36-1")
    assert made[ONE] == entry_of(GATED[0].finding, "known", "r1", "2024-06-01", "2024-09-02")
    assert (made[ONE].kind, made[ONE].company, made[ONE].a.text) == ("numeric", "Acme", GATED[0].finding.a.text)
    assert made[THREE] == entry(THREE, reviewer="r1", expires="2024-09-02")


def test_a_new_reason_keeps_the_texts():
    """Accepting again, by fingerprint alone, does not forget what the finding was."""
    old = entry_of(GATED[0].finding, "known", "r1", "2024-06-01", "2024-06-02")
    renewed = merge({ONE: old, TWO: entry(TWO)}, {ONE: entry(reason="still so", date="2024-07-01")})
    assert renewed[ONE] == msgspec.structs.replace(old, reason="still so", reviewer="", date="2024-07-01", expires=None)
    assert renewed[TWO] == entry(TWO)


def test_stale():
    """An entry is stale when one of its sides is said no more; a comma is no difference, another source is."""
    texts = {"a": Said("Policy", "We pay 5 %."), "b": Said("press", "We pay 6 %.")}
    kept = {ONE: entry(company="ACME", **texts), TWO: entry(TWO)}
    said = [statement("We pay, 5 %!"), statement("we pay 6 %", source="press")]
    assert stale(kept, said) == []
    assert stale(kept, said[:1]) == [ONE]
    assert stale(kept, [said[0], statement("We pay 6 %.", source="call")]) == [ONE]
    assert stale(kept, [], company="acme") == [ONE]
    assert stale(kept, [], company="Other") == []


def test_difference():
    """Findings that no entry accepts, entries without a finding, entries that are over."""
    findings = [g.finding for g in GATED[:3]]
    names = [f.fingerprint for f in findings]
    kept = {
        names[0]: entry(names[0]), names[1]: entry(names[1], expires="2023"), "f" * 16: entry("f" * 16),
        names[2]: entry(names[2], decision="contradiction"),
    }  # fmt: skip
    found = difference(kept, [*findings, *findings], TODAY)
    assert (found.new, found.gone, found.expired) == ([names[2]], ["f" * 16], [names[1]])
    assert difference({}, findings, TODAY).new == names


@pytest.fixture
def checker(tmp_path, monkeypatch, capfd):
    """The command line in an empty repository: exit code, standard output and error."""
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["checker", *args])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, *capfd.readouterr()

    return call


def test_create_and_diff(checker, tmp_path):
    """From a report of a gated run and one of a plain run alike; a baseline that is there is not written over."""
    Path("gate.jsonl").write_bytes(gate_jsonl.render(made()))
    jsonl.write(made().report, "run.jsonl")
    assert checker("baseline", "diff", "gate.jsonl")[0] == 1
    for report in ("gate.jsonl", "run.jsonl"):
        code, out, error = checker("baseline", "create", report, "--baseline", f"{report}.baseline", "--reason", "old")
        assert (code, "6 findings accepted" in out) == (0, True), error
        code, out, _ = checker("baseline", "diff", report, "--baseline", f"{report}.baseline")
        assert (code, out) == (0, f"0 new, 0 gone, 0 expired against {report}.baseline\n")
    assert Path("gate.jsonl.baseline").read_bytes() == Path("run.jsonl.baseline").read_bytes()
    code, _, error = checker("baseline", "create", "run.jsonl", "--baseline", "run.jsonl.baseline", "--reason", "x")
    assert (code, "is there already" in error) == (2, True)


def test_add(checker, tmp_path):
    """Into the configured file; the reason of one that is there is replaced; a name that no report has is refused."""
    Path("checker.toml").write_text('baseline = "kept/accepted.jsonl"\n')
    Path("gate.jsonl").write_bytes(gate_jsonl.render(made()))
    report = ("--report", "gate.jsonl")
    for reason, more in (("first", report), ("second", ())):
        code, _, error = checker("baseline", "add", ONE, "--reason", reason, "--date", "2024-06-01", *more)
        assert code == 0, error
    (kept,) = read_baseline(Path("kept/accepted.jsonl")).values()
    assert (kept.reason, kept.date, kept.kind) == ("second", "2024-06-01", "numeric")
    before = Path("kept/accepted.jsonl").read_bytes()
    code, _, error = checker("baseline", "add", "f" * 16, "--reason", "x", *report)
    assert (code, "ffffffffffffffff is no finding of the report" in error) == (2, True)
    assert Path("kept/accepted.jsonl").read_bytes() == before


def test_a_report_that_is_cut_off_is_refused(checker):
    """Half a report would make a baseline without the other half."""
    Path("cut.jsonl").write_bytes(b"".join(gate_jsonl.render(made()).splitlines(keepends=True)[:-1]))
    code, _, error = checker("baseline", "create", "cut.jsonl", "--reason", "x")
    assert (code, "cut.jsonl: not a whole report" in error) == (2, True)
    assert not Path(".checker").exists()


def test_prune(checker, write):
    """Entries that are over, and those of which a statement is said no more; first only said, then done."""
    path = saved(
        Path("baseline.jsonl"), entry(ONE, expires="2020", reason="\x1b[31mred"),
        entry(TWO, a=Said("policy", "We pay 5 %."), b=Said("press", "Gone.")), entry(THREE),
    )  # fmt: skip
    write([{"company": "Acme", "source": "policy", "text": "We pay 5 %."}])
    prune = ("baseline", "prune", "--baseline", "baseline.jsonl")
    before = path.read_bytes()
    code, out, _ = checker(*prune, "--against", ".", "--dry-run")
    assert (code, out.splitlines()) == (0, [
        f"{ONE} expired: \ufffd[31mred", f"{TWO} said no more: known",
        "2 of 3 entries would be taken out of baseline.jsonl",
    ])  # fmt: skip
    assert path.read_bytes() == before
    assert checker(*prune)[1].splitlines()[-1] == "1 of 3 entries taken out of baseline.jsonl"
    assert list(read_baseline(path)) == [TWO, THREE]
    assert checker(*prune, "--against", ".")[0] == 0
    assert list(read_baseline(path)) == [THREE]


def test_prune_needs_what_it_is_told_of(checker):
    """A mistyped name does not empty a baseline."""
    saved(Path("baseline.jsonl"), entry(a=Said("policy", "x"), b=Said("press", "y")))
    before = Path("baseline.jsonl").read_bytes()
    Path("empty").mkdir()
    for args, words in (
        (["--baseline", "absent.jsonl"], "absent.jsonl: no such baseline"),
        (["--baseline", "baseline.jsonl", "--against", "absent"], "absent: no such file or folder"),
        (["--baseline", "baseline.jsonl", "--against", "empty"], "empty: hold no statement"),
    ):
        code, _, error = checker("baseline", "prune", *args)
        assert (code, words in error) == (2, True), error
    assert Path("baseline.jsonl").read_bytes() == before
