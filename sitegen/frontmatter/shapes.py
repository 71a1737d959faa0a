"""A type of keys.py → the one of six shapes that it has; the only place that takes such types apart.

| type                            | shape                                           |
|---------------------------------|-------------------------------------------------|
| `X | None`                      | optional: may stay empty, else as X             |
| a dataclass                     | record: a mapping with the keys that it defines |
| `Mapping[K, V]`                 | mapping: keys of the editor's own               |
| `tuple[X, ...]`                 | sequence                                        |
| `Annotated[X, Form]`            | formed: a text that is written in a form        |
| `Text`                          | text                                            |
"""

from collections.abc import Mapping
from dataclasses import is_dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Protocol, TypeVar, get_args, get_origin, get_type_hints

from sitegen.frontmatter.keys import Form

Result = TypeVar("Result", covariant=True)


class Shapes(Protocol[Result]):
    """What is done with each shape; `context` is whatever the caller of `visit` hands on."""

    def optional(self, inner: Any, *context: Any) -> Result: ...  # noqa: D102  (the table above says it)
    def record(self, kind: Any, *context: Any) -> Result: ...  # noqa: D102
    def mapping(self, key: Any, value: Any, *context: Any) -> Result: ...  # noqa: D102
    def sequence(self, inner: Any, *context: Any) -> Result: ...  # noqa: D102
    def formed(self, kind: type, form: Form, *context: Any) -> Result: ...  # noqa: D102
    def text(self, *context: Any) -> Result: ...  # noqa: D102


def visit(kind: Any, shapes: Shapes[Result], *context: Any) -> Result:
    """Do with a type what `shapes` does with its shape."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is UnionType or type(None) in arguments:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        return shapes.optional(inner, *context)
    if is_dataclass(kind):
        return shapes.record(kind, *context)
    if origin is Mapping:
        return shapes.mapping(*arguments, *context)
    if origin is tuple:
        return shapes.sequence(arguments[0], *context)
    if origin is Annotated:
        return shapes.formed(*arguments, *context)
    return shapes.text(*context)


@cache
def types_of_keys(kind: type) -> dict[str, Any]:
    """The type of each key that a dataclass of keys.py defines."""
    return get_type_hints(kind, include_extras=True)


@cache
def all_keys(kind: type) -> frozenset[str]:
    """The names of the keys that a dataclass of keys.py defines, and of those within them."""
    return visit(kind, _Keys())


class _Keys:
    """The names of the keys in each shape."""

    def optional(self, inner: Any) -> frozenset[str]:
        return visit(inner, self)

    def record(self, kind: Any) -> frozenset[str]:
        types = types_of_keys(kind)
        return frozenset(types).union(*(visit(inner, self) for inner in types.values()))

    def mapping(self, key: Any, value: Any) -> frozenset[str]:
        return visit(key, self) | visit(value, self)

    def sequence(self, inner: Any) -> frozenset[str]:
        return visit(inner, self)

    def formed(self, kind: type, form: Form) -> frozenset[str]:  # noqa: ARG002
        return frozenset()

    def text(self) -> frozenset[str]:
        return frozenset()
