"""What a figure counts or measures, by its unit."""

import pytest

from sitegen.apparatus.figures import read_figure
from sitegen.apparatus.kinds import group_by_kind, kind_of
from sitegen.frontmatter.keys import FigureMatter
from sitegen.model.edition import Figure
from sitegen.model.report import Words
from sitegen.problems import Passage, Place, Problems


@pytest.mark.parametrize(
    ("kind", "units"),
    [
        ("比率", "% ％ ‰ 个百分点 百分点 倍"),
        ("金额", "元 万元 亿元 百万元 万亿元 亿美元"),
        ("人数", "人 万人 名 人次 万人次 位"),
        ("件数", "件 起 宗 万件 例"),
        ("户数", "户 万户 家 所"),
        ("次数", "次 场 场次 批次 万次"),
        ("个数", "个 万个 项 份 条 张 级 篇"),
        ("时间", "年 个月 天 小时 个工作日"),
        ("长度", "米 千米 公里 万公里"),
        ("面积", "亩 万亩 平方米 万平方米 公顷"),
        ("体积", "立方米 亿立方米 方 万方"),
        ("重量", "吨 万吨 千克"),
        ("其他", "度 万 亿 匹"),
    ],
)
def test_the_kind_of_a_unit(kind: str, units: str) -> None:
    assert {unit: kind_of(unit, share=False) for unit in units.split()} == dict.fromkeys(units.split(), kind)


def test_a_share_is_a_kind_of_its_own_whatever_its_unit() -> None:
    assert {kind_of(unit, share=True) for unit in ("%", "％")} == {"占比"}


def figure(value: str, unit: str, share: str | None = None) -> Figure:
    here = Place("x", 1)
    texts = {"value": value, "measures": "所计", "unit": unit, "item": "s1"}
    words = {key: Passage(text, here) for key, text in texts.items()}
    matter = FigureMatter(**words, share=Passage(share, here) if share else None)
    return Problems().end(read_figure("s1-f1", Words("s1", None, (), ()), matter, Problems()))


def test_figures_are_grouped_in_the_order_of_the_table_and_stay_in_their_own_within_a_kind() -> None:
    given = [
        figure("3年", "年"),
        figure("5匹", "匹"),
        figure("2万元", "万元"),
        figure("90%", "%", "yes"),
        figure("1年", "年"),
    ]
    grouped = group_by_kind(given)
    found = [(kind, [each.value for each in figures]) for kind, figures in grouped.items()]
    assert found == [("占比", ["90%"]), ("金额", ["2万元"]), ("时间", ["3年", "1年"]), ("其他", ["5匹"])]


@pytest.mark.parametrize(
    "rising",
    [
        [("24小时", "小时"), ("3天", "天"), ("2个月", "个月"), ("1年", "年")],
        [("1亩", "亩"), ("1公顷", "公顷"), ("1万亩", "万亩"), ("10平方公里", "平方公里")],
        [("900元", "元"), ("2万元", "万元"), ("1亿元", "亿元")],
        [("800米", "米"), ("1公里", "公里"), ("2千米", "千米")],
    ],
)
def test_figures_of_one_kind_in_several_units_are_sorted_by_what_they_measure(rising: list[tuple[str, str]]) -> None:
    found = [figure(value, unit) for value, unit in reversed(rising)]
    assert [each.value for each in sorted(found, key=lambda each: each.magnitude)] == [value for value, _ in rising]
