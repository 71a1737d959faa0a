"""What pip installs: every library by its version and its hashes, whatever needs it, from wherever pip is set to ask."""

import ast
import re
from importlib.metadata import packages_distributions

import pytest

from tests.conftest import ROOT

PINNED = ("requirements.txt", "requirements-dev.txt", "tests/bench/requirements.txt")


def name(requirement: str) -> str:
    """A requirement's name in the one form of all its spellings."""
    return re.split(r"[^\w.-]", requirement.strip())[0].lower().replace("_", "-").replace(".", "-")


def pins(path: str) -> dict[str, str]:
    """Each requirement of a written file by its name: a line with all that continues it."""
    text = (ROOT / path).read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return {name(line): line for line in lines}


def wanted(path: str) -> set[str]:
    """The names in a file that people write."""
    lines = (ROOT / path).read_text("utf-8").splitlines()
    return {name(line) for line in lines if re.match(r"\w", line)}


def imported(folder: str) -> set[str]:
    """The libraries that a folder's modules and build.py import, by the names under which they are installed."""
    modules: set[str] = set()
    for path in [ROOT / "build.py", *(ROOT / folder).rglob("*.py")]:
        if "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module.split(".")[0])
    installed = packages_distributions()
    return {name(library) for module in modules for library in installed.get(module, [])}


@pytest.mark.parametrize("path", PINNED)
def test_every_library_has_one_version_and_hashes(path: str) -> None:
    assert pins(path)
    for line in pins(path).values():
        assert re.fullmatch(r"[\w.-]+==[\w.]+( ; [^#@]+?)?( +--hash=sha256:[0-9a-f]{64})+", line), line


@pytest.mark.parametrize("path", [*PINNED, "tests/package-lock.json"])
def test_no_list_says_where_to_ask(path: str) -> None:
    assert not re.findall(
        r"--(?:extra-)?index-url|--find-links|# from|\S*\.(?:whl|tgz|tar)\b", (ROOT / path).read_text("utf-8")
    )


@pytest.mark.parametrize("path", PINNED)
def test_all_that_is_wanted_is_pinned(path: str) -> None:
    assert wanted(path.replace(".txt", ".in")) <= set(pins(path))


def test_what_the_program_and_its_tests_import_is_wanted() -> None:
    assert imported("sitegen") == wanted("requirements.in")
    assert imported("tests") <= wanted("requirements.in") | wanted("requirements-dev.in")


def test_the_tests_run_with_the_libraries_of_a_build() -> None:
    build, tests = ({library: unmarked(line) for library, line in pins(path).items()} for path in PINNED[:2])
    assert {library: tests[library] for library in build} == build


def unmarked(line: str) -> list[str]:
    """A requirement's version and hashes, without what says for which machines it is needed."""
    return re.sub(r" ; .*?(?= --hash)", "", line).split()
