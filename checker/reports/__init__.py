"""A report as files and as text for a terminal."""
