"""YAML text → the dataclasses of keys.py, every text with its line; the only module that reads YAML."""

import re
from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields
from datetime import date
from typing import Any, TypeVar

import yaml

from sitegen.files import UNFIT
from sitegen.frontmatter.keys import Form
from sitegen.frontmatter.shapes import types_of_keys, visit
from sitegen.problems import Passage, Place, Problems

Matter = TypeVar("Matter")

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NESTING = ("[", "{", "- ", "? ")
_DEEP = 1000  # from so many on the C parser is not asked: some ten thousand levels of nesting crash it
_HINT = "a value with special characters must be in quotes, and lines be indented with spaces"


def read(text: Passage, kind: type[Matter], problems: Problems) -> Matter | None:
    """Read YAML as the keys that `kind` defines; None when it is not as it must be, each key's mistake being told."""
    root = _compose(text, problems)
    if root is None:
        return None
    matter: Matter | None = _Reader(text.place.path, text.place.line or 1, problems).record(kind, root, "")
    return matter


def _compose(text: Passage, problems: Problems) -> Any:
    """The tree of nodes, each of which knows its line; None when the text is no YAML."""
    path, first = text.place.path, text.place.line or 1
    loader = _FAST if sum(map(text.count, _NESTING)) < _DEEP else yaml.SafeLoader
    try:
        return yaml.compose(str(text), Loader=loader) or yaml.MappingNode("", [])
    except yaml.MarkedYAMLError as error:
        line = first + min(error.problem_mark.line if error.problem_mark else 0, text.rstrip().count("\n"))
        reason = f"{error.problem} {error.context or ''}".strip()
        problems.must(Place(path, line), "yaml-valid", f"must be valid YAML: {reason}; {_HINT}")
    except RecursionError:
        problems.must(text.place, "yaml-valid", "must be valid YAML, and not nested so deeply")
    except (yaml.YAMLError, ValueError) as error:
        problems.must(text.place, "yaml-valid", f"must be valid YAML: {' '.join(str(error).split())}")
    return None


@dataclass(frozen=True)
class _Reader:
    """Reads a node by the shape of its type; a node that is not as it must be is told, and read as None."""

    path: str
    first: int
    problems: Problems

    def place(self, node: Any) -> Place:
        return Place(self.path, self.first + (node.start_mark.line if node.start_mark else 0))

    def optional(self, inner: Any, node: Any, name: str) -> Any:
        return None if node.tag == "tag:yaml.org,2002:null" else visit(inner, self, node, name)

    def record(self, kind: Any, node: Any, name: str) -> Any:
        known_before = len(self.problems.found)
        types = types_of_keys(kind)
        inner = f"{name}." if name else ""
        values: dict[str, Any] = {}
        for key, value in self.pairs(node, name):
            if key.value in types:
                values[key.value] = visit(types[key.value], self, value, inner + key.value)
            else:
                message = f'"{inner}{key.value}" must be a key that is known here: {", ".join(types)}'
                self.problems.must(self.place(key), "key-known", message)
        if isinstance(node, yaml.MappingNode):
            for field in fields(kind):
                if field.name not in values and field.default is MISSING:
                    self.problems.must(self.place(node), "key-given", f'"{inner}{field.name}" must be given')
        return kind(**values) if len(self.problems.found) == known_before else None

    def mapping(self, key_kind: Any, value_kind: Any, node: Any, name: str) -> Any:
        return {
            visit(key_kind, self, key, f"a key of {name}"): visit(value_kind, self, value, f"{name}.{key.value}")
            for key, value in self.pairs(node, name)
        }

    def sequence(self, inner: Any, node: Any, name: str) -> Any:
        if not isinstance(node, yaml.SequenceNode):
            return self.form(node, f'"{name}" must be a list, one "- …" a line')
        return tuple(visit(inner, self, item, name) for item in node.value)

    def text(self, node: Any, name: str) -> Any:
        if not self.is_scalar(node, name):
            return None
        if node.tag != "tag:yaml.org,2002:str":
            hint = f'; to mean these characters, quote them: "{node.value}"' if node.value else ""
            return self.form(node, f'"{name}" must be text{hint}')
        if node.end_mark.line > node.start_mark.line:
            return self.form(node, f'"{name}" must stand on one line')
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
        return self.form(node, f'"{name}" must be {form.meaning}, not "{node.value}"')

    def is_scalar(self, node: Any, name: str) -> bool:
        """Whether a node is a single value of characters that pages can hold; told where it is not."""
        if not isinstance(node, yaml.ScalarNode):
            self.form(node, f'"{name}" must be a single value, not a list or a mapping')
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
            self.form(node, f'{subject} must be a mapping, one "key: value" a line, with an ASCII colon and a space')
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

    def form(self, node: Any, message: str) -> Any:
        """Tell that a node has not the form that its key wants, and give None for it."""
        self.problems.must(self.place(node), "value-form", message)
        return None
