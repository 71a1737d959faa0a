"""Frozen dataclasses and tuples with names ↔ what JSON writes, by their fields' types: a new field needs nothing here.

| type                                        | plain                                         |
|---------------------------------------------|-----------------------------------------------|
| a dataclass, a `NamedTuple`                 | the list of its fields, in their order        |
| `tuple[X, ...]`, `frozenset[X]`             | a list; a set's is sorted                     |
| `Mapping[K, V]`                             | a list of pairs, in their order               |
| `Passage`                                   | the text and its place                        |
| another kind of str, as `Markup`            | the text                                      |
| `X | None`                                  | null, or as X                                 |
| `date`                                      | 2022-03-28                                    |
| `str`, `int`, `float`, `bool`, `File`       | as it is; of a file whoever writes takes care |

A value of another type than its field says is refused when it becomes plain, lest it come back as something else. What
comes back is not looked at again: whoever reads must know that it was made plain by the same type.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache, partial
from types import UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

from sitegen.model.finished import File
from sitegen.problems import Passage, Place

Made = TypeVar("Made")
Way = Callable[[Any], Any]
_AS_THEY_ARE = (str, int, float, bool, File)


def to_plain(kind: Any, value: object) -> Any:
    """A value of a type, plain; raises TypeError where it is of another."""
    return _ways(kind).there(value)


def from_plain(kind: Any, plain: Any) -> Any:
    """The value that was made plain; raises TypeError or ValueError where that cannot have been one of this type."""
    back = _ways(kind).back
    return back(plain) if back else plain


def to_text(kind: Any, value: object) -> str:
    """A value of a type as JSON; raises TypeError where it is of another, or holds a file."""
    return json.dumps(to_plain(kind, value), ensure_ascii=False, separators=(",", ":"))


def from_text(kind: type[Made], text: str) -> Made:
    """The value that was written as JSON."""
    made: Made = from_plain(kind, json.loads(text))
    return made


class _Ways(NamedTuple):
    """How values of a type become plain, and how they come back; None where they are as they were."""

    there: Way
    back: Way | None


@cache
def _ways(kind: Any) -> _Ways:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (UnionType, Union):
        return _optional([each for each in arguments if each is not type(None)])
    if origin is Annotated:
        return _ways(arguments[0])
    if origin is Literal:
        return _ways(str)
    if origin in (tuple, frozenset):
        return _several(origin, _ways(arguments[0]))
    if origin is Mapping:
        return _pairs(*map(_ways, arguments))
    if kind in _AS_THEY_ARE:
        return _Ways(partial(_same, kind), None)
    if kind is Passage:
        return _passage()
    if kind is date:
        return _Ways(date.isoformat, date.fromisoformat)
    if isinstance(kind, type) and issubclass(kind, str):
        return _Ways(lambda text: str(_checked(kind, text)), kind)
    if is_dataclass(kind):
        return _record(kind, [field.name for field in fields(kind)])
    if hasattr(kind, "_fields"):
        return _record(kind, kind._fields)
    raise TypeError(f"{kind} is of no kind that can be kept")


def _checked(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(f"must be of type {kind.__name__}: {value!r:.80}")
    return value


def _same(kind: type, value: Any) -> Any:
    """The value as it is; a passage is a text too, whose place nobody asks for where a text is enough."""
    return str(value) if kind is str and type(value) is Passage else _checked(kind, value)


def _optional(kinds: list[Any]) -> _Ways:
    """None, or the only other type, or one of several that are as they are."""
    if len(kinds) > 1:
        if not set(kinds) <= set(_AS_THEY_ARE):
            raise TypeError(f"{kinds} cannot be told apart")
        return _Ways(lambda value: value if type(value) in kinds else _checked(type(None), value), None)
    there, back = _ways(kinds[0])
    return _Ways(
        lambda value: None if value is None else there(value),
        back and (lambda plain: None if plain is None else back(plain)),
    )


def _several(kind: type, inner: _Ways) -> _Ways:
    there, back = inner

    def list_all(values: Any) -> list[Any]:
        all_values = sorted(_checked(kind, values)) if kind is frozenset else _checked(kind, values)
        return [there(value) for value in all_values]

    return _Ways(list_all, (lambda plain: kind([back(each) for each in plain])) if back else kind)


def _pairs(key: _Ways, value: _Ways) -> _Ways:
    def pair_all(mapping: Any) -> list[Any]:
        return [[key.there(name), value.there(each)] for name, each in mapping.items()]

    def as_key(plain: Any) -> Any:
        return key.back(plain) if key.back else plain

    def as_value(plain: Any) -> Any:
        return value.back(plain) if value.back else plain

    is_same = key.back is None and value.back is None
    return _Ways(pair_all, dict if is_same else lambda plain: {as_key(name): as_value(each) for name, each in plain})


def _passage() -> _Ways:
    place = _ways(Place)
    return _Ways(
        lambda passage: [str(_checked(Passage, passage)), place.there(passage.place)],
        lambda plain: Passage(plain[0], Place(*plain[1])),
    )


def _record(kind: Any, names: Sequence[str]) -> _Ways:
    types = get_type_hints(kind, include_extras=True)
    ways = [_ways(types[name]) for name in names]
    there = [way.there for way in ways]
    back = [(at, way.back) for at, way in enumerate(ways) if way.back]

    def list_fields(record: Any) -> list[Any]:
        _checked(kind, record)
        return [to(getattr(record, name)) for name, to in zip(names, there, strict=True)]

    def fill_fields(plain: list[Any]) -> Any:
        for at, way in back:
            plain[at] = way(plain[at])
        return kind(*plain)

    return _Ways(list_fields, fill_fields)
