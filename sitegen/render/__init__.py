"""An edition → its pages and its files for programs."""
