"""YAML text → the dataclasses of schema.py, every text with its line; the only module that knows YAML."""

import re
import types
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin, get_type_hints

import yaml

from sitegen.files import UNFIT
from sitegen.frontmatter.keys import Form
from sitegen.problems import Passage, Place, Problem, mistake, stop_at

Matter = TypeVar("Matter")

_FAST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NESTING = ("[", "{", "- ", "? ")
_DEEP = 1000  # from so many on the C parser is not asked: some ten thousand levels of nesting crash it
_HINT = "a value with special characters must be in quotes, and lines be indented with spaces"
_INVALID: Any = object()  # a value whose problem is noted
_hints = cache(get_type_hints)


def read(text: Passage, kind: type[Matter]) -> Matter:
    """Read YAML as the keys that `kind` defines; raises Mistakes with every key that is not as it must be."""
    first = text.place.line or 1
    loader = _FAST if sum(map(text.count, _NESTING)) < _DEEP else yaml.SafeLoader
    try:
        root = yaml.compose(str(text), Loader=loader)
    except yaml.MarkedYAMLError as error:
        line = first + min(error.problem_mark.line if error.problem_mark else 0, text.rstrip().count("\n"))
        said = f"{error.problem} {error.context or ''}".strip()
        raise mistake(Place(text.place.path, line), f"must be valid YAML: {said}; {_HINT}") from None
    except RecursionError:
        raise mistake(text.place, "must be valid YAML, and not nested so deeply") from None
    except (yaml.YAMLError, ValueError) as error:
        raise mistake(text.place, f"must be valid YAML: {' '.join(str(error).split())}") from None
    reader = _Reader(text.place.path, first, [])
    matter: Matter = reader.mapping(root or yaml.MappingNode("", []), kind, "")
    stop_at(reader.problems)
    return matter


@dataclass(frozen=True)
class _Reader:
    """Reads nodes by the types of schema.py and collects what is wrong with them."""

    path: str
    first: int
    problems: list[Problem]

    def place(self, node: Any) -> Place:
        return Place(self.path, self.first + (node.start_mark.line if node.start_mark else 0))

    def must(self, node: Any, message: str) -> Any:
        self.problems.append(Problem(self.place(node), message))
        return _INVALID

    def value(self, node: Any, kind: Any, name: str) -> Any:
        origin, inner = get_origin(kind), get_args(kind)
        if origin is types.UnionType or type(None) in inner:
            empty = node.tag == "tag:yaml.org,2002:null"
            return None if empty else self.value(node, next(each for each in inner if each is not type(None)), name)
        if is_dataclass(kind):
            return self.mapping(node, kind, name)
        if origin is Mapping:
            pairs = self.pairs(node, name)
            return {
                self.value(key, inner[0], f"a key of {name}"): self.value(value, inner[1], f"{name}.{key.value}")
                for key, value in pairs
            }
        if origin is tuple:
            if not isinstance(node, yaml.SequenceNode):
                return self.must(node, f'"{name}" must be a list, one "- …" a line')
            return tuple(self.value(each, inner[0], name) for each in node.value)
        return self.scalar(node, kind, name)

    def scalar(self, node: Any, kind: Any, name: str) -> Any:
        if not isinstance(node, yaml.ScalarNode):
            return self.must(node, f'"{name}" must be a single value, not a list or a mapping')
        if found := UNFIT.search(node.value):
            return self.must(node, f'"{name}" must not hold the character U+{ord(found[0]):04X}')
        if get_origin(kind) is Annotated:
            plain, form = get_args(kind)
            return self.formed(node, plain, form, name)
        if node.tag != "tag:yaml.org,2002:str":
            hint = f'; to mean these characters, quote them: "{node.value}"' if node.value else ""
            return self.must(node, f'"{name}" must be text{hint}')
        if node.end_mark.line > node.start_mark.line:
            return self.must(node, f'"{name}" must stand on one line')
        text = node.value.strip()
        return Passage(text, self.place(node)) if text else self.must(node, f'"{name}" must not be empty')

    def formed(self, node: Any, kind: Any, form: Form, name: str) -> Any:
        try:
            if re.fullmatch(form.pattern, node.value, re.ASCII):
                if kind is Passage:
                    return Passage(node.value, self.place(node))
                return date.fromisoformat(node.value) if kind is date else kind(node.value)
        except ValueError:  # 30 February has the form of a date
            pass
        return self.must(node, f'"{name}" must be {form.meaning}, not "{node.value}"')

    def pairs(self, node: Any, name: str) -> Iterator[tuple[Any, Any]]:
        """The keys and values of a mapping, each key once."""
        if not isinstance(node, yaml.MappingNode):
            said = f'{name or "this"} must be a mapping, one "key: value" a line, with an ASCII colon and a space'
            self.must(node, said)
            return
        seen: dict[str, int | None] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.must(key, "a key must be a single value")
            elif key.value in seen:
                self.must(key, f'"{key.value}" must be given once; line {seen[key.value]} gives it already')
            else:
                seen[key.value] = self.place(key).line
                yield key, value

    def mapping(self, node: Any, kind: Any, name: str) -> Any:
        """A dataclass of schema.py."""
        before = len(self.problems)
        known = {field.name: field for field in fields(kind)}
        hints = _hints(kind, include_extras=True)
        inner = f"{name}." if name else ""
        values: dict[str, Any] = {}
        for key, value in self.pairs(node, name):
            if key.value in known:
                values[key.value] = self.value(value, hints[key.value], inner + key.value)
            else:
                self.must(key, f'"{inner}{key.value}" must be a key that is known here: {", ".join(known)}')
        for key, field in known.items() if isinstance(node, yaml.MappingNode) else ():
            if key not in values and field.default is MISSING:
                self.must(node, f'"{inner}{key}" must be given')
        return _INVALID if len(self.problems) > before else kind(**values)
