"""What `make bench` measures is what it says: copies that are right, before and after each change."""

from pathlib import Path

import build
from tests.bench.builders import HUGOS, NOTE, NOTHING, OURS, REPORT, TEMPLATE, Builder
from tests.bench.copies import COMMON, RARE


def changed_by(builder: Builder, change: str, source: Path) -> set[str]:
    """The files of a source that a change makes others."""
    before = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
    builder.changes[change](source, 3)
    after = {path: path.read_bytes() for path in source.rglob("*") if path.is_file()}
    return {str(path.relative_to(source)) for path, data in after.items() if before.get(path) != data}


def test_the_copies_are_right_after_each_change_and_the_oldest_alone_has_the_rare_words(tmp_path: Path) -> None:
    OURS.prepare(tmp_path / "ours", 2)
    assert changed_by(OURS, NOTHING, tmp_path / "ours") == set()
    assert changed_by(OURS, NOTE, tmp_path / "ours") == {"content/r0001/2-2-demonstration.md"}
    assert changed_by(OURS, TEMPLATE, tmp_path / "ours") == {"templates/base.html"}
    assert len(changed_by(OURS, REPORT, tmp_path / "ours")) == 16
    site = build.make(tmp_path / "ours")
    assert "跳到正文3<" in site["r0002/s1.html"].decode()
    texts = {path.partition("/")[0]: data.decode() for path, data in site.items() if path.endswith("report.txt")}
    assert list(texts) == ["r0003", "r0002", "r0001"]
    assert all(COMMON in text for text in texts.values())
    assert [name for name, text in texts.items() if RARE in text] == ["r0001"]


def test_hugo_is_given_the_same_changes(tmp_path: Path) -> None:
    HUGOS.prepare(tmp_path / "hugo", 2)
    assert list(HUGOS.changes) == list(OURS.changes)
    assert changed_by(HUGOS, NOTHING, tmp_path / "hugo") == set()
    assert changed_by(HUGOS, NOTE, tmp_path / "hugo") == {"content/r0001/edition.md"}
    assert changed_by(HUGOS, TEMPLATE, tmp_path / "hugo") == {"layouts/_default/baseof.html"}
    assert len(changed_by(HUGOS, REPORT, tmp_path / "hugo")) == 32
