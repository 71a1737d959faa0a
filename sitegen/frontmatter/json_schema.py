"""The keys of keys.py as JSON Schemas, for editors that check and complete YAML files while they are typed."""

import json
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from sitegen.frontmatter.keys import Form, Site, TermsMatter
from sitegen.frontmatter.shapes import types_of_keys, visit

SCHEMAS = {"site": Site, "terms": TermsMatter}
"""What each file of schemas/ describes: site.yaml and terms.yaml, which editors know; front matter they do not read."""


def json_schemas() -> dict[str, str]:
    """The files of schemas/ by name."""
    return {f"{name}.schema.json": json_schema(kind) for name, kind in SCHEMAS.items()}


def json_schema(kind: type) -> str:
    """The JSON Schema (2020-12) of one of the dataclasses that YAML is read by."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **_Described().record(kind)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


class _Described:
    """Each shape as a JSON Schema."""

    def optional(self, inner: Any) -> dict[str, Any]:
        return {"anyOf": [visit(inner, self), {"type": "null"}]}

    def record(self, kind: Any) -> dict[str, Any]:
        schema: dict[str, Any] = {"type": "object", "additionalProperties": False}
        schema["required"] = [field.name for field in fields(kind) if field.default is MISSING]
        schema["properties"] = {key: visit(inner, self) for key, inner in types_of_keys(kind).items()}
        return schema | ({"description": " ".join(kind.__doc__.split())} if kind.__doc__ else {})

    def mapping(self, key: Any, value: Any) -> dict[str, Any]:
        return {"type": "object", "propertyNames": visit(key, self), "additionalProperties": visit(value, self)}

    def sequence(self, inner: Any) -> dict[str, Any]:
        return {"type": "array", "items": visit(inner, self)}

    def formed(self, kind: type, form: Form) -> dict[str, Any]:
        if kind is int:
            return {"type": "integer", "minimum": 1000, "maximum": 9999, "description": form.meaning}
        if form.pattern == "yes":  # which YAML 1.1 reads as true
            return {"enum": ["yes", True], "description": form.meaning}
        schema = {"type": "string", "pattern": f"^(?:{form.pattern})$", "description": form.meaning}
        return schema | ({"format": "date"} if kind is date else {})

    def text(self) -> dict[str, Any]:
        return {"type": "string", "minLength": 1}
