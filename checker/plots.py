"""Curves of an evaluation as SVG files: precision against recall, reliability, histogram of probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .errors import ConfigError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BINS = 10
STYLE: dict[Any, Any] = {
    "svg.hashsalt": "checker",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


def draw(rated: Sequence[tuple[float, bool]], folder: Path) -> list[Path]:
    """Write the three plots of (probability, is a contradiction) and return their paths; same pairs, same bytes.

    Raises ConfigError where matplotlib is not installed.
    """
    try:
        import matplotlib as mpl
    except ImportError:
        raise ConfigError('plots need matplotlib: pip install "checker[eval]"') from None
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    p, y = np.array([s for s, _ in rated]), np.array([label for _, label in rated])
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    with mpl.rc_context(STYLE):
        for name, plot in (("precision-recall", _precision_recall), ("reliability", _reliability), ("scores", _scores)):
            figure = Figure(figsize=(4.2, 3.2), layout="constrained")
            FigureCanvasSVG(figure)
            plot(figure.add_subplot(), p, y)
            paths.append(folder / f"{name}.svg")
            figure.savefig(paths[-1], metadata={"Date": None})
    return paths


def _precision_recall(axes: Axes, p: Any, y: Any) -> None:
    from sklearn.metrics import precision_recall_curve

    precision, recall, _ = precision_recall_curve(y, p)
    axes.step(recall, precision, where="post")
    axes.set(xlabel="recall of judged contradictions", ylabel="precision", xlim=(0, 1), ylim=(0, 1.02))


def _reliability(axes: Axes, p: Any, y: Any) -> None:
    index = np.minimum((p * BINS).astype(int), BINS - 1)
    rows = [
        (p[index == b].mean(), y[index == b].mean(), int((index == b).sum())) for b in range(BINS) if (index == b).any()
    ]
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot([r[0] for r in rows], [r[1] for r in rows], marker="o")
    for x, share, count in rows:
        axes.annotate(f"{count:,}", (x, share), textcoords="offset points", xytext=(6, -9), fontsize=7, color="0.4")
    axes.set(xlabel="probability given (pairs beside the points)", ylabel="share of contradictions", xlim=(0, 1),
             ylim=(0, 1.02))  # fmt: skip


def _scores(axes: Axes, p: Any, y: Any) -> None:
    edges = [n / 20 for n in range(21)]
    axes.hist([p[y], p[~y]], edges, stacked=True, label=["contradictions", "other judged pairs"], log=True)
    axes.set(xlabel="probability given", ylabel="pairs", xlim=(0, 1))
    axes.legend(frameon=False)
