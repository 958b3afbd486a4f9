"""What becomes of a message: taken in, accepted, acted on, passed on, counted, and in the end forgotten."""
