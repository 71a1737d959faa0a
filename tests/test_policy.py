"""The Content-Security-Policy of every page, and that a browser keeps to it (W3C, Content Security Policy Level 3)."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.conftest import ROOT

HEAD = '<meta charset="utf-8"/>\n<meta http-equiv="Content-Security-Policy" content="([^"]*)"/>\n'
HOSTILE = """() => {
  const inline = document.createElement("script");
  inline.textContent = "window.hacked = 1";
  document.head.append(inline);
  document.body.insertAdjacentHTML("beforeend", `
    <img src="none.png" onerror="window.hacked = 1"/><style>#hit { display: none }</style>
    <p id="hit" style="position: fixed">x</p><iframe src="https://example.org/"></iframe>`);
  const foreign = document.createElement("script");
  foreign.src = "https://example.org/evil.js";
  document.head.append(foreign);
}"""


@pytest.mark.parametrize("site", ["the sample", "the golden one"])
def test_every_page_begins_with_a_policy_that_allows_nothing_inline(site: str, files: dict[str, bytes]) -> None:
    golden = ROOT / "tests/golden/expected"
    pages = (
        {path: data.decode() for path, data in files.items() if path.endswith(".html")}
        if site == "the sample"
        else {str(path.relative_to(golden)): path.read_text("utf-8") for path in golden.rglob("*.html")}
    )
    assert len(pages) > 10
    for path, html in pages.items():
        found = re.search(HEAD, html)
        assert found, path
        assert not re.search("<(script|style|link|img)", html[: found.start()])
        assert found[1].startswith("default-src 'none';")
        assert "unsafe" not in found[1]
        assert "http" not in found[1]
        assert "*" not in found[1]
        assert not re.search(r"\s(?:on[a-z]+|style)=", re.sub(">[^<]*<", "><", html)), (
            "no inline handler, no inline style"
        )


@pytest.mark.parametrize("path", ["index.html", "2021/index.html", "2021/s1-2-3.html", "404.html"])
@pytest.mark.parametrize("from_disk", [False, True])
def test_what_got_into_a_page_could_do_nothing(
    browser: Browser, served: str, site: Path, path: str, from_disk: bool
) -> None:
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    reasons: list[str | None] = []
    page.on("requestfailed", lambda request: reasons.append(request.failure) if "example" in request.url else None)
    page.goto(f"{site.as_uri()}/{path}" if from_disk else f"{served}/{path}")
    assert said == []
    page.evaluate(HOSTILE)
    page.wait_for_timeout(100)
    assert page.evaluate("window.hacked") is None
    assert page.locator("#hit").is_visible()
    assert page.locator("#hit").evaluate("e => getComputedStyle(e).position") == "static"
    assert set(reasons) == {"csp"}, "it never left the machine"
    assert len([each for each in said if "Content Security Policy" in each]) >= 5
    page.close()
