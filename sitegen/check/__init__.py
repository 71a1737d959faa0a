"""Everything that is proved: the report against its source, its addresses, its notes, and the finished files."""
