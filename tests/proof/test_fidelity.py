import re
import shutil
from pathlib import Path

import pytest

from sitegen.problems import Mistakes
from tests.conftest import SAMPLE, report_of

_UNPROVED = r"^(?:issuer|  url): (.*)$|^(figures:\n(?:  .*\n)+|no_figures:\n(?:  .*\n)+|  captured:.*\n|\[\^.*)"


def test_removing_any_one_character_of_the_content_fails_the_build(tmp_path: Path) -> None:
    """Every character but white space, and but those that no text proves: of the apparatus, and two facts of index.md."""
    shutil.copytree(SAMPLE / "content", tmp_path / "content")
    assert report_of(tmp_path, "2021")
    tried = 0
    for path in sorted((tmp_path / "content/2021").glob("*.md")):
        text = path.read_text("utf-8")
        unproved = [range(*found.span(found.lastindex or 0)) for found in re.finditer(_UNPROVED, text, re.MULTILINE)]
        for at, character in enumerate(text):
            if character.isspace() or any(at in span for span in unproved):
                continue
            path.write_text(text[:at] + text[at + 1 :], "utf-8")
            with pytest.raises(Mistakes):
                report_of(tmp_path, "2021")
            tried += 1
        path.write_text(text, "utf-8")
    assert tried > 4000
    assert report_of(tmp_path, "2021")
