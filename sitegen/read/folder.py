"""The files of a report's folder → the folder as it was written; pure functions."""

import hashlib
import re
from codecs import BOM_UTF8
from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from sitegen.files import decode
from sitegen.frontmatter.keys import FigureMatter, ReportMatter, SectionMatter, SourceMatter, TermsMatter
from sitegen.model.folder import Document, Files, Folder, Index
from sitegen.model.project import ReportInput
from sitegen.problems import Passage, Place, Problems
from sitegen.read.record import read_released

Matter = TypeVar("Matter")

_SOURCE, _TERMS = "source.txt", "terms.yaml"
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MISTYPED_END = re.compile(r"(?:\A|\n)(?!---[ \t]*(?:\n|\Z))[^\S\n]*([-－—–―‐‑−﹣─]{2,})[^\S\n]*(?=\n|\Z)")
"""A line that was to begin or to end front matter."""
_ADDRESS_IN_NAME = re.compile(r"\d+[a-z]*(?:-\d+[a-z]*)*(?=[-.])")
_REPORT_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TAKEN = re.compile(r"404|assets|index|issuers|terms|(issuer|terms)-.*")
"""The names of what stands beside the reports; a host may serve its pages without their .html."""


def is_meant(name: str) -> bool:
    """Whether a file of this name in a report's folder is read by the build; others may lie there unread."""
    return name.endswith(".md") or name in (_SOURCE, _TERMS)


def read_index(name: str, files: Files, problems: Problems) -> Index | None:
    """What the index.md of content/NAME holds."""
    path = f"content/{name}"
    if not _REPORT_NAME.fullmatch(name):
        message = "must be named in a-z, 0-9 and -, as in content/2021: the name is part of every address"
        problems.must(Place(path), "report-name", message)
        return None
    if _TAKEN.fullmatch(name):
        message = f'must have another name: "{name}" is kept for what stands beside the reports'
        problems.must(Place(path), "report-name", message)
        return None
    text = _text(files, f"{path}/index.md", problems)
    if text is None:
        return None
    front, body = _split(text, problems)
    matter = None if front is None else _read_matter(front, ReportMatter, problems)
    return None if matter is None else Index(matter, body)


class _BesideIndex(NamedTuple):
    """What a report's folder holds beside index.md and the source."""

    sections: tuple[Document, ...]
    terms: TermsMatter | None


def read_beside_index(name: str, files: Files, problems: Problems) -> _BesideIndex:
    """The files of a report's folder that can be read without its index.md, as far as they are as they must be."""
    path = f"content/{name}"
    if not _REPORT_NAME.fullmatch(name) or _TAKEN.fullmatch(name):
        return _BesideIndex((), None)
    sections = _read_sections(files, path, problems)
    return _BesideIndex(sections, _read_terms(files, f"{path}/{_TERMS}", problems))


def read_listed_figures(name: str, files: Files, index: Index) -> tuple[FigureMatter, ...]:
    """The figures that a report's front matter lists, as far as it can be read.

    What is wrong in it is told when the report is read whole.
    """
    listed = [*index.matter.figures]
    for file_name, data in files.items():
        if file_name.endswith(".md") and file_name.casefold() != "index.md" and data and b"figures" in data:
            section = _read_section(files, f"content/{name}/{file_name}", Problems())
            listed += section.figures if section else ()
    return tuple(listed)


def read_report_folder(report: ReportInput, problems: Problems) -> Folder | None:
    """The folder of a report, as far as its files are as they must be; the mistakes of all of them are told.

    None when one of them could not be read, as was told before.
    """
    matter = report.index.matter
    beside = read_beside_index(report.name, report.files, problems)
    capture = _read_capture(report.files, f"content/{report.name}/{_SOURCE}", matter.source, problems)
    source = _source_lines(capture, f"content/{report.name}/{_SOURCE}", matter.source, problems) if capture else ()
    released = read_released(report.released, problems)
    if None in report.files.values():
        return None
    aliases = matter.aliases or {}
    index = Document("", None, {}, report.index.preamble, matter.figures, matter.no_figures, aliases)
    return Folder(report.name, matter, source, index, beside.sections, beside.terms, released, capture)


def _read_sections(files: Files, path: str, problems: Problems) -> tuple[Document, ...]:
    """The files of parts and sections, in the order of their addresses."""
    names = [name for name in files if name.endswith(".md") and name.casefold() != "index.md"]
    if not names:
        message = "must hold a file for each part and section, as in 1-name.md and 1-1-name.md"
        problems.must(Place(path), "sections-exist", message)
    documents = [_read_section(files, f"{path}/{name}", problems) for name in sorted(names, key=_order)]
    return tuple(document for document in documents if document)


def _read_section(files: Files, path: str, problems: Problems) -> Document | None:
    address = _address(path.rpartition("/")[2])
    if not address:
        message = "must be named index.md or begin with the address of its heading, as in 1-2-name.md"
        problems.must(Place(path), "file-name", message)
        return None
    text = _text(files, path, problems)
    if text is None:
        return None
    front, body = _split(text, problems)
    matter = None if front is None else _read_matter(front, SectionMatter, problems)
    if matter is None:
        return None
    ids, aliases = matter.ids or {}, matter.aliases or {}
    return Document(address, matter.heading, ids, body, matter.figures, matter.no_figures, aliases)


def _read_terms(files: Files, path: str, problems: Problems) -> TermsMatter | None:
    """The terms of a report that has any."""
    text = _text(files, path, problems) if _TERMS in files else None
    return None if text is None else _read_matter(text, TermsMatter, problems)


def _read_capture(files: Files, path: str, matter: SourceMatter, problems: Problems) -> tuple[Passage, ...]:
    """All lines of source.txt, whose hash must be the one declared; none when it could not be read."""
    text = _text(files, path, problems)
    if text is None:
        return ()
    data = files[_SOURCE] or b""
    sha256 = hashlib.sha256(data).hexdigest()
    is_changed = sha256 != matter.sha256
    if is_changed and matter.sha256 in _hashes_by_line_ends(data):
        message = "must have the line ends of the capture, as declared: take the file as it was, as from git"
        problems.must(Place(path), "source-hash", message)
    elif is_changed:
        message = f'"source.sha256" must be that of source.txt, {sha256}, if that is the capture as it was'
        problems.must(matter.sha256.place, "source-hash", message)
    return tuple(Passage(line, Place(path, number)) for number, line in enumerate(text.split("\n"), 1))


def _hashes_by_line_ends(data: bytes) -> list[str]:
    """The hashes of what systems and editors make of a text unasked: other line ends, a byte order mark or none."""
    plain = data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n")
    forms = (plain, plain.replace(b"\n", b"\r\n"))
    return [hashlib.sha256(mark + form).hexdigest() for mark in (b"", BOM_UTF8) for form in forms]


def _source_lines(
    capture: Sequence[Passage], path: str, matter: SourceMatter, problems: Problems
) -> tuple[Passage, ...]:
    """The report's lines of the capture, those that hold anything, without those declared as left out."""
    lines = tuple(line for line in capture if line.strip())
    if len(matter.left_out) >= len(lines):
        message = "must hold the report's words, beside the lines that left_out names"
        problems.must(Place(path), "source-words", message)
        return ()
    places = find_left_out([line.strip() for line in lines], matter.left_out)
    if len(places) < len(matter.left_out):
        missing = matter.left_out[len(places)]
        behind = f"behind {lines[places[-1]].place}" if places else f"in {path}"
        message = f"must be a line {behind}: left_out lists lines of source.txt as they stand there, in their order"
        problems.must(missing.place, "source-left-out", f'"{missing}" {message}')
        return ()
    left_out = set(places)
    return tuple(line for at, line in enumerate(lines) if at not in left_out)


def find_left_out(lines: Sequence[str], left_out: Sequence[str]) -> list[int]:
    """Where the lines stand that are left out: the last ones at the end, the first at the start, others in between.

    As many of them as can be are the last lines of all, then as many as can be the first; each of the others is the
    first line behind the one before it that reads so. Where one is not there, the places of those before it.
    """
    last = 0
    while last < len(left_out) and left_out[-1 - last] == lines[-1 - last]:
        last += 1
    rest, end = left_out[: len(left_out) - last], len(lines) - last
    places: list[int] = []
    at = 0
    for line in rest:
        while at < end and lines[at] != line:
            at += 1
        if at == end:
            return places
        places.append(at)
        at += 1
    return [*places, *range(end, len(lines))]


def _address(name: str) -> str:
    """The address a file is named after: s1-2 for 1-2-name.md, "" where there is none."""
    match = _ADDRESS_IN_NAME.match(name)
    return "s" + match[0] if match else ""


def _order(name: str) -> tuple[list[tuple[int, str]], str]:
    """Sorts 1-name.md before 1-2-name.md, and that before 1-10-name.md."""
    parts = re.findall(r"(\d+)([a-z]*)", _address(name))
    return [(int(number), letter) for number, letter in parts], name


def _split(text: Passage, problems: Problems) -> tuple[Passage | None, Passage]:
    """The front matter of a Markdown file, None where it is not as it must be, and the body behind it."""
    path = text.place.path
    match = _FRONT_MATTER.match(text)
    begins = match is not None or text.startswith("---\n")
    end = match.end(1) if match else len(text) if begins else text.find("\n", len(text) - len(text.lstrip()))
    if mistyped := _MISTYPED_END.search(text, 3 if begins else 0, len(text) if end < 0 else end):
        line = text.count("\n", 0, mistyped.start(1)) + 1
        message = f'"{mistyped[1].strip()}" must be ---, three hyphens of ASCII at the start of their line'
        problems.must(Place(path, line), "front-matter", message)
    elif match:
        body = Passage(text[match.end() :], Place(path, text.count("\n", 0, match.end()) + 1))
        return Passage(match[1], Place(path, 2)), body
    elif begins:
        problems.must(text.place, "front-matter", "must end its front matter by a second line ---")
    else:
        problems.must(text.place, "front-matter", "must begin with front matter: YAML between two lines ---")
    return None, text


def _read_matter(text: Passage, kind: type[Matter], problems: Problems) -> Matter | None:
    """The keys in a text; None when they are not as they must be."""
    from sitegen.frontmatter import reader  # a build in which nothing changed reads no YAML

    return reader.read(text, kind, problems)


def _text(files: Files, path: str, problems: Problems) -> Passage | None:
    """The text of a file that must be there."""
    name = path.rpartition("/")[2]
    if name not in files:
        problems.must(Place(path), "file-exists", "must exist")
    data = files.get(name)
    return None if data is None else decode(data, path, problems)
