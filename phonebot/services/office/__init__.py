"""The office as its file says, and where its people are."""
