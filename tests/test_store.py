"""sitegen/store/: a site made with what is kept is the same as one made without, whatever changed or was damaged."""

import ast
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

import pytest
from markupsafe import Markup

import build
from sitegen import preview
from sitegen.model.finished import File, file_of
from sitegen.model.project import ReportInput
from sitegen.model.record import RecordLines
from sitegen.model.shelf import Near
from sitegen.pipeline import report, workers
from sitegen.problems import Mistakes, Passage, Place, Problems
from sitegen.render.renderer import Renderer
from sitegen.store import made_of
from sitegen.store.made_of import digest_of
from sitegen.store.plain import from_text, to_plain, to_text
from sitegen.store.store import KEPT, NOTHING_KEPT, Store, open_store
from tests.conftest import ROOT, report_input
from tests.test_build import edit, run
from tests.test_publish import on_disk

ALL = ["2022", "2023", "2024"]
NOTE = "content/2022/2-next-year.md\n- [^title]: 「下年打算」标题末所据文本无标点。\n+ [^title]: 「下年打算」标题末，无标点。"
"""A comma in a note."""
Change = str | Callable[[Path, pytest.MonkeyPatch], None]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the reports that are made anew, one after the other."""
    names: list[str] = []
    real = report.make_report

    def make_report(given: ReportInput, *more: Any) -> Any:
        names.append(given.name)
        return real(given, *more)

    monkeypatch.setattr(workers, "make_report", make_report)
    return names


def make(project: Path) -> dict[str, bytes]:
    """The files of the site, with what is kept."""
    return build.make(project, open_store(project))


def replace_in_source(project: Path, name: str, old: str, new: str) -> None:
    """Change a captured text, and the hash that the index has of it."""
    source, index = project / f"content/{name}/source.txt", project / f"content/{name}/index.md"
    text = source.read_text("utf-8")
    assert old in text
    source.write_text(text.replace(old, new, 1), "utf-8")
    sha256 = hashlib.sha256(source.read_bytes()).hexdigest()
    index.write_text(re.sub("sha256: [0-9a-f]{64}", f"sha256: {sha256}", index.read_text("utf-8")), "utf-8")


def retitle(project: Path, _: object) -> None:
    replace_in_source(project, "2024", "甲区2024年度报告", "甲区2024年度新报告")
    edit(project, "content/2024/index.md\n- title: 甲区2024年度报告\n+ title: 甲区2024年度新报告")


def capture_more(project: Path, _: object) -> None:
    replace_in_source(project, "2022", "返回顶部", "返回顶部\n扫一扫")
    edit(project, "content/2022/index.md\n-     - 返回顶部\n+     - 返回顶部\n+     - 扫一扫")


def add_report(project: Path, _: object) -> None:
    shutil.copytree(project / "content/2022", project / "content/2021")
    edit(project, "content/2021/index.md\n- year: 2022\n+ year: 2021")


def take_away(*names: str) -> Change:
    def change(project: Path, _: object) -> None:
        for name in names:
            shutil.rmtree(project / f"content/{name}")

    return change


def forget_last_address(project: Path, _: object) -> None:
    record = project / "content/addresses.txt"
    *lines, _last, end = record.read_text("utf-8").split("\n")
    record.write_text("\n".join([*lines, end]).replace("# 22 released", "# 21 released"), "utf-8")


def write_in_another_order(project: Path, _: object) -> None:
    for folder in ("content/2022", "templates", "static"):
        old = (project / folder).rename(project.parent / "old")
        (project / folder).mkdir()
        for path in sorted(old.iterdir(), reverse=True):
            shutil.copy(path, project / folder)
        shutil.rmtree(old)


def install_a_library(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project.parent / "libraries/jinja2-99.0.dist-info").mkdir(parents=True)
    monkeypatch.syspath_prepend(str(project.parent / "libraries"))


def change_the_code(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = project.parent / "code"
    shutil.copytree(ROOT / "sitegen", code, ignore=shutil.ignore_patterns("__pycache__"))
    (code / "labels.py").write_bytes((code / "labels.py").read_bytes() + b"\n")
    monkeypatch.setattr(made_of, "_CODE", code)


CHANGES: Mapping[str, tuple[Change, list[str]]] = {
    "nothing": ("", []),
    "a comma in a note": (NOTE, ["2022"]),
    "a note more": (
        "content/2024/1-last-year.md\n- 报告照旧。\n+ 报告照旧[^old]。\n+ \n+ [^old]: 「照旧」如此。",
        ["2024"],
    ),
    "a figure": (
        'content/2022/2-next-year.md\n-   - {item: s2-0-1-1, value: 85%以上, unit: "%", measures: 占比, share: yes}\n'
        '+   - {item: s2-0-1-1, value: 85%以上, unit: "%", measures: 所占, share: yes}',
        ["2022"],
    ),
    "a term": ("content/2022/terms.yaml\n- variants: [最深的一级]\n+ variants: [最深的一级, 第四]", ["2022"]),
    "an alias": ("content/2022/1-1-first.md\n-   s1-1-4: s1-1-3\n+   s1-1-4: s1-1-3\n+   s1-1-5: s1-1-3", ["2022"]),
    "an address of the editor's choice": (
        "content/2023/1-2-c.md\n- heading: （二）丙\n+ heading: （二）丙\n+ ids: {3. 三。: s1-2-3b}",
        ["2023"],
    ),
    "a file's name": ("content/2022/1-1-first.md (renamed 1-1-other.md)", ["2022"]),
    "the capture": (capture_more, ["2022"]),
    "a neighbour's title": (retitle, ["2022", "2024"]),
    "a neighbour's issuer": ("content/2024/index.md\n- issuer: 甲区人民政府\n+ issuer: 丙区人民政府", ["2022", "2024"]),
    "a neighbour's year": ("content/2024/index.md\n- year: 2024\n+ year: 2021", ["2022", "2024"]),
    "a new report": (add_report, ["2021", "2022"]),
    "a report taken away": (take_away("2024"), ["2022"]),
    "all others taken away": (take_away("2023", "2024"), ["2022"]),
    "the site's title": ("site.yaml\n- title: 金样\n+ title: 银样", ALL),
    "its address": ("site.yaml\n- url: https://example.org/reports\n+ url: https://example.org/years", ALL),
    "what the host drops": ("site.yaml\n+ host_drops: [.html]", ALL),
    "a comment in the settings": ("site.yaml\n+ # 注", []),
    "a template of one page": ("templates/404.html\n- <h1>没有这一页</h1>\n+ <h1>没有这页</h1>", ALL),
    "a template of all pages": ("templates/_colophon.html\n+ <p>更多</p>", ALL),
    "a style": ("static/item.css\n+ .none { color: red }", []),
    "a script": ("static/sort.js\n+ var none = 1;", []),
    "a file more beside them": ("static/more.txt\n+ 更多", []),
    "the record of addresses": (forget_last_address, ["2022"]),
    "the lines of the record": ("content/addresses.txt\n- 2022/s0 \n+ # 注\n+ 2022/s0 ", []),
    "the order of files on the disk": (write_in_another_order, []),
    "the version of Python": (lambda _, patch: patch.setattr(sys, "version", "3.99"), ALL),
    "the version of a library": (install_a_library, ALL),
    "the program's code": (change_the_code, ALL),
}
"""What changes, and which reports are made anew for it."""
UNSEEN = {
    "nothing", "a file's name", "a comment in the settings", "the lines of the record", "the order of files on the disk",
    "the version of Python", "the version of a library", "the program's code",
}  # fmt: skip
"""Those that the site does not show."""


@pytest.mark.parametrize("what", CHANGES)
def test_what_is_kept_changes_nothing_and_only_what_must_be_is_made_anew(
    project: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    change, expected = CHANGES[what]
    before = make(project)
    assert sorted(made) == ALL
    made.clear()
    if callable(change):
        change(project, monkeypatch)
    else:
        edit(project, change)
    after = make(project)
    assert sorted(made) == expected
    assert after == build.make(project)
    assert (after == before) is (what in UNSEEN)
    made.clear()
    assert make(project) == after
    assert made == []


def test_a_preview_has_pages_of_its_own(project: Path, made: list[str]) -> None:
    shown = {"assets/preview.js": b"1"}
    make(project)
    made.clear()
    assert build.make(project, open_store(project), shown) == build.make(project, preview=shown)
    assert sorted(made[:3]) == ALL
    made.clear()
    assert build.make(project, open_store(project), {"assets/preview.js": b"2"})["assets/preview.js"] == b"2"
    assert made == []


def test_a_preview_keeps_nothing_once_its_code_changed(
    project: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it loads only then is not the code that the digest is of."""
    make(project)
    before = on_disk(project / KEPT)
    made.clear()

    def serve(make_anew: Callable[[], Mapping[str, File]], *_: object) -> None:
        change_the_code(project, monkeypatch)
        edit(project, NOTE)
        assert make_anew()

    monkeypatch.setattr(preview, "serve", serve)
    assert build.main(["serve"], project) == 0
    assert sorted(made) == ALL
    assert on_disk(project / KEPT) == before


def test_what_changes_the_code_changes_the_site(project: Path) -> None:
    """A program of its own, whose code is changed between two builds: its text of a report, and what robots read."""
    program = project.parent / "program"
    shutil.copytree(ROOT / "sitegen", program / "sitegen", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build.py", program)
    code = "import sys, pathlib, build; sys.exit(build.main([], pathlib.Path.cwd()))"

    def built() -> dict[str, bytes]:
        environment = {**os.environ, "PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
        subprocess.run([sys.executable, "-c", code], cwd=project, env=environment, check=True, capture_output=True)
        return on_disk(project / "_site")

    before = built()
    for path, old, new in (
        ("render/exports.py", 'report.passages()) + "\\n"', 'report.passages()) + "\\n\\n"'),
        ("render/site_files.py", '"Allow: /"', '"Allow: /", "Crawl-delay: 1"'),
    ):
        text = (program / "sitegen" / path).read_text("utf-8")
        assert old in text
        (program / "sitegen" / path).write_text(text.replace(old, new, 1), "utf-8")
    with_kept = built()
    shutil.rmtree(project / KEPT)
    assert with_kept == built()
    assert {path for path in before if with_kept[path] != before[path]} == {
        *(f"{name}/report.txt" for name in ALL),
        "robots.txt",
        "SHA256SUMS",
    }


def kept_of(project: Path, name: str) -> Path:
    """The file in which a report is kept."""
    (path,) = (
        path for path in (project / KEPT).iterdir() if f'["{name}",[["{name}/index.html"'.encode() in path.read_bytes()
    )
    return path


def cut(length: float) -> Callable[[Path], None]:
    """Cut a file off behind so much of it."""

    def damage(path: Path) -> None:
        data = path.read_bytes()
        path.write_bytes(data[: int(length * len(data))])

    return damage


def flip(at: float) -> Callable[[Path], None]:
    """Change a bit so far into a file."""

    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        data[int(at * len(data))] ^= 1
        path.write_bytes(data)

    return damage


def put(make: Callable[[Path], object]) -> Callable[[Path], None]:
    """Put something else in a file's place."""

    def damage(path: Path) -> None:
        path.rename(path.parent.parent / "away")
        make(path)

    return damage


def forge(path: Path) -> None:
    """Write a head of some other form, with a hash that is right."""
    head = json.dumps([path.name, {"form": 2}]).encode()
    path.write_bytes(b"%012d %s\n%s" % (len(head), hashlib.sha256(head).hexdigest().encode(), head))


DAMAGES: Mapping[str, Callable[[Path], object]] = {
    "lost": Path.unlink,
    "empty": cut(0),
    "cut off in its head": cut(0.01),
    "cut off": cut(0.5),
    "cut off at its end": cut(0.9999),
    "longer": lambda path: path.write_bytes(path.read_bytes() + b"x"),
    "changed at its beginning": flip(0),
    "changed in its head": flip(0.01),
    "changed": flip(0.5),
    "changed at its end": flip(0.9999),
    "another report's": lambda path: shutil.copy(kept_of(path.parent.parent, "2023"), path),
    "of a later form": lambda path: path.write_bytes(b"form 2\n" + path.read_bytes()),
    "of another form": forge,
    "no text": lambda path: path.write_bytes(bytes(range(256))),
    "a folder": put(Path.mkdir),
    "a link to the same": put(lambda path: path.symlink_to(path.parent.parent / "away")),
    "a link to nothing": put(lambda path: path.symlink_to("nothing")),
    "a pipe": put(os.mkfifo),
    "writable for others": lambda path: path.chmod(0o666),
}
"""What may be wrong with a file that is kept."""


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_anew_silently(
    project: Path, made: list[str], capfd: pytest.CaptureFixture[str], damage: str
) -> None:
    expected = make(project)
    made.clear()
    DAMAGES[damage](kept_of(project, "2022"))
    assert make(project) == expected
    assert set(made) == {"2022"}
    made.clear()
    assert make(project) == expected
    assert set(made) == ({"2022"} if damage == "a folder" else set())
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("damage", ["cut off", "changed in its head", "changed at its end", "no text"])
def test_everything_kept_may_be_damaged_at_once(project: Path, made: list[str], damage: str) -> None:
    expected = make(project)
    made.clear()
    for path in (project / KEPT).iterdir():
        DAMAGES[damage](path)
    assert make(project) == expected
    assert sorted(set(made)) == ALL


def test_no_bit_can_change_unseen(tmp_path: Path) -> None:
    store = Store(tmp_path, "")
    store.save("key", tuple[str, ...], ("甲", "乙"))
    data = (tmp_path / "key").read_bytes()
    for bit in range(8 * len(data)):
        changed = bytearray(data)
        changed[bit // 8] ^= 1 << bit % 8
        (tmp_path / "key").write_bytes(changed)
        assert store.load("key", tuple[str, ...], lambda: None) in (None, ("甲", "乙"))


@pytest.mark.parametrize("whose", ["the file's", "the folder's"])
def test_what_is_somebody_elses_is_not_used(
    project: Path, made: list[str], monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    expected = make(project)
    made.clear()
    if whose == "the folder's":
        (project / KEPT).chmod(0o777)
    else:
        monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert make(project) == expected
    assert sorted(made) == ALL


def no_folder(project: Path) -> None:
    (project / KEPT).write_text("")


def link_elsewhere(project: Path) -> None:
    (project.parent / "elsewhere").mkdir()
    (project / KEPT).symlink_to(project.parent / "elsewhere")


@pytest.mark.parametrize("spoil", [no_folder, link_elsewhere])
def test_a_build_needs_no_place_to_keep_anything(project: Path, spoil: Callable[[Path], None]) -> None:
    expected = build.make(project)
    spoil(project)
    before = on_disk(project.parent)
    assert make(project) == make(project) == expected
    assert on_disk(project.parent) == before
    assert run(project, "check").returncode == 0


def test_a_project_that_cannot_be_written_is_built_all_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", refuse)
    assert make(project) == build.make(project)
    assert not (project / KEPT).exists()


def test_what_was_kept_is_used_where_nothing_can_be_written_any_more(
    project: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = make(project)
    made.clear()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "utime", refuse)
    assert make(project) == expected
    assert made == []


def test_a_full_disk_only_keeps_from_keeping(project: Path, made: list[str]) -> None:
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, before[1]))  # each report is larger
    try:
        built = make(project)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert all(re.fullmatch("[0-9a-f]{64}", path.name) for path in (project / KEPT).iterdir()), "no half of one is left"
    made.clear()
    assert make(project) == built == build.make(project)
    assert sorted(made[:3]) == ALL


def test_all_commands_share_what_is_kept(project: Path, made: list[str]) -> None:
    assert build.main([], project) == 0
    made.clear()
    assert build.main(["check"], project) == 0
    assert build.main(["verify", str(project / "_site")], project) == 0
    assert build.main(["--output", str(project.parent / "elsewhere")], project) == 0
    assert build.main(["release"], project) == 0
    assert made == []
    assert on_disk(project.parent / "elsewhere") == on_disk(project / "_site")


def test_a_report_with_a_mistake_is_never_kept(project: Path, made: list[str]) -> None:
    make(project)
    edit(project, "content/2022/index.md\n- 报告如下：\n+ 报告如左：")
    told = []
    for _ in range(2):
        made.clear()
        with pytest.raises(Mistakes) as raised:
            make(project)
        told.append(raised.value.problems)
        assert made == ["2022"]
    assert told[0] == told[1] != ()
    edit(project, "content/2022/index.md\n- 报告如左：\n+ 报告如下：")
    made.clear()
    assert make(project) == build.make(project)
    assert made[:-3] == [], "as it was before the mistake, it is still kept"


def test_settings_and_an_index_with_a_mistake_are_told_of_again(project: Path) -> None:
    edit(project, "site.yaml\n- title: 金样\n+ titel: 金样\ncontent/2023/index.md\n- year: 2023\n+ year: 23")
    told = [run(project).stderr for _ in range(2)]
    assert told[0] == told[1]
    assert "[key-known]" in told[0]
    assert "[value-form]" in told[0]


def test_a_record_with_a_mistake_is_told_of_again_beside_an_index_with_one(project: Path) -> None:
    make(project)
    edit(project, "content/addresses.txt\n- 2022/s1 \n+ 2022/x1 \ncontent/2022/index.md\n- year: 2022\n+ year: 22")
    told = [run(project).stderr for _ in range(2)]
    assert told[0] == told[1]
    assert "[record-form]" in told[0]
    assert "[value-form]" in told[0]


def test_a_file_may_have_a_name_that_is_no_text(project: Path, made: list[str]) -> None:
    odd = project / "content/2022" / os.fsdecode(b"1-1-\xff.md")
    text = (project / "content/2022/1-1-first.md").read_text("utf-8")
    (project / "content/2022/1-1-first.md").unlink()
    odd.write_text(text.replace("no_figures:", "no_figures: # 待核"), "utf-8")
    assert build.main(["check"], project) == 0
    made.clear()
    assert build.main(["check"], project) == 0
    assert made == []


def test_what_speaks_against_a_release_is_kept_with_a_report(project: Path, made: list[str]) -> None:
    edit(project, "content/2023/index.md\n- issuer:\n+ issuer: # 待核")
    assert build.main(["check"], project) == 0
    made.clear()
    assert build.main(["release"], project) == 1
    assert made == []


def size_of(project: Path) -> int:
    return sum(path.stat().st_size for path in (project / KEPT).iterdir())


def test_builds_with_other_settings_between_do_no_harm(project: Path, made: list[str]) -> None:
    make(project)
    edit(project, "site.yaml\n- title: 金样\n+ title: 银样")
    make(project)
    edit(project, "site.yaml\n- title: 银样\n+ title: 金样")
    made.clear()
    make(project)
    assert made == []


def test_what_is_kept_is_at_most_three_times_what_a_build_uses(project: Path, made: list[str]) -> None:
    make(project)
    once = size_of(project)
    (project / KEPT / "left-by-a-build-that-was-killed").write_bytes(b"x" * once)
    (project / KEPT / "folder").mkdir()
    titles = ["金样", *(f"第{number}样" for number in range(12))]
    for before, after in pairwise(titles):
        edit(project, f"site.yaml\n- title: {before}\n+ title: {after}")
        make(project)
        assert size_of(project) < 3.2 * once
    assert sorted(path.name for path in (project / KEPT).iterdir() if len(path.name) != 64) == ["folder"]
    made.clear()
    make(project)
    assert made == []


def test_two_builds_at_once_keep_the_same(project: Path, made: list[str]) -> None:
    code = "import sys, pathlib, build; sys.exit(build.main(['--output', sys.argv[1]], pathlib.Path.cwd()))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    builds = [
        subprocess.Popen([sys.executable, "-c", code, f"../{number}/site"], cwd=project, env=environment, stdout=-3)
        for number in range(4)
    ]
    assert [build.wait(60) for build in builds] == [0] * 4
    sites = [on_disk(project.parent / f"{number}/site") for number in range(4)]
    del sites[0]["SHA256SUMS"], sites[1]["SHA256SUMS"]
    assert sites[0] == sites[1] == build.make(project)
    assert sites[2] == sites[3]
    made.clear()
    make(project)
    assert made == []
    assert all(len(path.name) == 64 for path in (project / KEPT).iterdir())


def test_nothing_that_is_kept_can_be_run() -> None:
    modules = {node.name for path in (ROOT / "sitegen/store").glob("*.py") for node in imports(path)}
    assert "json" in modules
    assert not modules & {"pickle", "marshal", "shelve", "importlib", "runpy", "ast"}


def imports(path: Path) -> list[ast.alias]:
    nodes = ast.walk(ast.parse(path.read_text("utf-8")))
    return [name for node in nodes if isinstance(node, ast.Import) for name in node.names]


@dataclass(frozen=True)
class Inner:
    text: Passage
    sums: tuple[int | float, ...]


@dataclass(frozen=True)
class Outer:
    """A value of each type that can be kept."""

    plain: str
    markup: Markup
    day: date | None
    kind: Literal["a", "b"]
    names: frozenset[str]
    inner: Mapping[str, Inner]
    by_place: Mapping[Passage, bool]
    place: Place | None = None


OUTER = Outer(
    "甲",
    Markup("<b>"),
    date(2022, 3, 28),
    "b",
    frozenset("甲乙"),
    {"x": Inner(Passage("词", Place("a.md", 3, 4)), (1, 2.5))},
    {Passage("键", Place("b.md", 1)): True},
)


def test_a_value_comes_back_as_it_was() -> None:
    back = from_text(Outer, to_text(Outer, OUTER))
    assert back == OUTER
    assert isinstance(back.markup, Markup)
    assert back.inner["x"].text.place == Place("a.md", 3, 4)
    assert [key.place for key in back.by_place] == [Place("b.md", 1)]
    assert replace(OUTER, day=None) == from_text(Outer, to_text(Outer, replace(OUTER, day=None)))


def test_what_would_come_back_as_something_else_is_refused() -> None:
    for changed in (
        {"plain": Markup("x")},
        {"markup": "x"},
        {"names": {"x"}},
        {"place": "x"},
        {"by_place": {"x": True}},
    ):
        with pytest.raises(TypeError):
            to_plain(Outer, replace(OUTER, **changed))
    for kind in (object, dict, list[str], str | Inner | None, int | Inner):
        with pytest.raises(TypeError):
            to_plain(kind, {})
    assert to_plain(str, Passage("text", Place("a.md", 1))) == "text", "where a text is enough, its place is too much"


def test_the_digest_tells_apart_whatever_is_not_the_same() -> None:
    things = [
        "", "a", b"a", "ab", ("a", "b"), (("a", "b"),), ("a", ("b",)), {"a": "b"}, {"b": "a"}, {"a": "b", "c": "d"},
        {"c": "d", "a": "b"}, None, 0, False, 1, 1.5, True, date(2022, 3, 28), "2022-03-28", frozenset("ab"), "\ud800",
        OUTER, replace(OUTER, plain="乙"), replace(OUTER, day=None), OUTER.inner["x"], file_of(b"a"), file_of(b"b"),
    ]  # fmt: skip
    assert len({digest_of(thing) for thing in things}) == len(things)
    assert digest_of("a", "b") != digest_of("ab")
    with pytest.raises(TypeError):
        digest_of(object())


def test_places_make_no_difference_and_neither_does_what_two_are_not_compared_by() -> None:
    moved = replace(OUTER, inner={"x": Inner(Passage("词", Place("z.md", 9)), (1, 2.5))})
    assert digest_of(OUTER) == digest_of(moved)
    assert digest_of(file_of(b"a")) == digest_of(replace(file_of(b"a"), read=lambda: b"b"))


def test_all_that_a_report_is_made_of_counts(project: Path) -> None:
    uncounted = {kind: {field.name for field in fields(kind) if not field.compare} for kind in (ReportInput, Renderer)}
    assert uncounted == {ReportInput: {"index"}, Renderer: {"compiled", "parted"}}, "what other fields tell is in them"
    given = report_input(project, "2022", Problems())
    others = [
        replace(given, name="2021"),
        replace(given, files={**given.files, "terms.yaml": b""}),
        replace(given, near=Near()),
        replace(given, released=RecordLines()),
    ]
    assert len({digest_of(each) for each in [given, *others]}) == 5


def test_a_file_is_read_when_it_is_asked_for(tmp_path: Path) -> None:
    store = Store(tmp_path, "")
    store.save("key", tuple[File, ...], (file_of(b"one"), file_of(b"two")))
    kept = store.load("key", tuple[File, ...], lambda: (file_of(b"one"), file_of(b"two")))
    assert kept == (file_of(b"one"), file_of(b"two"))
    assert [file.read() for file in kept] == [b"one", b"two"]
    (tmp_path / "key").unlink()
    assert [file.read() for file in kept] == [b"one", b"two"], "made anew when it went meanwhile"
    assert NOTHING_KEPT.load("key", str, lambda: "x") is None
