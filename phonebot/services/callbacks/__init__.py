"""Returning a call: staff are rung first, and the caller on their 1."""
