"""A report's plain text → the draft of its folder."""
