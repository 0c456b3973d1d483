"""Whether a page has a text layer that can be read: blank pages, pictures of text, text layers that are garbage."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..blocks import PageState
from .lines import PageLines

if TYPE_CHECKING:
    import numpy as np
    import pypdfium2 as pdfium
    from numpy.typing import NDArray

FEW = 25  # letters; a page with fewer and with a picture on it has no text layer
PICTURE = 0.25  # of a page's area
MOST_IMAGES = 200  # of a page that are looked at
_SHADES = 8  # of 255: less of a difference is no drawing
_LIKE = 0.9  # cosine: letters of a text in a European language come about as often as those of any other
_ENOUGH = 300  # letters that their frequencies can be told of
_STRAY = 0.004  # of the characters of a text that may be unusual ones
_FREQUENCIES = {
    "a": 9.0, "b": 1.3, "c": 3.6, "d": 4.3, "e": 13.2, "f": 1.5, "g": 1.6, "h": 2.5, "i": 8.6, "j": 0.2, "k": 0.6,
    "l": 4.8, "m": 2.7, "n": 7.4, "o": 7.4, "p": 2.5, "q": 0.6, "r": 6.7, "s": 6.7, "t": 7.3, "u": 3.4, "v": 1.4,
    "w": 0.8, "x": 0.2, "y": 0.8, "z": 0.6,
}  # fmt: skip
_COMMON = " \t\r\n.,;:!?()[]'\"/&%+-*@$€£§°’‘“”„«»…–—•·\xa0\xad\ufffe\x02\u2010\u2011ﬁﬂﬀﬃﬄ"


def page_state(page: pdfium.PdfPage, found: PageLines) -> tuple[PageState, str]:
    """How a page can be read, and why not by its text layer; "blank" where there is nothing on it."""
    from ..garbled import page_problem

    if len(found.text) < 6 * FEW and sum(map(str.isalpha, found.text)) < FEW:
        if not found.lines and _is_blank(page):
            return "read", "blank"
        if _is_picture(page):
            return "no text", "a picture without a text layer"
        return ("read", "") if found.lines else ("no text", "drawn without a text layer")
    if reads_as_text(found.codes):
        return "read", ""
    problem = page_problem(found.text)
    return ("garbled", problem) if problem else ("read", "")


def reads_as_text(codes: NDArray[np.integer[Any]]) -> bool:
    """A quick look at code points: usual characters only, letters as often as in European languages, or common Han.

    It takes 2% of the time of the look at every word, and says no where there is any doubt.
    """
    import numpy as np

    codes = np.minimum(codes, 0xFFFF)
    unusual, _, latin, east, foreign = np.bincount(_kinds()[codes], minlength=5).tolist()
    if latin + east < _ENOUGH or unusual + foreign > _STRAY * len(codes) or foreign > 2:
        return False
    if east > 2:
        return bool(latin * 3 < east)
    small = np.bincount(codes[codes < 128] | 32, minlength=128)[97:123].astype(float)
    usual = _frequencies()
    return bool(small @ usual >= _LIKE * np.sqrt((small @ small) * (usual @ usual)))


@lru_cache(maxsize=1)
def _frequencies() -> NDArray[np.float64]:
    import numpy as np

    return np.array([_FREQUENCIES[chr(c)] for c in range(97, 123)])


@lru_cache(maxsize=1)
def _kinds() -> NDArray[np.int8]:
    """For each code point 0 if it is unusual, 1 for usual marks and digits, 2 for Latin letters without those that
    wrongly decoded text is full of, 3 for common Chinese, Japanese and Korean characters, 4 for other letters."""
    import numpy as np

    from ..letters import is_common_han

    kinds = np.zeros(0x10000, np.int8)
    kinds[[*map(ord, _COMMON), *range(48, 58), 0x221A]] = 1
    for start, end in ((0x3000, 0x3041), (0xFF00, 0xFFEF), (0x2460, 0x2500), (0x25A0, 0x2600)):
        kinds[start:end] = 1
    kinds[[c for c in range(0x180, 0x2C00) if chr(c).isalpha()]] = 4
    kinds[[c for c in range(0x41, 0x180) if chr(c).isalpha() and chr(c) not in "ÃÂâÐÅ"]] = 2
    kinds[[c for c in range(0x4E00, 0xA000) if is_common_han(chr(c))]] = 3
    kinds[0x3041:0x30FF] = kinds[0xAC00:0xD7A4] = 3
    return kinds


def _is_blank(page: pdfium.PdfPage) -> bool:
    """Whether a page shows one colour all over."""
    from pypdfium2 import raw

    if not raw.FPDFPage_CountObjects(page.raw):
        return True
    scale = min(0.25, 400 / max(*page.get_size(), 1.0))
    shades = page.render(scale=scale, grayscale=True).to_numpy()
    return int(shades.max()) - int(shades.min()) < _SHADES


def _is_picture(page: pdfium.PdfPage) -> bool:
    """Whether images cover much of a page."""
    from pypdfium2 import raw

    width, height = page.get_size()
    covered = 0.0
    for image in islice(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=4), MOST_IMAGES):
        x0, y0, x1, y1 = (image.container or image).get_bounds()
        covered += (x1 - x0) * (y1 - y0)
    return bool(covered > PICTURE * width * height)
