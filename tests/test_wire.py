"""What a first visit sends: bytes, requests, and a text that waits for none of them but the first."""

import gzip

import pytest
from playwright.sync_api import Page

from tests.test_site import ADDRESSES

FIRST_FLIGHT, ITEM = 14_600, 10_500  # bytes with gzip, everything that the browser fetches
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
