"""Text layers and files that are garbage are noticed, and sound ones in any language pass."""

from __future__ import annotations

import random
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.ingest.garbled import broken_words, page_problem, text_problem

SOUND = {
    "en": [
        "Our company was founded in a small harbour town and makes pumps for drinking water.",
        "In the past year we lowered the energy used in our two foundries by 14.2% compared with 2019.",
        "No employee who reports a concern to the works council has ever been dismissed for it.",
        "We audit each of our suppliers (Tier 1 & Tier 2) at least once every three years, and publish the results.",
        "Scope 1 emissions fell to 1,204 tCO2e; the SDGs, the GRI and the CSRD guide what we report.",
    ],
    "de": [
        "Die Gesellschaft beschäftigt rund 1.250 Menschen in Gießereien, Prüfständen und Schulungsräumen.",
        "Überstunden werden vergütet oder, auf Wunsch, durch Freizeit ausgeglichen; Rechtsschutz gewährt der Betriebsrat.",
        "Wir verpflichten uns, den Wasserverbrauch bis zum Geschäftsjahr 2030 um 40 % zu senken.",
    ],
    "fr": [
        "L'entreprise s'engage à réduire de moitié ses émissions d'ici à l'année prochaine.",
        "Aucun salarié n'a été sanctionné pour avoir signalé un problème à sa hiérarchie.",
        "Où que nous travaillions, l'œuvre de nos équipes est contrôlée par un tiers indépendant.",
    ],
    "es": [
        "La compañía no vende los datos de sus clientes ni los cede a terceros sin su permiso.",
        "¿Qué hicimos el año pasado? Ahorramos agua, energía y más de 300 toneladas de cartón.",
    ],
    "it": [
        "La società ha adottato un codice etico perché la fiducia dei clienti è il bene più prezioso.",
        "Nel corso dell'esercizio l'organico è cresciuto di 38 unità, metà delle quali a tempo indeterminato.",
    ],
    "pt": ["Não há trabalho infantil nas nossas explorações, e as inspeções são feitas por uma organização externa."],
    "nl": ["Wij kopen uitsluitend gecertificeerd hout en geven ieder jaar een overzicht van onze leveranciers."],
    "pl": ["Spółka zobowiązała się do ograniczenia zużycia wody, a każdą zmianę zgłasza z góry związkom zawodowym."],
    "cs": ["Společnost příští rok zdvojnásobí výrobu čerpadel a všichni zaměstnanci dostanou týden volna navíc."],
    "hu": ["A vállalat kötelezettséget vállalt arra, hogy jövőre minden üzemében csökkenti az áramfogyasztást."],
    "ro": ["Compania își asumă răspunderea pentru siguranța angajaților și pentru calitatea apei din râuri."],
    "tr": ["Şirketimiz çalışanlarının güvenliği için her yıl eğitim düzenler ve ölçülen değerleri yayımlar."],
    "vi": ["Công ty cam kết giảm một nửa lượng khí thải và không sử dụng lao động trẻ em trong chuỗi cung ứng."],
    "fi": ["Yhtiö on sitoutunut vähentämään päästöjään ja julkaisee työtapaturmien määrän joka vuosi."],
    "ru": ["Компания обязуется вдвое сократить выбросы и не увольняет тех, кто сообщает о нарушениях."],
    "el": ["Η εταιρεία δεσμεύεται να μειώσει στο μισό τις εκπομπές της και να προστατεύει τους εργαζομένους."],
    "ar": ["تلتزم الشركة بخفض انبعاثاتها إلى النصف وبحماية العاملين الذين يبلغون عن المخالفات."],
    "zh": [
        "本公司承诺到2030年将单位产值能耗降低百分之四十，并每年公布供应商审核结果。",
        "报告期内，公司未发生重大安全事故，员工总数为1,250人（其中女性占38%）。",
    ],
    "ja": ["当社は、二〇三〇年までに水の使用量を半分に減らし、サプライヤーの監査結果を毎年公表します。"],
    "ko": ["회사는 온실가스 배출량을 절반으로 줄이고 협력업체 점검 결과를 해마다 공개하겠다고 약속합니다."],
}
PAGES = {language: "\r\n".join(sentences * 3) for language, sentences in SOUND.items()}
TABLE = """Quarters ended June 30, 2024 2023 Inc/(Dec)
Revenues $ 2,208.4 $ 2,538.8 $ (330.4) (13)%
EBITDA 588.1 591.8 (3.7) (0.6)%
Capex (€/000) 57.2 56.0 1.2 2 %
ktCO2e/MWh 0.41 0.43 n/m >100% +22% <1.5%
"""
SAID = " \n".join(SOUND["en"] * 3)


def shifted(text, by, blank=" "):
    """Each visible character as another one, a fixed number of codes away; blanks as another character or not at all."""
    return "".join(c if c in "\r\n" else blank if c == " " else chr(max(1, ord(c) + by)) for c in text)


def disguised(text):
    """Letters of a broken font: homoglyphs that stand at other letters' places."""
    return text.translate(str.maketrans("rnbymcvw'", "ƌŶďǇŵĐǀǁ͛"))


def numbered(text, first):
    """Characters as codes in the order of their first use, as in fonts that are cut down to what a page needs."""
    codes = {}
    return "".join(c if c in " \r\n" else codes.setdefault(c, chr(first + len(codes))) for c in text)


def enciphered(text):
    letters = list(string.ascii_lowercase)
    random.Random(4).shuffle(letters)
    return text.translate(str.maketrans(string.ascii_letters, "".join(letters) + "".join(letters).upper()))


GARBLED = {
    "shifted by 29 with control codes for blanks": (shifted(SAID, -29, "\x03"), "control codes", 29),
    "shifted by 29": (shifted(SAID, -29), "", 29),
    "shifted by 44": (shifted(SAID, -44), "", 44),
    "shifted up": (shifted(SAID, 3), "", 3),
    "numbered from 2": (numbered(SAID, 2), "control codes", None),
    "numbered from !": (numbered(SAID, 33), "symbols", None),
    "enciphered": (enciphered(SAID), "order", None),
    "homoglyphs": (disguised(SAID), "letters of other alphabets", None),
    "Cyrillic in Latin words": (SAID.replace("o", "о").replace("a", "а"), "letters of other alphabets", None),
    "private use": (shifted(SAID, 0xF000), "without a meaning", None),
    "lost": (SAID.replace("e", "\ufffd"), "without a meaning", None),
    "capitals and digits lost": (
        "Printed by \x05arbour \x10umps \x08olding. \x13egistered in \x11lymton\r\n\x14hare capital 21Š4Ħ2 euro",
        "control codes",
        None,
    ),
    "characters by number": (numbered(PAGES["zh"] * 2, 0x8C00), "Chinese characters", None),
}  # fmt: skip


@pytest.mark.parametrize("language", PAGES)
def test_sound_pages_pass_in_any_language(language):
    """A page of prose is no garbage, whatever its letters."""
    assert page_problem(PAGES[language]) is None
    assert text_problem(PAGES[language]) is None
    assert broken_words(PAGES[language]) == []


@given(st.lists(st.sampled_from(sorted(s for sentences in SOUND.values() for s in sentences)), max_size=40))
@settings(max_examples=50)
def test_sound_sentences_in_any_order_pass(sentences):
    """Neither few nor many languages on a page, nor how little stands on it, raise an alarm."""
    page = " \r\n".join(sentences)
    assert page_problem(page) is None
    assert text_problem(page) is None


@pytest.mark.parametrize("text", [
    "", " \n", "7", "[This page intentionally left blank]", "XK", TABLE, TABLE * 5, "\n".join(str(n * 37) for n in range(300)),
    "Foreword ........................................ 4\nOur people .............................. 12 ** see (a), [b] & {c}\n" * 9,
    "www.example.com/a?b=c&d=e#f\nhttps://example.org/x_y/~z;v=1\ninfo@example.com, ir+press@example.com\n" * 3,
    "Łucja Wiśniewska, Çağla Öztürk, Nguyễn Thị Hạnh, Ólafur Þórðarson, Jiří Dvořák, Réka Szűcs, Ştefania Ionaş\n" * 3,
    "5 µg/m³ at 25°C, 12 kΩ, ΔT = 4 K, TNF-α and IFNγ, n=25, p<0.05, H₂O, m², ½, €/MWh, R&D, S&P’s, 1°–3°, +/-, ktCO2eq, HFCxkq12\n" * 3,
    "\uf0b7 We pay on time.\n\uf0b7We audit each supplier.\n\uf0a7 \uf0fc Yes\n" * 4,
    "A定义：B股、H股，x轴与y轴，ISO14001认证\nＡＢＣ株式会社（東証：0000）のEBITDA\n" * 4,
])  # fmt: skip
def test_pages_without_prose_pass(text):
    """Figures, contents, addresses, names of many countries, units, bullets and empty pages are no garbage."""
    assert page_problem(text) is None


@pytest.mark.parametrize("mark", ["\x02", "\xad", "\ufffe"])
def test_soft_hyphens_are_no_garbage(mark):
    """What stands for a hyphen at the end of a line does not make a page garbage, before a line break or without one."""
    page = "\n".join(f"we sup{mark}\r\nport each sup{mark}plier and every com{mark} \npany" for _ in range(20))
    assert page_problem(page) is None


@pytest.mark.parametrize("kind", GARBLED)
def test_garbled_pages_are_noticed(kind):
    """Each way in which the text layer of a page goes wrong has its reason, and a fixed shift is named."""
    text, reason, shift = GARBLED[kind]
    found = page_problem(text)
    assert found and reason in found
    assert ("shifted by" in found) == bool(shift)
    assert not shift or f"(letters shifted by {shift})" in found


@pytest.mark.parametrize("garble", [
    disguised, enciphered, lambda s: shifted(s, -29), lambda s: shifted(s, -29, "\x03"), lambda s: shifted(s, 0xF000),
    lambda s: numbered(s, 33),
])  # fmt: skip
def test_pages_garbled_in_part_are_noticed(garble):
    """One line in eight in a broken font makes a page garbage; one word on it does not."""
    lines = SOUND["en"] * 5
    assert page_problem("\n".join(garble(s) if i % 8 == 3 else s for i, s in enumerate(lines)))
    assert page_problem("\n".join([*lines, garble("supplier")])) is None


def test_a_mostly_sound_page_passes_and_its_broken_words_are_told():
    """Words in a broken font are told one by one, once a letter of no alphabet shows that the font is broken."""
    page = " ".join([*SOUND["en"] * 4, "We aƌe Ŷot as ďig as ouƌ name."])
    assert page_problem(page) is None
    assert broken_words(page) == ["aƌe", "Ŷot", "ďig", "ouƌ"]
    assert broken_words("We aƌe Ŷot ďig.") == ["aƌe"]
    assert broken_words("Ŷ and ďábel are letters and words of Wales and Bohemia.") == []


@pytest.mark.parametrize(("language", "written", "read"), [
    ("de", "utf-8", "cp1252"), ("de", "utf-8", "latin-1"), ("fr", "utf-8", "cp1252"), ("es", "utf-8", "latin-1"),
    ("pl", "cp1250", "latin-1"), ("ru", "cp1251", "latin-1"), ("ru", "utf-8", "cp1251"), ("zh", "gb18030", "latin-1"),
    ("zh", "utf-8", "latin-1"), ("ja", "cp932", "gb18030"), ("zh", "gb18030", "utf-8"), ("fr", "cp1252", "utf-8"),
    ("de", "utf-8", "gb18030"),
])  # fmt: skip
def test_mojibake_is_noticed(language, written, read):
    """A file decoded with another encoding than it was written in is garbage."""
    assert text_problem(PAGES[language].encode(written).decode(read, "replace"))


def test_mojibake_is_shown_and_mended():
    """The reason gives a word as it stands and as it should be."""
    text = "Größere Aufträge der Müllerei\nwerden geprüft.\n".encode().decode("cp1252")
    assert "GrÃ¶ÃŸere for Größere" in (text_problem(text) or "")
    assert "wrong encoding" in (page_problem(text) or "")


def test_binary_text_is_noticed():
    """NUL and other control characters are no text; a tab or a page break is."""
    assert "NUL" in (text_problem("W\0e\0 \0p\0a\0y\0") or "")
    assert "control codes" in (text_problem("\x89PNG\x1a\x05ab\x01\x02 IHDR\x04xx\x06 \x08\x0eqz") or "")
    assert text_problem("Name\tRole\fPage 2\r\nA\tB\x0bC") is None


def test_code_and_drawn_tables_in_text_files_pass():
    """Symbols inside words make a page garbage, but not a Markdown or plain text file."""
    text = '| a | b |\n|---|---|\n`x[i]={"k":"v"};` +--+--+\n<b class="c">{{d}}</b>\n' * 20
    assert page_problem(text)
    assert text_problem(text) is None


def test_one_lost_character_is_no_reason_to_reject_a_file():
    """A long text with a single U+FFFD passes, one with many does not."""
    assert text_problem(PAGES["fr"] + "\ufffd") is None
    assert "U+FFFD" in (text_problem(PAGES["fr"].replace("é", "\ufffd")) or "")


@pytest.mark.parametrize(
    "unit", ["\x01", "a" * 70, "<", ",", "\x02", "é̈", "Ã©", "\ufffd", "漢", "ƌ", "a=1.", "\ue000 "]
)
def test_hostile_text_is_judged_in_bounded_time(unit):
    """A page of millions of the same characters takes no longer than a long page."""
    start = time.monotonic()
    page_problem(unit * 2_000_000)
    text_problem(unit * 2_000_000)
    assert time.monotonic() - start < 3


@given(st.text(max_size=200))
@settings(max_examples=50)
def test_any_text_is_judged(text):
    """Whatever is on a page, there is an answer, and the same one each time."""
    assert page_problem(text) == page_problem(text)
    assert text_problem(text) == text_problem(text)
