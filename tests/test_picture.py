from sitegen.render.picture import draw
from tests.conftest import ROOT, edition_of
from tests.test_site import ADDRESSES


def test_every_item_has_a_bar_as_long_as_its_own_text() -> None:
    report = edition_of(ROOT, "2021").report
    rows = draw(report)
    bars = [bar for row in rows for bar in (row.own, *row.inner)]
    assert [bar.item.id for bar in bars] == ADDRESSES
    for bar in bars:
        assert bar.characters == len(bar.item.heading) + sum(len(each.text) for each in bar.item.paragraphs)
    sums = [sum(bar.width for bar in (row.own, *row.inner)) for row in rows]
    assert 99 <= max(sums) <= 100
    longest = max(sum(bar.characters for bar in (row.own, *row.inner)) for row in rows)
    assert all(abs(bar.width - 100 * bar.characters / longest) < 0.11 for bar in bars)


def test_the_rows_are_the_parts_and_sections() -> None:
    rows = draw(edition_of(ROOT, "2021").report)
    assert [row.own.item.id for row in rows] == [address for address in ADDRESSES if address.count("-") < 2]
