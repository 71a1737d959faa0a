"""One file a module; how a fixture reads is told in specification.py."""
