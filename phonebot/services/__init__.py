"""Use cases: one function each, and each owns its transaction."""
