"""Packs: which standards and which deference to local views there are, as plain TOML that anyone can read and extend.

A pack names instruments (``class = "universal"``: the Universal Declaration, ISO 14001, "the same rule everywhere") and
ways to put something local in their place (``class = "relative"``: "each country's own view"), with phrases in up to
eight languages, and the words by which a topic is known. The notation of phrases is in ``phrases.py``; README.md beside
this file has the keys.
"""

from __future__ import annotations

from .loading import Entry, Packs, Topic, default_packs, load_packs

__all__ = ["Entry", "Packs", "Topic", "default_packs", "load_packs"]
