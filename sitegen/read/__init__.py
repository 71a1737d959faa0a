"""The project's files → each report's folder → its Markdown → the numbered report."""
