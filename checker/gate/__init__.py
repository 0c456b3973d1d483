"""The gate: which findings are new, which are accepted, and what a CI run makes of them."""
