"""References: instruments and third parties are compared with a company's statements and never count as its own."""

from __future__ import annotations

import json

import pytest
from conftest import CORPORA, run_cli, statement

from checker import NothingToCompareError, Options, check, read_corpus
from checker.echoes import load_echo_model
from checker.errors import ModelError
from checker.files import read_objects, stop
from checker.training.echo import read_pairs

FOLDER = CORPORA / "founding-2019-en"
UDHR = {"company": "Universal Declaration of Human Rights", "source": "standard", "role": "reference", "date": "1948-12-10",
        "document": "Universal Declaration of Human Rights"}  # fmt: skip


@pytest.fixture(scope="module")
def report():
    return check(read_corpus([str(FOLDER)]), Options(min_probability=0.0))


def test_references_are_compared_with_the_company_only(report):
    """Two references never meet, and a third party's position is no finding."""
    assert not [s for f in report.findings for s in (f.a, f.b) if s.source == "position"]
    assert not [f for f in report.findings if f.a.is_reference and f.b.is_reference]


def test_findings_against_a_provision_are_of_kind_standard(report):
    against = [f for f in report.findings if f.a.is_reference or f.b.is_reference]
    assert against
    assert {f.kind for f in against} == {"standard"}
    assert {tuple(f.rules) for f in against} == {("reference",)}


def test_call_against_the_declaration_names_what_the_company_claims(report):
    """Claim, instrument, conduct: the call's view of human rights, a provision, and the report's own commitment."""
    triangles = {
        (own.id, f.claim.id)
        for f in report.findings
        for own, other in ((f.a, f.b), (f.b, f.a))
        if other.company == UDHR["company"] and f.claim and not own.is_reference
    }
    assert ("he60", "he06") in triangles
    assert all(own != claim for own, claim in triangles)


def test_call_echoes_the_official_position(report):
    """The company goes by each country's own view of human rights, as a government's white papers do."""
    echoes = [(e.statement.id, e.party) for e in report.echoes]
    assert {s for s, party in echoes if party == "State Council Information Office"} & {"he60", "he61"}
    first = next(e for e in report.echoes if e.party == "State Council Information Office")
    assert first.since == "2019-05-10"
    assert (first.reference.date or "") <= (first.statement.date or "")
    assert first.probability >= 0.5


def test_references_do_not_change_what_the_company_says_against_itself(report):
    alone = check(read_corpus([str(FOLDER / "statements.jsonl")]), Options(min_probability=0.0))
    own = [f for f in report.findings if not (f.a.is_reference or f.b.is_reference)]
    assert [(f.fingerprint, f.probability) for f in own] == [(f.fingerprint, f.probability) for f in alone.findings]


def test_references_alone_are_nothing_to_compare():
    with pytest.raises(NothingToCompareError):
        check([statement("Everyone is free.", **UDHR), statement("Nobody is a slave.", **{**UDHR, "document": "x"})])


def test_one_document_and_a_reference_can_be_compared():
    report = check(
        [statement("Everyone may join a trade union.", **UDHR), statement("Nobody on our sites may join a union.")],
        Options(min_probability=0.0),
    )
    assert len(report.findings) == 1
    assert report.findings[0].kind == "standard"


def test_company_filter_keeps_references(tmp_path):
    done = run_cli(
        "run", str(FOLDER), "--company", "hikvision", "--min-probability", "0", "-o", str(tmp_path / "r.jsonl")
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "r.jsonl").read_text("utf-8").splitlines()]
    assert any(r["a"].get("role") == "reference" for r in rows if r["type"] == "finding")
    assert rows[-1] == {"type": "end", "findings": sum(r["type"] == "finding" for r in rows),
                        "issues": sum(r["type"] == "issue" for r in rows),
                        "echoes": sum(r["type"] == "echo" for r in rows), "complete": True}  # fmt: skip


def test_labelled_echoes_are_told_from_hard_non_echoes(encoder, judge):
    """The pairs that the threshold was calibrated on: at least thirty, half of them no echoes; most come out right."""
    path = CORPORA / "echoes.jsonl"
    labels = [r["label"] for _, r in read_objects(str(path), stop)]
    assert len(labels) >= 30
    assert labels.count("not-echo") * 2 >= len(labels)
    judgements, echo = read_pairs(path, encoder, judge)
    model = load_echo_model()
    right = [(model.probability(j) >= 0.5) == e for j, e in zip(judgements, echo, strict=True)]
    assert sum(right) / len(right) >= 0.75


@pytest.mark.parametrize("content", ["{", '{"intercept": 0, "weights": {"phase of the moon": 1}}'])
def test_damaged_echo_model_is_refused(tmp_path, content):
    path = tmp_path / "echo.json"
    path.write_text(content)
    with pytest.raises(ModelError):
        load_echo_model(path)
