"""The editor's handbook, held against the program."""

import re
from typing import get_args

from sitegen.problems import Rule
from tests.conftest import ROOT

HANDBOOK = (ROOT / "docs/编辑手册.md").read_text("utf-8")


def test_every_rule_is_explained_once() -> None:
    explained = re.findall(r"^\| `([a-z0-9-]+)` \| \S.* \| \S.* \|$", HANDBOOK, re.MULTILINE)
    assert sorted(explained) == sorted(get_args(Rule))
