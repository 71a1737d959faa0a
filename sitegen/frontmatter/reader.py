"""YAML text → the dataclasses of keys.py, every text with its line; the only module that reads YAML.

Where a line looks mistyped, reading goes on with what was meant, so that all mistakes of a text are told at once.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

import yaml

from sitegen.files import UNFIT
from sitegen.frontmatter.keys import Form
from sitegen.frontmatter.shapes import all_keys, types_of_keys, visit
from sitegen.frontmatter.slips import (
    Mended,
    fold_key,
    mend_comment,
    mend_cut_value,
    mend_indent,
    mend_typing,
    mend_value,
    quoted,
)
from sitegen.problems import Passage, Place, Problem, Problems

Matter = TypeVar("Matter")

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NESTING = ("[", "{", "- ", "? ")
_DEEP = 100  # levels: more have no meaning here, and some ten thousand crash the parser
_ROUNDS = 20  # how often a text is read again with mistyped lines mended
_HINT = "a value with special characters must be in quotes, and lines be indented with spaces"
_LINE_ENDS = "\u2028\u2029"  # of YAML's too, but of no editor's lines
_WIDE_QUOTES = tuple("“”‘’＂＇")
_COMMENT = re.compile(r"(?<=\S)[ \t]+(?=#)")  # where one may begin, behind something on its line
_NULL = "tag:yaml.org,2002:null"


def read(text: Passage, kind: type[Matter], problems: Problems) -> Matter | None:
    """Read YAML as the keys that `kind` defines; None when it is not as it must be, each key's mistake being told."""
    path, first = text.place.path, text.place.line or 1
    lines = text.split("\n")
    slips: list[Problem] = []
    attempt = _read(path, first, lines, kind)
    for _ in range(_ROUNDS):
        found = _find_slips(path, first, lines, kind, attempt)
        if found is None:
            break
        mended, attempt = found
        for at, slip in mended.items():
            slips.append(Problem(Place(path, first + at), slip.rule, slip.message))
            lines[at] = slip.line
    problems.add(sorted([*slips, *attempt.problems], key=lambda problem: problem.place.line or 0))
    return None if slips else attempt.matter


@dataclass(frozen=True)
class _Attempt:
    """What came of reading lines: the keys, None where there are problems; and which lines may be to blame.

    `cut` tells for a line that is cut by a comment where. `failed` is the line at which they are no YAML any more,
    `began` the line where what fails there began.
    """

    matter: Any
    problems: Sequence[Problem]
    suspects: Sequence[int] = ()
    cut: Mapping[int, int] = field(default_factory=dict)
    failed: int | None = None
    began: int | None = None

    def is_better_than(self, other: "_Attempt") -> bool:
        """Whether a mistake of the other is gone, and none came before it."""
        if self.failed is not None:
            return other.failed is not None and self.failed > other.failed
        return other.failed is not None or bool(set(other.problems) - set(self.problems))


def _find_slips(
    path: str, first: int, lines: Sequence[str], kind: type, attempt: _Attempt
) -> tuple[Mapping[int, Mended], _Attempt] | None:
    """Mistyped lines as they were meant, by number, with what comes of reading them so; None when there are none."""
    if attempt.cut:
        return _mend_comments(path, first, lines, kind, attempt)
    for mended in _guesses(lines, all_keys(kind), attempt):
        if mended:
            then = _read(path, first, _with(lines, mended), kind)
            if then.is_better_than(attempt):
                return mended, then
    return None


def _mend_comments(
    path: str, first: int, lines: Sequence[str], kind: type, attempt: _Attempt
) -> tuple[Mapping[int, Mended], _Attempt]:
    """Lines that are cut by a comment: in quotes where that makes a right value of what is cut, else with a space."""
    mended = {at: mend_cut_value(lines[at], cut) or mend_comment(lines[at], cut) for at, cut in attempt.cut.items()}
    then = _read(path, first, _with(lines, mended), kind)
    wrong = {problem.place.line for problem in then.problems}
    for at, cut in attempt.cut.items():
        if first + at in wrong or then.failed is not None:
            mended[at] = mend_comment(lines[at], cut)
    return mended, _read(path, first, _with(lines, mended), kind)


def _guesses(lines: Sequence[str], keys: Container[str], attempt: _Attempt) -> Iterator[Mapping[int, Mended]]:
    """Which lines may have been mistyped so that reading failed, the likeliest first."""
    yield _mend(lines, attempt.suspects, keys)
    if attempt.failed is None:
        return
    at = min(attempt.failed, len(lines) - 1)
    began = at if attempt.began is None else attempt.began
    typed = _mend(lines, range(at + 1), keys)
    behind = at
    while behind > 0 and (behind - 1 in typed or not lines[behind - 1].strip()):
        behind -= 1
    yield {line: typed[line] for line in typed if line >= behind}
    yield {line: typed[line] for line in typed if line == began}
    yield {line: typed[line] for line in typed if line == max(typed)}
    for line in (began, at, at - 1):
        if line >= 0 and (slip := mend_value(lines[line], keys)):
            yield {line: slip}


def _mend(lines: Sequence[str], suspects: Sequence[int], keys: Container[str]) -> dict[int, Mended]:
    """Those of some lines that look mistyped, as they were meant."""
    mended: dict[int, Mended] = {}
    for at in suspects:
        before = mended[at - 1].line if at - 1 in mended else lines[at - 1] if at else ""
        slip = mend_indent(lines[at], before) or mend_typing(lines[at], keys)
        if slip:
            mended[at] = slip
    return mended


def _with(lines: Sequence[str], mended: Mapping[int, Mended]) -> list[str]:
    return [mended[at].line if at in mended else line for at, line in enumerate(lines)]


def _read(path: str, first: int, lines: Sequence[str], kind: type) -> _Attempt:
    """Read lines as they stand."""
    text = Passage("\n".join(lines), Place(path, first))
    problems = Problems()
    _refuse(text, problems)
    if problems.found:
        return _Attempt(None, problems.found)
    try:
        root = yaml.compose(str(text), Loader=_LOADER) or yaml.MappingNode("", [])
    except yaml.MarkedYAMLError as error:
        return _failed(text, error)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        problems.must(text.place, "yaml-valid", f"must be valid YAML: {' '.join(str(error).split())}")
        return _Attempt(None, problems.found)
    cut = _cut_by_comments(lines, root)
    reader = _Reader(path, first, lines, problems)
    matter = reader.record(kind, root, "")
    return _Attempt(matter, problems.found, sorted(reader.suspects), cut)


def _failed(text: Passage, error: yaml.MarkedYAMLError) -> _Attempt:
    """What is said of lines that are no YAML."""
    last = text.rstrip().count("\n")
    failed = min(error.problem_mark.line if error.problem_mark else 0, last)
    began = min(error.context_mark.line if error.context_mark else failed, last)
    reason = f"{error.problem} {error.context or ''}".strip()
    place = Place(text.place.path, (text.place.line or 1) + failed)
    problem = Problem(place, "yaml-valid", f"must be valid YAML: {reason}; {_HINT}")
    return _Attempt(None, (problem,), failed=error.problem_mark.line if error.problem_mark else 0, began=began)


def _refuse(text: Passage, problems: Problems) -> None:
    """Tell what YAML may hold and front matter may not: aliases, which multiply, depth, and line ends of its own."""
    path, first = text.place.path, text.place.line or 1
    for at, line in enumerate(text.split("\n")):
        if odd := next((end for end in _LINE_ENDS if end in line), ""):
            message = (
                f'must not hold the character U+{ord(odd):04X}, which ends a line; in quotes it is "\\u{ord(odd):04x}"'
            )
            problems.must(Place(path, first + at), "character-allowed", message)
    if not ("&" in text or "*" in text or sum(map(text.count, _NESTING)) > _DEEP):
        return
    depth = 0
    lines: set[int] = set()
    try:
        for event in yaml.parse(str(text), Loader=_LOADER):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEP:
                problems.must(text.place, "yaml-valid", "must be valid YAML, and not nested so deeply")
                return
            if getattr(event, "anchor", None):
                lines.add(event.start_mark.line)
    except (yaml.YAMLError, ValueError):  # told when the text is read
        pass
    for line in sorted(lines):
        message = "must not use YAML's & and *, which repeat a value: a value that begins so must be in quotes"
        problems.must(Place(path, first + line), "yaml-alias", message)


def _cut_by_comments(lines: Sequence[str], root: Any) -> dict[int, int]:
    """Where lines are cut by a # without a space behind it, which is likelier a part of the value than a comment."""
    marks = {
        at: [match.end() for match in _COMMENT.finditer(line)]
        for at, line in enumerate(lines)
        if " #" in line or "\t#" in line
    }
    if not marks:
        return {}
    ends: dict[int, int] = {}  # where the last value in quotes ends, which may hold a #
    for node in _scalars(root):
        if node.style:
            ends[node.end_mark.line] = max(ends.get(node.end_mark.line, 0), node.end_mark.column)
    comments = {at: next((mark for mark in places if mark >= ends.get(at, 0)), None) for at, places in marks.items()}
    return {at: mark for at, mark in comments.items() if mark and lines[at][mark + 1 : mark + 2].strip()}


def _scalars(node: Any) -> Iterator[Any]:
    """Every single value of a tree of nodes, keys too."""
    waiting = [node]
    while waiting:
        inner = waiting.pop()
        if isinstance(inner, yaml.ScalarNode):
            yield inner
        elif isinstance(inner, yaml.MappingNode):
            for pair in inner.value:
                waiting += pair
        else:
            waiting += inner.value


@dataclass(frozen=True)
class _Reader:
    """Reads a node by the shape of its type; a node that is not as it must be is told, and read as None.

    `suspects` are the numbers of the lines that may have been mistyped.
    """

    path: str
    first: int
    lines: Sequence[str]
    problems: Problems
    suspects: set[int] = field(default_factory=set)

    def place(self, node: Any) -> Place:
        return Place(self.path, self.first + (node.start_mark.line if node.start_mark else 0))

    def optional(self, inner: Any, node: Any, name: str) -> Any:
        return None if node.tag == _NULL else visit(inner, self, node, name)

    def record(self, kind: Any, node: Any, name: str) -> Any:
        known_before = len(self.problems.found)
        types = types_of_keys(kind)
        inner = f"{name}." if name else ""
        values: dict[str, Any] = {}
        pairs = list(self.pairs(node, name))
        while pairs:
            key, value = pairs.pop(0)
            if key.value not in types:
                self.tell_unknown(key, inner, types)
            elif pieces := self.pieces(node, pairs, types):
                values[key.value] = self.tell_pieces(value, pieces[-1], inner + key.value)
                del pairs[: len(pieces)]
            else:
                values[key.value] = visit(types[key.value], self, value, inner + key.value)
        if isinstance(node, yaml.MappingNode):
            for own in fields(kind):
                if own.name not in values and own.default is MISSING:
                    self.problems.must(self.place(node), "key-given", f'"{inner}{own.name}" must be given')
        return kind(**values) if len(self.problems.found) == known_before else None

    def tell_unknown(self, key: Any, inner: str, types: Mapping[str, Any]) -> None:
        self.suspects.add(key.start_mark.line)
        message = f'"{inner}{key.value}" must be a key that is known here: {", ".join(types)}'
        self.problems.must(self.place(key), "key-known", message)

    def pieces(self, node: Any, pairs: Sequence[tuple[Any, Any]], types: Container[str]) -> list[Any]:
        """What { } splits off from a value at its commas: keys without a value, and unknown."""
        found: list[Any] = []
        for key, value in pairs if node.flow_style else ():
            if re.split("[:：]", key.value)[0] in types or value.tag != _NULL or value.value:
                break
            found.append(key)
        return found

    def tell_pieces(self, first: Any, last: Any, name: str) -> None:
        whole = quoted(self.written(first, last))
        self.form(first, f'"{name}" must be in quotes, {whole}, for within brackets a comma ends a value')

    def mapping(self, key_kind: Any, value_kind: Any, node: Any, name: str) -> Any:
        return {
            visit(key_kind, self, key, f"a key of {name}"): visit(value_kind, self, value, f"{name}.{key.value}")
            for key, value in self.pairs(node, name)
        }

    def sequence(self, inner: Any, node: Any, name: str) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self.shape(node, f'"{name}" must be a list, one "- …" a line')
        for item, behind in pairwise(node.value):
            if node.flow_style and re.search(r"\d,\d{3}(?!\d)", self.written(item, behind)):
                return self.tell_pieces(item, behind, name)
        return tuple(visit(inner, self, item, name) for item in node.value)

    def text(self, node: Any, name: str) -> Any:
        if not self.is_scalar(node, name):
            return None
        if node.tag != "tag:yaml.org,2002:str":
            hint = f"; to mean these characters, quote them: {quoted(self.written(node))}" if self.written(node) else ""
            return self.form(node, f'"{name}" must be text{hint}')
        if node.end_mark.line > node.start_mark.line:
            return self.shape(node, f'"{name}" must stand on one line')
        text = node.value.strip()
        return Passage(text, self.place(node)) if text else self.form(node, f'"{name}" must not be empty')

    def formed(self, kind: Any, form: Form, node: Any, name: str) -> Any:
        if not self.is_scalar(node, name):
            return None
        try:
            if re.fullmatch(form.pattern, node.value, re.ASCII):
                if kind is Passage:
                    return Passage(node.value, self.place(node))
                return date.fromisoformat(node.value) if kind is date else kind(node.value)
        except ValueError:  # 30 February has the form of a date
            pass
        hint = ", without the quotes, which are not those of ASCII" if node.value[:1] in _WIDE_QUOTES else ""
        return self.form(node, f'"{name}" must be {form.meaning}, not "{node.value}"{hint}')

    def is_scalar(self, node: Any, name: str) -> bool:
        """Whether a node is a single value of characters that pages can hold; told where it is not."""
        if not isinstance(node, yaml.ScalarNode):
            one_line = all(inner.end_mark.line == node.start_mark.line for inner in _scalars(node))
            hint = f"; to mean these characters, quote them: {quoted(self.written(node))}" if one_line else ""
            self.shape(node, f'"{name}" must be a single value, not a list or a mapping{hint}')
        elif unfit := UNFIT.search(node.value):
            message = f'"{name}" must not hold the character U+{ord(unfit[0]):04X}'
            self.problems.must(self.place(node), "character-allowed", message)
        else:
            return True
        return False

    def pairs(self, node: Any, name: str) -> Iterator[tuple[Any, Any]]:
        """The keys and values of a mapping, each key once."""
        if not isinstance(node, yaml.MappingNode):
            subject = f'"{name}"' if name else "this"
            self.shape(node, f'{subject} must be a mapping, one "key: value" a line, with an ASCII colon and a space')
            return
        lines: dict[str, int | None] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.form(key, "a key must be a single value")
            elif key.value in lines:
                message = f'"{key.value}" must be given once; line {lines[key.value]} gives it already'
                self.problems.must(self.place(key), "key-once", message)
            else:
                lines[key.value] = self.place(key).line
                yield key, value

    def written(self, node: Any, last: Any = None) -> str:
        """What an editor wrote as a node, or as all from it to the `last` one, as far as it stands on its first line."""
        start, end = node.start_mark, (last or node).end_mark
        line = self.lines[start.line]
        return line[start.column : end.column if end.line == start.line else len(line)].strip()

    def shape(self, node: Any, message: str) -> Any:
        """Tell that a node is no single value, list or mapping, as its key wants; a line may have been mistyped."""
        if node.start_mark:
            self.suspects.update(range(node.start_mark.line, min(node.end_mark.line + 1, len(self.lines))))
        return self.form(node, message)

    def form(self, node: Any, message: str) -> Any:
        """Tell that a node has not the form that its key wants, and give None for it."""
        self.problems.must(self.place(node), "value-form", message)
        return None
