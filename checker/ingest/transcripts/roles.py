"""Who of the speakers belongs to the company and who asks, from what a transcript says of them.

In this order, the surer first: the list of participants; titles and banks in labels; marks of questions and answers;
how the company's people or the operator introduce somebody; who speaks in the prepared remarks; whom the operator calls
on; titles that both sides bear; who speaks first after the operator; who answers between two announcements; and in an
interview, who asks nearly all the questions. "analyst" is said of everybody who asks from outside, shareholders and
journalists too: what they say is no statement of the company. Who stays without a role is named in a warning.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from .cast import Cast
from .names import mentions, names_fully
from .parts import Spoken, questions_begin
from .sides import Role, side_of, weak_side_of
from .words import fold, inside, pattern

_OF_KIND: dict[str, Role] = {"operator": "operator", "asks": "analyst", "company": "management"}
_OF_FORM: dict[str, Role] = {"question": "analyst", "answer": "management"}
MAX_UNKNOWN = 200
MAX_SENTENCES = 5_000  # of prepared remarks, searched for names


def assign(turns: Sequence[Spoken], cast: Cast, host: str) -> int | None:
    """Set the role of every turn that can be told; gives the first turn of the questions and answers."""
    for turn in turns:
        turn.role = turn.given.role or _by_label(turn, cast, host)
    _spread(turns)
    for turn in turns:
        turn.role = turn.role or _OF_FORM.get(turn.form)
    begin = questions_begin(turns)
    for step in _STEPS:
        step(turns, begin)
        _spread(turns)
        begin = questions_begin(turns) if begin is None else begin
    _interpreted(turns)
    return questions_begin(turns) if begin is None else begin


def unknown(turns: Sequence[Spoken]) -> list[str]:
    """The speakers without a role, each once."""
    return list(dict.fromkeys(turn.speaker or "" for turn in turns if turn.role is None))


def _by_label(turn: Spoken, cast: Cast, host: str) -> Role | None:
    head = turn.head
    if head is None:
        return None
    if head.kind == "person":
        return cast.role(head.speaker) or side_of(head.about, host)
    role = _OF_KIND.get(head.kind)
    if role == "operator" and head.speaker and not inside("operator", head.speaker):
        return cast.role(head.speaker) or side_of(head.about, host) or role
    return role


def _spread(turns: Sequence[Spoken]) -> None:
    """A person keeps one role through the call."""
    known: dict[str, Role] = {}
    for turn in turns:
        if turn.is_person and turn.role:
            known.setdefault(turn.who, turn.role)
    for turn in turns:
        if turn.is_person and turn.role is None:
            turn.role = known.get(turn.who)


def _open_turns(turns: Sequence[Spoken]) -> list[int]:
    return [i for i, turn in enumerate(turns) if turn.is_person and turn.role is None]


def _announced(turns: Sequence[Spoken], begin: int | None) -> None:
    """Whom an operator calls on to ask or hands over to; a host of the company must say clearly that somebody asks."""
    for i in _open_turns(turns):
        before = turns[i - 1] if i else None
        name = turns[i].speaker or ""
        if before is None or before.role == "analyst":
            continue
        named = [s for s in before.sentences(last=0 if before.leads else 5) if mentions(s, name)]
        if before.leads:
            turns[i].role = _called(named, name, before, asked=begin is not None and i > begin)
        elif any(inside("asks_next", s) and (names_fully(s, name) or inside("firm", s)) for s in named):
            turns[i].role = "analyst"


def _called(named: Sequence[str], name: str, before: Spoken, asked: bool) -> Role | None:
    """The role that an operator's sentences about somebody give; ``asked``: the questions have begun."""
    for sentence in named:
        if _is_outside(sentence, name) or inside("asks_next", sentence):
            return "analyst"
        if inside("hands_over", sentence) or inside("management", sentence):
            return "management"
        if asked or inside("calls_on", sentence):
            return "analyst"
    if named and any(inside("calls_on", sentence) for sentence in before.sentences()):
        return "analyst"
    return None


def _introduced(turns: Sequence[Spoken], begin: int | None) -> None:
    """Whom the company's people, or an operator, introduce by full name and title in the prepared remarks."""
    remarks = [t for t in turns[:begin] if t.role != "analyst"] if begin else list(turns[:1])
    sentences = list(islice((s for turn in remarks for s in turn.sentences()), MAX_SENTENCES))
    telling = [s for s in sentences if any(inside(name, s) for name in ("hands_over", "management", "either"))]
    for i in _open_turns(turns)[:MAX_UNKNOWN]:
        name = turns[i].speaker or ""
        said = next((s for s in telling if names_fully(s, name)), None)
        if said and turns[i].role is None:
            turns[i].role = "analyst" if _is_outside(said, name) else "management"


def _is_outside(sentence: str, name: str) -> bool:
    """Whether what follows a name in a sentence is a bank or an analyst's title."""
    behind = fold(sentence).rpartition(fold(name.rpartition(" ")[2]))[2]
    clause = re.split(r";| and ", behind, maxsplit=1)[0][:80]
    return bool(pattern("analyst").search(clause)) or (
        bool(pattern("firm").search(clause)) and not pattern("management").search(clause)
    )


def _by_weak_title(turns: Sequence[Spoken], begin: int | None) -> None:
    for i in _open_turns(turns):
        head = turns[i].head
        turns[i].role = weak_side_of(head.about) if head else None


def _prepared(turns: Sequence[Spoken], begin: int | None) -> None:
    """Who speaks before the questions begin speaks for the company (hosts from a bank were introduced as such)."""
    if begin:
        for i in _open_turns(turns):
            if i < begin:
                turns[i].role = "management"


def _first_after_operator(turns: Sequence[Spoken], begin: int | None) -> None:
    """Who speaks first after an operator has announced a question asks it, however the name was heard, or unnamed."""
    unnamed = (i for i, turn in enumerate(turns) if turn.head and turn.head.kind == "nobody" and turn.role is None)
    for i in [*_open_turns(turns), *unnamed]:
        if begin is not None and i > begin - 1 and i and _announces(turns[i - 1]):
            turns[i].role = "analyst"


def _announces(turn: Spoken) -> bool:
    return turn.leads and any(inside("calls_on", s) or inside("asks_next", s) for s in turn.sentences())


def _others_in_segment(turns: Sequence[Spoken], begin: int | None) -> None:
    """Between two announcements one side asks: who else speaks there, and does not ask, answers."""
    if begin is None:
        return
    asker = ""
    answers: dict[str, bool] = {}
    for before, turn in zip([None, *turns[begin:]], turns[begin:], strict=False):
        if before is None or before.leads:
            asker = turn.who if turn.role == "analyst" and turn.is_person else ""
        elif turn.is_person and turn.role is None:
            calm = bool(asker) and turn.who != asker and not turn.texts[-1].rstrip().endswith(("?", "？"))
            answers[turn.who] = answers.get(turn.who, True) and calm
    for i in _open_turns(turns):
        if answers.get(turns[i].who):
            turns[i].role = "management"


def _asked_the_company(turns: Sequence[Spoken], begin: int | None) -> None:
    """Without an operator: who asks in the questions, and is answered by the company."""
    if begin is None or any(turn.leads for turn in turns):
        return
    for i in _open_turns(turns):
        answered = i + 1 < len(turns) and turns[i + 1].role == "management"
        if i >= begin and answered and (turns[i].asks() or any(inside("calls_on", text) for text in turns[i].texts)):
            turns[i].role = "analyst"


def _interviewed(turns: Sequence[Spoken], begin: int | None) -> None:
    """Where one speaker asks in most turns and the others hardly ever do, that one is the interviewer.

    Whoever else follows an asker, and hardly ever asks, answers.
    """
    asking: dict[str, list[bool]] = {}
    for turn in turns:
        if turn.is_person and turn.role != "operator":
            asking.setdefault(turn.who, []).append(turn.asks())
    rates = {who: sum(each) / len(each) for who, each in asking.items()}
    askers = [who for who, rate in rates.items() if rate >= 0.6 and len(asking[who]) >= 2]
    known = any(turn.role == "analyst" for turn in turns)
    calm = {who for who, rate in rates.items() if rate <= 0.34}
    if len(askers) == 1 and not known and calm == set(rates) - set(askers):
        for i in _open_turns(turns):
            if turns[i].who == askers[0]:
                turns[i].role = "analyst"
    if any(turn.leads for turn in turns):
        return
    after = {b.who for a, b in pairwise(turns) if a.role == "analyst" and b.is_person}
    for i in _open_turns(turns):
        if turns[i].who in after & calm:
            turns[i].role = "management"


def _interpreted(turns: Sequence[Spoken]) -> None:
    """An interpreter speaks for whoever spoke before."""
    last: Role | None = None
    for turn in turns:
        if turn.head and turn.head.kind == "interpreter" and turn.role is None:
            turn.role = last
        elif turn.role != "operator":
            last = turn.role


_STEPS = (
    _introduced, _prepared, _announced, _by_weak_title, _first_after_operator, _others_in_segment, _asked_the_company,
    _interviewed,
)  # fmt: skip
