"""Finished files → the output folder, what is said of it, and what another copy of it holds."""
