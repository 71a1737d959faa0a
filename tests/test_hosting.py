"""The recipes in hosting/ and .github/, on real servers."""

import gzip
import os
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml
from playwright.sync_api import Browser

from tests.conftest import ROOT
from tests.guides import GUIDES, recipe
from tests.hosts import caddy, nginx

HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'self'",
}
TYPES = {
    "": r"text/html; ?charset=utf-8",
    "2021/s1-2-3.html": r"text/html; ?charset=utf-8",
    "2021/report.txt": r"text/plain; ?charset=utf-8",
    "2021/figures.csv": r"text/csv; ?charset=utf-8",
    "2021/report.xml": r"(application|text)/xml(; ?charset=utf-8)?",
    "2021/report.json": r"application/json",
    "assets/site.css": r"text/css; ?charset=utf-8",
    "assets/site.js": r"(text|application)/javascript(; ?charset=utf-8)?",
}
WORKFLOW = ROOT / ".github/workflows/pages.yml"


def jobs() -> dict[str, Any]:
    """The workflow's jobs by their names."""
    found: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]
    return found


class Answer(NamedTuple):
    status: int
    headers: Message
    body: bytes


def ask(address: str, **headers: str) -> Answer:
    request = urllib.request.Request(address, headers={name.replace("_", "-"): text for name, text in headers.items()})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read())


@pytest.fixture(scope="module", params=[nginx, caddy])
def host(request: pytest.FixtureRequest, site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with request.param(site, tmp_path_factory.mktemp("host")) as address:
        yield address


@pytest.mark.parametrize("path", TYPES)
def test_every_kind_of_file_comes_with_its_type_and_headers(host: str, site: Path, path: str) -> None:
    answer = ask(f"{host}/{path}")
    assert answer.body == (site / (path or "index.html")).read_bytes()
    assert re.fullmatch(TYPES[path], answer.headers["Content-Type"], re.IGNORECASE)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


@pytest.mark.parametrize("glued", ["。", "）。", "”", "%E3%80%82"])
def test_what_a_chat_glues_to_an_address_is_taken_off(host: str, browser: Browser, glued: str) -> None:
    with browser.new_page() as page:
        page.goto(f"{host}/2021/s1-2-3.html{glued}?from=chat")
        page.wait_for_url(f"{host}/2021/s1-2-3.html?from=chat")


def test_the_page_for_what_is_not_found_shows_a_way_on_at_any_depth(host: str, browser: Browser) -> None:
    with browser.new_page() as page:
        page.goto(f"{host}/2021/s9-9.html?x#y")
        ways = page.locator("#way a").evaluate_all("all => all.map(link => link.href)")
        assert ways == [f"{host}/2021/index.html", f"{host}/index.html"]
        page.get_by_role("link", name="这一级的首页").click()
        page.wait_for_url(f"{host}/2021/index.html")


def test_an_address_that_leads_nowhere_gets_the_error_page(host: str, site: Path) -> None:
    answer = ask(f"{host}/2021/s9-9.html")
    assert (answer.status, answer.body) == (404, (site / "404.html").read_bytes())
    assert answer.headers["Content-Type"].startswith("text/html")
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_page_is_small_on_the_wire_and_sent_once(host: str, site: Path) -> None:
    page = f"{host}/2021/index.html"
    packed = ask(page, Accept_Encoding="gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == (site / "2021/index.html").read_bytes()
    again = ask(page, Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])
    assert (again.status, again.body) == (304, b"")


def test_a_report_is_found_without_the_slash(host: str, site: Path) -> None:
    assert ask(f"{host}/2021").body == (site / "2021/index.html").read_bytes()


def test_the_headers_file_says_the_same() -> None:
    _, rule, *lines = (ROOT / "hosting/_headers").read_text("utf-8").splitlines()
    assert rule == "/*"
    assert dict(line.strip().split(": ", 1) for line in lines) == HEADERS


def test_the_command_for_hosts_that_build_puts_the_headers_beside_the_site(site: Path, tmp_path: Path) -> None:
    found = re.search(r"`make site && (.*?)`", GUIDES["hosting/README.md"])
    assert found
    (tmp_path / "_site").symlink_to(site)
    (tmp_path / "hosting").symlink_to(ROOT / "hosting")
    subprocess.run(found[1].replace("cp -R _site", "cp -R _site/"), shell=True, cwd=tmp_path, check=True)
    assert {path.name for path in (tmp_path / "public").iterdir()} == {"_headers", *os.listdir(site)}


def test_every_recipe_is_explained() -> None:
    recipes = {path.name for path in (ROOT / "hosting").iterdir()} - {"README.md"}
    assert recipes == set(re.findall(r"\]\((\w[\w.]*)\)", GUIDES["hosting/README.md"]))


def test_the_workflow_keeps_to_the_schema_of_github_workflows() -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows", str(WORKFLOW)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout


def test_the_workflow_calls_commands_that_exist_and_publishes_what_they_build() -> None:
    steps = jobs()["build"]["steps"]
    called = [step["run"] for step in steps if "run" in step]
    assert called == ["make site", ".venv/bin/python build.py check --format github"]
    assert ".venv/bin/python build.py" in recipe("site")
    check = [sys.executable, "build.py", "check", "--format", "github"]
    assert subprocess.run(check, cwd=ROOT, capture_output=True, check=False).returncode == 0
    [published] = [step["with"] for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert published["path"] == yaml.safe_load((ROOT / "site.yaml").read_text("utf-8"))["output"]
    assert published["include-hidden-files"], ".nojekyll belongs to the site"


def test_the_workflow_names_every_action_by_its_commit_and_says_which_version_that_is() -> None:
    used = re.findall(r"\buses: *(.*)", WORKFLOW.read_text("utf-8"))
    assert len(used) >= 4
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", action), action


def test_what_builds_may_only_read_and_what_may_write_runs_nothing_but_an_action() -> None:
    assert yaml.safe_load(WORKFLOW.read_text("utf-8"))["permissions"] == {}
    rights = {name: job["permissions"] for name, job in jobs().items()}
    assert rights == {"build": {"contents": "read"}, "publish": {"pages": "write", "id-token": "write"}}
    [checkout] = [step for step in jobs()["build"]["steps"] if "checkout@" in step.get("uses", "")]
    assert checkout["with"]["persist-credentials"] is False, "what pip installs and runs finds no token"
    [deploy] = jobs()["publish"]["steps"]
    assert "run" not in deploy
    assert jobs()["publish"]["needs"] == "build"
