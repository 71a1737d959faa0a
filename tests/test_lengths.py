from sitegen.render.lengths import measure_lengths
from tests.conftest import SAMPLE, edition_of
from tests.test_site import ADDRESSES


def test_every_item_has_the_length_of_its_own_text() -> None:
    report = edition_of(SAMPLE, "2021").report
    lengths = measure_lengths(report)
    assert list(lengths) == ADDRESSES
    longest = max(length.characters for length in lengths.values())
    for item in report.walk():
        length = lengths[item.id]
        assert length.characters == len(item.heading) + sum(len(paragraph.text) for paragraph in item.paragraphs)
        assert abs(length.share - 100 * length.characters / longest) < 0.11
