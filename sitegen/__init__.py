"""The stages of a build, from an editor's files to the files of the static reference edition."""
