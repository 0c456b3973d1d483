"""checker finds the pairs of statements by one company that cannot both be true.

    >>> import checker
    >>> report = checker.check(checker.read_corpus(["corpora/founding-2019-en"]))
    >>> report.findings[0].probability

Everything named here is public; the heavy parts load when they are first used.
"""

from __future__ import annotations

import importlib
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

__version__ = version("checker")

if TYPE_CHECKING:
    from .corpus import Corpus, read_corpus
    from .errors import CheckerError, ConfigError, InputError, ModelError, NothingToCompareError
    from .models import Encoder, Judge, load_encoder, load_judge
    from .pipeline import Options, check
    from .records import Finding, Report, Statement

_HOME = {
    "Corpus": "corpus", "read_corpus": "corpus", "CheckerError": "errors", "ConfigError": "errors",
    "InputError": "errors", "ModelError": "errors", "NothingToCompareError": "errors", "Encoder": "models",
    "Judge": "models", "load_encoder": "models", "load_judge": "models", "Options": "pipeline", "check": "pipeline",
    "Finding": "records", "Report": "records", "Statement": "records",
}  # fmt: skip

__all__ = [
    "CheckerError", "ConfigError", "Corpus", "Encoder", "Finding", "InputError", "Judge", "ModelError",
    "NothingToCompareError", "Options", "Report", "Statement", "check", "load_encoder", "load_judge", "read_corpus",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(importlib.import_module(f".{_HOME[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
