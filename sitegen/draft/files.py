"""What was found in a report's plain text → the files of its draft, escaped so that they read back the same."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sitegen.draft.capture import Capture
from sitegen.draft.figures import Numbers, list_numbers
from sitegen.draft.said import Said
from sitegen.labels import read_label

_TO_CHECK = "  # 待核"
_SHOWN = 20  # characters that a mark in front matter quotes


@dataclass(eq=False)
class Words:
    """A paragraph as it will be written; `why` tells what an editor should look at."""

    text: str
    why: str = ""


@dataclass
class Entry:
    """A heading and the paragraphs below it, as they will be written; `why` tells what an editor should look at."""

    id: str
    level: int
    label: str
    title: str
    explicit: bool
    why: str = ""
    paragraphs: list[Words] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The heading as printed."""
        return self.label + self.title


@dataclass(frozen=True)
class Matter:
    """What index.md says of a report; `sha256` is that of source.txt."""

    title: str
    is_title_sure: bool
    issuer: Said
    year: Said
    published: Said
    capture: Capture
    sha256: str
    left_out: tuple[str, ...]
    continuous: bool


@dataclass
class Drafted:
    """The files by name, and where things stand in them: keys of index.md and items, by name, and paragraphs.

    `figures` counts those that are drafted, and `no_figures` are words with numbers that are none in the whole report.
    """

    files: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    paragraphs: dict[int, str] = field(default_factory=dict)
    figures: int = 0
    no_figures: tuple[str, ...] = ()

    def place_of(self, words: Words) -> str:
        """Where a paragraph stands: 1-2-section.md:7."""
        return self.paragraphs[id(words)]


def draft_files(matter: Matter, text: str, preamble: Sequence[Words], entries: Sequence[Entry]) -> Drafted:
    """The files of a draft, each paragraph escaped so that it reads back the same."""
    drafted = Drafted()
    drafted.files["source.txt"] = text
    _write_index(drafted, matter, preamble)
    groups: list[list[Entry]] = []
    for entry in entries:
        if not groups or entry.level <= max(2, groups[-1][0].level):
            groups.append([entry])
        else:
            groups[-1].append(entry)
    for group in groups:
        _write_section(drafted, group)
    *_, last = drafted.files
    drafted.places["end"] = f"{last}:{drafted.files[last].count(chr(10))}"
    return drafted


def _write_index(drafted: Drafted, matter: Matter, preamble: Sequence[Words]) -> None:
    """index.md: its front matter, where what the capture does not tell stays an empty key, and the preamble."""
    capture, page = matter.capture, matter.capture.held.page
    keys = [
        ("title", f"title:{_value(matter.title)}" + ("" if matter.is_title_sure else _TO_CHECK)),
        ("issuer", _key("issuer", matter.issuer)),
        ("year", f"year: {matter.year.value}" + ("" if matter.year.is_sure else _TO_CHECK)),
        ("published", _key("published", matter.published)),
        ("source", "source:"),
        ("url", f"  url:{_value(page.url) if is_address(page.url) else ''}"),
        ("captured", "  captured:"),
        ("sha256", f"  sha256: {matter.sha256}"),
        ("kind", f"  kind: {capture.kind}"),
        ("file_sha256", f"  file_sha256: {capture.sha256}"),
    ]
    if matter.left_out:
        keys.append(("left_out", f"  left_out:{_TO_CHECK}"))
        keys += [("", f"    - {_quoted(line)}") for line in matter.left_out]
    if matter.continuous:
        keys.append(("numbering", "numbering: continuous"))
    front = [line for _, line in keys]
    for number, (name, _) in enumerate(keys, 2):
        drafted.places.setdefault(name, f"index.md:{number}")
    numbers = list_numbers([("", [matter.title]), ("s0", [words.text for words in preamble])])
    drafted.no_figures = tuple(numbers.no_figures)
    _write(drafted, "index.md", [*front, *_marks(preamble)], list(preamble), numbers)


def is_address(text: str) -> bool:
    """Whether a text is a web address that front matter may hold."""
    return re.fullmatch(r"https?://[^\s/]\S*", text) is not None


def _key(name: str, said: Said) -> str:
    """A key of front matter; one whose value is not sure, or not known, is marked."""
    return f"{name}:{_value(said.value)}" + ("" if said.is_sure else _TO_CHECK)


def _value(text: str) -> str:
    return f" {_quoted(text)}" if text else ""


def _marks(words: Sequence[Words]) -> list[str]:
    """A mark for each paragraph to look at, since Markdown holds none beside it."""
    return [f"# 待核：{_unbroken(each.text[:_SHOWN])}" for each in words if each.why]


def _write_section(drafted: Drafted, group: Sequence[Entry]) -> None:
    """The file of a part or section, or of an item that stands in none."""
    own, *inner = group
    front = [f"heading: {_quoted(_escaped(own.heading))}{_TO_CHECK if own.why else ''}"]
    ids: dict[str, list[Entry]] = {}
    for entry in group:
        ids.setdefault(entry.heading, []).append(entry)
    explicit = {heading: same for heading, same in ids.items() if any(entry.explicit for entry in same)}
    front += ["ids:"] if explicit else []
    for heading, same in explicit.items():
        front.append(f"  {_quoted(heading)}: {' '.join(entry.id for entry in same)}{_TO_CHECK}")
    front += [f"# 待核：{_unbroken(entry.heading[:_SHOWN])}" for entry in inner if entry.why]
    body: list[Words | Entry] = []
    for entry in group:
        front += _marks(entry.paragraphs)
        body += [entry, *entry.paragraphs] if entry is not own else entry.paragraphs
    name = f"{own.id[1:]}-{'part' if own.level == 1 else 'section'}.md"
    drafted.places[own.id] = f"{name}:2"
    passages = [(entry.id, [entry.title, *(words.text for words in entry.paragraphs)]) for entry in group]
    _write(drafted, name, front, body, list_numbers(passages, drafted.no_figures))


def _write(drafted: Drafted, name: str, front: Sequence[str], body: Sequence[Words | Entry], numbers: Numbers) -> None:
    """A file of front matter, headings and paragraphs; where these stand is remembered."""
    if numbers.figures:
        drafted.places.setdefault("figures", f"{name}:{len(front) + 2}")
        drafted.figures += len(numbers.figures)
    lines = ["---", *front, *_list_figures(numbers), "---"]
    for each in body:
        place = f"{name}:{len(lines) + 2}"
        if isinstance(each, Entry):
            drafted.places[each.id] = place
            lines += ["", f"{'#' * (each.level - 1)} {_escaped(each.heading)}"]
        else:
            drafted.paragraphs[id(each)] = place
            lines += ["", _paragraph(each.text)]
    drafted.files[name] = "".join(f"{line}\n" for line in lines)


def _list_figures(numbers: Numbers) -> list[str]:
    """The numbers of a file as front matter, a line each; what a figure measures is for the editor to say."""
    lines = ["figures:"] if numbers.figures else []
    for figure in numbers.figures:
        keys = f"item: {figure.item}, value: {_flow(figure.value)}, unit: {_flow(figure.unit)}, measures: "
        lines.append(f"  - {{{keys}}}{_TO_CHECK}：{_unbroken(figure.clause)}")
    lines += [f"no_figures:{_TO_CHECK}"] if numbers.no_figures else []
    return lines + [f"  - {_quoted(words)}" for words in numbers.no_figures]


def _unbroken(text: str) -> str:
    """A text for a comment of YAML, without characters that would end or break it."""
    return re.sub(r"[^\S ]|[^\x20-\ud7ff\ue000-\ufefe\uff00-\ufffd]", " ", text)


def _paragraph(words: str) -> str:
    """A paragraph as Markdown, with a backslash before what would be read as something else."""
    text = _escaped(words)
    unread = (
        read_label(words)
        or words[:1] in ("＃", "﹟")
        or (text[:1] == "\\" and words[:1] == "\\" and text[:2] != "\\\\")
    )
    return f"\\{text}" if unread else text


def _escaped(words: str) -> str:
    text = re.sub(r"\\(?=[!-/:-@\[-`{-~])", r"\\\\", words)
    text = re.sub(r"[\[［【](?=[ \u3000]*[\^＾])", r"\\\g<0>", text)
    return re.sub(r"^#|#$", r"\\#", text)


def _flow(text: str) -> str:
    """A figure's value or unit within braces: plain where nothing in it could mean more, else in quotes."""
    return text if re.fullmatch(r"[^\W_](?:[\w.%％‰]|(?<=\d),(?=\d{3}(?!\d)))*", text) else _quoted(text)


def _quoted(text: str) -> str:
    """A text as YAML: plain where nothing in it could mean more, else in quotes."""
    plain = re.fullmatch(r"(?=.*[\u3400-\u9fff])[\w（《“][^:#\"'\\]*", text)
    if plain:
        return text
    return re.sub("[\u2028\u2029\ufeff]", lambda one: f"\\u{ord(one[0]):04x}", json.dumps(text, ensure_ascii=False))
