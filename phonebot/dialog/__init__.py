"""The flow engine: flows as data, one pure step a turn."""
