import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import build
from sitegen.pipeline.cache import Cache
from sitegen.problems import Mistakes
from tests.conftest import ROOT
from tests.test_build import edit, run
from tests.test_publish import on_disk

REPORTS = 30
BESIDE = pytest.mark.skipif(
    sys.platform != "linux" or (os.cpu_count() or 1) < 2,
    reason="reports are made in several processes only on Linux and with more than one processor",
)


@pytest.fixture
def many(project: Path) -> Path:
    """A project with enough reports for two processes."""
    for number in range(REPORTS):
        shutil.copytree(project / "content/2023", project / f"content/copy-{number}")
    return project


def test_a_rebuild_makes_only_the_report_that_changed(project: Path) -> None:
    cache = Cache()
    build.make(project, cache)
    before = {name: finished for name, (_, _, finished) in cache.kept.items()}
    edit(
        project,
        "content/2022/2-next-year.md\n- [^title]: 「下年打算」标题末所据文本无标点。\n+ [^title]: 「下年打算」如此。",
    )
    files = build.make(project, cache)
    after = {name: finished for name, (_, _, finished) in cache.kept.items()}
    assert [name for name in before if after[name] is not before[name]] == ["2022"]
    assert files == build.make(project)


@pytest.mark.parametrize(
    "given", ["site.yaml\n- title: 金样\n+ title: 银样", "templates/_colophon.html\n+ <p>更多</p>"]
)
def test_what_all_reports_share_rebuilds_them_all(project: Path, given: str) -> None:
    cache = Cache()
    build.make(project, cache)
    edit(project, given)
    assert build.make(project, cache) == build.make(project)


def test_a_new_neighbour_rebuilds_those_beside_it(project: Path) -> None:
    cache = Cache()
    build.make(project, cache)
    shutil.copytree(project / "content/2022", project / "content/2021")
    edit(project, "content/2021/index.md\n- year: 2022\n+ year: 2021")
    assert build.make(project, cache) == build.make(project)


@BESIDE
def test_many_reports_made_side_by_side_are_the_same_as_one_behind_the_other(many: Path) -> None:
    assert run(many).returncode == 0
    built = on_disk(many / "_site")
    del built["SHA256SUMS"]
    assert built == build.make(many, Cache())


@BESIDE
def test_mistakes_of_many_reports_are_told_together_and_in_order(many: Path) -> None:
    for number in (3, 17):
        edit(many, f"content/copy-{number}/1-a.md\n- heading: 一、甲\n+ heading: 二、甲")
    with pytest.raises(Mistakes) as raised:
        build.make(many, Cache())
    assert len(raised.value.problems) >= 2
    assert run(many).stderr.split("\n")[:-1] == list(map(str, raised.value.problems))


def python(project: Path, code: str) -> subprocess.CompletedProcess[str]:
    code = f"import build, os, multiprocessing, sitegen.pipeline.workers, pathlib; root = pathlib.Path({str(project)!r})\n{code}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)


@BESIDE
def test_a_build_that_is_given_up_leaves_no_process_behind(many: Path) -> None:
    code = (
        "problems = build.Problems(); site = build.make_site(build.read_project(root, problems), problems); "
        "next(site); print(len(multiprocessing.active_children())); site.close()"
    )
    assert python(many, f"{code}\nprint(multiprocessing.active_children())").stdout == "2\n[]\n"


@BESIDE
@pytest.mark.parametrize("death", ["os._exit(9)", "os.kill(os.getpid(), 9)"])
def test_a_process_that_dies_is_no_silent_loss(many: Path, death: str) -> None:
    ended = python(many, f"sitegen.pipeline.workers.make_report = lambda *_: {death}\nbuild.main([], root)")
    assert ended.stderr == "build.py: a process that makes reports ended before its work was done\n"
    assert ended.returncode == 1
    assert not (many / "_site").exists()


@BESIDE
def test_a_mistake_of_the_program_in_another_process_is_a_traceback_too(many: Path) -> None:
    ended = python(many, "sitegen.pipeline.workers.make_report = lambda *_: 1 // 0\nbuild.main([], root)")
    assert "ZeroDivisionError" in ended.stderr
    assert "This is a mistake of the program, not of the content, the settings or a template.\n" in ended.stderr
    assert ended.returncode == 1
    assert not (many / "_site").exists()
