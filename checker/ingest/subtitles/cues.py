"""What the cues of subtitles say: voices told apart, marks and sounds taken out, rolling captions collapsed."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ..tidy import join_lines, tidy

NEW = ""  # the voice of somebody who is not named
_SOUNDS = (
    "applause|applaud|laugh|chuckl|music|cheer|inaudible|unintelligible|crosstalk|cross-talk|sigh|cough|silence|noise|"
    "indistinct|background|applaus|gelächter|lachen|musik|beifall|rires|applaudissements|musique|aplausos|risas|risos|"
    "música|applausi|risate|musica|拍手|笑|音楽|音乐|音樂|掌声|掌聲|박수|웃음|음악"
)
_MARKS = re.compile(
    r"<rt>[^<>]{0,200}</rt>|</?(?![vV][ .>])[a-zA-Z]{1,8}(?:[ .][^<>]{0,200})?/?>|<[\d:.]{5,14}>|\{\\[^{}]{0,200}\}"
)
_VOICE = re.compile(r"</?[vV](?:\.[\w.-]{1,60})?(?:[ \t]+([^<>]{1,200}))?>")
_BRACKETED = re.compile(r"\[[^\[\]]{0,120}\]|【[^【】]{0,60}】|［[^［］]{0,60}］|\*[^*\n]{1,60}\*")
_PARENTHESES = re.compile(r"[(（]([^()（）]{1,80})[)）]")
_SUNG = re.compile(r"[♪♫♬][^♪♫♬]{0,300}[♪♫♬]+|[♪♫♬].*")
_SOUND = re.compile(_SOUNDS, re.IGNORECASE)
_CHANGE = re.compile(r"(?:>>+|»)[ \t]*")
_DASH = re.compile(r"[-–—‐−][ \t]*(?=[^\W_]|[\"'“‘«¿¡>(\[])")
_CAPITALS = re.compile(r"(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ0-9 .,'’()/&-]{0,58}[A-ZÀ-Þ0-9.)])[ \t]*:(?=\s|\Z)[ \t]*")
_NAME = re.compile(r"(?P<name>[^\W\d_][^:：!?。！？\[\]]{0,58})(?::(?=\s|\Z)|：)[ \t]*")


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue: when it is shown, in seconds, and its lines."""

    start: float
    end: float
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """What one voice says in a cue: ``voice`` is a name, NEW for somebody else than before, None for the same."""

    start: float
    end: float
    text: str
    voice: str | None = None


def without_repeats(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues without the lines that rolling captions show again, and without those that they go on to complete."""
    last: Cue | None = None
    shown: tuple[str, ...] = ()  # all lines of the cue before, also those that it shared with the one before it
    for cue in cues:
        lines = tuple(line for line in (tidy(strip(line)) for line in cue.lines) if line)
        if not lines:
            continue
        again = next((n for n in range(min(len(lines), len(shown)), 0, -1) if shown[-n:] == lines[:n]), 0)
        near = last is not None and cue.start - last.end < 1.0
        new = lines[again:] if near else lines
        if near and last is not None and again == 0 and len(lines) == 1 and _completes(lines[0], last.lines):
            last = replace(last, end=cue.end, lines=(*last.lines[:-1], lines[0]))
        elif new:
            if last is not None:
                yield last
            last = Cue(cue.start, cue.end, new)
        elif last is not None:
            last = replace(last, end=max(last.end, cue.end))
        shown = lines
    if last is not None:
        yield last


def _completes(line: str, before: Sequence[str]) -> bool:
    """Whether a line is the last one before and more, as live captions grow."""
    return bool(before) and line.startswith(before[-1]) and not line[len(before[-1]) :][:1].isalnum()


def strip(line: str) -> str:
    """A line without marks, sounds and songs; the marks of voices stay."""
    line = html.unescape(_MARKS.sub("", line)) if "<" in line or "{" in line or "&" in line else line
    line = _SUNG.sub(" ", _BRACKETED.sub(" ", line))
    return _PARENTHESES.sub(lambda m: " " if _is_sound(m[1], whole=m[0] == line.strip()) else m[0], line)


def _is_sound(text: str, whole: bool) -> bool:
    """Whether what stands in parentheses describes a sound: by its words, its capitals, or as it is the whole line."""
    if _SOUND.search(text):
        return len(text) <= 40
    return whole or (text.isupper() and len(text) > 3 and text.replace(" ", "").isalpha())


def pieces(cues: Sequence[Cue]) -> list[Piece]:
    """What each voice says in each cue, in order."""
    labels = _labels(cues)
    tagged = 2 * sum(bool(_VOICE.search(" ".join(cue.lines))) for cue in cues) > len(cues)
    found: list[Piece] = []
    for cue in cues:
        parts = [part for line in cue.lines for part in _of_line(line, labels)]
        if tagged and parts and parts[0][0] is None:
            parts[0] = NEW, parts[0][1]  # where every cue names its voice, one without is somebody else's
        said: list[tuple[str | None, list[str]]] = []
        for voice, text in parts:
            if said and voice is None:
                said[-1][1].append(text)
            else:
                said.append((voice, [text]))
        found += [Piece(cue.start, cue.end, join_lines(lines), voice) for voice, lines in said]
    return found


def _of_line(line: str, labels: frozenset[str]) -> Iterator[tuple[str | None, str]]:
    """The voices of a line and what each says; None goes on with the voice before."""
    position, voice = 0, None
    for tag in _VOICE.finditer(line):
        if text := line[position : tag.start()].strip():
            yield _labelled(text, labels) if voice is None else (voice, text)
        closing = tag[0].startswith("</")
        voice, position = (None if closing else tidy(tag[1] or "") or NEW), tag.end()
    if text := line[position:].strip():
        yield _labelled(text, labels) if voice is None else (voice, text)


def _labelled(text: str, labels: frozenset[str]) -> tuple[str | None, str]:
    """The voice that a sign or a label before a text names, and the text without it."""
    changed = False
    for sign in (_CHANGE, _DASH):
        found = sign.match(text)
        if found and (sign is _CHANGE or not text[found.end()].islower()):  # "- of course -" is an aside
            changed, text = True, text[found.end() :]
    if (found := _label(text)) and found["name"].strip() in labels:
        return tidy(found["name"]), text[found.end() :].strip()
    return (NEW if changed else None), text


def _label(text: str) -> re.Match[str] | None:
    return _CAPITALS.match(text) or _NAME.match(text)


def _labels(cues: Sequence[Cue]) -> frozenset[str]:
    """What stands before colons at the beginning of lines and is the name of a speaker.

    One word is one where a sign or capitals say so, or where it stands there again.
    """
    from ..transcripts.heads import parse_head

    seen: dict[str, int] = {}
    marked: set[str] = set()
    for line in (line for cue in cues for line in cue.lines):
        text = _VOICE.sub("", line).strip()
        called = _CHANGE.match(text)
        text = _DASH.sub("", text[called.end() :] if called else text, count=1)
        if found := _label(text):
            name = found["name"].strip()
            seen[name] = seen.get(name, 0) + 1
            if called or name.isupper():
                marked.add(name)
    return frozenset(name for name, n in seen.items() if parse_head(name, single=name in marked or n > 1) is not None)
