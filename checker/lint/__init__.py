"""Checks of corpora without models: what a run would refuse, misread or never compare, each with a stable code."""
