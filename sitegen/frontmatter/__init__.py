"""What editors may say in YAML: its keys, their reader, and their description for editors' programs."""
