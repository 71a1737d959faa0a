import ast
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.console import ends_told
from tests.conftest import ROOT
from tests.test_build import edit
from tests.test_publish import on_disk

CODE = "import sys, pathlib, build; sys.exit(build.main(sys.argv[1:], pathlib.Path.cwd()))"
CONSOLES = ["gbk", "ascii", *(pytest.param(name, marks=pytest.mark.proof) for name in ("cp1252", "latin-1", "utf-8"))]
UNTOLD = "build.py: the result could not be told: "


def start(
    project: Path, *arguments: str, console: str = "utf-8", code: str = CODE, **pipes: int
) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": console}
    command = [sys.executable, "-c", code, *arguments]
    given = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **pipes}
    return subprocess.Popen(command, cwd=project, env=environment, **given)  # type: ignore[call-overload, no-any-return]


def run(
    project: Path, *arguments: str, console: str = "utf-8", code: str = CODE, **pipes: int
) -> tuple[int, bytes, bytes]:
    """The exit code of a command, and what came to its standard output and its standard error."""
    process = start(project, *arguments, console=console, code=code, **pipes)
    output, errors = process.communicate()
    return process.returncode, output or b"", errors or b""


@pytest.fixture
def full() -> Iterator[int]:
    """A file that no more can be written to."""
    with Path("/dev/full").open("wb") as file:
        yield file.fileno()


@pytest.fixture
def unread() -> Iterator[int]:
    """A pipe that nobody reads from."""
    reader, writer = os.pipe()
    os.close(reader)
    yield writer
    os.close(writer)


@pytest.mark.parametrize("console", CONSOLES)
@pytest.mark.parametrize(("form", "data"), [("json", '"message": "must read as'), ("github", "::error file=content/")])
def test_forms_for_programs_are_utf_8_whatever_the_console(project: Path, console: str, form: str, data: str) -> None:
    edit(project, "content/2022/1-1-first.md\n- 后面是正文。\n+ 后边是正文。")
    code, output, errors = run(project, "check", "--format", form, console=console)
    assert (code, errors) == (1, b"")
    assert data in output.decode()
    assert "没有句号后▸边是正文" in output.decode()


@pytest.mark.parametrize("console", CONSOLES)
def test_no_command_ends_by_a_character_that_the_console_has_not(project: Path, console: str, tmp_path: Path) -> None:
    captured = tmp_path / "名.txt"
    captured.write_text("某区报告\n一、甲\u200e（上）\n1.子。\n㐀𠀀éÿ丑。\n二、乙\n1.寅。\n", "utf-8")
    for arguments in (
        ["--help"],
        ["release"],
        ["--output", "ö站"],
        ["check"],
        ["verify", "ö站"],
        ["split", str(captured), "content/draft"],
    ):
        code, output, errors = run(project, *arguments, console=console)
        assert (code, errors) == (0, b""), arguments
        assert output.decode(console).isprintable() or "\n" in output.decode(console)
    edit(project, "content/2022/1-1-first.md\n- 后面是正文。\n+ 后边是正文。")
    for arguments in (["build"], ["check"], ["verify", "无"], ["split", "无é.txt", "draft2"], ["--wrong-é站"]):
        code, output, errors = run(project, *arguments, console=console)
        assert (code, output) == (2 if arguments[0] == "--wrong-é站" else 1, b""), arguments
        assert b"Traceback" not in errors


@pytest.mark.parametrize("console", ["gbk", "ascii"])
def test_a_preview_begins_on_every_console(project: Path, console: str) -> None:
    preview = start(project, "serve", "--port", "0", console=console)
    assert preview.stdout
    assert preview.stdout.readline().startswith(b"serve: http://127.0.0.1:")
    preview.send_signal(signal.SIGINT)
    assert preview.communicate(timeout=20)[1] == b""


def test_a_result_that_cannot_be_told_is_no_success_and_the_work_is_done(project: Path, full: int, unread: int) -> None:
    """A full disk is said; a reader that left does not want to hear of it."""
    (project.parent / "captured.txt").write_text("某区报告\n一、甲\n1.子。\n", "utf-8")
    said = f"{UNTOLD}[Errno 28] No space left on device\n".encode()
    assert run(project, stdout=full) == (1, b"", said)
    assert run(project, "--output", "other", stdout=unread) == (1, b"", b"")
    assert on_disk(project / "other") == on_disk(project / "_site")
    assert run(project, "split", "../captured.txt", "a", stdout=full) == (1, b"", said)
    assert run(project, "split", "../captured.txt", "b", stdout=unread) == (1, b"", b"")
    assert on_disk(project / "a").keys() == on_disk(project / "b").keys() == {"index.md", "1-part.md", "source.txt"}
    assert run(project, "check", "--format", "json", stdout=full) == (1, b"", said)
    assert run(project, "--help", stdout=full)[::2] == (1, b"")


def test_a_closed_output_is_no_success(project: Path) -> None:
    command = ["sh", "-c", 'exec "$@" >&-', "sh", sys.executable, "-c", CODE]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=project, env=environment, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr.decode()) == (1, f"{UNTOLD}it is closed\n")
    assert (project / "_site/index.html").exists()


def test_mistakes_that_cannot_be_told_are_mistakes(project: Path, full: int, unread: int) -> None:
    (project / "site.yaml").unlink()
    for stream in (full, unread):
        assert run(project, stderr=stream) == (1, b"", b"")
    command = ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-c", CODE]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    assert subprocess.run(command, cwd=project, env=environment, check=False).returncode == 1


def test_closed_outputs_do_not_end_a_build(project: Path) -> None:
    command = ["sh", "-c", 'exec "$@" 2>&-', "sh", sys.executable, "-c", CODE]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=project, env=environment, stdout=subprocess.PIPE, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b"build: reports: 3")


@pytest.mark.parametrize("form", ["json", "github", ""])
def test_nothing_that_is_told_steers_a_terminal_or_turns_text_round(project: Path, form: str) -> None:
    for name in ("a\x1b[31m.md", "b\u202e.md", "c\x9b.md", "d\u200f.md", "e\udcff.md", "f\n.md"):
        (project / "content/2022" / name).write_text("")
    arguments = ["--format", form] if form else []
    output = b"".join(run(project, "check", *arguments)[1:]).decode()
    assert [each for each in output if not each.isprintable() and each != "\n"] == []
    assert len(output.splitlines()) == (38 if form == "json" else 6)
    if form == "json":
        paths = {row["path"].rpartition("/")[2] for row in json.loads(output)}
        assert {"a\x1b[31m.md", "b\u202e.md", "c\x9b.md", "e\udcff.md", "f\n.md"} <= paths


def test_a_result_is_told_without_them_too(project: Path, tmp_path: Path) -> None:
    captured = tmp_path / "captured.txt"
    captured.write_text("某区报告\n一、甲\n1.子\u202e。\n", "utf-8")
    assert run(project)[0] == 0
    (project / "_site").rename(project / "\x1b[31m")
    code, output, _ = run(project, "verify", "\x1b[31m")
    assert code == 0
    assert output.startswith(rb"verify: \u001b[31m holds")


@pytest.mark.parametrize(
    ("module", "old", "new", "error"),
    [
        ("model/edition.py", "self.pinyin[0]", "self.pinyni[0]", "AttributeError: 'Term' object has no attribute 'pinyni'"),
        ("model/edition.py", "self.pinyin[0]", "{}['x']", "KeyError: 'x'"),
        ("model/report.py", "self.label + self.title", "self.label + self.titel", "AttributeError: 'Item' object has no attribute 'titel'"),
        ("render/templates.py", "row.getvalue()", "row.value()", "AttributeError: '_io.StringIO' object has no attribute 'value'"),
        ("render/qr_code.py", 'ec_level="M"', 'ec_level="X"', "ValueError: Invalid ecLevel: 'X'"),
    ],
)  # fmt: skip
def test_a_mistake_of_the_program_is_a_traceback_that_says_so(
    project: Path, tmp_path: Path, module: str, old: str, new: str, error: str
) -> None:
    shutil.copytree(ROOT / "sitegen", tmp_path / "program/sitegen")
    shutil.copy(ROOT / "build.py", tmp_path / "program")
    text = (tmp_path / "program/sitegen" / module).read_text("utf-8")
    (tmp_path / "program/sitegen" / module).write_text(text.replace(old, new, 1), "utf-8")
    ended, output, errors = run(project, code=f"import sys; sys.path.insert(0, {str(tmp_path / 'program')!r})\n{CODE}")
    assert (ended, output) == (1, b"")
    lines = errors.decode().splitlines()
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[-2].startswith(error)
    assert lines[-1] == "This is a mistake of the program, not of the content, the settings or a template."


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.EMFILE, "x"), "the machine refuses what the work needs: Too many open files"),
        (MemoryError(), "the machine refuses what the work needs: Cannot allocate memory"),
        (ChildProcessError("a process ended"), "a process ended"),
        (ModuleNotFoundError("x", name="jinja2.ext"), 'jinja2 is missing; run "make site" first, then .venv/bin/python build.py (or: pip install -r requirements.txt)'),
    ],
)  # fmt: skip
def test_what_the_machine_refuses_or_has_not_is_told_in_a_line(error: Exception, said: str) -> None:
    with pytest.raises(SystemExit) as ended, ends_told():
        raise error
    assert ended.value.code == f"build.py: {said}"


@pytest.mark.parametrize(
    "error", [FileNotFoundError(2, "x"), ModuleNotFoundError("x", name="sitegen.none"), KeyError(1)]
)
def test_what_the_program_does_wrong_comes_through(error: Exception) -> None:
    with pytest.raises(type(error)) as raised, ends_told():
        raise error
    assert raised.value.__notes__ == [
        "This is a mistake of the program, not of the content, the settings or a template."
    ]


def test_too_few_open_files_are_told_in_a_line(project: Path) -> None:
    """So few that the reports of many years cannot be made side by side."""
    for number in range(30):
        shutil.copytree(project / "content/2023", project / f"content/copy-{number}")
    code = f"import resource, os; os.cpu_count = lambda: 2; resource.setrlimit(resource.RLIMIT_NOFILE, (6, 6))\n{CODE}"
    ended, output, errors = run(project, code=code)
    assert (ended, output) == (1, b"")
    assert errors == b"build.py: the machine refuses what the work needs: Too many open files\n"


@pytest.mark.parametrize("module", ["argparse", "sitegen.problems", "jinja2", "sitegen.pipeline.site", "zxingcpp"])
def test_an_interrupt_while_the_program_is_imported_ends_it_without_a_word(project: Path, module: str) -> None:
    code = f"""
import sys
class Interrupt:
    def find_spec(self, name, path, target=None):
        if name == {module!r}:
            raise KeyboardInterrupt
sys.meta_path.insert(0, Interrupt())
sys.modules.pop({module!r}, None)
{CODE}"""
    assert run(project, code=code) == (130, b"", b"")


def test_without_its_libraries_it_says_how_to_get_them() -> None:
    done = subprocess.run([sys.executable, "-S", "build.py"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert 'is missing; run "make site" first' in done.stderr


def test_an_older_python_reads_build_py_and_is_told_which_it_must_be() -> None:
    text = (ROOT / "build.py").read_text("utf-8")
    ast.parse(text, feature_version=(3, 6))
    code = "import sys; sys.version_info = (3, 9, 2); sys.path.insert(0, '.'); import build"
    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (
        1,
        "build.py: Python 3.11 or newer is needed, as in: python3.11 build.py\n",
    )
