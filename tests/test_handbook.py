"""The editor's handbook, held against the program: its commands run, every rule's example is tried, wrong and right."""

import re
import shutil
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest

import build
from sitegen.check.fidelity import fold
from sitegen.problems import Mistakes, Rule
from tests.captures import PAGE
from tests.conftest import ROOT, copy_project
from tests.drafts import look_at
from tests.guides import HANDBOOK, blocks, recipe, section

_TOLD = re.compile(r"\[([a-z0-9-]+)\]$", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """What an example shows at one place: a file's path, 文件 or 命令, and lines that begin with - or + or neither.

    An … at a line's end stands for the rest of it.
    """

    place: str
    lines: tuple[str, ...]

    @property
    def wrong(self) -> list[str]:
        return [line[2:] for line in self.lines if line[:1] != "+"]

    @property
    def right(self) -> list[str]:
        return [line[2:] for line in self.lines if line[:1] != "-"]

    @property
    def context(self) -> list[str]:
        return [line[2:] for line in self.lines if line[:1] not in "+-"]


def examples() -> dict[str, list[Part]]:
    """Every rule's example, by the rule's name; a section that says nothing beside it is left out."""
    found: dict[str, list[Part]] = {}
    sections = re.findall(r"^#### `([a-z0-9-]+)`\n\n\S[^\n]+\n\n```diff\n(.*?)```$", HANDBOOK, re.DOTALL | re.MULTILINE)
    for rule, block in sections:
        assert rule not in found, f"{rule} is explained twice"
        pieces = re.split(r"^# (.+)\n", block, flags=re.MULTILINE)[1:]
        parts = zip(pieces[0::2], pieces[1::2], strict=True)
        found[rule] = [Part(place, tuple(lines.splitlines())) for place, lines in parts]
    return found


EXAMPLES = examples()


def test_every_rule_is_explained_once_with_a_wrong_and_a_right_example() -> None:
    assert sorted(EXAMPLES) == sorted(get_args(Rule))
    for rule, parts in EXAMPLES.items():
        lines = [line for part in parts for line in part.lines]
        assert {"- ", "+ "} <= {line[:2] for line in lines}, rule


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the record of its addresses, as an editor has it; no test changes it."""
    root = tmp_path_factory.mktemp("handbook") / "project"
    shutil.copytree(ROOT / "tests/sample", root)
    for name in ("templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    assert build.main(["release"], root) == 0
    return root


def test_the_commands_of_the_ten_minutes_make_a_report_of_a_saved_page(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As they are printed, for the year that the handbook takes; a page saved as HTML alone is as the server sent it."""
    project = shutil.copytree(released, tmp_path / "project")
    monkeypatch.chdir(project)
    page = PAGE.read_text("utf-8").replace("2031", "2022").replace("2032", "2023")
    Path("报告.html").write_text(page, "utf-8")
    commands = "".join(blocks(section(HANDBOOK, "十分钟：明年的报告"), "sh")).splitlines()
    assert [command.split()[1] for command in commands] == ["split", "check", "release", "site"]
    for command in commands:
        assert told(command, project, capsys) == set()
        look_at(project / "content/2022")  # step four
    assert "\n2022/s1-2-3 3.发挥顾问作用。" in (project / "content/addresses.txt").read_text("utf-8")
    assert "发挥顾问作用" in (project / "_site/2022/s1-2-3.html").read_text("utf-8")


def test_a_title_that_no_text_holds_may_be_missing_and_is_added_as_step_three_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = copy_project(ROOT / "tests/sample", tmp_path / "project")
    monkeypatch.chdir(project)
    Path("报告.txt").write_text("首页\n打印\n2022年，推进工作。\n一、工作\n办成。\n", "utf-8")
    assert told("make split FILE=报告.txt DIR=content/2022", project, capsys) == set()
    assert told("make site", project, capsys) == set()
    assert "（标题待核）" in (project / "_site/2022/index.html").read_text("utf-8")
    source, index = project / "content/2022/source.txt", project / "content/2022/index.md"
    source.write_text(f"甲区2022年度报告\n{source.read_text('utf-8')}", "utf-8")
    index.write_text(index.read_text("utf-8").replace("\ntitle:", "\ntitle: 甲区2022年度报告"), "utf-8")
    assert build.main([], project) == 1
    sha256 = re.search(r"source.txt, ([0-9a-f]{64}),.*\[source-hash\]", capsys.readouterr().err)
    assert sha256
    index.write_text(re.sub("(?<=\n  sha256: ).*", sha256[1], index.read_text("utf-8")), "utf-8")
    assert told("make site", project, capsys) == set()
    assert "甲区2022年度报告" in fold((project / "_site/2022/report.txt").read_text("utf-8"))


def test_every_command_that_it_names_is_one_of_the_makefile_and_does_what_the_table_says() -> None:
    rows = dict(re.findall(r"^\| `make (\w+).*?` \| .* \| `python (.*)` \|$", section(HANDBOOK, "命令"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", HANDBOOK)) == set(rows)
    for command, line in rows.items():
        given = [f"{name}={name}" for name in ("FILE", "DIR", "WHERE")] + ["PORT=8001"]
        assert recipe(command, *given)[-1].replace('"', "") == f".venv/bin/python {line}"


def test_the_examples_of_notes_and_figures_are_those_of_the_sample() -> None:
    texts = [path.read_text("utf-8") for path in sorted((ROOT / "tests/sample").rglob("*.*")) if path.suffix != ".txt"]
    lines = "\n".join(texts).split("\n")
    for title in ("编者注", "数据"):
        for line in "".join(blocks(section(HANDBOOK, title))).splitlines():
            assert any(line in other for other in lines), line


def test_the_example_of_terms_makes_an_index_and_that_of_old_addresses_leads_on(released: Path, tmp_path: Path) -> None:
    project = shutil.copytree(released, tmp_path / "project")
    (project / "content/2021/terms.yaml").write_text(blocks(section(HANDBOOK, "术语"))[0], "utf-8")
    path = project / "content/2021/1-2-normative-documents.md"
    path.write_text(
        path.read_text("utf-8").replace("---\n", f"---\n{blocks(section(HANDBOOK, '旧地址'))[0]}", 1), "utf-8"
    )
    with pytest.raises(Mistakes) as raised:
        build.make(project)
    assert [(problem.rule, str(problem.place)) for problem in raised.value.problems] == [
        ("alias-target", "content/2021/1-2-normative-documents.md:2")  # the sample's s1-2-3 has one paragraph
    ]
    path.write_text(path.read_text("utf-8").replace("-p2}", "-p1}"), "utf-8")
    files = build.make(project)
    assert "行政复议" in files["2021/terms.html"].decode()
    assert 's1-2-3.html"' in files["2021/s1-2-4.html"].decode()


@pytest.mark.parametrize("rule", EXAMPLES)
def test_what_the_handbook_shows_as_wrong_is_told_and_what_it_shows_as_right_is_not(
    rule: str, released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = shutil.copytree(released, tmp_path / "project")
    monkeypatch.chdir(project)
    parts = EXAMPLES[rule]
    if parts[0].place == "命令":
        (wrong,), (right,) = parts[0].wrong, parts[0].right
        make_what_commands_name(project)
        assert rule in told(wrong, project, capsys)
        assert "https:" in right or "serve" in right or told(right, project, capsys) == set()
        return
    changed = [show_right(project, part) for part in parts]
    if any(changed):
        assert told("make release", project, capsys) == set()
    for part in parts:
        show_wrong(project, part)
    assert any(rule in told(command, project, capsys) for command in ("make site", "make release"))


def told(command: str, project: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """The rules by which a command ends that make runs; the port that the handbook calls taken is one that is."""
    words = [word.rpartition("=")[2] for word in command.split()[1:]]
    arguments = {"site": [], "serve": ["serve", "--port"]}.get(words[0], words[:1]) + words[1:]
    capsys.readouterr()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        if words[0] == "serve":
            arguments[-1] = str(taken.getsockname()[1])
        code = build.main(arguments, project)
    rules = set(_TOLD.findall(capsys.readouterr().err))
    assert code == bool(rules), command
    return rules


def make_what_commands_name(project: Path) -> None:
    """The files and folders that the handbook's commands are given."""
    shutil.copy(ROOT / "tests/invented-report.txt", project / "报告.txt")
    (project / "通知.txt").write_text("关于放假的通知\n\n各单位：\n\n特此通知。\n", "utf-8")
    assert build.main([], project) == 0
    shutil.copytree(project / "_site", project / "旧的")
    (project / "旧的/index.html").write_text("旧的", "utf-8")


def show_right(project: Path, part: Part) -> bool:
    """Make a file hold what is right, where it does not yet, beside the lines that an example shows around it."""
    if part.place == "文件":
        missing = [right for right in part.right if not (project / right).exists()]
        for right in missing:
            (project / right).write_text("")
        return bool(missing)
    path = project / part.place
    text = path.read_text("utf-8")
    if swapped(text, part.right, part.right):
        return False
    path.write_text(must_swap(text, part.context, part.right), "utf-8")
    return True


def show_wrong(project: Path, part: Part) -> None:
    """Put what is wrong in the place of what is right: lines, or a file's name, or what is said of it in brackets."""
    if part.place != "文件":
        path = project / part.place
        text = must_swap(path.read_text("utf-8"), part.right, part.wrong)
        path.write_text(text.replace("␈", "\x08"), "utf-8")
        return
    for wrong, right in zip(part.wrong, part.right, strict=True):
        name, state, link = re.fullmatch(r"([^（ ]*)(?:（(.*)）)?(?: -> (\S+))?", wrong).groups()  # type: ignore[union-attr]
        if state:
            make_so(project / right, state)
        elif link:
            (project / right).rename(project / link)
            (project / name).symlink_to(project / link)
        else:
            (project / right).rename(project / name)


def make_so(path: Path, state: str) -> None:
    """Make a file or a folder be as the handbook says in brackets."""
    if state == "没有":
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif state == "空的":
        path.write_text("")
    elif state == "编码是 GBK":
        path.write_text("法治政府", "gbk")
    elif state == "600 MB":
        with path.open("wb") as file:
            file.truncate(600_000_000)  # a hole, which takes no place on the disk
    else:
        assert state == "只有 index.md 和 source.txt"
        for section in path.glob("[0-9]*.md"):
            section.unlink()


def must_swap(text: str, old: Sequence[str], new: Sequence[str]) -> str:
    changed = swapped(text, old, new)
    assert changed, f"the sample has no lines {old}"
    return changed


def swapped(text: str, old: Sequence[str], new: Sequence[str]) -> str:
    """A text with lines in the place of others, "" where these do not stand in it."""
    pattern = "".join(re.escape(line.removesuffix("…")) + "(.*)" * line.endswith("…") + "\n" for line in old)
    match = re.search(f"^{pattern}", text, re.MULTILINE) if old else None
    if not match:
        return ""
    rests = list(match.groups())
    lines = [line.removesuffix("…") + (rests.pop(0) if line.endswith("…") else "") for line in new]
    return text[: match.start()] + "\n".join(lines) + "\n" + text[match.end() :]
