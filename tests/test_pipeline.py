"""The main job through the library: the founding case, the funnel, the empty cases."""

from __future__ import annotations

import subprocess
import sys
import time

import msgspec
import pytest
from conftest import CORPORA, ROOT, statement

from checker import (
    CheckerError,
    ConfigError,
    NothingToCompareError,
    Options,
    Statement,
    check,
    load_encoder,
    read_corpus,
)
from checker.cases import load_cases
from checker.evaluation import evaluate_cases
from checker.findings import _clauses
from checker.models.external import find_minilm
from checker.pipeline import quiet
from checker.reports import jsonl
from checker.score import sigmoid, weight


@pytest.mark.parametrize("name", ["founding-2019-en", "founding-2019-zh"])
def test_founding_case_comes_first(name):
    """The call's view of human rights against the report's: the six true pairs are the first findings, in each language."""
    case = load_cases(CORPORA / name)[0]
    report = check(case.corpus)
    true = {frozenset((p.a, p.b)) for p in case.pairs if p.label == "contradiction"}
    found = [frozenset((f.a.id, f.b.id)) for f in report.findings]
    assert set(found[: len(true)]) == true
    assert all(f.kind == "standard" and f.probability > 0.9 for f in report.findings[: len(true)])
    assert len({f.issue for f in report.findings[: len(true)]}) == 1, "one matter"


def test_contributions_sum_to_the_probability(founding):
    for f in founding.findings:
        assert f.probability == pytest.approx(sigmoid(sum(c.log_odds for c in f.contributions)), abs=1e-4)


def test_findings_are_sorted_and_within_bounds(founding):
    p = [f.probability for f in founding.findings]
    assert p == sorted(p, reverse=True)
    likely = [weight(f.probability, f.update) for f in founding.findings]
    assert min(likely) >= founding.run.parameters["min_probability"]
    assert len({f.fingerprint for f in founding.findings}) == len(p)


def test_highlights_lie_in_the_texts(founding):
    spans = [
        (s, side.text)
        for f in founding.findings
        for side, marks in ((f.a, f.highlights.a), (f.b, f.highlights.b))
        for s in marks
    ]
    assert spans
    assert all(0 <= s.start < s.end <= len(text) and 0 < s.weight <= 1 for s, text in spans)


def test_funnel_adds_up(founding):
    """Every record that enters a stage leaves it or is counted with a reason."""
    for stage in founding.run.funnel:
        assert stage.entered == stage.left + sum(stage.dropped.values()), stage.name


def test_everything_judged_can_be_reported():
    """min_probability 0 and no limit: every judged pair is in the report, once."""
    report = check(read_corpus([str(CORPORA / "zoom-end-to-end")]), Options(min_probability=0, neighbours=3))
    assert len(report.findings) == next(s.left for s in report.run.funnel if s.name == "judged")
    top = check(read_corpus([str(CORPORA / "zoom-end-to-end")]), Options(min_probability=0, neighbours=3, top=2))
    assert top.findings == report.findings[:2]
    assert top.run.funnel[-1].dropped == {"beyond the first 2": len(report.findings) - 2}


def test_same_bytes_from_shuffled_threads():
    """Two runs give the same bytes; without ``reproducible`` only the run line differs."""
    corpus = read_corpus([str(CORPORA / "zoom-end-to-end")])
    runs = [list(jsonl.render(check(corpus, Options(min_probability=0), reproducible=r))) for r in (True, True, False)]
    assert runs[0] == runs[1]
    assert runs[0][1:] == runs[2][1:]
    assert b'"started"' in runs[2][0]
    assert b'"started"' not in runs[0][0]


NOTHING = [
    ("no statements", [], "corpus is empty"),
    ("one statement", [statement("We pay.")], "nothing could be compared.*1 statement .*all from 'd'"),
    ("one document", [statement("We pay."), statement("We do not.")], "--within-source"),
    ("two companies", [statement("We pay."), statement("We do not.", company="B", document="e")], "nothing could be"),
    ("the same said twice", [statement("We pay.", id="1"), statement("We pay!", id="2", document="e")], "say the same"),
    ("unreadable script", [statement("Мы платим."), statement("Мы не платим.", document="e")], "script not covered"),
]  # fmt: skip


@pytest.mark.parametrize(("statements", "words"), [n[1:] for n in NOTHING], ids=[n[0] for n in NOTHING])
def test_nothing_to_compare_is_never_an_empty_report(statements, words):
    with pytest.raises(NothingToCompareError, match=words):
        check(statements)


CHANGED = [
    statement("Access logs of the portal are deleted after 24 months.", date="2021-05-03"),
    statement("Since January 2024 we have been erasing access logs of the portal after six months, where it used to be "
              "two years.", document="e", date="2024-02-14"),
]  # fmt: skip


def test_announced_changes_have_a_threshold_of_their_own():
    """A likely change is reported whatever a contradiction would need, and not where its own threshold is higher."""
    told = check(CHANGED, Options(min_probability=1.0)).findings
    assert [f.kind for f in told] == ["update"]
    assert told[0].probability + told[0].update >= Options().min_update
    assert not check(CHANGED, Options(min_probability=1.0, min_update=1.0)).findings


def test_within_source_compares_one_document():
    statements = [statement("We never use child labour."), statement("Children of ten work in our mine.")]
    assert check(statements, Options(within_source=True, min_probability=0)).findings


def test_company_with_one_document_is_named_beside_a_finding():
    pair = [statement("We never use child labour."), statement("Children of ten work in our mine.", document="e")]
    alone = statement("We recycle.", company="Globex")
    report = check([*pair, alone], Options(min_probability=0))
    assert len(report.findings) == 1
    assert any("Globex" in w and "compared with nothing" in w for w in report.run.warnings)


def test_long_text_is_warned_of():
    """What the judge cannot read to its end is said."""
    long = "We pay every supplier within thirty days of the invoice, wherever in the world it is. " * 30
    report = check([statement(long, id="long"), statement("Suppliers wait.", document="e")], Options(min_probability=0))
    assert any("1 statement (long): longer than the judge reads" in w for w in report.run.warnings)


def test_many_lonely_companies_make_one_short_warning():
    statements = [statement(f"Text {i}.", company=f"Company {i}") for i in range(50)]
    with pytest.raises(NothingToCompareError, match="and 47 more companies") as raised:
        check(statements)
    assert len(str(raised.value)) < 800


def test_other_encoder_leaves_kinds_open_and_says_that_it_only_ranks():
    """Kinds and calibration hold for the bundled models: with another encoder of the same width neither is claimed."""
    other = load_encoder(str(find_minilm()))
    pair = [statement("We never use child labour."), statement("Children of ten work in our mine.", document="e")]
    report = check(pair, Options(min_probability=0), encoder=other)
    assert [f.kind for f in report.findings] == ["unclassified"]
    assert not report.run.calibrated
    assert any("only rank" in w for w in report.run.warnings)
    assert check(pair, Options(min_probability=0), encoder=load_encoder()).run.calibrated


def test_clauses_of_hostile_text_are_found_in_time():
    """20,000 spaces, dashes or commas do not hold up a run."""
    for filler in (" ", "- ", ",", "。", "\u3000—"):
        text = ("a" + filler * 20_000 + "b")[:20_000]
        began = time.perf_counter()
        _clauses(text)
        assert time.perf_counter() - began < 0.5


@pytest.mark.parametrize("options", [{"neighbours": 0}, {"min_probability": 1.5}, {"min_update": -0.1}, {"top": -1}])
def test_impossible_options_are_refused(options):
    with pytest.raises(ConfigError, match="must|give"):
        Options(**options)


def test_report_survives_a_round_trip(founding, tmp_path):
    path = str(tmp_path / "report.jsonl")
    jsonl.write(founding, path)
    assert jsonl.read(path) == founding


@pytest.mark.parametrize(
    "damage", [lambda b: b[: len(b) // 2], lambda b: b"\n".join(b.split(b"\n")[:-2]), lambda b: b""]
)
def test_half_a_report_is_refused(founding, tmp_path, damage):
    path = tmp_path / "report.jsonl"
    path.write_bytes(damage(b"".join(jsonl.render(founding))))
    with pytest.raises(CheckerError, match=r"report\.jsonl"):
        jsonl.read(str(path))


def test_main_job_imports_neither_torch_nor_sentence_transformers():
    """A laptop without them, or with little time, runs the main job: they are never imported on its path."""
    program = (
        "import sys, checker; checker.check(checker.read_corpus(['corpora/zoom-end-to-end']))\n"
        "print([m for m in ('torch', 'transformers', 'sentence_transformers', 'sklearn', 'scipy') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True, cwd=ROOT)
    assert out.stdout.strip() == "[]"


def test_help_loads_nothing_heavy():
    program = (
        "import sys; from click.testing import CliRunner; from checker.cli import commands\n"
        "assert CliRunner().invoke(commands, ['run', '--help']).exit_code == 0\n"
        "print([m for m in ('numpy', 'onnxruntime', 'rich', 'tokenizers', 'torch', 'lingua') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)
    assert out.stdout.strip() == "[]"


def test_statement_is_frozen():
    """Records pass between stages unchanged."""
    with pytest.raises(AttributeError):
        statement("We pay.").text = "We do not."  # type: ignore[misc]
    assert isinstance(msgspec.structs.replace(statement("a"), text="b"), Statement)


def test_the_sentence_before_is_worth_it(encoder, judge):
    """Statements that open with "it" or stand under a lead-in are ranked better with the sentence before them."""
    cases = load_cases(CORPORA / "context" / "ashdown-water")
    rows = evaluate_cases(cases, encoder, judge, {}, None, quiet)["ablations"]
    precision = {row["variant"]: row["average precision"] for row in rows}
    assert precision["whole"] > precision["without the sentence before"] + 0.1
