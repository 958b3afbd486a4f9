"""Telling staff: notices at once, digests at their times, warnings, and the links in all of them."""
