import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import build
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


@BESIDE
def test_many_reports_made_side_by_side_are_the_same_as_one_behind_the_other(
    many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(many).returncode == 0
    built = on_disk(many / "_site")
    del built["SHA256SUMS"]
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    assert built == build.make(many)


@BESIDE
def test_mistakes_of_many_reports_are_told_together_and_in_order(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in (3, 17):
        edit(many, f"content/copy-{number}/1-a.md\n- heading: 一、甲\n+ heading: 二、甲")
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    with pytest.raises(Mistakes) as raised:
        build.make(many)
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
