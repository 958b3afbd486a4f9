"""Telling callers and asking them, by text; promises of a call, and what follows when one slips."""
