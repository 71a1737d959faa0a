"""Lighthouse's marks for the shelf, the full text and an item's page, on nginx as hosting/ says."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import BROWSERS, ROOT
from tests.hosts import nginx

LIGHTHOUSE = ROOT / "tests/node_modules/lighthouse/cli/index.js"
MARKS = ("performance", "accessibility", "best-practices", "seo")


@pytest.mark.parametrize("path", ["", "2021/", "2021/s1-2-3.html"])
def test_lighthouse_gives_full_marks(site: Path, path: str, tmp_path: Path) -> None:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not (browser and shutil.which("node") and LIGHTHOUSE.exists()):
        assert not os.environ.get("CI"), "CI must have Lighthouse and Chromium: .ci/run installs them"
        pytest.skip("Lighthouse or Chromium is not on this machine")
    tmp_path.chmod(0o755)
    with nginx(site, tmp_path) as address:
        flags = "--headless=new --no-first-run --disable-background-networking" + " --no-sandbox" * (not os.geteuid())
        command = ["node", str(LIGHTHOUSE), f"{address}/{path}", "--quiet", "--output=json", f"--chrome-flags={flags}"]
        environment = {**os.environ, "CHROME_PATH": browser}
        told = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    report = json.loads(told.stdout)
    lost = {id: audit["score"] for id, audit in report["audits"].items() if audit["score"] not in (None, 1)}
    marks = {mark: round(report["categories"][mark]["score"] * 100) for mark in MARKS}
    assert marks == dict.fromkeys(MARKS, 100), lost
