"""The kinds of contradictions as rules of SARIF, each with a sentence of what it is and how to mend it."""

from __future__ import annotations

from typing import Any

from ..kinds import KINDS, UNKNOWN_KIND, UPDATE_KIND

RULES = (*KINDS, UPDATE_KIND, UNKNOWN_KIND)
MEND = (
    "Read both statements in their documents. If both are meant of the same thing and the same time, correct the one "
    "that does not hold; if an earlier position has changed, say so openly and since when; if they do not contradict "
    "each other, accept the finding with a reason (checker baseline add)."
)
WHAT = {
    "antonym": "The statements say opposite things of one matter in words that exclude each other: rose and fell.",
    "attribution": "The statements give one deed, decision or figure to different persons, bodies or sources.",
    "cause": "The statements name different causes of one event or result.",
    "certification": "One statement claims a certificate, audit or verification that the other limits or denies.",
    "comparison": "The statements compare with others, with a target or with an earlier time, and the comparisons "
    "cannot both hold.",
    "condition": "One statement promises without reservation what the other makes depend on a condition.",
    "conduct": "What the company does, or is said to have done, is not what its statement of policy says.",
    "deadline": "The statements name different dates or deadlines for one commitment or event.",
    "existence": "One statement says that something exists or has happened, the other that there is none or that it "
    "has not.",
    "negation": "One statement denies what the other affirms.",
    "numeric": "The statements give figures for one quantity that cannot both be right.",
    "scope": "One statement claims for all sites, products, people or years what the other claims for a part only.",
    "standard": "A statement departs from an instrument, such as a convention or a standard, that the company says to "
    "respect, or that it is measured by.",
    "status": "One matter is in different states by the two statements, such as planned, under way, or completed.",
    UPDATE_KIND: "A later statement changes an earlier one openly. This is no contradiction, but readers of the "
    "earlier statement may not know of it.",
    UNKNOWN_KIND: "The statements cannot both be true; the models of this run do not say of which kind it is.",
}


def rule(kind: str) -> dict[str, Any]:
    """The reporting descriptor of a kind."""
    update = kind == UPDATE_KIND
    return {
        "id": kind,
        "name": kind.capitalize(),
        "shortDescription": {"text": "Announced change" if update else f"Contradiction of the kind {kind}"},
        "fullDescription": {"text": WHAT[kind]},
        "help": {"text": f"{WHAT[kind]}\n\n{MEND}"},
        "defaultConfiguration": {"level": "note" if update else "warning"},
        "properties": {"tags": ["consistency", kind]},
    }


def rule_number(kind: str) -> int:
    """The place of a kind among the rules."""
    return RULES.index(kind if kind in RULES else UNKNOWN_KIND)
