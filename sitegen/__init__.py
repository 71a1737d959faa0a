"""The stages of a build, from an editor's files to the files of the static reference edition.

In the order in which a report passes through them:

- read: the project's files → each report's folder → its Markdown → the numbered report
- check: the report against its source, its addresses, its notes; later its finished files
- apparatus: what an edition adds beside the report's words: figures, terms, and what joins the years
- render: an edition → its pages and its files for programs
- publish: finished files → the output folder, what is said of them, and what another copy holds
- pipeline: the order of these stages for each report, and for the site

What they all speak of, from the ground up:

- problems: places, passages, mistakes, and the one collector of mistakes
- files: files and folders → bytes, text and names
- labels: labels as printed ↔ numbers ↔ addresses
- frontmatter: the keys that an editor may write, and what reads them
- model: what passes between the stages
- store: what earlier builds made and proved, by the digest of all that it was made of

Beside the pipeline:

- draft: what an editor has of a report, a page, a document or a text → the draft of its folder
- console: what a command says, on every console, and how it ends where no editor is at fault
- preview: the site on this machine, built anew at every change
"""

__version__ = "1.0.0"
