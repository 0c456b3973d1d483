"""Names of sites in a sentence, so that the certificate of one plant is not taken for that of another."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).parent / "data" / "standard_names.toml"
_CAPITAL = r"(?<![\w-])[A-ZÀ-Þ][\w'’-]{2,}"
_GERMAN = r"(?:Werk|Standort|Rechenzentrum|Labor|Lager|Hafen|Werft|Mine|in|bei|Raum)\s+([A-ZÄÖÜ][\w-]{2,})"
_BEFORE_A_SITE = {
    "zh": "([\u4e00-\u9fff]{2})(?:生产|制造|冶炼|检测|医疗)?(?:工厂|厂|基地|中心|机房|园区|实验室|电站|仓库|分公司)",
    "ja": "([\u4e00-\u9fff\u30a0-\u30ff]{2,8}?)(?:データ)?(?:工場|センター|造船所|事業所|研究所|製作所)",
    "ko": "([\uac00-\ud7af]{2,5}) ?(?:공장|사업장|센터|연구소|조선소)",
}
_MODEL = r"(?<![\w-])[A-Z]{1,3}-?[0-9]{1,3}(?![\w-])"


class _NoNames(NamedTuple):
    words: frozenset[str]
    characters: frozenset[str]
    korean: frozenset[str]


@cache
def _no_names() -> _NoNames:
    data = tomllib.loads(DATA.read_text("utf-8"))
    return _NoNames(
        frozenset(data["common"].split()), frozenset(data["no_name_characters"]), frozenset(data["no_name_korean"])
    )


def names_in(sentence: str, lang: str) -> frozenset[str]:
    """Capitalised words, names before a word for a site, models (S2); none where nothing tells one from another."""
    no = _no_names()
    models = frozenset(m.lower() for m in re.findall(_MODEL, sentence))
    if before := _BEFORE_A_SITE.get(lang):
        found = re.findall(before, sentence)
        return models | {m for m in found if not no.characters & set(m) and m not in no.korean}
    words = (
        w.replace("’", "'").removesuffix("'s") for w in re.findall(_GERMAN if lang == "de" else _CAPITAL, sentence)
    )
    return models | frozenset(w.lower() for w in words if w.lower() not in no.words and not w.isupper())
