import re
from pathlib import Path
from xml.etree import ElementTree

import build
from tests.conftest import ROOT
from tests.test_build import edit, run
from tests.test_site import ADDRESSES


def test_the_addresses_of_2021_are_released_paragraphs_included(files: dict[str, bytes]) -> None:
    released = (ROOT / "content/2021/addresses.txt").read_text("utf-8").split()
    full = re.findall(r' id="(s\d[\d-]*(?:-p\d+)?)"', files["2021/index.html"].decode())
    assert sorted(full) == sorted(released)
    assert set(ADDRESSES) < set(released)


def test_release_records_what_is_new_and_keeps_what_was_there(project: Path) -> None:
    path = project / "content/2022/addresses.txt"
    before = path.read_text("utf-8").split()
    assert "1 of them" not in run(project, "release").stdout
    assert path.read_text("utf-8").split() == before
    edit(project, "content/2022/2-next-year.md\n- 直接在部分之下。\n+ 直接在\n+ \n+ 部分之下。")
    done = run(project, "release")
    assert f"release: content/2022: {len(before) + 1} addresses, 1 of them new" in done.stdout.split("\n")
    assert path.read_text("utf-8").split() == [*before, "s2-0-1-p2"]


def test_check_tells_what_a_build_and_a_release_would_change(project: Path) -> None:
    assert "a build would add" in run(project, "check").stdout
    run(project)
    assert "a build would add 0 files, change 0 and take away 0" in run(project, "check").stdout
    edit(
        project,
        "content/2022/2-next-year.md\n-   - {item: s2-0-1-1, value: 3000余件, unit: 件, measures: 所办的件}\n+   - {item: s2-0-1-1, value: 3000余件, unit: 件, measures: 件数}",
    )
    said = run(project, "check").stdout
    assert re.search(r"a build would add 0 files, change [3-9] and take away 0", said)
    assert re.search(r"\d+ addresses of content/2023 are not released yet, so they may still change", said)
    assert "content/2022 are not" not in said


def test_an_alias_is_an_empty_anchor_and_a_page_that_says_where_the_item_is_now(project: Path) -> None:
    files = build.make(project)
    for path in ("2022/index.html", "2022/s1.html", "2022/s1-1.html", "2022/s1-1-3.html"):
        root = ElementTree.fromstring(files[path].decode())
        for id in ("s1-1-4", "s1-1-4-p1"):
            (anchor,) = (element for element in root.iter() if element.get("id") == id)
            assert "data-apparatus" in anchor.attrib
            assert not "".join(anchor.itertext())
    page = ElementTree.fromstring(files["2022/s1-1-4.html"].decode())
    assert "s1-1-3.html" in [a.get("href") for a in page.findall(".//main//a")]
    assert "2022/s1-1-4-p1.html" not in files
    assert "s1-1-4" not in files["2022/report.json"].decode()
