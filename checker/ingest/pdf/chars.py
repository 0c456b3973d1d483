"""The characters of a page and where they stand, pulled out of PDFium in bulk.

A call through ctypes for every character costs several times what reading the page does. Here the calls run inside
``map``, with arguments that are made once (0.1 µs a call instead of 1 µs), and only for the first and last character of
each word.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium
    from numpy.typing import NDArray

_AT_ONCE = 2048  # boxes that are asked for in one go
# Results, and arguments where they are plain addresses; without arguments, handles come as pointers that are made once.
_FUNCTIONS: dict[str, tuple[Any, ...]] = {
    "FPDFText_GetLooseCharBox": (None,),
    "FPDFText_GetUnicode": (ctypes.c_uint,),
    "FPDFText_GetTextObject": (ctypes.c_void_p,),
    "FPDFText_IsGenerated": (ctypes.c_int,),
    "FPDFText_GetFontSize": (ctypes.c_double,),
    "FPDFText_GetMatrix": (ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p),
    "FPDFTextObj_GetFont": (ctypes.c_void_p, ctypes.c_void_p),
    "FPDFTextObj_GetTextRenderMode": (ctypes.c_int, ctypes.c_void_p),
    "FPDFFont_GetBaseFontName": (ctypes.c_size_t, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t),
    "FPDFPage_GetObject": (ctypes.c_void_p,),
    "FPDFPageObj_GetClipPath": (ctypes.c_void_p, ctypes.c_void_p),
    "FPDFClipPath_CountPaths": (ctypes.c_int, ctypes.c_void_p),
    "FPDFClipPath_CountPathSegments": (ctypes.c_int, ctypes.c_void_p, ctypes.c_int),
    "FPDFClipPath_GetPathSegment": (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int),
    "FPDFPathSegment_GetPoint": (ctypes.c_int, *[ctypes.c_void_p] * 3),
    "FPDFPageObj_GetType": (ctypes.c_int, ctypes.c_void_p),
    "FPDFPageObj_GetBounds": (ctypes.c_int, *[ctypes.c_void_p] * 5),
}


@lru_cache(maxsize=32)
def function(name: str) -> Callable[..., Any]:
    """A function of PDFium that takes handles and pointers as addresses; it holds the interpreter's lock."""
    from pypdfium2 import raw

    address = ctypes.cast(getattr(raw, name), ctypes.c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(*_FUNCTIONS[name])(address)


def pointer(handle: Any) -> ctypes.c_void_p:
    """A handle of PDFium without its type."""
    return ctypes.cast(handle, ctypes.c_void_p)


@lru_cache(maxsize=1)
def _room() -> tuple[NDArray[np.float32], list[ctypes.c_void_p]]:
    """Room for boxes, and a pointer to each of them: making those takes as long as the calls."""
    import numpy as np

    boxes = np.zeros((_AT_ONCE, 4), np.float32)
    start = boxes.ctypes.data
    return boxes, [ctypes.c_void_p(start + at) for at in range(0, boxes.nbytes, 16)]


class Characters(NamedTuple):
    """A page's text and its code points, one for each of PDFium's characters, so that an index is good for both."""

    text: str
    codes: NDArray[np.integer[Any]]
    handle: ctypes.c_void_p

    def boxes(self, indices: Sequence[int]) -> NDArray[np.float32]:
        """Left, top, right, bottom of characters, with the whole height of their font (y grows up)."""
        import numpy as np

        room, places = _room()
        parts = []
        for start in range(0, len(indices), _AT_ONCE):
            some = indices[start : start + _AT_ONCE]
            room[: len(some)] = 0.0
            deque(map(function("FPDFText_GetLooseCharBox"), repeat(self.handle), some, places), maxlen=0)
            parts.append(room[: len(some)].copy())
        return parts[0] if len(parts) == 1 else np.concatenate([np.zeros((0, 4), np.float32), *parts])

    def objects(self, indices: Sequence[int]) -> list[int | None]:
        """The text object that each of the characters belongs to."""
        return list(map(function("FPDFText_GetTextObject"), repeat(self.handle), indices))

    def made_up(self, indices: Sequence[int]) -> list[int]:
        """Whether characters, such as spaces, are none of the page but of PDFium's making."""
        return list(map(function("FPDFText_IsGenerated"), repeat(self.handle), indices))

    def sizes(self, indices: Sequence[int]) -> list[float]:
        """The size of the type of characters in points, scaled as they are shown."""
        import numpy as np

        matrices = np.zeros((len(indices), 6), np.float32)
        start = matrices.ctypes.data
        places = range(start, start + matrices.nbytes, 24)
        deque(map(function("FPDFText_GetMatrix"), repeat(self.handle), indices, places), maxlen=0)
        size = np.fromiter(map(function("FPDFText_GetFontSize"), repeat(self.handle), indices), float, len(indices))
        sizes: list[float] = (size * np.hypot(matrices[:, 2], matrices[:, 3])).tolist()
        return sizes


def characters(textpage: pdfium.PdfTextPage) -> Characters:
    """The characters of a page in the order of its content."""
    import numpy as np
    from pypdfium2 import raw

    count, handle = textpage.count_chars(), pointer(textpage.raw)
    buffer = (ctypes.c_ushort * (count + 1))()
    # PDFium leaves out characters without meaning and writes those beyond U+FFFF as two: then ask for each one.
    if count and raw.FPDFText_GetTextIndexFromCharIndex(textpage.raw, count - 1) == count - 1:
        raw.FPDFText_GetText(textpage.raw, 0, count, buffer)
        codes = np.frombuffer(buffer, np.uint16, count)
        if not ((codes >> 11) == 27).any():
            return Characters(bytes(buffer)[: 2 * count].decode("utf-16-le"), codes, handle)
    points = np.fromiter(map(function("FPDFText_GetUnicode"), repeat(handle), range(count)), np.uint32, count)
    points[(points > 0x10FFFF) | ((points >> 11) == 27)] = 0xFFFD
    return Characters("".join(map(chr, points.tolist())), points, handle)
