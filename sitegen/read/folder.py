"""The files of a report's folder → the folder as it was written; pure functions."""

import hashlib
import re

from sitegen.files import decode
from sitegen.frontmatter import reader as frontmatter
from sitegen.frontmatter.keys import ReportMatter, SectionMatter, SourceMatter, TermsMatter
from sitegen.model.folder import Document, Files, Folder, Index
from sitegen.problems import Mistakes, Passage, Place, Problem, gather, mistake, stop_at

RELEASED = "addresses.txt"
"""The file in a report's folder that lists its released addresses, one a line."""
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)^---[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_ADDRESS_IN_NAME = re.compile(r"\d+[a-z]?(?:-\d+[a-z]?)*(?=[-.])")
_REPORT_NAME = re.compile(r"(?!assets$)[a-z0-9]+(-[a-z0-9]+)*")


def load_index(name: str, files: Files) -> Index:
    """What the index.md of content/NAME holds; raises Mistakes."""
    _check_name(name)
    return _markdown(files, f"content/{name}/index.md", ReportMatter)


def load_report(name: str, files: Files, index: Index | None = None) -> Folder:
    """The report in content/NAME, whose `index` may be loaded already; raises Mistakes with those of all its files."""
    _check_name(name)
    path = f"content/{name}"
    problems: list[Problem] = []
    sections: list[Document] = []
    sources = [file for file in files if file.endswith(".md") and file != "index.md"]
    if not sources:
        said = "must hold a file for each part and section, as in 1-name.md and 1-1-name.md"
        problems.append(Problem(Place(path), said))
    for file in sorted(sources, key=_order):
        with gather(problems):
            sections.append(_load_section(files, f"{path}/{file}", _address(file)))
    with gather(problems):
        matter, body = index or load_index(name, files)
        preamble = Document("", None, {}, body, matter.figures, matter.no_figures, matter.aliases or {})
        source = _load_source(files, f"{path}/source.txt", matter.source)
    with gather(problems):
        terms = _load_terms(files, f"{path}/terms.yaml")
    with gather(problems):
        released = _load_released(files, f"{path}/{RELEASED}")
    stop_at(problems)
    return Folder(name, matter, source, preamble, tuple(sections), terms, released)


def _check_name(name: str) -> None:
    if not _REPORT_NAME.fullmatch(name):
        said = "must be named in a-z, 0-9 and -, as in content/2021: the name is part of every address"
        raise mistake(Place(f"content/{name}"), said)


def _load_section(files: Files, path: str, named: str) -> Document:
    if not named:
        raise mistake(Place(path), "must be named index.md or begin with the address of its heading, as in 1-2-name.md")
    matter, body = _markdown(files, path, SectionMatter)
    return Document(
        named, matter.heading, matter.ids or {}, body, matter.figures, matter.no_figures, matter.aliases or {}
    )


def _load_terms(files: Files, path: str) -> TermsMatter | None:
    """The terms of a report that has any."""
    return frontmatter.read(_text(files, path), TermsMatter) if _name(path) in files else None


def _load_released(files: Files, path: str) -> tuple[Passage, ...]:
    """The addresses of a report that were released, if any were."""
    if _name(path) not in files:
        return ()
    numbered = enumerate(_text(files, path).split("\n"), 1)
    return tuple(Passage(line.strip(), Place(path, at)) for at, line in numbered if line.strip())


def _load_source(files: Files, path: str, matter: SourceMatter) -> tuple[Passage, ...]:
    """The report's lines of source.txt, whose hash must be the one declared, without those declared as left out."""
    problems: list[Problem] = []
    text = _text(files, path)
    if (sha256 := hashlib.sha256(_data(files, path)).hexdigest()) != matter.sha256:
        said = f'"source.sha256" must be that of source.txt, {sha256}, if that is the capture as it was'
        problems.append(Problem(matter.sha256.place, said))
    with gather(problems):
        numbered = enumerate(text.split("\n"), 1)
        lines = [Passage(line, Place(path, at)) for at, line in numbered if line.strip()]
        kept = len(lines) - len(matter.left_out)
        for left_out, line in zip(matter.left_out, lines[max(0, kept) :], strict=False):
            if left_out != (stands := line.strip()):
                said = f'"{left_out}" must be "{stands}" as in {line.place}: left_out lists the last lines, in order'
                raise mistake(left_out.place, said)
        if kept <= 0:
            raise mistake(Place(path), "must hold the report's words, beside the lines that left_out names")
    stop_at(problems)
    return tuple(lines[:kept])


def _address(name: str) -> str:
    """The address a file is named after: s1-2 for 1-2-name.md, "" where there is none."""
    found = _ADDRESS_IN_NAME.match(name)
    return "s" + found[0] if found else ""


def _order(name: str) -> tuple[list[tuple[int, str]], str]:
    """Sorts 1-name.md before 1-2-name.md, and that before 1-10-name.md."""
    parts = re.findall(r"(\d+)([a-z]?)", _address(name))
    return [(int(number), letter) for number, letter in parts], name


def _markdown(files: Files, path: str, kind: type[frontmatter.Matter]) -> tuple[frontmatter.Matter, Passage]:
    """The front matter and the body of a Markdown file."""
    text = _text(files, path)
    found = _FRONT_MATTER.match(text)
    if not found:
        if text.startswith("---\n"):
            raise mistake(text.place, "must end its front matter by a second line ---")
        raise mistake(text.place, "must begin with front matter: YAML between two lines ---")
    body = Passage(text[found.end() :], Place(path, text.count("\n", 0, found.end()) + 1))
    return frontmatter.read(Passage(found[1], Place(path, 2)), kind), body


def _text(files: Files, path: str) -> Passage:
    """The text of a file that must exist."""
    return decode(_data(files, path), path)


def _data(files: Files, path: str) -> bytes:
    data = files.get(_name(path), Problem(Place(path), "must exist"))
    if isinstance(data, Problem):
        raise Mistakes([data])
    return data


def _name(path: str) -> str:
    return path.rpartition("/")[2]
