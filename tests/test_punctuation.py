import pytest

from sitegen.check.fidelity import fold
from sitegen.draft.punctuation import is_doubtful, restore


@pytest.mark.parametrize(
    ("folded", "restored"),
    [
        ("甲,乙;丙:丁?戊!", "甲，乙；丙：丁？戊！"),
        ("(一)立足“三强化”,第一", "（一）立足“三强化”，第一"),
        ("(1)甲(2021-2025)乙", "（1）甲（2021-2025）乙"),
        ("增速12.5%,时间12:30,共1,234件", "增速12.5%，时间12:30，共1,234件"),
        ("见 https://a.cn/x,y?b=(c) 与 a.b@c.cn,好", "见 https://a.cn/x,y?b=(c) 与 a.b@c.cn，好"),
        ("use (a, b) then", "use (a, b) then"),
        ("甲(乙", "甲(乙"),
        ("甲 乙 ,丙", "甲乙，丙"),
        ("甲（乙)丙", "甲（乙）丙"),
    ],
)
def test_marks(folded: str, restored: str) -> None:
    assert restore(folded) == restored
    assert fold(restored) == fold(folded), "nothing but width and white space changes"


def test_a_bracket_without_a_partner_is_doubtful() -> None:
    assert is_doubtful("甲(乙")
    assert not is_doubtful("甲(乙）")
