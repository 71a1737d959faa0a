"""Landing on every item, in the engines that readers have: Chromium now and of 2019, Firefox, WebKit."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.engines import Engine, chromium, chromium_79, firefox, webkit
from tests.test_build import edit
from tests.test_serve import serving
from tests.test_site import ADDRESSES

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
    scripted: getComputedStyle(document.querySelector("[data-sizes]")).display != "none"
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
