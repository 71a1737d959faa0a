"""The nodes of YAML → the dataclasses of keys.py, every text with its line."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any

import yaml

from sitegen.files import UNFIT
from sitegen.frontmatter.keys import Form
from sitegen.frontmatter.shapes import types_of_keys, visit
from sitegen.frontmatter.slips import quoted
from sitegen.problems import Passage, Place, Problems

_WIDE_QUOTES = tuple("“”‘’＂＇")
_NULL = "tag:yaml.org,2002:null"


def read_nodes(
    root: Any, kind: type, path: str, first: int, lines: Sequence[str], problems: Problems
) -> tuple[Any, list[int]]:
    """The keys that `kind` defines from the nodes of some lines, of which `first` is the number in their file.

    Also the indexes of the lines that may have been mistyped, where something is not as it must be.
    """
    reader = _Reader(path, first, lines, problems)
    return reader.record(kind, root, ""), sorted(reader.suspects)


def scalars(node: Any) -> Iterator[Any]:
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
                self.tell_pieces(value, pieces[-1], inner + key.value)
                values[key.value] = None
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
        return tuple(visit(inner, self, item, name) for item in node.value)

    def text(self, node: Any, name: str) -> Any:
        if not self.is_scalar(node, name):
            return None
        written = self.written(node)
        if node.tag != "tag:yaml.org,2002:str" or written.startswith("!"):  # which YAML takes for the value's kind
            hint = f"; to mean these characters, quote them: {quoted(written)}" if written else ""
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
        self.suspects.add(node.start_mark.line)
        hint = ", without the quotes, which are not those of ASCII" if node.value[:1] in _WIDE_QUOTES else ""
        return self.form(node, f'"{name}" must be {form.meaning}, not "{node.value}"{hint}')

    def is_scalar(self, node: Any, name: str) -> bool:
        """Whether a node is a single value of characters that pages can hold; told where it is not."""
        if not isinstance(node, yaml.ScalarNode):
            one_line = all(inner.end_mark.line == node.start_mark.line for inner in scalars(node))
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
        """What an editor wrote as a node, or as all from it to the `last` one, as far as it stands on one line."""
        start, end = node.start_mark, (last or node).end_mark
        line = str(self.lines[start.line])
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
