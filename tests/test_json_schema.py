"""The keys that an editor writes: their JSON Schemas, and the handbook's table of them."""

import datetime
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sitegen.frontmatter.json_schema import SCHEMAS, json_schemas
from sitegen.frontmatter.keys import ReportMatter, SectionMatter
from sitegen.frontmatter.shapes import types_of_keys, visit
from tests.conftest import ROOT
from tests.guides import HANDBOOK, table


def matter(path: Path) -> object:
    text = path.read_text("utf-8")
    told = yaml.safe_load(text.split("---\n")[1] if path.suffix == ".md" else text)
    return json.loads(json.dumps(told, default=lambda day: day.isoformat() if isinstance(day, datetime.date) else day))


def test_the_schemas_are_those_that_the_loader_reads_by(pytestconfig: pytest.Config) -> None:
    folder = ROOT / "schemas"
    for name, text in json_schemas().items():
        if pytestconfig.getoption("--renew-golden"):
            (folder / name).write_text(text, "utf-8")
        assert (folder / name).read_text("utf-8") == text, "`make golden` renews the schemas"
        jsonschema.Draft202012Validator.check_schema(json.loads(text))
    assert {path.name for path in folder.iterdir()} == set(json_schemas())


@pytest.mark.parametrize("name", SCHEMAS)
def test_they_hold_for_what_is_there_and_not_for_what_the_build_refuses(name: str) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(json_schemas()[f"{name}.schema.json"]))
    paths = {
        "site": [ROOT / "site.yaml", ROOT / "tests/golden/project/site.yaml"],
        "terms": [*ROOT.glob("content/*/terms.yaml"), *ROOT.glob("tests/golden/project/content/*/terms.yaml")],
    }[name]
    assert len(paths) > 1
    for path in paths:
        told = matter(path)
        validator.validate(told)
        assert isinstance(told, dict)
        assert not validator.is_valid(told | {"titel": "甲"})
        assert not validator.is_valid({})


class Keys:
    """Each shape as the keys in it, those inside another with its name before them, as in source.url."""

    def optional(self, inner: Any, before: str) -> list[str]:
        return visit(inner, self, before)

    def record(self, kind: Any, before: str) -> list[str]:
        keys: list[str] = []
        for key, inner in types_of_keys(kind).items():
            keys += [before + key, *visit(inner, self, f"{before}{key}.")]
        return keys

    def mapping(self, _: Any, value: Any, before: str) -> list[str]:
        return visit(value, self, before)

    def sequence(self, inner: Any, before: str) -> list[str]:
        return visit(inner, self, before)

    def formed(self, *_: Any) -> list[str]:
        return []

    def text(self, *_: Any) -> list[str]:
        return []


def test_the_handbook_documents_every_key() -> None:
    kinds = (*SCHEMAS.values(), ReportMatter, SectionMatter)
    assert sorted(table(HANDBOOK, "所有的键")) == sorted({key for kind in kinds for key in Keys().record(kind, "")})


def test_the_settings_of_the_editor_name_schemas_that_exist() -> None:
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    for schema, files in settings["yaml.schemas"].items():
        assert (ROOT / schema).exists()
        assert list((ROOT / "tests/golden/project").glob(files))
