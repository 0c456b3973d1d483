"""The type that lines are set in: its size, and whether it is bold.

The height of a character's box is proportional to the size of its type, font by font; so PDFium is asked for the exact
size only once for each font, and for fonts that give no such box.
"""

from __future__ import annotations

import ctypes
import re
from typing import NamedTuple

from .chars import Characters, function

_BOLD = re.compile(r"bold|black|heavy|extrab|semib|demi|-?bd\b|\bbd", re.IGNORECASE)
_STROKED = 2  # the mode in which letters are filled and stroked


class Sample(NamedTuple):
    """The first and the last character of each line, and how high the boxes of both are."""

    first: list[int]
    last: list[int]
    first_heights: list[float]
    last_heights: list[float]


def type_of(chars: Characters, sample: Sample) -> tuple[list[float], list[bool]]:
    """The size of the type of lines, and whether they are bold: at the beginning, and in the middle or at the end."""
    objects = chars.objects(sample.first)
    fonts, bold = _looks(objects)
    begun = [n for n, is_bold in enumerate(bold) if is_bold]
    if begun:
        _, ends = _looks(chars.objects([sample.last[n] for n in begun]))
        mixed = [n for n, is_bold in zip(begun, ends, strict=True) if not is_bold]
        middles = [_letter_in_middle(chars.text, sample.first[n], sample.last[n]) for n in mixed]
        _, inside = _looks(chars.objects(middles))
        for n, is_bold in zip(mixed, inside, strict=True):
            bold[n] = is_bold
    return _sizes(chars, sample, objects, fonts), bold


def _sizes(
    chars: Characters, sample: Sample, objects: list[int | None], fonts: list[int | None]
) -> list[float]:  # fmt: skip
    """Sizes by the height of boxes, for fonts whose boxes are all of one height; one of their lines tells that."""
    scales = {font: _scale(chars, sample, objects, fonts.index(font)) for font in set(fonts)}
    sizes = [round(scales[font] * high, 2) for font, high in zip(fonts, sample.first_heights, strict=True)]
    unknown = [n for n, size in enumerate(sizes) if size <= 0]
    if unknown:
        for n, size in zip(unknown, chars.sizes([sample.first[n] for n in unknown]), strict=True):
            sizes[n] = round(size, 2)
    return sizes


def _scale(chars: Characters, sample: Sample, objects: list[int | None], n: int) -> float:
    """The size of the type of a line over the height of its boxes; 0 if the two ends do not agree on it."""
    first, last = sample.first[n], sample.last[n]
    if first == last or chars.objects([last]) != [objects[n]]:
        return 0.0
    start, end = chars.sizes([first, last])
    scale = start / (sample.first_heights[n] or 1.0)
    return scale if abs(end / (sample.last_heights[n] or 1.0) - scale) < 0.02 * scale else 0.0


def _looks(objects: list[int | None]) -> tuple[list[int | None], list[bool]]:
    """The fonts of text objects, and whether they are bold: by the name of the font, or stroked around letters."""
    fonts = list(map(function("FPDFTextObj_GetFont"), objects))
    bold = {font: bool(_BOLD.search(_font_name(font))) for font in set(fonts)}
    modes = map(function("FPDFTextObj_GetTextRenderMode"), objects)
    return fonts, [mode == _STROKED or bold[font] for font, mode in zip(fonts, modes, strict=True)]


def _font_name(font: int | None) -> str:
    name = ctypes.create_string_buffer(128)
    function("FPDFFont_GetBaseFontName")(font, ctypes.addressof(name), 128)
    return name.value.decode("latin-1")


def _letter_in_middle(text: str, first: int, last: int) -> int:
    """A character in the second half of a line that is no space, for PDFium makes some spaces up."""
    return next((i for i in range((first + last) // 2, last) if not text[i].isspace()), last)
