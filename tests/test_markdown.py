from sitegen.markdown import parse
from sitegen.model import Document
from sitegen.place import Passage, Place
from tests.specification import each


@each("markdown.md")
def test_blocks(given: str, expected: str) -> None:
    """Expected: the line in the file, the heading's #, the text; the body begins at line 3."""
    document = Document("s1", None, {}, Passage(given, Place("content/x/1-x.md", 3)))
    blocks = parse(document)
    assert (
        "\n".join(f"{b.text.place.line} {'#' * (b.marks or 0)} {b.text}".replace("  ", " ").strip() for b in blocks)
        == expected
    )


def test_a_file_begins_with_its_own_heading() -> None:
    heading = Passage("一、甲", Place("content/x/1-x.md", 2))
    blocks = parse(Document("s1", heading, {}, Passage("乙", Place("content/x/1-x.md", 4))))
    assert [(block.marks, block.text, str(block.text.place)) for block in blocks] == [
        (0, "一、甲", "content/x/1-x.md:2"),
        (None, "乙", "content/x/1-x.md:4"),
    ]
