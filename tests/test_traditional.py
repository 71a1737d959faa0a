"""sitegen/render/traditional.py: the traditional forms of a text's characters, and of several texts'."""

from sitegen.labels import NUMBER_FORMS
from sitegen.render.traditional import join_traditional, list_traditional


def table(forms: str) -> dict[str, list[str]]:
    """Each form with what stands for it, in order."""
    found: dict[str, list[str]] = {}
    for form, simplified in zip(forms[::2], forms[1::2], strict=True):
        found.setdefault(form, []).append(simplified)
    return found


def test_forms_are_of_characters_that_the_text_has_and_none_is_its_own() -> None:
    forms = table(list_traditional(set("备案审查，后来了解")))
    assert forms["備"] == ["备"]
    assert forms["審"] == ["审"]
    assert forms["後"] == ["后"]
    assert forms["瞭"] == ["了"], "not the likeliest, but the one that the text has"
    assert table(list_traditional(set("着力")))["著"] == ["着"], "the form of Taiwan"
    assert "執" not in forms
    assert "了" not in forms
    assert "瞭" not in table(list_traditional(set("了解瞭望")))


def test_in_the_joined_table_each_text_is_read_as_by_its_own() -> None:
    texts = ["年余馀力", "余下", "馀力", "餘生", "钟表", "锺书", "鍾情", "着力了解", "著作、瞭望", "后勤", "後发"]
    joined = table(join_traditional(list_traditional(set(text)) for text in texts))
    assert (joined["餘"], joined["鍾"]) == (["余", "馀"], ["钟", "锺"])
    for text in texts:
        own = table(list_traditional(set(text)))
        for form in joined:
            assert read(form, text, joined) == (own.get(form) or [form])[0], (form, text)


def read(form: str, text: str, forms: dict[str, list[str]]) -> str:
    """A form as find.js reads it, where the text has it or something that it stands for; else itself."""
    there = [each for each in forms[form] if each in text]
    return form if form in text or not there else there[0]


def test_a_form_of_a_character_that_numbers_are_typed_with_is_no_others() -> None:
    """So that it is read in a report too that has none of them."""
    numbers = set("".join(NUMBER_FORMS))
    others = set(map(chr, range(0x3400, 0x30000))) - numbers
    forms = table(list_traditional(numbers))
    assert {"節", "條", "項"} <= forms.keys()
    assert [form for form in forms if form in table(list_traditional(others - {form}))] == []
