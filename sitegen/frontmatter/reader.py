"""YAML text → the dataclasses of keys.py, every text with its line.

Where a line looks mistyped, reading goes on with what was meant, so that all mistakes of a text are told at once.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import yaml

from sitegen.frontmatter.nodes import read_nodes, scalars
from sitegen.frontmatter.shapes import all_keys
from sitegen.frontmatter.slips import (
    Mended,
    mend_comment,
    mend_cut_value,
    mend_indent,
    mend_typing,
    mend_value,
)
from sitegen.problems import Passage, Place, Problem, Problems

Matter = TypeVar("Matter")

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NESTING = ("[", "{", "- ", "? ")
_DEEP = 100  # levels: more have no meaning here, and some ten thousand crash the parser
_ROUNDS = 20  # how often a text is read again with mistyped lines mended
_HINT = "a value with special characters must be in quotes, and lines be indented with spaces"
_LINE_END = re.compile("[\u2028\u2029]")  # of YAML's too, but of no editor's lines
_COMMA = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
"""A comma that groups the digits of a number, and so ends no value, not even within brackets."""
_STAND_IN = "\ufdd0"  # for such a comma while YAML is read: for Unicode no character, so that programs may use it
_COMMENT = re.compile(r"(?<=\S)[ \t]+(?=#)")  # where one may begin, behind something on its line


def read(text: Passage, kind: type[Matter], problems: Problems) -> Matter | None:
    """Read YAML as the keys that `kind` defines; None when it is not as it must be, each key's mistake being told."""
    typed = _Lines(text.place.path, text.place.line or 1, tuple(text.split("\n")), kind)
    slips: list[Problem] = []
    attempt = typed.read()
    for _ in range(_ROUNDS):
        slipped = _mend_comments(typed, attempt) or _mend_slips(typed, attempt)
        if not slipped:
            break
        slips += [Problem(typed.place(at), slip.rule, slip.message) for at, slip in slipped.items()]
        typed = typed.mended(slipped)
        attempt = typed.read()
    problems.add(sorted([*slips, *attempt.problems], key=lambda problem: problem.place.line or 0))
    return None if slips else attempt.matter


@dataclass(frozen=True)
class _Attempt:
    """What came of reading lines: the keys, None where there are problems; and which lines may be to blame.

    `cuts` tells of lines that a comment cuts at which column. `failed` is the line from which on they are no YAML,
    `began` the one where what fails there began. Lines are counted from 0.
    """

    matter: Any
    problems: Sequence[Problem]
    suspects: Sequence[int] = ()
    cuts: Mapping[int, int] = field(default_factory=dict)
    failed: int | None = None
    began: int = 0

    def is_better_than(self, other: "_Attempt") -> bool:
        """Whether a mistake of the other is gone, and none came before it."""
        if self.failed is not None:
            return other.failed is not None and self.failed > other.failed
        return other.failed is not None or bool(set(other.problems) - set(self.problems))


@dataclass(frozen=True)
class _Lines:
    """The lines of a text, of which `first` is the number in its file, and what they are to be read as."""

    path: str
    first: int
    lines: tuple[str, ...]
    kind: type

    def place(self, at: int) -> Place:
        return Place(self.path, self.first + at)

    def mended(self, slips: Mapping[int, Mended]) -> "_Lines":
        lines = tuple(slips[at].line if at in slips else line for at, line in enumerate(self.lines))
        return replace(self, lines=lines)

    def read(self) -> _Attempt:
        """Read the lines as they stand."""
        problems = Problems()
        text = "\n".join(self.lines)
        _refuse(text, self, problems)
        if problems.found:
            return _Attempt(None, problems.found)
        try:
            root = _compose(text)
        except yaml.MarkedYAMLError as error:
            return self.failed(error)
        except (yaml.YAMLError, ValueError) as error:
            problems.must(self.place(0), "yaml-valid", f"must be valid YAML: {' '.join(str(error).split())}")
            return _Attempt(None, problems.found)
        matter, suspects = read_nodes(root, self.kind, self.path, self.first, self.lines, problems)
        return _Attempt(matter, problems.found, suspects, _list_cuts(self.lines, root))

    def failed(self, error: yaml.MarkedYAMLError) -> _Attempt:
        """What is said of lines that are no YAML."""
        last = max((at for at, line in enumerate(self.lines) if line.strip()), default=0)
        failed = error.problem_mark.line if error.problem_mark else 0
        began = error.context_mark.line if error.context_mark else failed
        reason = f"{error.problem} {error.context or ''}".strip()
        problem = Problem(self.place(min(failed, last)), "yaml-valid", f"must be valid YAML: {reason}; {_HINT}")
        return _Attempt(None, (problem,), failed=failed, began=min(began, last))


def _compose(text: str) -> Any:
    """The nodes of YAML; commas that group digits belong to their number."""
    readable = text if _STAND_IN in text else _COMMA.sub(_STAND_IN, text)
    root = yaml.compose(readable, Loader=_LOADER) or yaml.MappingNode("", [])
    if readable != text:
        for node in scalars(root):
            node.value = node.value.replace(_STAND_IN, ",")
    return root


def _mend_comments(typed: _Lines, attempt: _Attempt) -> Mapping[int, Mended]:
    """Lines that a comment cuts: in quotes where that makes a right value of what is cut, else with a space."""
    if not attempt.cuts:
        return {}
    spaced = {at: mend_comment(typed.lines[at], cut) for at, cut in attempt.cuts.items()}
    quoted = {at: mend_cut_value(typed.lines[at], cut) or spaced[at] for at, cut in attempt.cuts.items()}
    then = typed.mended(quoted).read()
    wrong = {problem.place for problem in then.problems}
    return {
        at: slip if then.failed is None and typed.place(at) not in wrong else spaced[at] for at, slip in quoted.items()
    }


def _mend_slips(typed: _Lines, attempt: _Attempt) -> Mapping[int, Mended]:
    """Mistyped lines as they were meant; none where reading them so would not be better."""
    for slips in _guesses(typed.lines, all_keys(typed.kind), attempt):
        if slips and typed.mended(slips).read().is_better_than(attempt):
            return slips
    return {}


def _guesses(lines: Sequence[str], keys: Container[str], attempt: _Attempt) -> Iterator[Mapping[int, Mended]]:
    """Which lines may have been mistyped so that reading failed, the likeliest first."""
    yield _typing_slips(lines, attempt.suspects, keys)
    if attempt.failed is None:
        return
    at = min(attempt.failed, len(lines) - 1)
    slips = _typing_slips(lines, range(at + 1), keys)
    behind = at
    while behind > 0 and (behind - 1 in slips or not lines[behind - 1].strip()):
        behind -= 1
    yield {line: slip for line, slip in slips.items() if line >= behind}
    yield {line: slip for line, slip in slips.items() if line == attempt.began}
    yield {line: slip for line, slip in slips.items() if line == max(slips)}
    for line in (attempt.began, at, at - 1):
        if line >= 0 and (slip := mend_value(lines[line], keys)):
            yield {line: slip}


def _typing_slips(lines: Sequence[str], suspects: Sequence[int], keys: Container[str]) -> dict[int, Mended]:
    """Those of some lines that look mistyped, as they were meant."""
    slips: dict[int, Mended] = {}
    for at in suspects:
        before = slips[at - 1].line if at - 1 in slips else lines[at - 1] if at else ""
        slip = mend_indent(lines[at], before) or mend_typing(lines[at], keys)
        if slip:
            slips[at] = slip
    return slips


def _refuse(text: str, typed: _Lines, problems: Problems) -> None:
    """Tell what YAML may hold and front matter may not: aliases, which multiply, depth, and line ends of its own."""
    for at, line in enumerate(typed.lines):
        if odd := _LINE_END.search(line):
            code = f"{ord(odd[0]):04X}"
            message = f'must not hold the character U+{code}, which ends a line; in quotes it is "\\u{code.lower()}"'
            problems.must(typed.place(at), "character-allowed", message)
    if not ("&" in text or "*" in text or sum(map(text.count, _NESTING)) > _DEEP):
        return
    depth = 0
    aliases: set[int] = set()
    event: Any
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEP:
                problems.must(typed.place(0), "yaml-valid", "must be valid YAML, and not nested so deeply")
                return
            if getattr(event, "anchor", None):
                aliases.add(event.start_mark.line)
    except (yaml.YAMLError, ValueError):  # told when the text is read
        pass
    for at in sorted(aliases):
        message = "must not use YAML's & and *, which repeat a value: a value that begins so must be in quotes"
        problems.must(typed.place(at), "yaml-alias", message)


def _list_cuts(lines: Sequence[str], root: Any) -> dict[int, int]:
    """Where lines are cut by a # without a space behind it, likelier a part of the value than a comment."""
    marks: dict[int, list[int]] = {}
    for at, line in enumerate(lines):
        if "#" in line and line.lstrip()[:1] != "#":
            marks[at] = [match.end() for match in _COMMENT.finditer(line)]
    if not marks:
        return {}
    ends: dict[int, int] = {}  # where the last value in quotes ends, which may hold a #
    for node in scalars(root):
        if node.style:
            ends[node.end_mark.line] = max(ends.get(node.end_mark.line, 0), node.end_mark.column)
    cuts: dict[int, int] = {}
    for at, places in marks.items():
        comment = next((place for place in places if place >= ends.get(at, 0)), len(lines[at]))
        if lines[at][comment + 1 : comment + 2].strip():
            cuts[at] = comment
    return cuts
