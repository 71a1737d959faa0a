"""Next year: one report more beside those of content/, made as the handbook says, from an invented text."""

import re
import shutil
from itertools import count
from pathlib import Path

import pytest

import build
from tests.conftest import ROOT
from tests.drafts import look_at
from tests.test_content import REPORTS, dead_links, items, matter

NAME = next(name for name in map(str, count(2031)) if name not in REPORTS)


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with the draft of the invented text, issued by whoever issued the first of the others."""
    root = tmp_path_factory.mktemp("grown")
    for name in ("content", "templates", "static"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site.yaml", root)
    folder = root / "content" / NAME
    captured = (ROOT / "tests/invented-report.txt").read_text("utf-8").replace("2032", str(int(NAME) + 1))
    (root / "captured.txt").write_text(captured.replace("2031", NAME), "utf-8")
    assert build.main(["split", str(root / "captured.txt"), str(folder)], root) == 0
    drafted = (folder / "index.md").read_text("utf-8")
    issuer = matter(REPORTS[0])["issuer"] or ""
    drafted = re.sub("\nissuer:.*", f"\nissuer: {issuer}", drafted)
    assert "\npublished:  # 待核\n" in drafted
    (folder / "index.md").write_text(drafted, "utf-8")
    look_at(folder)
    return root


@pytest.fixture(scope="module")
def before() -> dict[str, bytes]:
    """The files of the site without it."""
    return build.make(ROOT)


@pytest.fixture(scope="module")
def after(grown: Path) -> dict[str, bytes]:
    """The files of the site with it."""
    return build.make(grown)


def test_the_new_report_is_there_and_every_link_leads_somewhere(after: dict[str, bytes]) -> None:
    addresses = items(after, NAME)
    assert len(addresses) == 36
    assert {f"{NAME}/{page}.html" for page in ("index", "edition", "collation", *addresses)} <= set(after)
    assert dead_links(after) == []
    assert f'href="{NAME}/index.html"' in after["index.html"].decode()


def test_of_the_other_reports_nothing_changes_but_what_joins_the_years(
    before: dict[str, bytes], after: dict[str, bytes]
) -> None:
    shared = {path for path in before if "/" not in path or path.startswith("assets/")}
    assert set(before) - shared <= set(after)
    for path in set(before) - shared:
        assert without_other_years(before[path]) == without_other_years(after[path]), path


def without_other_years(file: bytes) -> bytes:
    """A page without the links to a report's neighbours, and to its terms and figures in other reports."""
    joins = (
        '<nav class="neighbours" aria-label="前后年度".*?</nav>\n?',
        '<dd class="elsewhere".*?</dd>\n?',
        '<tr class="series">.*?</tr>\n?',
        ' class="followed"',
        "各项之下是同一发布机关其他年度[^。]*。",
    )
    return re.sub("|".join(joins).encode(), b"", file, flags=re.DOTALL)


def test_it_is_built_checked_released_and_built_again(grown: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By itself, for a release asks all reports whether they are ready, and those of content/ may be drafts."""
    for other in (grown / "content").iterdir():
        if other.name != NAME:
            shutil.rmtree(other) if other.is_dir() else other.unlink()
    for command in ([], ["check"], ["release"], ["check"], []):
        assert build.main(command, grown) == 0, capsys.readouterr().err
    told = capsys.readouterr().out
    assert f"addresses of content/{NAME} are not released" in told.partition("release:")[0]
    assert f"addresses of content/{NAME} are not released" not in told.partition("release:")[2]
