"""CONTRIBUTING.md is true: its drawing and tables leave nothing out, and all that it names is there."""

import ast
import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.guides import CONTRIBUTING as TEXT
from tests.guides import blocks, section, table

DRAWING = blocks(TEXT)[0]
PACKAGES = {path.parent.name for path in (ROOT / "sitegen").glob("*/__init__.py")}
MODULES = {path.stem for path in (ROOT / "sitegen").glob("*.py")} - {"__init__"}


def imports(path: Path) -> set[str]:
    """The packages and modules of sitegen/ that a file imports, by their first name."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("sitegen"):
            names = [node.module] if node.module != "sitegen" else [f"sitegen.{name.name}" for name in node.names]
            found |= {name.split(".")[1] for name in names}
    return found


def test_the_text_and_the_package_itself_name_every_package_and_module() -> None:
    drawn = set(re.findall(r"(?:^|  )(\w+)/", DRAWING, re.MULTILINE)) - {"content", "templates", "static", "_site"}
    assert drawn == PACKAGES
    assert {f"`{module}.py`" for module in MODULES} <= set(re.findall(r"`\w+\.py`", TEXT))
    listed = re.findall(r"^- (\w+):", (ROOT / "sitegen/__init__.py").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(PACKAGES | MODULES)


def test_every_file_and_name_of_the_program_in_the_text_exists() -> None:
    paths = re.findall(r"`((?:\w+/)?\w+\.(?:py|css|md|html))`", TEXT) + re.findall(r"`(\w+/[\w/.]*)`", TEXT)
    assert len(paths) > 30
    for path in paths:
        places = [ROOT / path, ROOT / "sitegen" / path, *ROOT.glob(f"sitegen/*/{path}"), *ROOT.glob(f"[st]*/{path}")]
        assert any(place.exists() for place in places) or path == "_site/", path
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "sitegen").rglob("*.py"))
    for name in re.findall(r"`([A-Z]\w+|_\w+)`", TEXT):
        assert re.search(rf"(?:class|def) {name}\b|^{name}\b", source, re.MULTILINE), name


def test_the_commands_table_names_those_of_the_command_line() -> None:
    usage = subprocess.run([sys.executable, "build.py", "--help"], cwd=ROOT, capture_output=True, text=True, check=True)
    found = re.search(r"\{([a-z,]+)\}", usage.stdout)
    assert found
    named = [[*command.removeprefix("python build.py").split(), "build"][0] for command in table(TEXT, "The commands")]
    assert named == found[1].split(",")


def test_the_libraries_table_names_those_of_a_build_and_the_text_those_of_the_tests() -> None:
    build, tests = (
        re.findall(r"^[a-z][\w.-]*", (ROOT / path).read_text("utf-8"), re.MULTILINE)
        for path in ("requirements.in", "requirements-dev.in")
    )
    assert sorted(table(TEXT, "Libraries")) == build
    below = section(TEXT, "Libraries")
    stubs = {"lxml-stubs", "types-jsonschema", "types-pyyaml"}  # of what the text names
    assert [library for library in tests if f"`{library}`" not in below and library not in stubs] == []


def test_in_each_package_the_drawing_names_every_module() -> None:
    for package in PACKAGES - {"model", "frontmatter"}:
        modules = {path.stem for path in (ROOT / "sitegen" / package).glob("*.py")} - {"__init__"}
        assert modules <= set(re.findall(r"\w+", DRAWING)), package


def test_checks_and_publishing_rest_on_the_model_and_the_collector_alone() -> None:
    for package in ("check", "publish"):
        for path in (ROOT / "sitegen" / package).glob("*.py"):
            assert imports(path) <= {"model", "problems", package}, path


def test_no_package_imports_in_a_circle() -> None:
    below: dict[str, set[str]] = {module: imports(ROOT / f"sitegen/{module}.py") for module in MODULES}
    for package in PACKAGES:
        files = (ROOT / "sitegen" / package).glob("*.py")
        below[package] = set().union(*map(imports, files)) - {package}
    while below:
        ground = {name for name, imported in below.items() if not imported & below.keys()}
        assert ground, f"a circle among {sorted(below)}"
        below = {name: imported for name, imported in below.items() if name not in ground}
