"""Models behind a cache: the same report to the byte, and no work for what was read before."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import numpy as np
import pytest
from conftest import CORPORA, statement

from checker import Options, check, load_encoder, load_judge, read_corpus
from checker.models import bundled, cached, traits_of
from checker.models.cached import CachedEncoder, CachedJudge
from checker.models.external import find_minilm
from checker.packs import default_packs
from checker.records import ModelInfo
from checker.reports import jsonl
from checker.signals import compare
from checker.signals.cached import compare_all
from checker.store import Store

OPTIONS = Options(neighbours=2, min_probability=0.02)
TEXTS = ["We pay a living wage.", "我们从不使用童工。", "Wages follow local custom."]
PAIRS = [(TEXTS[0], TEXTS[2]), (TEXTS[2], TEXTS[0]), (TEXTS[0], TEXTS[1])]


class Counted:
    """A real model that counts what it is asked."""

    def __init__(self, model) -> None:
        self.model, self.asked = model, {"encode": 0, "judge": 0, "unknown_share": 0, "too_long": 0}
        self.info, self.parameters, self.bundled = traits_of(model)

    def _ask(self, name, rows, *step):
        self.asked[name] += len(rows)
        return getattr(self.model, name)(rows, *step)

    def encode(self, texts, step=None):
        return self._ask("encode", texts, step)

    def judge(self, pairs, step=None):
        return self._ask("judge", pairs, step)

    def unknown_share(self, texts):
        return self._ask("unknown_share", texts)

    def too_long(self, texts):
        return self._ask("too_long", texts)


class Run:
    """A run with a cache in a folder, and what its models were asked."""

    def __init__(self, folder: Path, encoder, judge, statements) -> None:
        self.models = Counted(encoder), Counted(judge)
        with Store(folder) as store:
            ours = (
                CachedEncoder(store, traits_of(encoder), lambda: self.models[0]),
                CachedJudge(store, traits_of(judge), lambda: self.models[1]),
            )
            self.report = check(statements, OPTIONS, encoder=ours[0], judge=ours[1], reproducible=True, store=store)
            self.warnings = store.warnings
        self.embedded, self.judged = self.models[0].asked["encode"], self.models[1].asked["judge"]
        self.asked = sum(sum(model.asked.values()) for model in self.models)


@pytest.fixture(scope="module")
def statements():
    return read_corpus([str(CORPORA / "founding-2019-en")]).statements[:40]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def first(folder, statements, encoder, judge):
    return Run(folder, encoder, judge, statements)


def written(report, path: Path) -> bytes:
    jsonl.write(report, str(path))
    return path.read_bytes()


def test_second_run_asks_the_models_nothing(first, folder, statements, encoder, judge, tmp_path):
    """And its report is, byte for byte, that of the first run and of one without a cache."""
    assert first.embedded == len(statements) and first.judged > len(statements)
    second = Run(folder, encoder, judge, statements)
    assert second.asked == 0
    assert first.warnings == second.warnings == []
    plain = check(statements, OPTIONS, encoder=encoder, judge=judge, reproducible=True)
    assert plain.findings
    same = {written(report, tmp_path / "report") for report in (plain, first.report, second.report)}
    assert len(same) == 1


def test_second_run_does_not_even_load_the_models(first, folder, statements, monkeypatch, tmp_path):
    """A warm run knows the checksums from the manifest, and its report names the same models."""
    monkeypatch.setattr(bundled, "load_bundle", lambda: pytest.fail("loaded"))
    with Store(folder) as store:
        report = check(statements, OPTIONS, store=store, reproducible=True)
    assert written(report, tmp_path / "a") == written(first.report, tmp_path / "b")


def test_a_changed_statement_costs_one_embedding_and_its_pairs(first, folder, statements, encoder, judge):
    changed = [*statements[:-1], statement(statements[-1].text + " Always.", company=statements[-1].company, id="new",
                                           document=statements[-1].document, source=statements[-1].source)]  # fmt: skip
    run = Run(folder, encoder, judge, changed)
    assert run.embedded == 1
    own = [f for f in check(changed, Options(neighbours=2, min_probability=0), encoder=encoder, judge=judge).findings
           if "new" in (f.a.id, f.b.id)]  # fmt: skip
    clauses = 30  # that are weighed anew where a finding is new
    assert 2 * len(own) <= run.judged <= 2 * (len(own) + 2) + clauses < first.judged / 2


def test_another_checksum_or_parameter_misses(tmp_path, judge):
    """A new model is asked again; the answers of the old one are still there when it comes back."""
    model = Counted(judge)
    traits = traits_of(judge)
    others = [traits._replace(info=ModelInfo(traits.info.name, "0" * 16)), traits._replace(parameters="other library")]
    with Store(tmp_path) as store:
        for n, known in enumerate([traits, *others, traits, *others], 1):
            rows = CachedJudge(store, known, lambda: model).judge(PAIRS)
            assert np.array_equal(rows, judge.judge(PAIRS))
            assert model.asked["judge"] == len(PAIRS) * min(n, 3)


def test_answers_come_back_bit_for_bit(tmp_path, encoder, judge):
    with Store(tmp_path) as store:
        for _ in range(2):
            ours = CachedEncoder(store, traits_of(encoder), lambda: encoder)
            assert np.array_equal(ours.encode(TEXTS), encoder.encode(TEXTS))
            assert ours.encode(TEXTS).dtype == np.float32
            assert ours.encode(TEXTS).flags.writeable
            for name in ("unknown_share", "too_long"):
                found, expected = (
                    getattr(ours, name)([*TEXTS, "Мы " * 400]),
                    getattr(encoder, name)([*TEXTS, "Мы " * 400]),
                )
                assert np.array_equal(found, expected) and found.dtype == expected.dtype
        assert np.array_equal(CachedJudge(store, traits_of(judge), lambda: judge).judge(PAIRS), judge.judge(PAIRS))


def test_nothing_to_do_is_an_empty_array(tmp_path, encoder, judge):
    with Store(tmp_path) as store:
        assert load_judge(store=store).judge([]).shape == (0, 4)
        assert load_encoder(store=store).encode([]).shape == (0, 384)
        assert load_encoder(store=store).too_long([]).shape == (0,)


def test_what_occurs_twice_is_read_once_and_every_step_counts(tmp_path, encoder):
    model, steps = Counted(encoder), []
    texts = [*TEXTS, TEXTS[0], *TEXTS]
    with Store(tmp_path) as store:
        ours = CachedEncoder(store, traits_of(encoder), lambda: model)
        rows = ours.encode(texts, steps.append)
        assert sum(steps) == len(texts)
        assert model.asked["encode"] == len(TEXTS)
        assert np.array_equal(rows[0], rows[3])
        ours.encode(["New.", *texts], steps.append)
        assert sum(steps) == 2 * len(texts) + 1


def test_texts_that_differ_are_kept_apart(tmp_path, judge):
    """A full stop or a capital moves the judge, so it is part of the key; how an é is composed is not, for no model sees it."""
    pairs = [("Le café ferme.", "b."), ("Le café ferme", "b."), ("le café ferme.", "b."), ("b.", "Le café ferme.")]
    model = Counted(judge)
    with Store(tmp_path) as store:
        ours = CachedJudge(store, traits_of(judge), lambda: model)
        assert np.array_equal(ours.judge(pairs), judge.judge(pairs))
        assert model.asked["judge"] == 4
        decomposed = [tuple(unicodedata.normalize("NFD", text) for text in pair) for pair in pairs]
        assert decomposed != pairs
        assert np.array_equal(ours.judge(decomposed), judge.judge(decomposed))
        assert model.asked["judge"] == 4


def test_a_run_that_breaks_off_keeps_what_it_has_read(tmp_path, judge, monkeypatch):
    monkeypatch.setattr(cached, "PART", 2)
    model = Counted(judge)

    def interrupted(pairs, step=None):
        if model.asked["judge"] >= 2:
            raise KeyboardInterrupt
        return Counted.judge(model, pairs, step)

    with Store(tmp_path) as store:
        model.judge = interrupted
        with pytest.raises(KeyboardInterrupt):
            CachedJudge(store, traits_of(judge), lambda: model).judge(PAIRS)
        fresh = Counted(judge)
        CachedJudge(store, traits_of(judge), lambda: fresh).judge(PAIRS)
        assert fresh.asked["judge"] == 1


def test_a_store_that_cannot_be_used_changes_nothing(tmp_path, encoder):
    (tmp_path / "file").touch()
    with Store(tmp_path / "file") as store:
        assert np.array_equal(
            CachedEncoder(store, traits_of(encoder), lambda: encoder).encode(TEXTS), encoder.encode(TEXTS)
        )
        assert len(store.warnings) == 1


def test_an_external_model_is_known_again(tmp_path):
    """Two loads of one model agree on what decides its answers, so that the second is not asked."""
    with Store(tmp_path) as store:
        name = str(find_minilm())
        ours, again = load_encoder(name, store=store), load_encoder(name, store=store)
        rows = ours.encode(TEXTS)
        assert again.parameters == ours.parameters and not again.bundled
        again.model.encode = lambda *_: pytest.fail("asked again")
        assert np.array_equal(again.encode(TEXTS), rows)


@pytest.fixture(scope="module")
def pairs():
    """Pairs of statements of all sorts: languages, dates, roles."""
    rows = [s for case in ("founding-2019-zh", "zoom-end-to-end", "train/a-korvale-mining")
            for s in read_corpus([str(CORPORA / case)]).statements]  # fmt: skip
    return list(zip(rows, [*rows[7:], *rows[:7]], strict=True))


def test_signals_are_the_same_with_and_without_a_store(tmp_path, pairs):
    """They rest on text, language, date, source and role alone, whatever else a statement holds."""
    packs = default_packs()
    direct = [compare(a, b, packs) for a, b in pairs]
    assert compare_all(pairs, packs) == direct
    with Store(tmp_path) as store:
        assert compare_all(pairs, packs, store) == direct
        assert compare_all(pairs, packs, store) == direct
        assert store.hits["signals"] == len(pairs)


def test_signals_are_compared_again_where_packs_differ(tmp_path, pairs):
    from dataclasses import replace

    packs = default_packs()
    with Store(tmp_path) as store:
        compare_all(pairs[:5], packs, store)
        compare_all(pairs[:5], replace(packs, entry_phrases=packs.entry_phrases[1:]), store)
        compare_all(pairs[:5], replace(packs), store)
        assert (store.hits["signals"], store.misses["signals"]) == (5, 10)
