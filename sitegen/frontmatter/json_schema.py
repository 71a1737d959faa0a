"""The keys of schema.py as JSON Schemas, for editors that check and complete them while they are typed."""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from sitegen.frontmatter.keys import ReportMatter, SectionMatter, Site, TermsMatter

SCHEMAS = {"site": Site, "index": ReportMatter, "section": SectionMatter, "terms": TermsMatter}
"""What each file of schemas/ describes: site.yaml, the front matter of index.md and of the others, terms.yaml."""


def json_schemas() -> dict[str, str]:
    """The files of schemas/ by name."""
    return {f"{name}.schema.json": json_schema(kind) for name, kind in SCHEMAS.items()}


def json_schema(kind: type) -> str:
    """The JSON Schema (2020-12) of one of the dataclasses that front matter is read by."""
    told = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_object(kind)}
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def key_names(kind: type, before: str = "") -> list[str]:
    """Every key that `kind` defines, those inside another with its name before them, as in source.url."""
    names: list[str] = []
    for name, hint in get_type_hints(kind).items():
        names.append(before + name)
        for inner in (hint, *get_args(hint), *(each for arg in get_args(hint) for each in get_args(arg))):
            if is_dataclass(inner) and isinstance(inner, type):
                names += key_names(inner, f"{before}{name}.")
    return names


def _object(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind, include_extras=True)
    told: dict[str, Any] = {"type": "object", "additionalProperties": False}
    told["required"] = [field.name for field in fields(kind) if field.default is MISSING]
    told["properties"] = {name: _value(hint) for name, hint in hints.items()}
    return told | ({"description": " ".join(kind.__doc__.split())} if kind.__doc__ else {})


def _value(hint: Any) -> dict[str, Any]:
    origin, inner = get_origin(hint), get_args(hint)
    if origin is types.UnionType or type(None) in inner:
        return {"anyOf": [_value(next(each for each in inner if each is not type(None))), {"type": "null"}]}
    if is_dataclass(hint) and isinstance(hint, type):
        return _object(hint)
    if origin is Mapping:
        return {"type": "object", "propertyNames": _value(inner[0]), "additionalProperties": _value(inner[1])}
    if origin is tuple:
        return {"type": "array", "items": _value(inner[0])}
    if origin is Annotated:
        plain, form = inner
        if plain is int:
            return {"type": "integer", "minimum": 1000, "maximum": 9999, "description": form.meaning}
        if form.pattern == "yes":  # which YAML 1.1 reads as true
            return {"enum": ["yes", True], "description": form.meaning}
        told = {"type": "string", "pattern": f"^(?:{form.pattern})$", "description": form.meaning}
        return told | ({"format": "date"} if plain is date else {})
    return {"type": "string", "minLength": 1}
