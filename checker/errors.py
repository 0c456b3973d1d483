"""What can go wrong, in words a user can act on. The command line turns each into one line and exit code 2."""

from __future__ import annotations


class CheckerError(Exception):
    """Base of all errors that checker raises on purpose."""


class InputError(CheckerError):
    """Input that cannot be read as it is: says where (file, line, field), what is wrong and how to mend it."""

    def __init__(self, message: str, path: str = "", line: int = 0, field: str = "") -> None:
        self.message, self.path, self.line, self.field = message, path, line, field
        where = ":".join(str(part) for part in (path, line, field) if part)
        super().__init__(f"{where}: {message}" if where else message)


class UnreadableError(InputError):
    """A file that cannot be read to its end. Unlike a bad line it is never passed over."""


class NothingToCompareError(CheckerError):
    """There are statements, but no two that could contradict each other across documents."""


class ModelError(CheckerError):
    """A model that is missing, damaged or of the wrong kind."""


class ConfigError(CheckerError):
    """An option with a value that cannot be used."""
