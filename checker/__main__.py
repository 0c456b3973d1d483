"""``python -m checker`` is the same as ``checker``."""

from .cli import main

main()
