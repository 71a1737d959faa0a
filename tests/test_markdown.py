from sitegen.model.folder import Document
from sitegen.problems import Passage, Place, Problems
from sitegen.read.markdown import Block
from sitegen.read.markdown import parse as parse_document
from tests.specification import each


def parse(document: Document) -> tuple[Block, ...]:
    """The blocks of a document with which nothing is wrong."""
    problems = Problems()
    blocks = parse_document(document, problems)
    assert list(map(str, problems.found)) == []
    return blocks


@each("markdown.md")
def test_blocks(given: str, expected: str) -> None:
    """Expected: the line in the file, the heading's #, the text, {where: the note}; the body begins at line 3."""
    document = Document("s1", None, {}, Passage(given, Place("content/x/1-x.md", 3)))
    told = []
    for block in parse(document):
        notes = "".join(f" {{{note.at}: {note.text}}}" for note in block.footnotes)
        told.append(
            f"{block.text.place.line} {'#' * (block.marks or 0)} {block.text}{notes}".replace("  ", " ").strip()
        )
    assert "\n".join(told) == expected


def test_a_note_to_a_files_own_heading() -> None:
    heading = Passage("一、甲[^a]", Place("content/x/1-x.md", 2))
    (block,) = parse(Document("s1", heading, {}, Passage("[^a]: 「甲」所据文本如此。", Place("content/x/1-x.md", 4))))
    assert (block.text, [(note.at, str(note.text.place)) for note in block.footnotes]) == (
        "一、甲",
        [(3, "content/x/1-x.md:4")],
    )


def test_a_file_begins_with_its_own_heading() -> None:
    heading = Passage("一、甲", Place("content/x/1-x.md", 2))
    blocks = parse(Document("s1", heading, {}, Passage("乙", Place("content/x/1-x.md", 4))))
    assert [(block.marks, block.text, str(block.text.place)) for block in blocks] == [
        (0, "一、甲", "content/x/1-x.md:2"),
        (None, "乙", "content/x/1-x.md:4"),
    ]
