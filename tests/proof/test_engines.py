"""Landing on every item, in the engines that readers have: Chromium now and of 2019, Firefox, WebKit."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import open_to_others
from tests.engines import Engine, chromium, chromium_79, firefox, webkit
from tests.hosts import pages_without_names_and_slash
from tests.test_build import edit
from tests.test_serve import serving
from tests.test_site import ADDRESSES
from tests.test_words import FIND, runs

LOOK = """(function (id) {
  var heading = (id ? document.getElementById(id) : document).querySelector("h1, h2, h3, h4");
  var box = heading.getBoundingClientRect();
  var measures = Array.from(document.querySelectorAll("article p[id]"), function (line) {
    return line.getBoundingClientRect().width / parseFloat(getComputedStyle(line).fontSize);
  });
  return JSON.stringify({
    width: innerWidth, seen: box.top >= 0 && box.bottom <= innerHeight && box.height > 0, measure: Math.max.apply(null, measures),
    sideways: document.documentElement.scrollWidth - innerWidth,
    styled: getComputedStyle(document.querySelector(".skip")).position == "absolute",
    scripted: getComputedStyle(document.querySelector(".sizes")).display != "none"
  });
})"""

STEP = """(function () {
  document.querySelector(".steps button[value='1']").click();
  var bar = document.querySelector(".steps").getBoundingClientRect();
  var mark = document.querySelector(".rows [aria-current]"), box = mark.getBoundingClientRect();
  var sides = Array.from(mark.closest("tr").querySelectorAll("td"), function (td) { return td.getBoundingClientRect() });
  return JSON.stringify({
    told: document.querySelector(".steps p").textContent, seen: box.top >= bar.bottom && box.bottom <= innerHeight,
    sideways: document.documentElement.scrollWidth - innerWidth, beside: sides[0].right < sides[1].left + 1
  });
})"""


@pytest.fixture(
    scope="module",
    params=[(chromium, "browser"), (firefox, "playwright"), (chromium_79, "work"), (webkit, "work")],
    ids=lambda param: param[0].__name__,
)
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    start, needed = request.param
    with start(request.getfixturevalue(needed)) as engine:
        yield engine


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("engine")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("from_disk", [False, True])
def test_every_anchor_and_every_page_lands_on_its_heading(
    engine: Engine, served: str, site: Path, from_disk: bool, width: int
) -> None:
    home = site.as_uri() if from_disk else served
    engine.resize(width, 850)
    for address in ADDRESSES:
        for path, id in ((f"index.html#{address}", address), (f"{address}.html", "")):
            engine.open("about:blank")
            engine.open(f"{home}/2021/{path}")
            landed = json.loads(engine.ask(f"{LOOK}({json.dumps(id)})"))
            assert landed["seen"], path
            assert landed["sideways"] <= 0, path
            assert landed["styled"]
            assert landed["scripted"]
            assert 17 <= landed["measure"] <= 40, path
            assert abs(landed["width"] - width) < 70
    assert engine.said() == []


@pytest.mark.parametrize("width", [390, 1280])
def test_the_collation_goes_from_difference_to_difference_side_by_side_where_there_is_room(
    engine: Engine, served: str, width: int
) -> None:
    engine.resize(width, 850)
    engine.open("about:blank")
    engine.open(f"{served}/2021/collation.html")
    for number in range(1, 30):
        landed = json.loads(engine.ask(f"{STEP}()"))
        assert landed["told"].startswith(f"{number} / ")
        assert landed["seen"], number
        assert landed["sideways"] <= 0
        assert landed["beside"] == (width > 1024)
    assert engine.said() == []


@pytest.mark.parametrize("width", [390, 1280])
def test_what_is_printed_as_one_run_is_found_as_one(engine: Engine, served: str, width: int) -> None:
    engine.resize(width, 850)
    engine.open(f"{served}/2021/index.html")
    is_old = "Chrome/79" in engine.ask("navigator.userAgent")  # to which whatever has a place of its own parts words
    wanted = runs(over_handles=not is_old)
    assert len(wanted) > 40
    assert [words for words in wanted if engine.ask(f"({FIND})({json.dumps(words)})") != words] == []


def test_a_page_of_the_preview_shows_every_change(engine: Engine, project: Path) -> None:
    with serving(project) as address:
        engine.open(address)
        for before, after in (("金样", "银样"), ("银样", "铜样")):
            edit(project, f"site.yaml\n- title: {before}\n+ title: {after}")
            ends = time.monotonic() + 60
            while engine.ask("document.title") != after:
                assert time.monotonic() < ends
                time.sleep(0.1)
        engine.open("about:blank")


def test_where_a_host_leaves_out_the_slash_every_engine_lands_and_finds_what_the_page_needs(
    engine: Engine, site: Path, tmp_path: Path
) -> None:
    shutil.copytree(site, tmp_path / "www/some/where")
    open_to_others(tmp_path)
    with pages_without_names_and_slash(tmp_path / "www", tmp_path) as host:
        for path in ("2021", "2021/index.html", "2021?from=here"):
            engine.open("about:blank")
            engine.open(f"{host}/some/where/{path}#s1-2-3")
            landed = json.loads(engine.ask(f'{LOOK}("s1-2-3")'))
            assert landed["seen"]
            assert landed["styled"]
            assert landed["scripted"]
            links = 'JSON.stringify(Array.from(document.querySelectorAll(".home, #s1-2-3 > .handle, .contents p a:nth-child(2)"), function (a) { return a.href }))'
            found = [link.removeprefix(f"{host}/some/where/") for link in json.loads(engine.ask(links))]
            assert found[0] == "index.html"
            assert found[1].startswith("2021/")
            assert found[1].endswith("#s1-2-3")
            assert found[2] == "2021/figures.html"
    # Firefox and the old Chromium look ahead before the page can tell them where it is: they ask in vain, then rightly.
    assert [message for message in engine.said() if "Security" in message] == []


@pytest.mark.parametrize("from_disk", [False, True])
def test_an_address_opens_its_search_and_back_returns_to_it(
    engine: Engine, served: str, site: Path, from_disk: bool
) -> None:
    home = site.as_uri() if from_disk else served
    said = "(document.querySelector('[role=status]') || {}).textContent"
    chosen = "document.querySelector('[data-search-results] a')"
    for page, leads in (("index.html", "index.html#s1-2-3"), ("s2-1.html", "s1-2-3.html"), ("s1-2-3.html", "")):
        engine.open("about:blank")
        engine.open(f"{home}/2021/{page}?q=%E6%9C%89%E5%82%99%20%22%E5%BF%85%E2%80%8B%E5%AF%A9")  # 有備 "必審
        become(engine, said, "找到1条")
        leave(engine, f"{chosen}.click()")
        become(engine, "[].map.call(document.querySelectorAll('article mark'), e => e.textContent).join()", "有备必审")
        assert engine.ask("location.search") == ""
        assert engine.ask("location.href").endswith(leads)
        leave(engine, "history.back()")
        become(engine, f"location.search && {said}", "找到1条")
    assert engine.said() == []


def leave(engine: Engine, statement: str) -> None:
    """Let the page do what leads to another address, and wait until that is there.

    Meanwhile nothing is asked of the page: WebKit's driver never answers what was asked of one that is going.
    """
    left = engine.address()
    engine.ask(f"setTimeout(function () {{ {statement} }}, 100)")
    ends = time.monotonic() + 20
    while engine.address() == left:
        assert time.monotonic() < ends, f"{statement} must lead from {left}"
        time.sleep(0.1)


def become(engine: Engine, expression: str, value: str) -> None:
    """Wait until the page answers so."""
    ends = time.monotonic() + 20
    while (answer := engine.ask(expression)) != value:
        assert time.monotonic() < ends, f"{expression} must become {value}, not {answer}"
        time.sleep(0.1)
