"""Tests of the telephone network, against tiny apps of their own."""
