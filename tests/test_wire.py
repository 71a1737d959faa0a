"""What a first visit sends: bytes, requests, and a text that waits for none of them but the first."""

import gzip
import hashlib
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Page

import build
from tests.test_site import ADDRESSES

FIRST_FLIGHT, ITEM = 14_600, 10_500  # bytes with gzip, everything that the browser fetches
TITLE = "汉阳区人民政府2021年度法治政府建设工作报告"
HEAVY = ["s1"]  # a part that holds five sixths of the report: it has what the full text has


def weigh(data: bytes) -> int:
    return len(gzip.compress(data, 6, mtime=0))


def test_the_whole_report_fits_into_a_servers_first_flight(page: Page, served: str, files: dict[str, bytes]) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(f"{served}/")))
    page.goto(f"{served}/2021/index.html")
    page.wait_for_load_state("networkidle")
    assert len(asked) == 3
    assert sum(weigh(files[path]) for path in asked) <= FIRST_FLIGHT


def test_it_still_does_between_those_of_the_years_before_and_after(sample_project: Path, tmp_path: Path) -> None:
    project = shutil.copytree(sample_project, tmp_path / "project")
    for year in ("2020", "2022"):
        folder = shutil.copytree(project / "content/2021", project / "content" / year)
        title = TITLE.replace("2021", year)
        source = (folder / "source.txt").read_text("utf-8").replace(TITLE, title)
        (folder / "source.txt").write_text(source, "utf-8")
        index = (folder / "index.md").read_text("utf-8").replace(TITLE, title).replace("year: 2021", f"year: {year}")
        index = index.replace("no_figures:\n", f"no_figures:\n  - {year}年度\n")
        sha256 = hashlib.sha256(source.encode()).hexdigest()
        (folder / "index.md").write_text(re.sub("(?<=sha256: ).*", sha256, index), "utf-8")
    files = build.make(project)
    assert b'rel="prev"' in files["2021/index.html"]
    assert b'rel="next"' in files["2021/index.html"]
    assert sum(weigh(files[path]) for path in ("2021/index.html", "assets/site.css", "assets/site.js")) <= FIRST_FLIGHT


def test_every_item_page_keeps_its_weight(files: dict[str, bytes]) -> None:
    shared = sum(weigh(files[f"assets/{name}"]) for name in ("site.css", "item.css", "site.js"))
    weights = {address: weigh(files[f"2021/{address}.html"]) + shared for address in ADDRESSES}
    assert [address for address, weight in weights.items() if weight > ITEM] == HEAVY
    assert all(weights[address] <= FIRST_FLIGHT for address in HEAVY)


@pytest.mark.parametrize("path", ["2021/index.html", "2021/s1-2-3.html"])
def test_the_text_is_visible_after_the_first_response(page: Page, served: str, path: str) -> None:
    page.route("**/assets/**", lambda route: route.fulfill(body=""))
    page.goto(f"{served}/{path}")
    assert page.get_by_text("加强备案审查。").first.is_visible()
    assert page.get_by_text("按照“有件必备、有备必审、有错必纠”的要求").first.is_visible()
