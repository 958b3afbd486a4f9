"""Calls that come in, turn by turn, and all that Twilio tells of them or has to be asked for."""
