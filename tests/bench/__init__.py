"""How fast the build is, beside another generator."""
