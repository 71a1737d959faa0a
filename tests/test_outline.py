import re
from dataclasses import replace

from sitegen.frontmatter.keys import ReportMatter, SourceMatter
from sitegen.labels import label_text
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


def parts(number: int) -> str:
    """The files of so many parts, each with its label."""
    return "\n".join(f"=== {at}-a.md\n{label_text(1, at)}甲" for at in range(1, number + 1))


def test_behind_99_a_chinese_label_is_asked_for_but_not_read_and_has_its_address_by_hand() -> None:
    moved = parts(99).replace("九十八、甲", "九十八、甲\nids: 九十八、甲 = s97b")
    _, mistakes = number_files(f"{moved}\n=== 100-a.md\n九十八、甲")
    by_hand = "if the report prints it so, give the heading an address in front matter, under ids"
    said = f'100-a.md:1: the label of "九十八、甲" must be 一百、 (after 九十九、); {by_hand} [label-sequence]'
    assert said in mistakes
    _, mistakes = number_files(f"{parts(99)}\n=== 100-a.md\n一百、甲")
    said = f'100-a.md:1: "一百、甲" must begin with a label such as 一、 （一） 1. or （1）; {by_hand} [heading-label]'
    assert mistakes == [said]
    report, mistakes = number_files(f"{parts(99)}\n=== 100-a.md\n一百、甲\nids: 一百、甲 = s100\n")
    assert mistakes == []
    assert report
    assert [(item.id, item.number, item.title) for item in report.items][-2:] == [
        ("s99", "九十九", "甲"),
        ("s100", "", "一百、甲"),
    ]


def test_arabic_labels_go_on_to_999() -> None:
    items = "".join(f"## {at}.乙\n" for at in range(1, 1000))
    report, mistakes = number_files(f"=== 1-a.md\n一、甲\n{items}")
    assert mistakes == []
    assert report
    assert [item.id for item in report.walk()][-1] == "s1-0-999"
    _, mistakes = number_files(f"=== 1-a.md\n一、甲\n{items}## 1000.乙\n")
    assert [told.partition(" must ")[0] for told in mistakes] == ['1-a.md:1001: "1000.乙"']


def test_items_know_their_neighbours() -> None:
    report, _ = number_files("=== 1-a.md\n一、甲\n## 1.乙。\n## 2.丙\n")
    assert report
    part, first, second = report.walk()
    assert (part.parent, first.parent, second.parent) == (None, "s1", "s1")
    assert part.children == (first, second)
    assert (first.label, first.title, first.heading, first.page) == ("1.", "乙", "1.乙。", "s1-0-1.html")
