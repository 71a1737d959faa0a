"""A new report on the editor's desk: from a file of plain text to the folder of its draft."""

from pathlib import Path

from sitegen.draft.split import split
from sitegen.files import decode_any, read_bytes
from sitegen.problems import Place, mistake
from sitegen.publish.output import write_tree
from sitegen.read.content import read_report
from sitegen.read.folder import load_report


def draft_folder(text: str, named: str) -> str:
    """Write the draft of the report in the file `text` to a new folder, and tell what to look at; raises Mistakes."""
    folder = Path(named)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise mistake(Place(named), "must be a new folder or an empty one: nothing is ever overwritten")
    name = folder.resolve().name
    draft = split(decode_any(read_bytes(Path(), text), text), name)
    if not draft.files:
        raise mistake(Place(text), "must hold the text of a report, with numbered items")
    proved = {path: said.encode() for path, said in draft.files.items()}
    read_report(load_report(name, proved))  # before anything of it is written
    write_tree(folder, draft.files)
    return "\n".join(draft.found)
