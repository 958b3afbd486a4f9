"""Whole stories: a message from the call that left it to the caller's own word, over real HTTP, SMTP and databases."""
