"""What was found in a report's plain text → the files of its draft, escaped so that they read back the same."""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sitegen.labels import read_label

_TO_CHECK = "  # 待核"


@dataclass
class Entry:
    """A heading and the paragraphs below it, as they will be written; `why` tells what an editor should look at."""

    id: str
    level: int
    label: str
    title: str
    explicit: bool
    why: str = ""
    paragraphs: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The heading as printed."""
        return self.label + self.title


def index_lines(title: str, name: str, text: str, left_out: Sequence[str]) -> list[str]:
    """The front matter of index.md; what the text does not tell stays an empty key."""
    year = re.search(r"(?:19|20)\d\d", title + name + text)
    lines = [f"title: {_quoted(title)}", "issuer:", f"year: {year[0] if year else '0000' + _TO_CHECK}", "published:"]
    lines += ["source:", "  url:", "  captured:", f"  sha256: {hashlib.sha256(text.encode()).hexdigest()}"]
    return [*lines, *(["  left_out:"] if left_out else []), *(f"    - {_quoted(line)}" for line in left_out)]


def section_files(entries: Sequence[Entry]) -> dict[str, str]:
    """A file for each part and section, and for an item that stands in none."""
    files: dict[str, str] = {}
    groups: list[list[Entry]] = []
    for entry in entries:
        if not groups or entry.level <= max(2, groups[-1][0].level):
            groups.append([entry])
        else:
            groups[-1].append(entry)
    for own, *inner in groups:
        front = [f"heading: {_quoted(_escaped(own.heading))}{_TO_CHECK if own.why else ''}"]
        front += ["ids:"] if any(entry.explicit for entry in (own, *inner)) else []
        front += [f"  {_quoted(entry.heading)}: {entry.id}{_TO_CHECK}" for entry in (own, *inner) if entry.explicit]
        front += [f"# 待核：{entry.heading}" for entry in inner if entry.why]
        body = [_paragraph(words) for words in own.paragraphs]
        for entry in inner:
            body.append(f"{'#' * (entry.level - 1)} {_escaped(entry.heading)}")
            body += [_paragraph(words) for words in entry.paragraphs]
        files[f"{own.id[1:]}-{'part' if own.level == 1 else 'section'}.md"] = markdown_file(front, body, escaped=True)
    return files


def markdown_file(front: Sequence[str], body: Sequence[str], escaped: bool = False) -> str:
    """A file of front matter and paragraphs, which are escaped unless they are already."""
    paragraphs = body if escaped else [_paragraph(words) for words in body]
    return "---\n" + "\n".join(front) + "\n---\n" + "".join(f"\n{each}\n" for each in paragraphs)


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


def _quoted(text: str) -> str:
    """A text as YAML: plain where nothing in it could mean more, else in quotes."""
    plain = re.fullmatch(r"[\u3400-\u9fff（《“][^:#\"'\\]*", text)
    if plain:
        return text
    return re.sub("[\u2028\u2029\ufeff]", lambda one: f"\\u{ord(one[0]):04x}", json.dumps(text, ensure_ascii=False))
