"""phonebot: a telephone line that tells callers the truth and keeps their message until they have been reached."""
