"""Subtitles (SRT, WebVTT) to blocks: cues joined to paragraphs by voice, sentence and pause.

webvtt-py (MIT) reads WebVTT with its notes, styles and names of cues, which pysubs2 takes for text; pysubs2 (MIT) reads
SRT, where webvtt-py 0.6 loses cues without a number. Both take a second for 50,000 cues. Who speaks, what is a sound
and what a rolling caption repeats is told in ``subtitle_cues``.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import InputError
from ..blocks import Block, Extract, Limits, Turn
from ..textfile import read_text
from ..tidy import ends_sentence, join
from .cues import NEW, Cue, Piece, pieces, without_repeats

PAUSE = 2.0  # seconds after which a paragraph ends
_BREATH = 0.3  # seconds; a pause at which a long paragraph without full stops is cut
_LONG, _TOO_LONG = 500, 1_000  # characters of such a paragraph
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Inc|Ltd|Co|Corp|No|vs|e\.g|i\.e|U\.S|U\.K|z\.B|ca|bzw|[A-Z])\.|\.\.\.|…)\Z"
)
_LANGUAGE = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3})\b", re.MULTILINE)
_TIMING = re.compile(r"\S{1,20}[ \t]*-->")


@dataclass(slots=True)
class Paragraph:
    """Pieces of one voice on their way to a block."""

    start: float
    voice: str | None
    end: float = 0.0
    text: str = ""
    cut: bool = False  # it was ended by its length


def read(path: Path, limits: Limits) -> Extract:
    """The blocks of a file of subtitles; markers are the times at which they begin.

    Raises InputError where it cannot be opened, is too large, has no cues or no text in them.
    """
    text, warnings = read_text(path, limits)
    is_vtt = text.lstrip("\ufeff\n ").startswith("WEBVTT")
    cues = sorted(_vtt(text, path) if is_vtt else _srt(text, path), key=lambda cue: cue.start)
    if not cues:
        raise InputError("has no cues (00:01:02,000 --> 00:01:04,000 and text below); is it whole?", str(path))
    paragraphs = list(_paragraphs(pieces(list(without_repeats(cues)))))
    blocks = [_block(paragraph, _has_names(paragraphs)) for paragraph in paragraphs]
    if not blocks:
        raise InputError("holds no speech, only sounds and songs", str(path))
    cut = sum(paragraph.cut for paragraph in paragraphs)
    if cut:
        warnings.append(f"captions without full stops: {cut} paragraphs end where they grew long, not with a sentence")
    missed = len(_TIMING.findall(text)) - len(cues)
    if missed > 0:
        warnings.append(f"cues that could not be read: {missed}")
    language = _LANGUAGE.search(text[:1000]) if is_vtt else None
    return Extract(
        format="vtt" if is_vtt else "srt",
        blocks=blocks,
        lang=language[1].lower() if language else None,
        warnings=warnings,
    )


def _vtt(text: str, path: Path) -> Iterator[Cue]:
    import webvtt
    from webvtt.errors import MalformedFileError

    try:
        captions = webvtt.from_buffer(io.StringIO(text.lstrip("\n "))).captions
    except MalformedFileError as error:
        raise InputError(f"is no sound WebVTT file ({error})", str(path)) from None
    for caption in captions:
        yield Cue(caption.start_in_seconds, caption.end_in_seconds, tuple(caption.raw_text.split("\n")))


def _srt(text: str, path: Path) -> Iterator[Cue]:
    import pysubs2

    try:
        events = pysubs2.SSAFile.from_string(text, format_="srt", keep_html_tags=True)
    except (ValueError, pysubs2.Pysubs2Error) as error:
        raise InputError(f"is no sound SRT file ({error})", str(path)) from None
    for event in events:
        lines = event.text.split(r"\N")
        yield Cue(event.start / 1000, event.end / 1000, tuple(line for line in lines if "-->" not in line))


def _paragraphs(said: Sequence[Piece]) -> Iterator[Paragraph]:
    """Pieces joined until a sentence ends, the speaker pauses, or somebody else speaks."""
    open_: Paragraph | None = None
    for piece in said:
        if not any(c.isalnum() for c in piece.text):
            continue
        voice = open_.voice if open_ is not None and piece.voice is None else piece.voice
        if open_ is not None and open_.text and (piece.voice not in (None, open_.voice) or _ends(open_, piece)):
            yield open_
            open_ = Paragraph(piece.start, voice)
        open_ = open_ or Paragraph(piece.start, voice)
        open_.text = join(open_.text, piece.text)
        open_.end = max(open_.end, piece.end)
    if open_ is not None:
        yield open_


def _ends(paragraph: Paragraph, following: Piece) -> bool:
    pause = following.start - paragraph.end
    if pause > PAUSE or following.voice == NEW:
        return True
    text = paragraph.text
    if ends_sentence(text):
        return not _ABBREVIATED.search(text[-12:])
    paragraph.cut = len(text) > _TOO_LONG or (len(text) > _LONG and pause >= _BREATH)
    return paragraph.cut


def _has_names(paragraphs: Sequence[Paragraph]) -> bool:
    return any(paragraph.voice for paragraph in paragraphs)


def _block(paragraph: Paragraph, named: bool) -> Block:
    """A block with the time of its first cue; in subtitles that name speakers, every block has a turn."""
    seconds = int(paragraph.start)
    marker = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    turn = Turn(speaker=paragraph.voice or None) if named else None
    return Block(kind="paragraph", text=paragraph.text, marker=marker, turn=turn)
