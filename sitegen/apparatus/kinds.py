"""What a figure counts or measures, told from its unit: the one table of units, and the figures of a report by kind.

A unit is looked up without a word of multiples before it, 万户 as 户. One that the table does not know makes a figure
of the last kind; nothing else depends on the table.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from sitegen.apparatus.numbers import MULTIPLES
from sitegen.model.edition import Figure

SHARE, OTHER = "占比", "其他"
_KINDS: Mapping[str, Mapping[str, float]] = {
    SHARE: {},
    "比率": dict.fromkeys(("%", "％", "‰", "个百分点", "百分点", "倍", "成"), 1),
    "金额": dict.fromkeys(("元", "元人民币", "美元", "欧元", "港元"), 1),
    "人数": dict.fromkeys(("人", "名", "位", "人次"), 1),
    "件数": dict.fromkeys(("件", "起", "宗", "例", "件次"), 1),
    "户数": dict.fromkeys(("户", "家", "所", "户次"), 1),
    "次数": dict.fromkeys(("次", "场", "场次", "期", "批", "批次", "轮", "届"), 1),
    "个数": dict.fromkeys([*"个项级张条份篇部本册种类处套台辆支座栋间片株头只艘架幅块组队节课道层口封", "门类"], 1),
    "时间": {"分钟": 1 / 1440, "小时": 1 / 24, "天": 1, "日": 1, "工作日": 1, "个工作日": 1, "周": 7}
    | dict.fromkeys(("月", "个月"), 30)
    | dict.fromkeys(("年", "周年", "年度"), 365),
    "长度": {"米": 1, "公里": 1000, "千米": 1000, "里": 500},
    "面积": {"平方米": 1, "亩": 2000 / 3, "公顷": 10_000, "平方公里": 1_000_000, "平方千米": 1_000_000},
    "体积": {"升": 0.001, "立方米": 1, "方": 1},
    "重量": {"公斤": 1, "千克": 1, "吨": 1000},
    OTHER: {},
}
"""Each kind, in the order in which they are shown, with its units, and how much of the kind one of a unit is.

How much counts only beside other units of the kind: an hour is less than a year. Currencies are not converted.
"""
_KIND_OF = {unit: kind for kind, units in _KINDS.items() for unit in units}
UNIT = re.compile("|".join(sorted(_KIND_OF, key=len, reverse=True)))
"""A unit of the table, the longest that can be."""
_WORDS = "".join(MULTIPLES)


def kind_of(unit: str, *, share: bool) -> str:
    """What a figure in a unit counts or measures; a share of a whole is a kind of its own."""
    return SHARE if share else _KIND_OF.get(_plain(unit), OTHER)


def measure_of(unit: str) -> float:
    """How much one of a unit, without its word of multiples, is of what it measures; 1 where nobody knows."""
    return _KINDS[kind_of(unit, share=False)].get(_plain(unit), 1)


def group_by_kind(figures: Iterable[Figure]) -> Mapping[str, Sequence[Figure]]:
    """The figures by kind, in the order of the table; those of a kind stay in theirs."""
    groups: dict[str, list[Figure]] = {kind: [] for kind in _KINDS}
    for figure in figures:
        groups[figure.kind].append(figure)
    return {kind: members for kind, members in groups.items() if members}


def _plain(unit: str) -> str:
    """A unit without a word of multiples before it, but for one that is part of it: 千米, 百分点."""
    return unit if unit in _KIND_OF else unit.lstrip(_WORDS) or unit
