import re
from dataclasses import replace

from sitegen.frontmatter.keys import ReportMatter, SourceMatter
from sitegen.model.folder import Document, Folder
from sitegen.model.report import Report
from sitegen.problems import Passage, Place, Problems
from sitegen.read.markdown import parse
from sitegen.read.outline import number_items
from tests.specification import each, files


def number_files(given: str) -> tuple[Report | None, list[str]]:
    """Number files of which line 1 is the heading, and line 2 may give explicit ids; and tell what is wrong with them."""
    return number_folder(_folder(given))


def number_folder(folder: Folder) -> tuple[Report | None, list[str]]:
    problems = Problems()
    blocks = [parse(document, problems) for document in folder.documents]
    report = number_items(folder, blocks, problems)
    return report, list(map(str, problems.found))


def _folder(given: str) -> Folder:
    nowhere = Place("index.md", 1)
    source = SourceMatter(url=None, sha256=Passage("", nowhere))
    numbering = Passage("continuous", nowhere) if given.startswith("numbering: continuous") else None
    title = Passage("题", nowhere)
    matter = ReportMatter(title, None, 2022, None, source, numbering)
    sections = []
    for path, text in files(given).items():
        heading, _, body = text.partition("\n")
        ids = {}
        if body.startswith("ids: "):
            for pair in body.split("\n")[0][5:].split("; "):
                key, _, id = pair.partition(" = ")
                ids[Passage(key, Place(path, 2))] = Passage(id, Place(path, 2))
            body = "\n" + body.partition("\n")[2]
        named = re.match(r"\d+(-\d+)*", path)
        assert named
        document = Document("s" + named[0], Passage(heading, Place(path, 1)), ids, Passage(body, Place(path, 2)))
        sections.append(document)
    return Folder("2022", matter, (), Document("", None, {}, Passage("", nowhere)), tuple(sections))


@each("outline.md")
def test_numbering(given: str, expected: str) -> None:
    """Expected: address, citation, title and paragraphs of each item, or the problems."""
    report, mistakes = number_files(given)
    if ".md:" in expected:
        assert mistakes == expected.split("\n")
    else:
        assert report
        rows = [f"{i.id} {i.number} {i.title} [{' '.join(p.id for p in i.paragraphs)}]" for i in report.walk()]
        assert (rows, mistakes) == (expected.split("\n"), [])


def test_a_heading_in_the_preamble_must_stand_in_a_file_of_its_own() -> None:
    index = Document("", None, {}, Passage("前言\n\n## 1.乙\n\n前言二", Place("index.md", 9)))
    _, mistakes = number_folder(replace(_folder("=== 1-a.md\n一、甲\n"), index=index))
    assert mistakes == ['index.md:11: "1.乙" must stand in a file of its own, beside index.md [heading-place]']


def test_items_know_their_neighbours() -> None:
    report, _ = number_files("=== 1-a.md\n一、甲\n## 1.乙。\n## 2.丙\n")
    assert report
    part, first, second = report.walk()
    assert (part.parent, first.parent, second.parent) == (None, "s1", "s1")
    assert part.children == (first, second)
    assert (first.label, first.title, first.heading, first.page) == ("1.", "乙", "1.乙。", "s1-0-1.html")
