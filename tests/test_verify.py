import hashlib
import re
import shutil
from pathlib import Path

import pytest

import build
from tests.hosts import python


def verify(where: object, project: Path) -> int:
    return build.main(["verify", str(where)], project)


def test_the_digest_is_what_sha256sum_prints(
    sample_project: Path, site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(site, sample_project) == 0
    found = re.search(r"digest: ([0-9a-f]{64})$", capsys.readouterr().out)
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())
    lines = "".join(f"{hashlib.sha256((site / path).read_bytes()).hexdigest()}  {path}\n" for path in paths)
    assert found
    assert found[1] == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize("served", [False, True])
def test_whatever_differs_there_is_told(
    sample_project: Path, site: Path, tmp_path: Path, served: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "there"
    shutil.copytree(site, there)
    page = there / "2021/s1-2-3.html"
    page.write_text(page.read_text("utf-8").replace("100%", "99%"), "utf-8")
    (there / "robots.txt").write_text("User-agent: *\nAllow: /")
    (there / "assets/site.css").unlink()
    (there / "2021/s9.html").write_text("这一页不属于本站")
    with python(there, tmp_path) as address:
        where = address if served else str(there)
        assert verify(f"{where}/" if served else where, sample_project) == 1
    told = [line.removeprefix(f"{where}/") for line in capsys.readouterr().err.splitlines()]
    expected = [
        r"2021/s1-2-3.html:\d+: must be as the repository builds it \[copy-equal\]",
        r"robots.txt:3: must be as the repository builds it \[copy-equal\]",
        r"assets/site.css: must be (served: 404 .*|a file that can be read: .*) \[copy-equal\]",
        *([] if served else [r"2021/s9.html: must not be there: a build does not write it \[copy-equal\]"]),
    ]
    assert len(told) == len(expected)
    for pattern in expected:
        assert [line for line in told if re.fullmatch(pattern, line)], pattern


def test_a_host_that_serves_the_site_is_verified(
    sample_project: Path, served: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(served, sample_project) == 0
    assert capsys.readouterr().out.startswith(f"verify: {served} holds what is built here: reports: ")


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("none", "none: must be a folder, or an address that begins with https:// [copy-named]"),
        ("a" * 300, "must be a folder, or an address that begins with https:// [copy-named]"),
        ("a\0b", "a\\u0000b: must be a folder, or an address that begins with https:// [copy-named]"),
        ("ftp://127.0.0.1/", "ftp://127.0.0.1: must be a folder, or an address that begins with https://"),
        ("file:///etc", "file:///etc: must be a folder, or an address that begins with https://"),
        ("http://127.0.0.1:1/", "[copy-answers]"),
        ("http://[/", ""),
    ],
)
def test_what_cannot_be_asked_is_told_once(
    project: Path, where: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify(where, project) == 1
    [line] = capsys.readouterr().err.splitlines()
    assert said in line
    assert "Traceback" not in line
