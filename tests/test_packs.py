"""Packs: what is in those that come with checker, what a user's own may say, and how a broken one is refused."""

from __future__ import annotations

import re
import time
import tomllib

import pytest
from conftest import ROOT, statement

from checker.errors import ConfigError
from checker.packs import default_packs, load_packs
from checker.packs.phrases import LANGUAGES, Phrases, fold, languages, parse
from checker.signals.standard import compare, mentions

FOLDER = ROOT / "checker" / "packs"
CUES = ROOT / "checker" / "signals" / "data" / "standard.toml"
HEAD = 'name = "toys"\ndescription = "What toy makers are measured by"\nlanguages = ["en"]\nlicence = "Apache-2.0"\n'
ENTRY = '[[entries]]\nid = "en-71"\nclass = "universal"\npatterns.en = ["en ?71"]\n'


def bundled():
    """(file, owner, language, phrase) of all packs and of the words around standards."""
    for path in [*sorted(FOLDER.glob("*.toml")), CUES]:
        pack = tomllib.loads(path.read_text("utf-8"))
        owners = pack if path == CUES else pack.get("topics", {})
        tables = {name: {k: v for k, v in t.items() if k != "parents"} for name, t in owners.items()}
        tables |= {e["id"]: e["patterns"] for e in pack.get("entries", [])}
        for owner, table in tables.items():
            for lang, phrases in table.items():
                for phrase in phrases:
                    yield path.name, owner, lang, phrase


def shortest(phrase):
    """A text that a phrase must find: the first of each choice, nothing of what may be absent."""
    text = re.sub(r" ?… ?", " ", phrase.replace("#", "7").replace("~", ""))
    while "(" in text:
        text = re.sub(r"\(([^()|]*)(?:\|[^()]*)?\)(\??)", lambda m: "" if m[2] else m[1], text, count=1)
    return re.sub(".\\?", "", text)


@pytest.fixture
def pack(tmp_path):
    def make(text, name="toys.toml"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return path

    return make


def test_every_phrase_finds_what_it_says():
    """No phrase is dead: its anchors and word boundaries let its own shortest form through."""
    dead = []
    for file, owner, lang, phrase in bundled():
        found = Phrases([(lang, phrase, owner)]).find(fold(f"x, {shortest(phrase)} ."), (lang,))
        if not any(f.what == owner for f in found):
            dead.append((file, owner, phrase))
    assert dead == []


def test_no_phrase_stands_twice_in_one_list():
    """A repeated phrase would be a slip."""
    seen, twice = set(), []
    for item in bundled():
        twice += [item] * (item in seen)
        seen.add(item)
    assert twice == []


def test_packs_cover_what_they_claim():
    """Each instrument that reviewers asked for is there, and each relative formula speaks all eight languages."""
    packs = default_packs()
    ids = {e.id for e in packs.entries}
    assert ids >= {
        "udhr", "iccpr", "icescr", "ilo-core", "ilo-c", "ungp", "oecd-guidelines", "ghg-protocol", "sbti", "paris", "iso",
        "gdpr", "sdg", "gri", "sasb", "tcfd", "issb", "eu-taxonomy", "global-compact", "rba", "sa8000", "dodd-frank-1502", "3rs",
    }  # fmt: skip
    spoken = {(e.id, lang) for lang, _, e in packs.entry_phrases}
    for formula in ("same-everywhere", "local-view", "local-yardstick", "local-compliance"):
        assert {lang for name, lang in spoken if name == formula} == set(LANGUAGES)
    assert {e.kind for e in packs.entries if e.cls == "relative"} == {"defers", "complies"}


def test_default_packs_are_read_once_and_hashable():
    """Without files of one's own it is the same object, so that caches keyed by it hold."""
    assert load_packs() is default_packs()
    assert len({default_packs(), load_packs(())}) == 1


def test_a_pack_of_ones_own_changes_the_verdict(pack):
    """An instrument and a deference that only the user's pack knows conflict; without it they are not comparable."""
    own = pack(
        HEAD + '[topics.toy-safety]\nen = ["toys?"]\n'
        '[[entries]]\nid = "toy-code"\nclass = "universal"\ntopic = "toy-safety"\npatterns.en = ["toy code"]\n'
        '[[entries]]\nid = "shelf"\nclass = "relative"\nstrength = "defers"\npatterns.en = ["what the shelf wants"]\n'
    )
    a, b = statement("The Toy Code applies to all our toys."), statement("In toys we do what the shelf wants.")
    assert compare(a, b).verdict == "not comparable"
    signal = compare(a, b, load_packs([own]))
    assert (signal.verdict, signal.note) == ("conflict", "toy-code (held) against shelf (defers)")


def test_the_example_of_the_readme_is_a_pack(pack):
    """What README shows can be copied."""
    example = (FOLDER / "README.md").read_text("utf-8").split("```toml\n")[1].split("```")[0]
    packs = load_packs([pack(example)])
    found = mentions("EN 71 applies, yet what a toy may contain is up to each country.", "en", packs)
    assert [(m.id, m.kind) for m in found] == [("en-71", "norm"), ("market-by-market-toys", "defers")]


def test_a_pack_adds_to_an_entry(pack):
    """A later pack may add wordings and topics under an id that there is already."""
    own = pack(HEAD + '[[entries]]\nid = "udhr"\nclass = "universal"\npatterns.en = ["the paris text of 1948"]\n')
    found = mentions("We respect the Paris text of 1948.", "en", load_packs([own]))
    assert [(m.id, m.stance) for m in found] == [("udhr", "held")]
    assert "human-rights" in found[0].topics


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name = ", "toys.toml: not TOML in UTF-8"),
        ('name = "x"\n', "description is no text; add description"),
        (HEAD + 'autor = "x"\n', "unknown key 'autor'; possible: name, description"),
        (HEAD.replace('["en"]', '["xx"]'), "unknown language 'xx'; possible: en, zh"),
        (HEAD + "entries = 3\n", "'entries' is no list; write each entry under"),
        (HEAD + '[[entries]]\nclass = "universal"\n', "entry 1: has no id"),
        (HEAD + ENTRY + 'patern.en = ["x"]\n', "entry 'en-71': unknown key 'patern'; did you mean 'patterns'"),
        (HEAD + ENTRY + 'strength = "defers"\n', "entry 'en-71': unknown key 'strength'"),
        (HEAD + ENTRY + ENTRY, "entry 'en-71': stands there twice"),
        (HEAD + ENTRY.replace("universal", "global"), "class is 'global'; possible: universal, relative"),
        (HEAD + ENTRY.replace('"universal"', '"relative"'), "has no strength; possible: defers, complies"),
        (HEAD + ENTRY + 'topic = "climat"\n', "unknown topic 'climat'; did you mean 'climate'"),
        (HEAD + ENTRY + 'includes = ["udhrr"]\n', "unknown entry 'udhrr'; did you mean 'udhr'"),
        (HEAD + ENTRY + 'patterns.fr = "en 71"\n', "fr is no list of texts; write fr ="),
        (HEAD + '[topics.x]\nparents = ["y-z"]\n', "topic 'x': unknown topic 'y-z'"),
        (HEAD + ENTRY.replace('"en ?71"', '"(a+)+ plan"'), r"entry 'en-71': en phrase '\(a\+\)\+ plan' has \+"),
        (HEAD + ENTRY.replace('"en ?71"', '"x{3}yz"'), "only"),
        (HEAD + ENTRY.replace('"en ?71"', '"(ab"'), "not closed"),
        (HEAD + ENTRY.replace('"en ?71"', '"ab|cd"'), "without '\\(' before it; write"),
        (HEAD + ENTRY.replace('"en ?71"', '"a … b … c … dd"'), "more than 2 gaps"),
        (HEAD + ENTRY.replace('"en ?71"', '"(ab)? (c|d)"'), "needs two plain characters"),
        (HEAD + ENTRY.replace('"en ?71"', f'"{"a" * 401}"'), "has 401 characters; 1 to 400"),
        (HEAD + ENTRY.replace("en-71", "udhr").replace("patterns", 'kind = "formula"\npatterns'), "use the same class"),
        (HEAD + ENTRY.replace('["en ?71"]', "[" + '"word",' * 5001 + "]"), "has 5,001 phrases, 5,000 are possible"),
        ("#" * 1_000_001, "larger than 1,000,000 bytes; split the pack"),
    ],
)  # fmt: skip
def test_a_broken_pack_is_refused(pack, text, message):
    """File, entry, what is wrong, and how to mend it."""
    with pytest.raises(ConfigError, match=message):
        load_packs([pack(text)])


def test_a_missing_pack_is_refused(tmp_path):
    with pytest.raises(ConfigError, match="none.toml: cannot be read"):
        load_packs([tmp_path / "none.toml"])


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("iso ?#", "ISO-14001, ISO 9001 and iso27001", ["14001", "9001", "27001"]),
        ("certif~", "certified, Certificate, decertify", ["", ""]),
        ("the same … everywhere", "The same rule\u00a0holds everywhere. The same. Everywhere.", [""]),
        ("human rights?", "human-rights policy; ＨＵＭＡＮ　ＲＩＧＨＴＳ; human rightsholders", ["", ""]),
        ("(un|united nations) charter", "UN Charter, United Nations charter, sun charter", ["", ""]),
        ("以…为准", "以当地的看法为准。以此。为准", [""]),
    ],
)
def test_notation(phrase, text, found):
    """Case, width, dashes, gaps, endings, numbers and word boundaries."""
    assert [f.number for f in Phrases([("en", phrase, "x")]).find(fold(text), ("en",))] == found


def test_folding_keeps_every_character_in_its_place():
    """Also where lower case would be longer."""
    text = "İSO ẞ ＡＢ\u3000c\u2011d\n“ǅ”"
    assert len(fold(text)) == len(text)
    assert fold("ＡＢ\u3000c\u2011d") == "ab c d"


def test_language_of_a_text_without_one():
    """Known codes count, otherwise the script decides."""
    assert languages("x", "zh-Hans") == ("zh",)
    assert languages("人権を尊重する", None) == ("ja",)
    assert languages("인권", "xx") == ("ko",)
    assert languages("人权", None) == ("zh",)
    assert languages("rights", "it") == ("en", "de", "fr", "es", "pt")


def test_phrases_stay_fast_on_hostile_text():
    """A gap and an ending are bounded, so a text of 20,000 characters that nearly matches takes no second."""
    phrase, text = "a (b|c)? … aa … b~", fold("a b aa " * 2857)
    assert parse(phrase)
    start = time.perf_counter()
    list(Phrases([("en", phrase, "x")]).find(text, ("en",)))
    assert time.perf_counter() - start < 2
