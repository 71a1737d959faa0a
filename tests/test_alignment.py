"""Two texts that fold alike, as one sequence of pieces."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.check import alignment
from sitegen.check.alignment import align
from sitegen.check.fidelity import fold


@pytest.mark.parametrize(
    ("source", "edition", "pieces"),
    [
        ("甲,乙", "甲，乙", ["alike 甲|甲", "changed ,|，", "alike 乙|乙"]),
        ("甲 乙", "甲乙", ["alike 甲|甲", "removed  |", "alike 乙|乙"]),
        ("甲 乙", "甲 乙", ["alike 甲|甲", "alike  | ", "alike 乙|乙"]),
        ("甲\u3000乙", "甲 乙", ["alike 甲|甲", "changed \u3000| ", "alike 乙|乙"]),
        ("甲乙", "甲 乙", ["alike 甲|甲", "added | ", "alike 乙|乙"]),
        ("1.甲乙", "1.甲\n乙", ["alike 1.甲|1.甲", "divided |\n", "alike 乙|乙"]),
        ("1.甲 乙", "1.甲\n乙", ["alike 1.甲|1.甲", "removed  |", "divided |\n", "alike 乙|乙"]),
        ("甲\n乙", "甲乙", ["alike 甲|甲", "joined \n|", "alike 乙|乙"]),
        ("甲\n乙", "甲 乙", ["alike 甲|甲", "joined \n| ", "alike 乙|乙"]),
        ("甲 \n 乙", "甲\n乙", ["alike 甲|甲", "removed  |", "line_end \n|\n", "removed  |", "alike 乙|乙"]),
        ("甲 \n乙", "甲 乙", ["alike 甲|甲", "alike  | ", "joined \n|", "alike 乙|乙"]),
        ("㎏甲", "kg甲", ["changed ㎏|kg", "alike 甲|甲"]),
        ("k g甲", "㎏甲", ["changed k|㎏", "removed  |", "continued g|", "alike 甲|甲"]),
        ("㎏甲", "k\ng甲", ["changed ㎏|k", "divided |\n", "continued |g", "alike 甲|甲"]),
        (".\n..甲", "…甲", ["changed .|…", "joined \n|", "continued ..|", "alike 甲|甲"]),
        ("e\u0301 é", "é é", ["changed e\u0301|é", "alike  | ", "alike é|é"]),
    ],
)
def test_the_pieces_of_two_texts(source: str, edition: str, pieces: list[str]) -> None:
    assert [f"{each.kind} {each.source}|{each.edition}" for each in align(source, edition)] == pieces


def test_what_is_alike_is_cut_where_something_is_to_stand() -> None:
    assert [piece.edition for piece in align("甲 乙丙,丁", "甲乙丙，丁", [0, 2, 5])] == [
        "甲",
        "",
        "乙",
        "丙",
        "，",
        "丁",
    ]


@given(st.text("甲a,，(（é\u0301㎏½… \u3000\n", max_size=40), st.text(" \u3000\n", max_size=9), st.randoms())
def test_the_sides_joined_are_both_texts(text: str, white: str, random: object) -> None:
    """A text, and what NFKC and other white space make of it."""
    source = _single_lines(text)
    folded = unicodedata.normalize("NFKC", "".join(source.split()))
    edition = list(folded)
    for each in white:
        edition.insert(random.randint(0, len(edition)), each)  # type: ignore[attr-defined]
    other = _single_lines("".join(edition))
    for one, two in ((source, other), (other, source)):
        pieces = list(align(one, two))
        assert "".join(piece.source for piece in pieces) == one
        assert "".join(piece.edition for piece in pieces) == two
        for piece in pieces:
            if piece.kind == "continued":  # what is left of a piece that differs as a whole
                continue
            assert (piece.source == piece.edition) == (piece.kind in ("alike", "line_end"))


def _single_lines(text: str) -> str:
    """The text without lines that hold nothing."""
    return "\n".join(line for line in text.split("\n") if line.strip())


def test_pieces_that_fold_alike_late_are_folded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    folded: list[int] = []
    monkeypatch.setattr(alignment, "fold", lambda text: folded.append(len(text)) or fold(text))  # type: ignore[func-returns-value]
    sizes = []
    for count in (200, 400):
        folded.clear()
        pieces = align("a" + "\u0301" * count + "\u0316" * count, "a" + "\u0316" * count + "\u0301" * count)
        assert [piece.kind for piece in pieces] == ["changed"]
        sizes.append(sum(folded))
    assert sizes[1] <= 2.1 * sizes[0]


def test_there_are_as_many_pieces_as_differences_call_for() -> None:
    """Counted in pieces, of which none is a character alone where a run is alike."""
    for count in (100, 1000):
        pieces = list(align("甲乙丙丁戊,\n" * count, "甲乙丙丁戊，\n" * count))
        assert len(pieces) == 3 * count
