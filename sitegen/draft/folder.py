"""A file that holds a report, of whatever kind → the folder of the report's draft."""

from pathlib import Path

from sitegen.draft.capture import read_capture
from sitegen.draft.split import draft_report
from sitegen.files import read_bytes, refusal
from sitegen.model.project import ReportInput
from sitegen.model.report import Report
from sitegen.model.shelf import Near
from sitegen.pipeline.report import make_edition
from sitegen.problems import Place, Problems
from sitegen.publish.project_files import write_folder
from sitegen.read.folder import read_index


def draft_folder(text_path: str, folder_path: str, problems: Problems) -> tuple[str, ...]:
    """Write the draft of the report in a file to a new folder, and give what was found, line by line.

    Nothing is written that would not build, and nothing is overwritten. Raises Mistakes.
    """
    folder = Path(folder_path)
    name = problems.end(_name_new(folder, Place(folder_path), problems))
    data = problems.end(read_bytes(Path(), text_path, problems))
    capture = problems.end(read_capture(data, text_path, problems))
    draft = draft_report(capture, name)
    if not draft.files:
        problems.must(Place(text_path), "draft-text", "must hold the text of a report, with numbered items")
        problems.stop()
    prove_draft(name, draft.files, problems)
    write_folder(folder, draft.files, problems)
    return draft.found


def _name_new(folder: Path, place: Place, problems: Problems) -> str | None:
    """The name of a folder that is new or empty; None where it is neither, or cannot be."""
    try:
        if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
            return folder.resolve().name
        message = "must be a new folder or an empty one: nothing is ever overwritten"
    except (OSError, RuntimeError, ValueError) as error:
        message = f"must be a folder that can be written: {refusal(error)}"
    problems.must(place, "draft-folder", message)
    return None


def prove_draft(name: str, texts: dict[str, str], problems: Problems) -> Report:
    """The report in a draft's files, read and proved as by a build; raises Mistakes."""
    files = {path: text.encode() for path, text in texts.items()}
    index = problems.end(read_index(name, files, problems))
    return problems.end(make_edition(ReportInput(name, files, index, Near()), problems)).report
