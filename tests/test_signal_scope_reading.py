"""Scope: what is read of one text, and the data files that it is read with."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from checker.signals.scope_reading import read
from tests.conftest import ROOT

LANGS = ("en", "zh", "de", "fr", "es", "ja", "ko", "pt")
DATA = ROOT / "checker" / "signals" / "data"

CLAIMS = [
    ("Each of our 2,900 stores has a ramp.", "en", [("all", "store", False)]),
    ("None of the plants burns coal.", "en", [("none", "plant", True)]),
    ("Not all plants are certified.", "en", [("not_all", "plant", False)]),
    ("All suppliers were not paid.", "en", [("all", "supplier", True)]),
    ("No ceiling per country applies.", "en", []),
    ("In 2021 stores reopened.", "en", []),
    ("40% of suppliers took part.", "en", [("share", "supplier", False)]),
    ("If any supplier wants to join, write to us.", "en", []),
    ("We were not aware of any supplier.", "en", [("none", "supplier", True)]),
    (
        "From Lima to Oslo the rule holds.",
        "en",
        [("uniform", "country", False), ("member", "country", False), ("member", "country", False)],
    ),
    ("任何门店均不售烟。", "zh", [("none", "store", True)]),
    ("任何员工均可报名。", "zh", [("all", "employee", False)]),
    ("门店均已开业。", "zh", [("all", "store", False)]),
    ("两家供应商未签署。", "zh", [("count", "supplier", True)]),
    ("产假均不少于18周。", "zh", []),
    ("すべての工場が使うわけではない。", "ja", [("not_all", "plant", False)]),
    (
        "The new Kaluga plant is open. Every plant is.",
        "en",
        [("all", "plant", False), ("member", "plant", False), ("member", "country", False)],
    ),
    ("全工場で使用している。", "ja", [("all", "plant", False)]),
    ("安全な工場です。", "ja", []),
    ("모든 매장은 열려 있다.", "ko", [("all", "store", False)]),
    ("Sämtliche Werke sind geprüft.", "de", [("all", "plant", False)]),
    ("Aucune usine n'utilise de charbon.", "fr", [("none", "plant", True)]),
    ("La mitad de los proveedores firmó.", "es", [("share", "supplier", False)]),
    ("Nenhuma loja vende tabaco.", "pt", [("none", "store", True)]),
]


@pytest.mark.parametrize(("text", "lang", "claims"), CLAIMS, ids=[c[0] for c in CLAIMS])
def test_claims(text: str, lang: str, claims: list[tuple[str, str, bool]]) -> None:
    assert [(c.kind, c.domain, c.negated) for c in read(text, lang).claims] == claims


MENTIONS = [
    ("Scope 1 and Scope 3", "en", {"scope_1", "scope_3"}),
    ("Hong Kong and Frankfurt", "en", {"HK", "DE.Frankfurt"}),
    ("china cups, a turkey and a polish", "en", set()),
    ("Net zero; gross negligence; the Paris Agreement", "en", set()),
    ("net debt, gross margin", "en", {"net", "gross"}),
    ("cotton from Brazil", "en", set()),
    ("built by contractors", "en", set()),
    ("中国和巴西", "zh", {"CN", "BR"}),
    ("来自巴西的棉花", "zh", set()),
    ("タイヤの工場", "ja", set()),
    ("タイの工場", "ja", {"TH"}),
    ("deutsche und französische Werke", "de", {"DE", "FR"}),
    ("ISO 9001 and Q3", "en", set()),
    ("the A7 and the A-350", "en", {"A7", "A350"}),
]


@pytest.mark.parametrize(("text", "lang", "keys"), MENTIONS, ids=[m[0] for m in MENTIONS])
def test_mentions(text: str, lang: str, keys: set[str]) -> None:
    assert {m.key for m in read(text, lang).mentions} == keys


def data(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))


def test_every_scope_and_quantifier_is_known_in_every_language() -> None:
    whole = data("scope")
    partial = {
        "nowhere",
        "associate",
        "one_subsidiary",
    }  # other languages say these with a concept that they have anyway
    for group in ("quantifier", "scope", "negation", "idiom"):
        for key, row in whole[group].items():
            missing = set(LANGS) - set(row)
            assert not missing or key in partial, f"{group}.{key} lacks {missing}"


def test_terms_are_lower_case_and_no_term_is_in_two_scopes_of_one_axis() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for key, row in data("scope")["scope"].items():
        for lang in LANGS:
            for term in row.get(lang, []):
                assert term == term.lower(), term
                other = seen.setdefault((row.get("axis", key), lang, term), key)
                assert other == key, f"{term} is both {other} and {key}"


def test_every_member_of_a_region_is_a_country_or_a_region() -> None:
    known = {*data("scope_countries")["countries"], *data("scope_places")["region"]}
    for name, row in data("scope_places")["region"].items():
        assert set(row["members"]) <= known, name
