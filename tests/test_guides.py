"""What the guides name is there: files, commands of make, and places in each other."""

import re

import pytest

from tests.conftest import ROOT
from tests.guides import GUIDES, recipe

_MADE_BY_THE_BUILD = ("_site", ".venv", "assets")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_path_that_is_named_exists(guide: str) -> None:
    """But for the reports that are named as examples, where `content/` holds others, and what an editor is to make."""
    for path in re.findall(r"`((?:content|templates|static|sitegen|tests|docs|hosting|\.ci)/[^`… ]*)`", GUIDES[guide]):
        example = re.match(r"content/\d+", path)
        if example and not (ROOT / example[0]).exists():
            continue
        assert (ROOT / path).exists() or any(part in path for part in _MADE_BY_THE_BUILD), path


@pytest.mark.parametrize("guide", GUIDES)
def test_every_link_leads_to_a_file_and_to_a_heading_in_it(guide: str) -> None:
    for link in re.findall(r"\]\((?!https?:)([^)]+)\)", GUIDES[guide]):
        path, _, heading = link.partition("#")
        target = (ROOT / guide).parent / path if path else ROOT / guide
        assert target.exists(), link
        if heading:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert heading in map(slug, headings), link


def slug(heading: str) -> str:
    """A heading's address as GitHub makes it: in small letters, without marks, - for spaces."""
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("guide", GUIDES)
def test_every_command_of_make_that_is_named_is_one(guide: str) -> None:
    for command in set(re.findall(r"`make ([a-z]+)", GUIDES[guide])):
        recipe(command)
